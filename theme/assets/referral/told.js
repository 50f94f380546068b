// What is missing or wrong: a list at the head, each line leading to its field, and the same words at the field.

const controlOf = (ask, name) => ask.querySelector(`[data-field="${name}"]`).querySelector("input,select,textarea");

const describe = (control, id, isOn) => {
  const ids = (control.getAttribute("aria-describedby") || "").split(" ").filter((each) => each && each !== id);
  if (isOn) ids.push(id);
  if (ids.length) control.setAttribute("aria-describedby", ids.join(" "));
  else control.removeAttribute("aria-describedby");
};

export const clear = (ask) => {
  ask.querySelector("[data-errors]").hidden = true;
  for (const text of ask.querySelectorAll("[data-told]")) {
    const control = controlOf(ask, text.dataset.told);
    control.removeAttribute("aria-invalid");
    describe(control, text.id, false);
    text.parentElement.classList.remove("p-field--error");
    text.remove();
  }
};

export const showErrors = (ask, mistakes, lead) => {
  const list = ask.querySelector("#errors ul");
  list.textContent = "";
  for (const { field, text } of mistakes) {
    const control = controlOf(ask, field);
    const box = control.closest(".p-field") || control.closest("[data-field]");
    const told = ask.querySelector("template").content.firstElementChild.cloneNode(true);
    told.dataset.told = field;
    told.id = control.id + "-error";
    told.lastElementChild.textContent = text;
    box.classList.add("p-field--error");
    box.insertBefore(told, box.tagName === "FIELDSET" ? box.querySelector(":scope > .p-choice") : control.closest(".p-choice") || control);
    control.setAttribute("aria-invalid", "true");
    describe(control, told.id, true);

    const link = document.createElement("a");
    link.href = "#" + control.id;
    link.textContent = text;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      lead(control);
    });
    const line = document.createElement("li");
    line.append(link);
    list.append(line);
  }
  ask.querySelector("[data-errors]").hidden = false;
  ask.querySelector("#errors").focus();
};

// In place of the form, which `done` empties and puts away.
export const thank = (ask, reference, isUrgent, done) => {
  const sent = ask.querySelector("[data-sent]");
  const code = sent.querySelector("[data-reference]");
  done();
  for (const text of sent.querySelectorAll("[data-urgent]")) text.hidden = (text.dataset.urgent === "1") !== isUrgent;
  code.textContent = reference;
  code.closest("p").hidden = !reference;
  sent.querySelector("[data-leave]").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("leave").click();
  });
  sent.hidden = false;
  document.title = document.title.replace(/^.* – /, () => `${ask.dataset.tab} – `);
  sent.scrollIntoView();
  sent.querySelector("h2").focus({ preventScroll: true });
};
