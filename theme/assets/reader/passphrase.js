// The rules of Staff/PassphraseRules.cs, asked here because the passphrase of a key must not be sent anywhere. A test asks
// both about the same phrases.
const fewestSigns = 5;
const fewestOwn = 5;
const letter = /\p{L}/u;

function isCommon(letters, common) {
  for (let end = 1; end <= letters.length; end++) {
    const start = letters.slice(0, end);
    if (!common.has(start)) continue;
    const rest = letters.slice(end);
    if (!rest || common.has(rest) || !rest.replaceAll(start, "")) return true;
  }
  return false;
}

/** What is wrong with a passphrase, in a sentence; null for nothing. */
export function fault(passphrase, shortest, common, own) {
  if (passphrase.length < shortest) return `Choose a passphrase of at least ${shortest} characters. Five or six words that do not belong together are good.`;
  const letters = [...passphrase].filter((sign) => letter.test(sign)).join("").toLowerCase();
  if (!letters || new Set(passphrase).size < fewestSigns || isCommon(letters, common)) return "This passphrase is too easy to guess: it is on the list of common ones. Choose another.";
  const bare = (text) => text.replace(/\s/gu, "").toLowerCase();
  const plain = bare(passphrase);
  const [name, email] = own;
  const isOwn = [name, email, email.split("@")[0]].map(bare).some((text) => text.length >= fewestOwn && plain.includes(text));
  return isOwn ? "The passphrase must not contain your own name or email address. Choose another." : null;
}
