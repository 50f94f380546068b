// Blocks of a text, and entries of a list: the same acts as the buttons' own, done in the page.

/** Names, ids and values begin with the number of their block. */
const numbered = /(^|\s)b\.\d+(?=\.|\s|$)/g;
const attributes = ["id", "name", "for", "list", "aria-labelledby", "aria-describedby", "aria-controls"];

function number(list) {
  const all = [...list.querySelectorAll(":scope > .block")];
  all.forEach((block, at) => {
    for (const element of [block, ...block.querySelectorAll("*")]) {
      for (const name of attributes) {
        const value = element.getAttribute(name);
        if (value?.includes("b.")) element.setAttribute(name, value.replace(numbered, `$1b.${at}`));
      }
    }
    for (const button of block.querySelectorAll("button[name=act]")) button.value = button.value.replace(/\d+$/, at);
    block.querySelector("[value^='up:']").disabled = at === 0;
    block.querySelector("[value^='down:']").disabled = at === all.length - 1;
  });
  return all;
}

/** The page as the server draws it after an act, or null where it could not be asked. */
async function drawn(form, button) {
  const body = new FormData(form, button);
  try {
    const answer = await fetch(location.href, { method: "POST", body });
    return answer.ok && !answer.redirected ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

export function blocks(form, { touch, say }) {
  const list = form.querySelector(".blocks");

  const place = (block) => {
    const all = number(list);
    return `${block.dataset.kind} is now block ${all.indexOf(block) + 1} of ${all.length}.`;
  };

  const move = (block, up, button) => {
    const all = [...list.querySelectorAll(":scope > .block")];
    const other = all[all.indexOf(block) + (up ? -1 : 1)];
    if (up) other.before(block);
    else other.after(block);
    say(place(block));
    (button.disabled ? block.querySelector(".block__head button:not(:disabled)") : button).focus();
    touch();
  };

  const remove = (block) => {
    const gone = document.createElement("li");
    const back = document.createElement("button");
    gone.className = "gone";
    back.type = "button";
    back.textContent = "Put it back";
    gone.append(`${block.dataset.kind} removed.`, back);
    block.replaceWith(gone);
    number(list);
    say(`${block.dataset.kind} removed.`);
    back.focus();
    touch();
    back.addEventListener("click", () => {
      gone.replaceWith(block);
      say(place(block));
      block.querySelector(".block__head button:not(:disabled)").focus();
      touch();
    });
  };

  const noAnswer = () => say("That did not work: no answer from the server. Your text is still here.");

  const add = async (button) => {
    const block = (await drawn(form, button))?.querySelector(".blocks > .block:last-of-type");
    if (!block) return noAnswer();
    list.append(document.importNode(block, true));
    const made = list.lastElementChild;
    say(place(made));
    button.closest("details").open = false;
    (made.querySelector("input:not([type=hidden]),select,[contenteditable],textarea:not([hidden])") ?? made.querySelector("button")).focus();
    touch();
  };

  // One entry more or less: the group as the server draws it.
  const regroup = async (button) => {
    const group = button.closest(".group");
    const outer = document.getElementById(button.value.replace(/^(more|less):/, "").replace(/\.\d+$/, "")) ?? group;
    const fresh = (await drawn(form, button))?.getElementById(outer.id);
    if (!fresh) return noAnswer();
    const made = document.importNode(fresh, true);
    const isMore = button.value.startsWith("more:");
    outer.replaceWith(made);
    const entries = made.querySelectorAll(":scope > .entry");
    say(`${entries.length} in ${made.querySelector("legend").textContent}.`);
    const first = isMore ? entries[entries.length - 1]?.querySelector("input,select,textarea") : null;
    (first ?? made.querySelector(":scope > button[name=act]"))?.focus();
    touch();
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=act]");
    const [verb] = button?.value.split(":") ?? [];
    const block = button?.closest(".block");
    if (!["up", "down", "remove", "add", "more", "less"].includes(verb)) return;
    event.preventDefault();
    if (verb === "add") add(button);
    else if (verb === "more" || verb === "less") regroup(button);
    else if (verb === "remove") remove(block);
    else move(block, verb === "up", button);
  });
}
