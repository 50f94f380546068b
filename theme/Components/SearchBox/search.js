// Finds pages in an index that came whole, so that the words never leave the page. Pure: no network, no page.

// Letters people type in more than one way become one: accents go, and Arabic, Persian and Urdu forms of a letter meet.
// Marks outside Latin, Greek, Cyrillic and Arabic stay: in Nepali, Bengali and Punjabi they are the vowels.
const SAME = { ł: "l", ı: "i", đ: "d", ß: "ss", ى: "ي", ی: "ي", ک: "ك", ة: "ه", ہ: "ه", ۃ: "ه", ە: "ه", ٱ: "ا" };
const fold = (text) => text.toLowerCase().normalize("NFKD")
  .replace(/[\u0300-\u036f\u064b-\u065f\u0670\u0640\u200c'’]/g, "")
  .replace(/[łıđßىیکةہۃەٱ]/g, (letter) => SAME[letter]);

// The Arabic article is written to its word.
const words = (text) => (fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) || []).map((word) => word.length > 4 ? word.replace(/^ال/, "") : word);

const WEIGHTS = [6, 3, 1, 5]; // title, headings, summary, keywords

export const prepare = (rows) => rows.map(([url, ...texts]) => ({
  url, title: texts[0], summary: texts[2], fields: texts.map((text, i) => [words([].concat(text || "").join(" ")), WEIGHTS[i]]),
}));

// Whether `word` begins with what was typed but for one letter: another one, one too many, one missing, or two swapped.
const slips = (word, typed) => {
  let i = 0;
  while (word[i] === typed[i] && i < typed.length) i++;
  return word.startsWith(typed.slice(i + 1), i + 1) || word.startsWith(typed.slice(i + 1), i) || word.startsWith(typed.slice(i), i + 1)
    || word[i] === typed[i + 1] && word[i + 1] === typed[i] && word.startsWith(typed.slice(i + 2), i + 2);
};

const closeness = (word, typed) => word === typed ? 4 : word.startsWith(typed) ? 2 : typed.length > 3 && slips(word, typed) ? 1 : 0;

// The pages that hold most of the words, best first: "my partner hits me" must find something even if no page says "me".
export const search = (index, query) => {
  const typed = [...new Set(words(query))];
  const found = index.map((page) => {
    let hits = 0;
    let score = 0;
    for (const word of typed) {
      const best = Math.max(...page.fields.map(([list, weight]) => weight * Math.max(0, ...list.map((other) => closeness(other, word)))));
      hits += best > 0;
      score += best;
    }
    return { page, hits, score };
  });
  const most = Math.max(1, ...found.map((it) => it.hits));
  return found.filter((it) => it.hits === most).sort((a, b) => b.score - a.score).map((it) => it.page);
};
