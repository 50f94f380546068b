// Inline, first thing in <head>. Once the visitor has left, Back and Forward must not show a page of this site again.
// The one entry `v` in sessionStorage holds the address they left for; it is set in Leave.js and goes with the next fresh visit.
const root = document.documentElement;
let store;
try {
  store = sessionStorage;
} catch {
  store = {}; // Switched off: nothing is remembered, and Leave.js empties at least the page it leaves.
}
const away = () => {
  root.hidden = true;
  location.replace(store.v);
};
if (store.v) {
  const entry = performance.getEntriesByType("navigation")[0];
  if (entry ? entry.type !== "navigate" : performance.navigation.type) {
    // Stops the parser, so that neither title nor words of this page come to exist. It would also stop a navigation: first stop, then go.
    stop();
    away();
  } else {
    delete store.v;
  }
}
// A page taken from the back/forward cache is painted before any script of it can run. So put every page away unseen. Still
// the browser may paint the picture from before that (Chromium 156, now and then, one frame). So Leave.js sends a message on
// this channel: a page that gets one while it is kept is thrown out, Back loads it anew, and the lines above speak first.
try {
  new BroadcastChannel("v").onmessage = () => {};
} catch {
  // An older browser, or storage is switched off.
}
addEventListener("pagehide", () => {
  root.style.visibility = "hidden";
});
addEventListener("pageshow", (event) => {
  if (event.persisted && store.v) away();
  else root.style.visibility = "";
});
