const pause = 250; // Milliseconds without a key before the list is asked for.

/** A form of filters: asks for the same page and puts its results in place. The status line stays, so that it is heard. */
export function live(form) {
  const id = form.dataset.live;
  let timer;
  let asking;

  const show = async () => {
    asking?.abort();
    asking = new AbortController();
    const filled = [...new FormData(form)].filter(([, value]) => value !== "");
    const address = location.pathname + (filled.length ? "?" + new URLSearchParams(filled) : "");
    try {
      const answer = await fetch(address, { signal: asking.signal });
      if (answer.redirected || !answer.ok) return location.assign(address); // Signed out, or worse: the page itself tells.
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
      const here = document.getElementById(id);
      const status = here.querySelector("[role=status]");
      const said = found.querySelector("[role=status]");
      for (const child of [...here.children]) if (child !== status) child.remove();
      here.append(...[...found.children].filter((child) => child !== said));
      status.textContent = said.textContent;
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") document.getElementById(id).querySelector("[role=status]").textContent = "No connection. What stands here may be out of date.";
    }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(show, pause);
  };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    show();
  });
}
