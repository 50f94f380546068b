import { NoMatch, unwrap } from "./age.js";
import { Told, fromBase64, taken } from "./form.js";

/** The identity of a form, unlocked with the passphrase that is typed there. The field is empty afterwards. */
export async function identityOf(form) {
  const field = form.querySelector("[type=password]");
  const passphrase = taken(field);
  try {
    return await unwrap(fromBase64(form.dataset.wrapped), passphrase);
  } catch (error) {
    field.focus();
    throw new Told(error instanceof NoMatch ? "This is not the passphrase of your key. Try again. If it is forgotten, make a new key under Keys." : "Your key is damaged. Make a new one under Keys, and have it let in.");
  }
}
