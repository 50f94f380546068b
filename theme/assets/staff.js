// Everything here only quickens what the forms already do without it.
import { live } from "./staff/live.js";
import { autosave } from "./staff/autosave.js";
import { blocks } from "./staff/blocks.js";

document.querySelector(".errors")?.focus();
document.querySelectorAll("form[data-live]").forEach(live);

const editor = document.querySelector("form[data-autosave]");
if (editor && !editor.querySelector("fieldset:disabled")) blocks(editor, autosave(editor));

// Dialogs open by commandfor; a browser that does not know it yet is told how.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (button?.getAttribute("command") === "show-modal") dialog?.showModal();
    if (button?.getAttribute("command") === "close") dialog?.close();
  });
}
