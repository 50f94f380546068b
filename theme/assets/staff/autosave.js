const rest = 1500; // Milliseconds after the last key.
const retry = 5000; // Milliseconds after a try that failed.

const over = "Not saved: your session has ended. Your text is still here. Sign in in another tab; then it is saved from here.";
const lost = "Not saved: no connection. Your text is still here; trying again.";
const refused = (status) => `Not saved: the server answered ${status}. Your text is still here; trying again.`;

const large = "Not saved: this is larger than the form takes. Your words are still here; copy what you changed, then save a smaller part.";
const forbidden = "Not saved: you may no longer change this text. Your words are still here; copy them.";

async function reason(answer) {
  if (answer.status === 401 || answer.type === "opaqueredirect") return over;
  if (answer.status === 403) return forbidden;
  if (answer.status === 413) return large;
  if (answer.status === 400 || answer.status === 422) return "Not saved: " + (await answer.text());
  return refused(answer.status);
}

/** What speaks of the saved words, such as the checks beside them, is asked for again. */
async function refresh() {
  for (const part of document.querySelectorAll("[data-after-save][id]")) {
    try {
      const answer = await fetch(part.dataset.afterSave);
      const fresh = answer.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (fresh && !part.contains(document.activeElement)) part.replaceWith(document.importNode(fresh, true));
    } catch {
      // It stands as it was; the next save asks again.
    }
  }
}

const clock = () => new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

/** Keeps what is typed as a draft on the server. Gives back what others call when they changed the form or have to say something. */
export function autosave(form) {
  const line = form.querySelector(".savebar [role=status]");
  let timer;
  let changes = 0;
  let kept = 0;
  let isLeaving = false;

  // A line that says the same again is left alone: else it would be read out with every save.
  const say = (words) => {
    if (line.textContent !== words) line.textContent = words;
  };

  /** True once all that was typed until now is on the server, or the server has said why it never will be. */
  const keep = async () => {
    clearTimeout(timer);
    const upTo = changes;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: new FormData(form), redirect: "manual" });
      if (answer.ok) {
        kept = upTo;
        say("Saved as a draft " + clock());
        refresh();
        if (kept < changes) timer = setTimeout(keep, rest);
        return true;
      }
      say(await reason(answer));
      if (answer.status === 413) return false; // Sent again it would be as large.
      if (answer.status === 422) return true; // What was typed is against a rule: the page itself tells which, with the words kept.
    } catch {
      say(lost);
    }
    timer = setTimeout(keep, retry);
    return false;
  };

  const touch = () => {
    changes++;
    clearTimeout(timer);
    timer = setTimeout(keep, rest);
  };

  form.addEventListener("input", touch);
  form.addEventListener("submit", async (event) => {
    if (isLeaving || event.defaultPrevented) return;
    // First as a draft: where that fails, the form stays in the page with its words instead of giving way to an error.
    event.preventDefault();
    const button = event.submitter;
    if (!(await keep())) return;
    isLeaving = true;
    form.requestSubmit(button);
  });
  addEventListener("beforeunload", (event) => {
    if (kept < changes && !isLeaving) event.preventDefault();
  });
  addEventListener("pageshow", () => {
    isLeaving = false;
  });
  return { touch, say };
}
