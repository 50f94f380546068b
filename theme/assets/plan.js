// On pages where somebody writes or ticks for her own eyes: the plan, the signs. Nothing is kept or sent, so nothing may
// be left for the next pair of eyes: not by Back, by the back/forward cache, or by what a browser restores on reload.
const fields = [...document.querySelectorAll("main textarea, main input[type=checkbox]")];

const rows = new Map(fields.map((field) => [field, field.rows]));

const wipe = () => {
  for (const field of fields) {
    if (field.type === "checkbox") {
      field.checked = false;
      continue;
    }
    field.value = "";
    field.rows = rows.get(field); // A tall empty box would still tell how much had stood in it.
  }
};

// Paper cannot scroll: a box grows with its text.
const grow = (event) => {
  const field = event.target;
  if (field.type !== "textarea") return;
  while (field.scrollHeight > field.clientHeight && field.rows < 40) field.rows++;
};

addEventListener("input", grow);
addEventListener("pagehide", wipe);
addEventListener("pageshow", (event) => {
  if (event.persisted) wipe();
});
wipe();
