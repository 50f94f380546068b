// The text that is sealed, and the seal: an age file (docs/sealed-referral.md).
import { Encrypter } from "age-encryption";

const sizes = [4096, 16384, 32768]; // bytes of text with its padding
const recipient = /^age1[02-9ac-hj-np-z]{58}$/; // X25519 alone: no other kind is in a key set.

// UTF-8 JSON with the keys in this order, answers in the order of the page.
export const textOf = ({ route, answers }, page, notice) => JSON.stringify({ form: 1, route, page, notice, answers });

// Throws where it cannot be sealed to every one of the recipients. Then nothing is sent.
export const seal = async (text, recipients) => {
  if (!crypto.subtle) throw new Error("no cryptography");
  if (!recipients.length || recipients.length > 64 || !recipients.every((each) => recipient.test(each))) throw new Error("no recipients");
  const words = new TextEncoder().encode(text);
  const size = sizes.find((each) => words.length <= each);
  if (!size) throw new Error("too long");
  const padded = new Uint8Array(size).fill(0x20);
  padded.set(words);
  const encrypter = new Encrypter();
  for (const each of new Set(recipients)) encrypter.addRecipient(each);
  return encrypter.encrypt(padded);
};
