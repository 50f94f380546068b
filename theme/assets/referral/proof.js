// Proof of work in the wire format of ALTCHA v2, algorithm SHA-256: a number whose key begins as asked. The key is the
// hash of salt, nonce and number (32 bits, big-endian), hashed again until it was done `cost` times.
import { sha256 } from "@noble/hashes/sha2.js";

const slice = 20; // milliseconds between two looks at the page

const bytes = (hex) => Uint8Array.from(hex.match(/../g), (pair) => parseInt(pair, 16));
const hexOf = (data) => [...data].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const pause = () => new Promise((resolve) => setTimeout(resolve));

// The payload, or null where it is not done by then (milliseconds, as performance.now() counts).
export const solve = async (challenge, until) => {
  const { algorithm, nonce, salt, cost, keyLength = 32, keyPrefix } = challenge.parameters;
  if (algorithm !== "SHA-256" || !/^([0-9a-f]{2})+$/i.test(nonce + salt) || !/^[0-9a-f]{1,16}$/i.test(keyPrefix)) return null;
  const started = performance.now();
  const first = new Uint8Array([...bytes(salt), ...bytes(nonce), 0, 0, 0, 0]);
  const view = new DataView(first.buffer);
  const prefix = keyPrefix.toLowerCase();
  for (let [counter, looked] = [0, started]; ; counter++) {
    view.setUint32(first.length - 4, counter);
    let key = first;
    for (let round = 0; round < Math.max(1, cost); round++) key = sha256(key);
    const found = hexOf(key.subarray(0, keyLength));
    if (found.startsWith(prefix)) {
      const time = Math.round(performance.now() - started);
      return btoa(JSON.stringify({ challenge: { parameters: challenge.parameters, signature: challenge.signature }, solution: { counter, derivedKey: found, time } }));
    }
    if (performance.now() - looked < slice) continue;
    await pause();
    looked = performance.now();
    if (looked > until) return null;
  }
};
