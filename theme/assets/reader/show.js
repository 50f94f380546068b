// Draws what a message says. Every word of it is set as text: none ever becomes markup.
const tag = /^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/;
const sources = { me: "self", someone: "friend" };
const notes = {
  someone: "A friend or relative wrote. Advise them. Never call the other person because of this message.",
  work: "A professional wrote. Before you contact their client, ring them through the published number of their organisation.",
};
const routes = { me: "Somebody writes for themself", someone: "A friend or relative writes", work: "A professional refers somebody" };

function make(name, text, look = {}) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  return Object.assign(made, look);
}

/** What somebody typed: in its own direction, and kept apart from the words around it. */
function typed(text, language) {
  const made = make("bdi", text, { dir: "auto", className: "typed" });
  if (language) made.lang = language;
  return made;
}

/** A district by its id: "folkestone-and-hythe". */
const named = (id) => id.split("-").map((word) => (word === "and" ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(" ");

function languageOf(code) {
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code);
  } catch {
    return code;
  }
}

function saidOf(field, value) {
  if (field.choices[value]) return field.choices[value];
  if (field.name === "language" && tag.test(value)) return languageOf(value);
  if (field.name === "district" && /^[a-z-]{2,40}$/.test(value)) return named(value);
  return null;
}

function row(list, label, said) {
  const group = make("div");
  const value = make("dd");
  value.append(...said);
  group.append(make("dt", label), value);
  list.append(group);
}

function section(place, title, fields, answers, language) {
  const list = make("dl");
  for (const field of fields) {
    const value = answers[field.name];
    const isYes = value === "yes";
    if (field.isTick && field.of) {
      if (answers[field.of]) row(list, field.label, [make("strong", isYes ? "Yes" : "No, do not", { className: isYes ? "tag tag--published" : "tag tag--failed" })]);
    } else if (field.isTick) {
      if (isYes) row(list, field.label, ["Yes"]);
    } else if (typeof value === "string" && value !== "") {
      const said = saidOf(field, value);
      row(list, field.label, [said ?? typed(value, field.isPlain ? "" : language)]);
    }
  }
  if (!list.children.length) return;
  place.append(make("h3", title), list);
}

/** Fills the form of facts in from the answers, by the names of its fields; gives what stood there before. */
export function fill(facts) {
  const form = [...document.forms].find((each) => each.elements.source && each.elements.ageBand);
  if (!form) return [];
  return Object.entries(facts).flatMap(([name, value]) => {
    const field = form.elements[name];
    // What somebody has confirmed or chosen stays: they may know better than what was written.
    if (!field || field.value || ![...field.options].some((option) => option.value === value)) return [];
    field.value = value;
    return [{ field, value }];
  });
}

/** Shows a message's words and gives the facts that figures are made of, by the names of their fields. */
export function show(place, plain, steps, lock) {
  const raw = new TextDecoder().decode(plain).trimEnd();
  const bar = make("div", undefined, { className: "bar" });
  const title = make("h2", "What it says", { tabIndex: -1 });
  const button = make("button", "Lock now", { type: "button" });
  button.addEventListener("click", lock);
  bar.append(title, button);

  let message = null;
  try {
    message = JSON.parse(raw);
  } catch {
    // Told below.
  }
  const answers = message?.answers;
  if (typeof answers !== "object" || answers === null) {
    place.replaceChildren(bar, make("p", "This was not written with the form. Here it is as it came.", { className: "notice" }), make("pre", raw, { dir: "auto" }));
    title.focus();
    return {};
  }

  const language = typeof message.page === "string" && tag.test(message.page) ? message.page : "";
  place.replaceChildren(bar, make("p", [routes[message.route] ?? "It is not said who writes", language && `on the page in ${languageOf(language)}`].filter(Boolean).join(", ") + "."));
  if (notes[message.route]) place.append(make("p", notes[message.route], { className: "notice" }));
  const known = new Set();
  for (const step of steps) {
    for (const field of step.fields) known.add(field.name);
    section(place, step.title, step.fields, answers, language);
  }
  const others = Object.entries(answers).filter(([name]) => !known.has(name)).map(([name, value]) => ({ name, label: name, choices: {}, value }));
  section(place, "Also sent", others, Object.fromEntries(others.map((each) => [each.name, typeof each.value === "string" ? each.value : JSON.stringify(each.value)])), language);
  if (typeof message.notice === "string" && message.notice) place.append(make("p", `Shown the privacy notice of version ${message.notice}.`, { className: "hint" }));
  title.focus();
  return { source: sources[message.route] ?? answers.source, district: answers.district, ageBand: answers.age, language: answers.language };
}
