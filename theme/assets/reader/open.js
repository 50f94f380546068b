import { NoMatch, open, seal } from "./age.js";
import { Told, ask, patience, takeOver, withToken } from "./form.js";
import { identityOf } from "./identity.js";
import { fill, show } from "./show.js";

const idle = 5 * 60 * 1000; // Milliseconds without a touch.
const touches = ["pointerdown", "pointermove", "keydown", "wheel", "scroll", "touchstart"];

/** Opens one message in this page's memory, and locks it: when idle, hidden or left. */
export function reader(form) {
  const place = document.querySelector("[data-for=open]");
  const hand = document.querySelector("form[data-key=export]");
  const status = form.querySelector("[role=status]");
  let plain = null; // The words as they were sealed, while they are shown.
  let facts = null; // What they say of the figures' fields.
  let unread = false; // True while the words are shown and the server has not heard of it.
  let filled = []; // Fields of the page that were filled in from them; nothing stood there.
  let round = 0; // Raised by every lock: what was begun before it shows nothing.
  let touched = 0;
  let timer;

  function lock(why) {
    round++;
    clearTimeout(timer);
    if (!plain) return;
    plain.fill(0);
    plain = facts = null;
    unread = false;
    place.replaceChildren();
    hand.hidden = true;
    for (const { field } of filled) field.value = "";
    filled = [];
    form.hidden = false;
    status.className = "";
    status.textContent = why;
  }

  const late = () => Date.now() - touched >= idle;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => (late() ? lock("Locked after 5 minutes without a touch.") : wait()), Math.max(idle - (Date.now() - touched), 0));
  };
  const touch = () => {
    if (!plain) return;
    if (late()) return lock("Locked after 5 minutes without a touch."); // The machine slept, and its timers with it.
    touched = Date.now();
  };
  for (const name of touches) addEventListener(name, touch, { passive: true, capture: true });
  addEventListener("pagehide", () => lock("Locked."));
  document.addEventListener("visibilitychange", () => document.hidden && lock("Locked while you looked elsewhere."));

  /** Says that the words were shown: only then does the message count as read. Where it is not heard, it is tried again with the next act. */
  async function tellRead() {
    const begun = round;
    const answer = await ask(form.dataset.read, { method: "POST", body: withToken(form), signal: AbortSignal.timeout(patience) }).catch(() => null);
    if (begun !== round) return;
    unread = !answer?.ok;
    place.querySelector("[data-unread]")?.remove();
    if (!unread) return;
    const said = document.createElement("div");
    const again = document.createElement("button");
    said.className = "notice";
    said.dataset.unread = "";
    said.setAttribute("role", "alert");
    said.append("You can read it here, but this could not be noted: for everybody else it still counts as unread. ", again);
    again.type = "button";
    again.textContent = "Note it now";
    again.addEventListener("click", async () => {
      again.disabled = true;
      await tellRead();
      if (!unread && plain) await drawAgain();
    });
    place.prepend(said);
  }

  takeOver(form, "Your key is being unlocked. This takes a second.", async () => {
    const begun = ++round;
    const identity = await identityOf(form);
    if (begun !== round || document.hidden) return "Locked while you looked elsewhere.";
    const answer = await ask(form.dataset.file);
    if (!answer.ok) throw new Told(answer.status === 403 ? "This message is no longer locked for your key. Ask a lead to let you in." : "There is no such message any more, or it was given to somebody else.");
    const words = await opened(new Uint8Array(await answer.arrayBuffer()), identity);
    if (begun !== round || document.hidden) {
      words.fill(0);
      return "Locked while you looked elsewhere.";
    }
    plain = words;
    touched = Date.now();
    wait();
    facts = show(place, plain, JSON.parse(form.dataset.words), () => lock("Locked."));
    form.hidden = true;
    hand.hidden = false;
    await tellRead();
    if (begun === round) await drawAgain();
    if (begun !== round) return status.textContent; // Locked meanwhile, and said so.
    filled = fill(facts);
    return "";
  });

  // What is done with the message leaves its words open: the form is sent from here, and the parts that it changes are drawn again.
  let acting = false;
  document.addEventListener("submit", async (event) => {
    const act = event.target;
    if (!plain || !act.closest("#acts")) return;
    event.preventDefault();
    if (acting) return;
    acting = true;
    const begun = round;
    const chosen = chosenBeside(act, filled);
    const fields = new URLSearchParams(new FormData(act));
    say(act, "status", "Being noted.");
    if (unread) await tellRead();
    const answer = await drawAgain(act.action, fields);
    acting = false;
    if (answer.isDrawn && begun === round) {
      choose(chosen);
      filled = fill(facts);
    }
    if (answer.isDrawn) document.querySelector("#acts :is(.notice, .errors)")?.focus();
    else if (answer.isSignedOut || answer.isGone || answer.elsewhere) {
      lock(answer.isSignedOut ? "You are signed out. What you pressed last was not noted." : "Locked."); // Given to somebody else, or gone: the page itself says it.
      if (answer.elsewhere) location.assign(answer.elsewhere);
      else location.reload(); // Leads to the sign-in and from there back here, or says that there is no such message.
    } else say(act, "alert", faults[answer.status] ?? "No answer: whether this was noted is not known. Press again when there is a connection; nothing is noted twice.");
  });

  takeOver(hand, "The message is being sealed.", async () => {
    const field = hand.querySelector("textarea");
    if (/secret/i.test(field.value)) {
      field.value = "";
      throw new Told("That was the secret half of a key. It was not sent. Tell its owner to make a new pair, and ask for the line that starts with “age1”.");
    }
    const recipients = field.value.split(/\s+/).filter(Boolean);
    const answer = await ask(hand.dataset.ask, { method: "POST", body: withToken(hand, recipients.map((recipient) => ["recipients", recipient])) });
    if (!answer.ok) throw new Told(answer.status === 422 ? await answer.text() : "The server did not agree. Open the page again.");
    if (!plain) return "";
    const file = await seal(plain, recipients);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file], { type: "application/age" }));
    link.download = `${hand.dataset.reference}.age`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    field.value = "";
    return `Downloaded as ${link.download}. Send it as you agreed with them; only they can open it.`;
  });
}

