// Of the form: fetched with the first answer, as a module. Checks, tells what is missing, seals, sends and thanks.
export { check, checkValues, read } from "./referral/check.js";
export { clear, showErrors, thank } from "./referral/told.js";
export { send } from "./referral/send.js";
export { textOf } from "./referral/message.js";
export { solve } from "./referral/proof.js";

// Keys and words of the form, which the page has no room for.
export const rest = async (address) => {
  const response = await fetch(address);
  if (!response.ok) throw new Error("not there");
  return response.json();
};
