// The rules of ReferralAnswers, over what the page says of its fields; a test feeds both the same cases.

const list = (text) => (text || "").split(" ").filter(Boolean);

const safeWay = (text) => {
  const [field, ticks] = text.split(":");
  return { field, ticks: ticks ? ticks.split("|") : [] };
};

const readField = (field) => ({
  name: field.dataset.field,
  routes: list(field.dataset.for || "me someone work"),
  control: field.dataset.control,
  need: list(field.dataset.need),
  limit: +field.dataset.limit || 0,
  limitAtWork: +field.dataset.limitWork || 0,
  values: [...field.querySelectorAll("option,input[type=radio]")].map((choice) => choice.value),
});

// The questions as the page has them, in its order.
export const read = (ask) => [...ask.querySelectorAll("[data-step]")].map((step) => ({
  name: step.dataset.step,
  routes: list(step.dataset.for || "me someone work"),
  oneOf: list(step.dataset.oneOf).map(safeWay),
  fields: [...step.querySelectorAll("[data-field]")].map(readField).filter((field) => field.name !== "route"),
}));

// What stands in the fields, by name; a field without an answer is not there.
const posted = (ask) => {
  const values = {};
  for (const control of ask.querySelectorAll("[data-field] :is(input,select,textarea)")) {
    if (/radio|checkbox/.test(control.type) ? control.checked : control.value) values[control.name] = control.value;
  }
  return values;
};

// Lines end with one sign, and a line has none; other control signs go. U+FEFF is no space to the other side.
const clean = (value, control) => value
  .replace(/\r\n|[\r\n\f\x85\u2028\u2029]/g, "\n")
  .replace(/[\0-\x1f\x7f-\x9f]/g, (sign) => sign === "\n" && control === "text" ? sign : sign === "\n" || sign === "\t" ? " " : "")
  .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0a66-\u0a6f]/g, (digit) => control === "phone" ? (digit.charCodeAt(0) - (digit < "\u0900" ? 0 : 6)) % 16 : digit)
  .replace(/^[^\S\ufeff]+|[^\S\ufeff]+$/g, "");

const isPhone = (value) => /^\+?[0-9 ().\-/x#]{3,40}$/.test(value) && /^.{3,20}$/.test(value.replace(/\D/g, ""));

const isEmail = (value) => /^[^\s@]+@[^\s@]+\.[^\s@.]+$/.test(value.replace(/\ufeff/g, "-"));

const isRight = (field, value) => {
  switch (field.control) {
    case "phone": return isPhone(value);
    case "email": return isEmail(value);
    case "choice":
    case "select": return field.values.includes(value);
    case "tick": return value === "yes";
    default: return true;
  }
};

const fault = (told, field, value, route) => {
  const limit = route === "work" && field.limitAtWork || field.limit;
  if (limit && value.length > limit) return told.long.replace("{n}", limit);
  return isRight(field, value) ? null : told.fields[field.name] || told.error;
};

// Answers in the order of the page, trimmed, empty ones left out; and what keeps it from being sent.
// `steps` is what `read` gives, `told` the words for mistakes.
export const checkValues = (steps, told, values) => {
  const own = (name) => Object.hasOwn(values, name) ? values[name] : "";
  const route = ["me", "someone", "work"].find((each) => each === own("route"));
  const [answers, mistakes] = [{}, []];
  if (!route) return { route, answers, mistakes: [{ field: "route", text: told.route }] };
  for (const step of steps.filter((each) => each.routes.includes(route))) {
    for (const field of step.fields.filter((each) => each.routes.includes(route))) {
      const value = clean(own(field.name), field.control);
      const text = value && fault(told, field, value, route);
      if (text) mistakes.push({ field: field.name, text });
      else if (value) answers[field.name] = value;
      else if (field.need.includes(route) || (field.name === "basis" && answers.consent === "no")) mistakes.push({ field: field.name, text: told.fields[field.name] });
    }
    const isSafe = (each) => /[^\s\x85]|\ufeff/.test(own(each.field)) && (!each.ticks.length || each.ticks.some((tick) => tick in answers));
    if (step.oneOf.length && !step.oneOf.some(isSafe)) mistakes.push({ field: step.oneOf[0].field, text: route === "work" && step.name === "reach" ? told.reachAtWork : told.steps[step.name] });
  }
  return { route, answers, mistakes, isUrgent: answers.age === "under16" || answers.risk === "yes" || "worksHere" in answers, isForLead: "worksHere" in answers };
};

// The same of what stands in the fields now.
export const check = (ask, told) => checkValues(read(ask), told, posted(ask));
