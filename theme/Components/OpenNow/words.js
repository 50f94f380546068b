// Sentences come from the page as patterns, so that each language keeps its own order and its own plural forms.

export const fill = (pattern, values) => pattern.replace(/{(\w+)}/g, (_, key) => values[key]);

// `patterns` is "one=…|other=…" as PluralPattern writes it; the forms are those of the language the element is in.
export const plural = (element, patterns, n, values) => {
  const form = new Intl.PluralRules(element.closest("[lang]").lang).select(n);
  const forms = {};
  for (const part of patterns.split("|")) {
    const at = part.indexOf("=");
    forms[part.slice(0, at)] = part.slice(at + 1);
  }
  return fill(forms[form] || forms.other, { n, ...values });
};
