// Brings a sealed message to the intake. What is answered is one of: a reference; or why not, and the sealed message for
// another try: network, busy, closed, sealing.
import { tokenOf } from "./human.js";
import { seal, textOf } from "./message.js";
import { solve } from "./proof.js";

const keysWithin = 3000; // milliseconds
const proofWithin = 10000; // milliseconds
const postWithin = 30000; // milliseconds
const reseals = 2;

const ask = async (address, within, options) => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), within);
  try {
    const response = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", redirect: "error", signal: stop.signal, ...options });
    return { status: response.status, body: await response.json().catch(() => ({})) };
  } finally {
    clearTimeout(timer);
  }
};

const isGroup = (group) => Array.isArray(group) && group.length > 0 && group.every((each) => typeof each === "string");

// The key set an answer holds; null where it is none that anything could be sealed to.
const keysIn = ({ id, open, team, lead }) => typeof id === "string" && open !== false && isGroup(team) && isGroup(lead) ? { id, team, lead } : null;

// A failed human check is a label and no more: whatever goes wrong, the message goes without.
const prove = async (intake) => {
  const until = performance.now() + proofWithin;
  try {
    const { status, body } = await ask(intake + "/challenge", proofWithin);
    return status === 200 ? await solve(body, until) : null;
  } catch {
    return null;
  }
};

const newKey = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)))).slice(0, 22).replace(/\+/g, "-").replace(/\//g, "_");

const sealTo = async (keys, checked, { page, notice }) => {
  const group = checked.isForLead ? "lead" : "team";
  return { body: await seal(textOf(checked, page, notice), keys[group]), group, keySet: keys.id, key: newKey(), isUrgent: checked.isUrgent };
};

const post = (intake, sealed, [proof, token]) => ask(intake + "/sealed", postWithin, {
  method: "POST",
  body: sealed.body,
  headers: {
    "Content-Type": "application/age",
    "Idempotency-Key": sealed.key,
    "X-Keyset": sealed.keySet,
    "X-Group": sealed.group,
    "X-Urgent": sealed.isUrgent ? "1" : "0",
    ...(proof && { "X-Proof": proof }),
    ...(token && { "X-Human": token }),
  },
});

const answerTo = ({ status, body }) => {
  if (status === 200 || status === 201) return { reference: typeof body.reference === "string" ? body.reference : "" };
  if (status === 429) return { why: "busy" };
  return { why: status === 503 && body.closed === true ? "closed" : "network" };
};

// `page` is what the form says of itself, `published` the key set it came with; `sealed` a message of an earlier try, with its key.
export const send = async (page, published, checked, sealed) => {
  const intake = page.intake + "/intake/v1";
  let proving = prove(intake);
  let keys = published;
  if (!sealed) {
    // The set in force, or else the one that was published with the page.
    const now = await ask(intake + "/keys", keysWithin).catch(() => ({}));
    if (now.status === 200 && now.body.open === false) return { why: "closed" };
    keys = (now.status === 200 && keysIn(now.body)) || published;
  }
  for (let tries = 0; ; tries++) {
    try {
      sealed ||= await sealTo(keys, checked, page);
    } catch {
      return { why: "sealing" };
    }
    // Nobody else is asked before there is something to send. Proof and token are good once, so each post has its own.
    const vouching = await Promise.all([proving, tokenOf(page.intake).catch(() => null)]);
    const answer = await post(intake, sealed, vouching).catch(() => null);
    if (!answer) return { why: "network", sealed };
    if (answer.status !== 409) return { sealed, ...answerTo(answer) };
    if (answer.body.open === false) return { why: "closed" };
    keys = keysIn(answer.body);
    sealed = null;
    if (!keys || tries === reseals) return { why: "network" };
    proving = prove(intake);
  }
};
