// Narrows the list of pathways to a role and a risk. Nothing is remembered and the address stays as it is.
import { plural } from "../OpenNow/words.js";

const filter = document.querySelector("[data-pathways]");

if (filter) {
  const controls = filter.firstElementChild;
  const [role, risk] = controls.querySelectorAll("select");
  const status = filter.querySelector("[role=status]");
  const items = [...filter.querySelectorAll("[data-roles]")];
  const fits = (text, word, every) => !word || text.split(" ").some((other) => other === word || other === every);

  const narrow = () => {
    for (const item of items) item.hidden = !fits(item.dataset.roles, role.value, "everyone") || !fits(item.dataset.risk, risk.value, "any");
    const shown = items.filter((item) => !item.hidden).length;
    return shown ? plural(filter, filter.dataset.count, shown) : filter.dataset.none;
  };

  const wipe = () => {
    role.value = risk.value = "";
    narrow();
    status.textContent = "";
  };

  controls.addEventListener("change", () => {
    status.textContent = narrow();
  });
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => {
    if (event.persisted) wipe();
  });
  wipe();
  controls.hidden = false;
}
