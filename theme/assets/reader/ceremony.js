import { make, unwrap, wrap } from "./age.js";
import { Told, ask, takeOver, taken, toBase64 } from "./form.js";
import { fault } from "./passphrase.js";

/** Makes a key, locks it with the passphrase, tries that it opens again, and sends the public half and the locked file. */
export function ceremony(form) {
  const [first, again] = form.querySelectorAll("[type=password]");
  takeOver(form, "Your key is being made. This takes a few seconds.", async () => {
    const answer = await ask(form.dataset.common);
    if (!answer.ok) throw new Told("The list of common passphrases did not come. Open the page again.");
    const common = new Set((await answer.text()).split("\n"));
    const wrong = fault(first.value, first.minLength, common, form.dataset.own.split("\n")) ?? (first.value === again.value ? null : "The two are not the same. Type them again.");
    if (wrong) {
      again.value = "";
      first.focus();
      throw new Told(wrong);
    }
    const passphrase = taken(first);
    again.value = "";
    const { identity, recipient } = await make();
    const wrapped = await wrap(identity, passphrase);
    if ((await unwrap(wrapped, passphrase)) !== identity) throw new Told("This browser could not lock the key. Nothing was sent. Try another browser.");
    form.elements.recipient.value = recipient;
    form.elements.wrapped.value = toBase64(wrapped);
    form.submit();
    return "Sending the public half.";
  });
}
