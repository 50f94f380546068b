// One accessible toolbar: one stop for Tab, arrows within it, each button says whether it is pressed.
export function toolbar(label, controls, items) {
  const bar = document.createElement("div");
  bar.className = "rich__tools";
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", label);
  bar.setAttribute("aria-controls", controls);
  const buttons = items.map(([name, run, isOn, keys], at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = name;
    button.tabIndex = at ? -1 : 0;
    if (keys) button.setAttribute("aria-keyshortcuts", keys);
    button.addEventListener("click", run);
    bar.append(button);
    return { button, isOn };
  });

  bar.addEventListener("keydown", (event) => {
    const all = buttons.map((each) => each.button);
    const at = all.indexOf(document.activeElement);
    const forward = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const next = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const to = all[(next + all.length) % all.length];
    for (const button of all) button.tabIndex = button === to ? 0 : -1;
    to.focus();
  });

  const update = () => {
    for (const { button, isOn } of buttons) if (isOn) button.setAttribute("aria-pressed", String(Boolean(isOn())));
  };
  return { bar, update };
}

let count = 0;

/**
 * Asks for a few lines in a dialog. Resolves to the values by their names, to "remove", or to null where it was closed.
 * Each field: { name, label, hint, value, list, check }, where check gives what is wrong or nothing.
 */
export function ask(title, fields, { submit, remove }) {
  const dialog = document.createElement("dialog");
  const form = document.createElement("form");
  const make = (name, text, more = {}) => Object.assign(document.createElement(name), { textContent: text }, more);
  const id = `ask-${++count}`;
  form.method = "dialog";
  form.noValidate = true;
  form.append(make("h2", title, { id }));
  dialog.setAttribute("aria-labelledby", id);
  for (const field of fields) {
    const box = make("div", "", { className: "field" });
    const input = make("input", "", { id: `${id}-${field.name}`, name: field.name, value: field.value, autocomplete: "off", spellcheck: false });
    if (field.list && document.getElementById(field.list)) input.setAttribute("list", field.list);
    box.append(make("label", field.label, { htmlFor: input.id }));
    if (field.hint) {
      box.append(make("p", field.hint, { className: "hint", id: `${input.id}-hint` }));
      input.setAttribute("aria-describedby", `${input.id}-hint ${input.id}-error`);
    }

    const error = make("p", "", { className: "error", id: `${input.id}-error`, hidden: true });
    box.append(error, input);
    field.input = input;
    field.say = (fault) => {
      error.textContent = fault ?? "";
      error.hidden = !fault;
      input.toggleAttribute("aria-invalid", false);
      if (fault) input.setAttribute("aria-invalid", "true");
    };
    form.append(box);
  }

  const acts = make("p", "");
  acts.append(make("button", submit, { className: "main", value: "set" }), " ");
  if (remove) acts.append(make("button", remove, { value: "remove" }), " ");
  acts.append(make("button", "Cancel", { value: "" }));
  form.append(acts);
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    form.addEventListener("submit", (event) => {
      if (event.submitter?.value !== "set") return;
      const faults = fields.map((field) => field.check?.(field.input.value.trim()));
      fields.forEach((field, at) => field.say(faults[at]));
      const first = faults.findIndex(Boolean);
      if (first < 0) return;
      event.preventDefault();
      fields[first].input.focus();
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      if (dialog.returnValue === "set") resolve(Object.fromEntries(fields.map((field) => [field.name, field.input.value.trim()])));
      else resolve(dialog.returnValue === "remove" ? "remove" : null);
    });
    dialog.showModal();
    fields[0].input.focus();
  });
}
