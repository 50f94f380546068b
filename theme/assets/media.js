// The focal point by a click or by the arrow keys on the picture. The two number fields do the same without this.
const step = 5; // Percent a key moves the point; 1 with Shift.
const moves = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

for (const box of document.querySelectorAll("[data-focal]")) {
  const [x, y] = box.dataset.focal.split(" ").map((id) => document.getElementById(id));
  const image = box.querySelector("img");
  if (!x || !y || !image || x.matches(":disabled")) continue;

  const mark = document.createElement("span");
  mark.className = "focal__mark";
  mark.setAttribute("aria-hidden", "true");
  // A style of its own, since its place is a number no sheet knows.
  Object.assign(mark.style, { position: "absolute", inlineSize: "1.5rem", blockSize: "1.5rem", translate: "-50% -50%", border: "3px solid #fff", outline: "3px solid #000", borderRadius: "50%", pointerEvents: "none" });
  Object.assign(box.style, { position: "relative", inlineSize: "fit-content", cursor: "crosshair" });
  box.append(mark);
  box.tabIndex = 0;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Picture. The arrow keys move the focal point, with Shift by one percent.");

  const show = () => Object.assign(mark.style, { left: `${x.value || 50}%`, top: `${y.value || 50}%` });
  const set = (left, top) => {
    x.value = Math.round(Math.min(100, Math.max(0, left)));
    y.value = Math.round(Math.min(100, Math.max(0, top)));
    show();
  };

  box.addEventListener("click", (event) => {
    const area = image.getBoundingClientRect();
    set(((event.clientX - area.left) / area.width) * 100, ((event.clientY - area.top) / area.height) * 100);
  });
  box.addEventListener("keydown", (event) => {
    const move = moves[event.key];
    if (!move) return;
    event.preventDefault();
    const by = event.shiftKey ? 1 : step;
    set(Number(x.value) + move[0] * by, Number(y.value) + move[1] * by);
  });
  x.addEventListener("input", show);
  y.addEventListener("input", show);
  show();
}
