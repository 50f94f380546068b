// Of the form: fetched with the first answer, as a module. Checks, tells what is missing, seals, sends and thanks.
import { offer } from "./referral/human.js";
import { seal } from "./referral/message.js";

export { check, checkValues, read } from "./referral/check.js";
export { clear, showErrors, thank } from "./referral/told.js";
export { send } from "./referral/send.js";
export { textOf } from "./referral/message.js";
export { solve } from "./referral/proof.js";

const write = (name, words) => {
  for (const place of document.querySelectorAll(`[data-${name}]`)) place.textContent = words[place.dataset[name]];
};

// What the page may promise of this browser is not said before it has sealed something. Where it cannot, the page's own words stand.
const prove = async ({ keys, proved }) => {
  await seal("", keys.team);
  write("proved", proved);
};

// Keys and words of the form, which the page has no room for; with them comes the tick of the check for humans, where there is one.
export const rest = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error("not there");
  const told = await response.json();
  write("later", told.later);
  prove(told).catch(() => {});
  if (told.human) offer(told.human);
  return told;
};
