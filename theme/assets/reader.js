// What is done with a key on the staff pages: making it, opening a message, locking messages anew. Only here are an
// identity, a passphrase or the words of a message ever readable; nothing in these files stores or sends any of them.
import { isAble, make, open, rewrap, seal, unwrap, wrap } from "./reader/age.js";
import { ceremony } from "./reader/ceremony.js";
import { reader } from "./reader/open.js";
import { fault } from "./reader/passphrase.js";
import { anew } from "./reader/rewrap.js";

const kinds = { make: ceremony, open: reader, rewrap: anew };

for (const form of document.querySelectorAll("form[data-key]")) {
  const begin = kinds[form.dataset.key];
  if (!begin) continue; // Shown once a message is open.
  form.hidden = false;
  if (isAble()) begin(form);
  else {
    form.querySelector("[role=status]").textContent = "This browser cannot work with keys: it lacks Web Cryptography. Use a current browser, over https.";
    form.querySelector("button").disabled = true;
    form.addEventListener("submit", (event) => event.preventDefault());
  }
}

export { fault, make, open, rewrap, seal, unwrap, wrap };
