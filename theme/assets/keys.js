// Passkeys. The server's challenge goes to the browser, the browser's answer goes back as a field of the form.
const ready = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential.prototype.toJSON;

async function answer(form) {
  const token = form.elements.__RequestVerificationToken.value;
  const reply = await fetch(form.dataset.passkey, { method: "POST", headers: { RequestVerificationToken: token } });
  if (!reply.ok) throw new Error(String(reply.status));
  const options = await reply.json();
  const credential =
    form.dataset.verb === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  const json = credential.toJSON();
  delete json.clientExtensionResults?.prf; // Key material some password managers offer unasked: it must not leave the browser.
  return JSON.stringify(json);
}

if (ready) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const status = form.querySelector("[role=status]");
      const button = form.querySelector("button");
      button.disabled = true;
      status.textContent = "";
      try {
        form.elements.credential.value = await answer(form);
        form.submit();
      } catch (error) {
        status.textContent = error.name === "NotAllowedError" ? "Cancelled, or no passkey was chosen." : "That did not work. Try again in a minute.";
        button.disabled = false;
      }
    });
  }
}
