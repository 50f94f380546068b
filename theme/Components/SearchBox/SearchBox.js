// Searches as one types. The words go nowhere: not into the address, a request or storage, and they go when the page does.
import { plural } from "../OpenNow/words.js";
import { prepare, search } from "./search.js";

const box = document.querySelector("[data-index]");

if (box) {
  const MOST = 20;
  const PAUSE = 500; // milliseconds; a screen reader should not speak over each key
  const form = box.querySelector("form");
  const field = form.querySelector("input");
  const status = box.querySelector("[role=status]");
  const list = box.querySelector("ol");
  let index;
  let timer;

  const load = () => index ||= fetch(box.dataset.index)
    .then((answer) => answer.ok ? answer.json() : Promise.reject(answer.status))
    .then(prepare)
    .catch(() => index = null);

  const result = ({ url, title, summary }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const text = document.createElement("p");
    link.href = url;
    link.textContent = title;
    text.textContent = summary;
    if (box.dataset.own && !url.startsWith(box.dataset.own)) {
      item.lang = link.hreflang = box.dataset.other;
      item.dir = "ltr";
    }
    item.append(link, text);
    return item;
  };

  const say = (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => status.textContent = text, text && PAUSE);
  };

  const find = async () => {
    const typed = field.value;
    const read = typed.trim() ? await load() : [];
    if (field.value !== typed) return; // A later key has its own turn.
    const pages = read && typed.trim() ? search(read, typed).slice(0, MOST) : [];
    list.replaceChildren(...pages.map(result));
    say(!read ? box.dataset.failed : !typed.trim() ? "" : pages.length ? plural(box, box.dataset.count, pages.length) : box.dataset.none);
  };

  const wipe = () => {
    field.value = "";
    find();
  };

  const links = () => [...list.querySelectorAll("a")];
  field.addEventListener("focus", load);
  field.addEventListener("input", find);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (links()[0]) links()[0].focus();
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const stops = [field, ...links()];
    const next = step && stops[stops.indexOf(event.target) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => {
    if (event.persisted) wipe();
  });
  wipe();
  form.hidden = false;
}
