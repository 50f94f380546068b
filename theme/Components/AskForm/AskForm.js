// Makes steps of the form, one on the page at a time: no address changes and nothing is stored. What checks, seals and
// sends comes in a module of its own, with the first answer. Once this runs, the form is never posted as it stands.
import { fill, plural } from "../OpenNow/words.js";

const ask = document.querySelector("[data-ask]");

if (ask) {
  const words = ask.dataset;
  const form = document.getElementById("ask");
  const find = (selector) => ask.querySelector(selector);
  const all = (selector) => [...ask.querySelectorAll(selector)];
  const [steps, controls, boxes] = [all("[data-step]"), all("input:not([type=hidden]),select,textarea"), all("textarea")];
  const [way, failed, back, status, submit] = ["[data-way]", "[data-failed]", "[data-back]", "[data-status]", ".p-ask__acts button"].map(find);
  const send = submit.textContent;
  const chosen = (name) => (controls.find((each) => each.name === name && (each.tagName === "SELECT" || each.checked)) || {}).value;
  const isMine = ({ dataset }) => !dataset.for || dataset.for.split(" ").includes(chosen("route") || "me");
  const mine = () => steps.filter(isMine);
  const title = document.title;
  let at = 0;
  let busy = false;
  let round = 0; // Counts the times all was wiped: what an earlier one was waiting for no longer counts.
  let sealed = null; // The message as it goes out, for another try. Gone with the next letter.
  let tool = null;
  let rest = null;

  const load = async () => {
    tool ||= await import(words.module);
    rest ||= await tool.rest(words.rest);
  };

  const count = (box) => {
    const { limit, limitWork } = box.closest("[data-limit]").dataset;
    box.maxLength = chosen("route") === "work" && limitWork || limit;
    const left = Math.max(0, box.maxLength - box.value.length);
    const text = box.nextSibling.textContent = plural(ask, words.letters, left);
    if (document.activeElement === box && left < 50 && left % 10 === 0) status.textContent = text;
  };

  const draw = () => {
    const shown = mine();
    for (const step of steps) step.hidden = step !== shown[at];
    for (const field of all("[data-field]")) field.hidden = !isMine(field);
    for (const tell of all("[data-tell]")) {
      const [name, value] = tell.dataset.tell.split(" ");
      tell.hidden = chosen(name) !== value;
    }
    boxes.forEach(count);
    find("[data-intro]").hidden = at > 0;
    way.firstChild.textContent = fill(words.part, { number: at + 1, count: shown.length });
    way.lastChild.max = shown.length;
    way.lastChild.value = at + 1;
    back.hidden = !at;
    submit.textContent = busy ? words.sending : shown[at + 1] ? words.next : send;
  };

  const clear = () => {
    failed.hidden = true;
    if (tool) tool.clear(ask);
  };

  const go = (to) => {
    at = to;
    clear();
    draw();
    way.scrollIntoView();
    const heading = mine()[at].querySelector("h2");
    heading.setAttribute("aria-describedby", "part");
    heading.focus({ preventScroll: true });
  };

  // To a field of any step, from the list of what is missing.
  const lead = (control) => {
    at = mine().indexOf(control.closest("[data-step]"));
    draw();
    control.focus();
  };

  const fail = (why) => {
    for (const text of all("[data-why]")) text.hidden = text.dataset.why !== why;
    find("[data-again]").hidden = why === "sealing" || why === "closed";
    failed.hidden = false;
    failed.focus();
  };

  // Back to the first step of an empty form, also once a message was sent: Back then shows nothing of it.
  const wipe = () => {
    for (const control of controls) {
      if (/radio|checkbox/.test(control.type)) control.checked = false;
      else control.value = "";
    }
    sealed = null;
    round++;
    at = 0;
    busy = false;
    status.textContent = find("[data-reference]").textContent = "";
    if (document.title.startsWith(words.tab)) document.title = title; // Not the one that leaving has emptied.
    form.hidden = false;
    find("[data-sent]").hidden = true;
    clear();
    draw();
  };

  const comeBack = (event) => {
    if (event.persisted) wipe();
  };

  const done = () => {
    wipe();
    form.hidden = find("[data-intro]").hidden = true;
  };

  const next = async () => {
    if (busy) return;
    const [shown, started] = [mine(), round];
    const isLast = !shown[at + 1];
    clear();
    if (!shown[at].querySelector("[data-field]")) {
      go(at + 1);
      return;
    }
    busy = true;
    let goesOn = false;
    try {
      await load();
      const checked = tool.check(ask, rest);
      const wrong = checked.mistakes.filter(({ field }) => isLast || shown[at].querySelector(`[data-field=${field}]`));
      goesOn = !wrong.length && !isLast;
      if (started !== round) return;
      if (wrong.length) tool.showErrors(ask, wrong, lead);
      if (isLast && !wrong.length) {
        status.textContent = words.sending;
        draw();
        const outcome = await tool.send(words, rest.keys, checked, sealed);
        if (started !== round) return;
        sealed = outcome.sealed;
        if (outcome.why) fail(outcome.why);
        else tool.thank(ask, outcome.reference, checked.isUrgent, done);
      }
    } catch {
      if (started === round) fail("sealing"); // Nothing has gone out: whatever broke, broke before.
    }
    if (started !== round) return;
    busy = false;
    status.textContent = "";
    if (goesOn) go(at + 1);
    else draw();
  };

  form.noValidate = true;
  // Of both forms: a browser may send the other one too where somebody presses Enter.
  ask.addEventListener("submit", (event) => {
    event.preventDefault();
    next();
  });
  back.addEventListener("click", () => busy || go(at - 1));
  find("[data-again] button").addEventListener("click", next);
  for (const type of ["input", "change"]) {
    ask.addEventListener(type, () => {
      sealed = null;
      draw();
    });
  }
  // What cannot be fetched is asked for again, and told, where it is needed.
  ask.addEventListener("focusin", ({ target }) => controls.includes(target) && load().catch(() => {}));
  for (const gate of all("[data-gate]")) gate.hidden = false;
  for (const box of boxes) {
    const left = document.createElement("p");
    left.className = "p-small";
    left.id = box.id + "-left";
    box.after(left);
    box.setAttribute("aria-describedby", `${box.id}-hint ${left.id}`);
  }
  way.hidden = false;
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", comeBack);
  wipe();
}