const faults = {
  400: "This was not noted: the page is out of date, perhaps because you signed in anew. Lock it, load the page again, and do it once more.",
  403: "This was not noted: you may no longer do it. Ask a lead.",
};

/**
 * Puts the parts that hang on the state of the message in place as the server draws them now: after it was opened, or after
 * a form was sent. Says whether it did, else the status (0 for no answer), whether the session has ended or the message is
 * gone, or which other page came. What the server could not do itself is as unknown as no answer.
 */
function drawAgain(address = location.pathname, fields) {
  return new Promise((done) => {
    const asked = new XMLHttpRequest(); // It alone gives a document without any text becoming markup here.
    asked.open(fields ? "POST" : "GET", address);
    asked.responseType = "document";
    asked.timeout = patience;
    asked.onloadend = () => {
      const parts = ["state", "acts"].map((id) => [asked.response?.getElementById(id), document.getElementById(id)]);
      const isDrawn = parts.every(([found]) => found);
      if (isDrawn) for (const [found, here] of parts) here.replaceWith(document.adoptNode(found));
      const path = asked.responseURL ? new URL(asked.responseURL).pathname : "";
      const isSignedOut = asked.status === 401 || path.startsWith("/sign-in");
      done({
        isDrawn,
        status: asked.status,
        isSignedOut,
        isGone: asked.status === 404,
        elsewhere: asked.status === 200 && !isDrawn && !isSignedOut ? asked.responseURL : null,
      });
    };
    asked.send(fields);
  });
}

/** What was chosen and not sent in the other forms, by the ids of the lists; what the message filled in comes from it again. */
const chosenBeside = (form, filled) => [...document.querySelectorAll("#acts select")].flatMap((list) => {
  const first = [...list.options].find((option) => option.defaultSelected) ?? list.options[0];
  const isOwn = list.form !== form && list.value !== first.value && !filled.some(({ field, value }) => field === list && value === list.value);
  return isOwn ? [[list.id, list.value]] : [];
});

function choose(chosen) {
  for (const [id, value] of chosen) {
    const list = document.getElementById(id);
    if (list && [...list.options].some((option) => option.value === value)) list.value = value;
  }
}

/** At a form, what becomes of it. */
function say(form, role, text) {
  const said = form.querySelector("[data-said]") ?? document.createElement("p");
  said.dataset.said = "";
  said.className = role === "alert" ? "error" : "hint";
  said.setAttribute("role", role);
  form.append(said);
  said.textContent = text;
}

async function opened(file, identity) {
  try {
    return await open(file, identity);
  } catch (error) {
    throw new Told(error instanceof NoMatch
      ? "This message is not locked for your key, whatever the list says. Ask a lead to let you in."
      : "The file of this message is damaged and cannot be opened here. Below stands how to download it and try the recovery key with the program age. Tell whoever runs this system: a backup may hold it whole.");
  }
}
