/** Bytes of base64. */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Base64 of some kilobytes. */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** Fields to send with a form's token. */
export function withToken(form, fields = []) {
  const sent = new URLSearchParams(fields);
  sent.set("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
  return sent;
}

/** Lets the browser draw what was just said before work that holds it up. */
export const drawn = () => new Promise((go) => requestAnimationFrame(() => setTimeout(go)));

/** Takes over a form: its work runs once at a time, and never sends the form by itself. An Error that is thrown with words for people is said. */
export function takeOver(form, busy, work) {
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    status.className = "";
    status.textContent = busy;
    await drawn();
    try {
      status.textContent = (await work()) ?? "";
    } catch (error) {
      status.className = "error";
      status.textContent = error instanceof Told ? error.message : "That did not work. Open the page again and try once more.";
    }
    button.disabled = false;
  });
}

/** A fault in words for people. */
export class Told extends Error {}

/** What stands in a field that must not stay filled. */
export function taken(field) {
  const { value } = field;
  field.value = "";
  return value;
}

/** Milliseconds after which a press has no answer. */
export const patience = 20_000;

const longest = 60_000; // Milliseconds for what may be large.

/** Asks the server; what has no answer is told. */
export async function ask(address, options) {
  try {
    return await fetch(address, { cache: "no-store", redirect: "error", signal: AbortSignal.timeout(longest), ...options });
  } catch {
    throw new Told("No answer: there is no connection, or you are signed out. Open the page again.");
  }
}
