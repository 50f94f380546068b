import { rewrap } from "./age.js";
import { Told, ask, fromBase64, takeOver, toBase64, withToken } from "./form.js";
import { identityOf } from "./identity.js";

const again = [409, 412]; // The keys or the message changed meanwhile: it is asked for anew.
const rounds = 3;

/** Locks every message that waits for it anew. Only headers come here and go back: nothing of a message can be read. */
export function anew(form) {
  const status = form.querySelector("[role=status]");

  const one = async (message, identity) => {
    let header;
    try {
      header = await rewrap(fromBase64(message.header), identity, message.readers);
    } catch {
      return false; // Damaged: it stays as it is, and is named below.
    }
    const fields = [["version", message.version], ["header", toBase64(header)], ...message.readers.map((reader) => ["readers", reader])];
    const answer = await ask(`/referrals/${message.id}/header`, { method: "POST", body: withToken(form, fields) });
    return answer.ok ? true : again.includes(answer.status) ? null : false;
  };

  takeOver(form, "Your key is being unlocked.", async () => {
    const identity = await identityOf(form);
    const failed = new Set();
    for (let round = 0; round < rounds; round++) {
      const answer = await ask(form.dataset.waiting);
      if (!answer.ok) throw new Told("The messages did not come. Open the page again.");
      const messages = (await answer.json()).filter((message) => !failed.has(message.reference));
      if (messages.length === 0) break;
      for (const [at, message] of messages.entries()) {
        status.textContent = `Message ${at + 1} of ${messages.length}`;
        if ((await one(message, identity)) === false) failed.add(message.reference);
      }
    }
    if (failed.size) throw new Told(`Not done: ${[...failed].join(", ")}. Their files may be damaged. Open this page again; if it stays so, download them and try the recovery key.`);
    location.reload();
    return "Done.";
  });
}
