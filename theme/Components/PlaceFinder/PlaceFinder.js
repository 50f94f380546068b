// Sorts and narrows the list of places that stands on the page. What is typed stays on the device: no address, no
// storage, no request holds it. The one fetch is for the whole gazetteer and is the same for everybody.
import { fill, plural } from "../OpenNow/words.js";
import { locate, miles } from "./places.js";

const finder = document.querySelector("[data-gazetteer]");

if (finder) {
  const words = finder.dataset;
  const form = finder.querySelector("form");
  const field = form.querySelector("[list]");
  const status = finder.querySelector("[role=status]");
  const list = finder.querySelector(".p-finder__list");
  const items = [...list.children];
  const filters = [...form.querySelectorAll("[data-filter]")];
  let gazetteer;

  const load = () => gazetteer ||= fetch(words.gazetteer)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status))
    .then((read) => {
      field.list.replaceChildren(...Object.keys(read[0]).map((name) => new Option(name, name)));
      return read;
    })
    .catch(() => gazetteer = null);

  // What the page itself says: hours.js keeps it true by the minute, and a line that never closes says it from the start.
  const isOpen = (item) => !!item.querySelector(".p-open__now--open");
  const has = (text, word) => (text || "").split(" ").includes(word);
  const tests = {
    open: isOpen,
    type: (item, value) => item.dataset.type === value,
    // A place for everyone is for each of them.
    for: (item, value) => has(item.dataset.for, value) || has(item.dataset.for, "everyone"),
    stepfree: (item, value) => item.dataset.stepfree === value,
    spoken: (item, value) => has(item.dataset.spoken, value),
  };
  const chosen = () => filters
    .map((control) => [control.dataset.filter, control.type === "checkbox" ? control.checked && control.value : control.value])
    .filter(([, value]) => value);

  const narrow = () => {
    const wanted = chosen();
    for (const item of items) item.hidden = !wanted.every(([name, value]) => tests[name](item, value));
    const shown = items.filter((item) => !item.hidden).length;
    return shown ? plural(finder, words.count, shown) : words.none;
  };

  const sort = (place) => {
    const distances = new Map(items.map((item) => {
      const { lat, lon } = item.dataset;
      return [item, place && lat ? miles(place.point, [+lat, +lon]) : Infinity];
    }));
    // Lines and other help without an address keep their order, after the places one can go to.
    list.append(...[...items].sort((a, b) => {
      const [here, there] = [distances.get(a), distances.get(b)];
      return here === there ? 0 : here - there;
    }));
    for (const [item, distance] of distances) {
      const line = item.querySelector(".p-finder__distance");
      const whole = Math.round(distance);
      line.hidden = distance === Infinity;
      line.textContent = line.hidden ? "" : whole
        ? plural(finder, words.miles, whole, { place: place.name })
        : fill(words.near, { place: place.name });
    }
  };

  const show = (place, message, isWrong) => {
    sort(place);
    if (isWrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    status.textContent = `${message} ${narrow()}`.trim();
  };

  const find = async () => {
    const typed = field.value;
    if (!typed.trim()) return show(null, "");
    const read = await load();
    if (field.value !== typed) return; // Changed or wiped while the towns were on their way.
    if (!read) return show(null, words.failed);
    const place = locate(typed, read);
    if (!place.point) return show(null, fill(words.unknown, { place: place.name }), true);
    // The half of the postcode that names a street need not stand on the screen.
    field.value = place.name;
    show(place, place.area ? fill(words.outside, { place: place.name, area: place.area }) : "");
  };

  const wipe = () => {
    form.reset();
    field.value = "";
    show(null, "");
    status.textContent = "";
  };

  field.addEventListener("focus", load);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  form.addEventListener("change", (event) => {
    if (event.target !== field) status.textContent = narrow();
  });
  form.querySelector("[type=button]").addEventListener("click", () => {
    wipe();
    field.focus();
  });
  // Some browsers bring typed words back on reload or with the back/forward cache.
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => {
    if (event.persisted) wipe();
  });
  wipe();
  form.hidden = false;
}
