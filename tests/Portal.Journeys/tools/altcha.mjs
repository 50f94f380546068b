// The other implementation of the proof of work. "solve" a challenge, "verify" a proof under a secret, or "create" a
// challenge of the given parameters under it: the act, the JSON, the secret.
import { createChallenge, solveChallenge, verifySolution } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/sha";

const [act, text, hmacSignatureSecret] = process.argv.slice(2);
const given = JSON.parse(text);
const acts = {
  solve: async () => ({ challenge: given, solution: await solveChallenge({ challenge: given, deriveKey }) }),
  verify: () => verifySolution({ ...given, deriveKey, hmacSignatureSecret }),
  create: () => createChallenge({ ...given, deriveKey, hmacSignatureSecret }),
};
console.log(JSON.stringify(await acts[act]()));
