// Sealing and opening in the age format, as docs/sealed-referral.md writes it. The library's own parts, without those that
// a message never has (hybrid keys, hardware tags, armor): importing its index would bring all of them along.
import { hmac } from "@noble/hashes/hmac.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { randomBytes } from "@noble/hashes/utils.js";
import { bech32 } from "@scure/base";
import { encodeHeader, encodeHeaderNoMAC, parseHeader } from "../../node_modules/age-encryption/dist/format.js";
import { read, readAll, stream } from "../../node_modules/age-encryption/dist/io.js";
import { ScryptIdentity, ScryptRecipient, X25519Identity, X25519Recipient, generateX25519Identity } from "../../node_modules/age-encryption/dist/recipients.js";
import { decryptSTREAM, encryptSTREAM } from "../../node_modules/age-encryption/dist/stream.js";

const work = 18; // The power of two that a guess at a passphrase costs; the server takes no less.
const bytes = (text) => new TextEncoder().encode(text);
const macOf = (fileKey, covered) => hmac(sha256, hkdf(sha256, fileKey, undefined, bytes("header"), 32), covered);

/** The file is sealed to others, or the passphrase is another one. */
export class NoMatch extends Error {}

/** What browsers need to have for any of this. */
export const isAble = () => Boolean(globalThis.crypto?.subtle && globalThis.TransformStream);

const recipientOf = async (identity) => bech32.encodeFromBytes("age", await new X25519Identity(identity).recipient);

async function headerFor(fileKey, recipients) {
  const stanzas = [];
  for (const recipient of recipients) stanzas.push(...(await recipient.wrapFileKey(fileKey)));
  return encodeHeader(stanzas, macOf(fileKey, encodeHeaderNoMAC(stanzas)));
}

async function fileKeyOf(parsed, identity) {
  const fileKey = await identity.unwrapFileKey(parsed.stanzas);
  if (fileKey === null) throw new NoMatch();
  const mac = macOf(fileKey, parsed.headerNoMAC);
  let differs = mac.length ^ parsed.MAC.length;
  for (let at = 0; at < mac.length; at++) differs |= mac[at] ^ parsed.MAC[at];
  if (differs) throw new Error("The header was changed.");
  return fileKey;
}

async function encrypt(plain, recipients) {
  const fileKey = randomBytes(16);
  const nonce = randomBytes(16);
  const header = await headerFor(fileKey, recipients);
  const payload = await readAll(stream(plain).pipeThrough(encryptSTREAM(hkdf(sha256, fileKey, nonce, bytes("payload"), 32))));
  const file = new Uint8Array(header.length + nonce.length + payload.length);
  file.set(header);
  file.set(nonce, header.length);
  file.set(payload, header.length + nonce.length);
  return file;
}

async function decrypt(file, identity) {
  const parsed = await parseHeader(stream(file));
  const fileKey = await fileKeyOf(parsed, identity);
  const { data: nonce, rest } = await read(parsed.rest, 16);
  return await readAll(rest.pipeThrough(decryptSTREAM(hkdf(sha256, fileKey, nonce, bytes("payload"), 32))));
}

/** Seals bytes to recipients ("age1…"). */
export const seal = (plain, recipients) => encrypt(plain, recipients.map((recipient) => new X25519Recipient(recipient)));

/** Opens with an identity ("AGE-SECRET-KEY-1…"); throws NoMatch where the file is for others. */
export const open = (file, identity) => decrypt(file, new X25519Identity(identity));

/** A new header over the same payload: the same file key for other recipients. Opened again before it is given out. */
export async function rewrap(header, identity, recipients) {
  const own = new X25519Identity(identity);
  const fileKey = await fileKeyOf(await parseHeader(stream(header)), own);
  const made = await headerFor(fileKey, recipients.map((recipient) => new X25519Recipient(recipient)));
  if (recipients.includes(await recipientOf(identity))) await fileKeyOf(await parseHeader(stream(made)), own);
  return made;
}

/** A new identity with its recipient. */
export async function make() {
  const identity = await generateX25519Identity();
  return { identity, recipient: await recipientOf(identity) };
}

/** An identity sealed with a passphrase, as a file of age-keygen would be. */
export const wrap = (identity, passphrase) => encrypt(bytes(identity + "\n"), [new ScryptRecipient(passphrase, work)]);

/** The identity back; throws NoMatch for another passphrase. */
export const unwrap = async (file, passphrase) => new TextDecoder().decode(await decrypt(file, new ScryptIdentity(passphrase))).trim();
