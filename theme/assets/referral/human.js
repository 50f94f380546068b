// The check for humans by a third party, where the service has chosen it: a tick near the last button, and only with the
// tick a frame while the message is sent. The frame is a page of the intake: the third party's script stands there alone.

const within = 5000; // milliseconds

let box = null;

// At the end of the last step, unticked. It lies in no field of the form, so it is neither checked nor sealed nor posted.
export const offer = ({ tick, notice }) => {
  if (box) return; // What the form needs may be fetched twice at once.
  const label = document.createElement("label");
  const text = document.createElement("span");
  const hint = document.createElement("span");
  box = document.createElement("input");
  box.type = "checkbox";
  box.id = "human";
  label.className = "p-choice";
  hint.className = "p-small p-choice__hint";
  hint.textContent = notice;
  text.append(tick + " ", hint);
  label.append(box, text);
  // No answer was changed: a message that could not be sent stays the same message.
  for (const type of ["input", "change"]) label.addEventListener(type, (event) => event.stopPropagation());
  addEventListener("pagehide", () => {
    box.checked = false;
  });
  document.querySelector("[data-ask] [data-step=privacy]").append(label);
};

// A token of the third party; null without the tick, and where none came in time.
export const tokenOf = (intake) => new Promise((resolve) => {
  if (!box || !box.checked) {
    resolve(null);
    return;
  }
  const frame = document.createElement("iframe");
  const stop = new AbortController();
  const end = (token) => {
    stop.abort();
    clearTimeout(timer);
    frame.remove();
    resolve(token);
  };
  const timer = setTimeout(end, within, null);
  // From that page of that frame alone: the third party's own frames can speak to this page too. What no header can hold is no token.
  addEventListener("message", ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === new URL(intake).origin) end(typeof data === "string" && /^[!-~]{1,4096}$/.test(data) ? data : null);
  }, { signal: stop.signal });
  addEventListener("pagehide", () => end(null), { signal: stop.signal });
  frame.credentialless = true; // Where a browser knows it, nobody's cookies go along and nothing is kept.
  frame.className = "p-hidden"; // There to be drawn: a browser may hold up what is not.
  frame.tabIndex = -1;
  frame.setAttribute("aria-hidden", "true");
  frame.src = intake + "/intake/v1/human";
  document.body.append(frame);
});
