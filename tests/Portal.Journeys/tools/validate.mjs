// Validates every .html file below a folder. Prints one line for each error, then how many files were read.
// Exit code: 0 all valid, 1 some are not, 2 there was nothing to read.
import { readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { HtmlValidate } from "html-validate";

const [folder] = process.argv.slice(2);
const validator = new HtmlValidate({
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    "doctype-style": "off", // The HTML Standard takes either case.
    "no-trailing-whitespace": "off", // Where a template leaves something out a blank line stays; the HTML Standard does not mind.
    "tel-non-breaking": "off", // The style sheet keeps a number on one line; plain spaces can be copied and found.
    "wcag/h32": "off", // A checklist's form has nothing to send: it is there because a tick box may not carry autocomplete itself.
  },
});

const names = await readdir(folder, { recursive: true });
const pages = names.filter((name) => name.endsWith(".html")).sort();
let errors = 0;
for (const page of pages) {
  const report = await validator.validateFile(join(folder, page));
  for (const { messages } of report.results) {
    for (const { line, column, ruleId, message } of messages) {
      errors++;
      console.log(`${relative(".", page)}:${line}:${column} ${ruleId}: ${message}`);
    }
  }
}

console.log(`${pages.length} files`);
process.exitCode = pages.length === 0 ? 2 : errors > 0 ? 1 : 0;
