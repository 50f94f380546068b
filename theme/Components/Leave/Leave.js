// Leaves at once: the control, Shift three times, or Escape twice. Without script the control is a plain link.
// `location.replace` takes this page out of the tab's history; guard.js answers for the pages before it.
const root = document.documentElement;
const link = document.getElementById("leave");
const status = document.getElementById("leave-status");

if (link) {
  const words = link.dataset;
  const patience = 5000; // milliseconds between two presses of Shift
  const haste = 1000; // milliseconds between two presses of Escape
  const held = new Set();
  let presses = 0;
  let timer;
  let alone = false;
  let shifted = false;
  let escapedAt = -Infinity;
  let leaving = false;

  const count = (number, message = "") => {
    clearTimeout(timer);
    presses = number;
    if (number) link.dataset.count = number;
    else delete link.dataset.count;
    status.textContent = message;
  };

  const leave = () => {
    if (leaving) return;
    leaving = true;
    const address = link.href;
    root.hidden = true;
    document.title = "\u200b";
    const icon = document.querySelector("link[rel=icon]");
    if (icon) icon.href = "data:,";
    for (const form of document.forms) form.reset();
    // A reset goes back to what the server wrote; this leaves nothing at all for the browser to bring back.
    for (const field of document.querySelectorAll("input,select,textarea")) {
      if (field.checked) field.checked = false;
      else field.value = "";
    }
    document.body.textContent = "";
    try {
      sessionStorage.v = address;
      new BroadcastChannel("v").postMessage(0); // Throws our pages out of the back/forward cache; see guard.js.
    } catch {
      // Storage is switched off, or the browser is an older one: the page is empty all the same.
    }
    location.replace(address);
  };

  // A dialog, a popover, an open menu or the expanded control in use closes on Escape; that press is not ours.
  const escapeIsTaken = () => {
    const active = document.activeElement;
    return (
      document.fullscreenElement ||
      document.querySelector("dialog[open],details[data-menu][open]") ||
      (active && active.closest("[aria-expanded=true]")) ||
      (CSS.supports("selector(:popover-open)") && document.querySelector(":popover-open"))
    );
  };

  const onEscape = (event) => {
    if (leaving) {
      event.preventDefault(); // Escape stops a loading page: here it would stop the leaving.
      return;
    }
    if (event.repeat || event.isComposing || escapeIsTaken()) return;
    if (event.timeStamp - escapedAt <= haste) {
      event.preventDefault();
      leave();
      return;
    }
    escapedAt = event.timeStamp;
    count(0, words.escape);
  };

  // Capturing, so that an open menu is seen before its own handler has closed it.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") onEscape(event);
    else escapedAt = -Infinity;
    if (event.key !== "Shift") {
      held.add(event.code);
      alone = false;
      if (presses) count(0);
      return;
    }
    alone = !event.repeat && !shifted && !held.size && !event.ctrlKey && !event.altKey && !event.metaKey;
    shifted = true;
  }, true);

  addEventListener("keyup", (event) => {
    held.delete(event.code);
    // macOS sends no keyup for a key that went down while Command was held.
    if (event.key === "Meta") held.clear();
    if (event.key !== "Shift" || event.shiftKey) return;
    shifted = false;
    if (!alone) return;
    alone = false;
    if (presses === 2) {
      leave();
      return;
    }
    count(presses + 1, presses ? words.one : words.two);
    timer = setTimeout(() => count(0, words.over), patience);
  }, true);

  // Shift with a click selects text; it is not a wish to leave.
  addEventListener("pointerdown", () => {
    alone = false;
    if (presses) count(0);
  }, true);
  addEventListener("blur", () => {
    held.clear();
    shifted = alone = false;
  });

  // Also for the middle button and with Ctrl: a second tab would leave this one behind.
  for (const type of ["click", "auxclick"]) {
    link.addEventListener(type, (event) => {
      if (event.button > 1) return;
      event.preventDefault();
      leave();
    });
  }

  // On iOS the keyboard lies over the foot of the page: lift the control above it.
  const view = window.visualViewport;
  if (view) {
    const lift = () => {
      const hidden = view.scale > 1.01 ? 0 : Math.max(0, innerHeight - view.height - view.offsetTop);
      link.style.translate = hidden && getComputedStyle(link).position === "fixed" ? `0 ${-hidden}px` : "";
    };
    view.addEventListener("resize", lift);
    view.addEventListener("scroll", lift);
  }
}
