// In the frame that the intake serves to the form's page, at sending and with a tick: asks the third party for a token and
// hands it up. The third party's script runs here, where no word of anybody stands, and never in the page of the form.
const { key, action, origins } = document.currentScript.dataset;

const tell = (token) => {
  try {
    // What the third party left on this device under our name.
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // A browser that keeps nothing for frames.
  }
  // Where a browser says who frames us, that one alone: any other would be told in vain, and complained of.
  const above = location.ancestorOrigins && location.ancestorOrigins[0];
  for (const origin of origins.split(" ")) if (!above || above === origin) parent.postMessage(token, origin);
};

const ask = async () => {
  await new Promise((resolve) => grecaptcha.ready(resolve));
  return grecaptcha.execute(key, { action });
};

// Opened by itself it asks nobody.
if (parent !== self) {
  const script = document.createElement("script");
  script.src = "https://www.google.com/recaptcha/api.js?render=" + encodeURIComponent(key);
  script.onload = () => ask().then(tell, () => tell(""));
  script.onerror = () => tell("");
  document.head.append(script);
}
