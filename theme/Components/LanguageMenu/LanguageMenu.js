// An open menu closes on Escape and on a click beside it.
const openMenus = () => document.querySelectorAll("details[data-menu][open]");

addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.firstElementChild.focus();
  }
});
addEventListener("click", (event) => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
