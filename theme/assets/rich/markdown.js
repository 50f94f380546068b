// The Markdown of the site, and nothing more: headings of level 2 to 4, paragraphs, lists, quotations, bold, italic,
// links, and a phone line that is shown as its number. content/Blocks/MarkdownReader.cs refuses everything else.
import MarkdownIt from "markdown-it";
import { Schema } from "prosemirror-model";
import { MarkdownParser, MarkdownSerializer, defaultMarkdownParser, defaultMarkdownSerializer, schema as base } from "prosemirror-markdown";

const nodes = base.spec.nodes;
const marks = base.spec.marks;
// A new list has no blank lines between its entries.
const tight = (name) => ({ ...nodes.get(name), attrs: { ...nodes.get(name).attrs, tight: { default: true } } });
const lineScheme = "line:";

/** True for an address the site may have. */
export const isAddress = (href) => /^(\/(?!\/)|https:\/\/|mailto:|line:)[^\s<>]*$/.test(href) && !/^\/[^#]*\?/.test(href);

const heading = {
  ...nodes.get("heading"),
  content: "(text | helpline)*", // A line break would end it.
  parseDOM: [1, 2, 3, 4, 5, 6].map((level) => ({ tag: "h" + level, attrs: { level: Math.min(Math.max(level, 2), 4) } })), // As pasted.
};
const link = {
  ...marks.get("link"),
  parseDOM: [{ tag: "a[href]", getAttrs: (a) => (isAddress(a.getAttribute("href")) ? { href: a.getAttribute("href"), title: a.getAttribute("title") } : false) }],
};
const helpline = {
  inline: true,
  group: "inline",
  atom: true,
  attrs: { line: {} },
  toDOM: (node) => ["span", { class: "helpline", "data-line": node.attrs.line, dir: "ltr", lang: "en" }, "number of " + node.attrs.line],
  parseDOM: [{ tag: "span[data-line]", getAttrs: (span) => ({ line: span.dataset.line }) }],
};

export const schema = new Schema({
  nodes: {
    doc: nodes.get("doc"),
    paragraph: nodes.get("paragraph"),
    blockquote: nodes.get("blockquote"),
    heading,
    ordered_list: tight("ordered_list"),
    bullet_list: tight("bullet_list"),
    list_item: nodes.get("list_item"),
    text: nodes.get("text"),
    hard_break: nodes.get("hard_break"),
    helpline,
  },
  marks: { em: marks.get("em"), strong: marks.get("strong"), link },
});

// A link without words to a phone line is that line's number.
function findLines(state) {
  for (const { children } of state.tokens) {
    for (let at = 0; children && at + 1 < children.length; at++) {
      const href = children[at].type === "link_open" ? children[at].attrGet("href") : "";
      if (!href.startsWith(lineScheme) || children[at + 1].type !== "link_close") continue;
      const token = new state.Token("helpline", "", 0);
      token.meta = href.slice(lineScheme.length);
      children.splice(at, 2, token);
    }
  }
}

const reader = new MarkdownIt("commonmark", { html: false }).disable(["code", "fence", "backticks", "image", "hr", "html_block", "lheading", "reference", "autolink"]);
reader.core.ruler.push("helpline", findLines);
const kept = ["blockquote", "paragraph", "list_item", "bullet_list", "ordered_list", "heading", "hardbreak", "em", "strong", "link"];
const parser = new MarkdownParser(schema, reader, {
  ...Object.fromEntries(kept.map((name) => [name, defaultMarkdownParser.tokens[name]])),
  helpline: { node: "helpline", getAttrs: (token) => ({ line: token.meta }) },
});

// Two lists of one kind after each other would become one if both were marked alike.
const isSecond = (node, parent, index) => {
  let before = 0;
  while (index - before > 0 && parent.child(index - before - 1).type === node.type) before++;
  return before % 2 === 1;
};

const serializer = new MarkdownSerializer(
  {
    ...defaultMarkdownSerializer.nodes,
    bullet_list: (state, node, parent, index) => state.renderList(node, "  ", () => (isSecond(node, parent, index) ? "* " : "- ")),
    ordered_list: (state, node, parent, index) => {
      const first = node.attrs.order ?? 1;
      const mark = isSecond(node, parent, index) ? ") " : ". ";
      const width = String(first + node.childCount - 1).length + 2;
      state.renderList(node, " ".repeat(width), (at) => (first + at + mark).padEnd(width));
    },
    heading: (state, node) => {
      state.write("#".repeat(node.attrs.level) + " ");
      const begin = state.out.length;
      state.renderInline(node, false);
      state.out = state.out.slice(0, begin) + state.out.slice(begin).replace(/#+$/, "\\$&"); // A number sign at the end would be swallowed.
      state.closeBlock(node);
    },
    text: (state, node, parent, index) => {
      state.atBlockStart ||= index > 0 && parent.child(index - 1).type.name === "hard_break"; // "+ one" at the start of a line would begin a list.
      const escape = state.esc;
      state.esc = (text, atStart) => {
        const escaped = escape.call(state, text, atStart);
        return atStart ? escaped.replace(/^(\s*\d+)([.)])(?=\s|$)/, "$1\\$2").replace(/^\+$/, "\\+") : escaped; // So would "1) one", which the library lets through.
      };
      state.text(node.text, !state.inAutolink);
      state.esc = escape;
    },
    helpline: (state, node) => state.write(`[](${lineScheme}${node.attrs.line})`),
  },
  {
    ...defaultMarkdownSerializer.marks,
    // Never <https://…>: a bare address is refused.
    link: {
      open: "[",
      close: (state, mark) => `](${mark.attrs.href.replace(/[()"]/g, "\\$&")}${mark.attrs.title ? ` "${mark.attrs.title.replace(/"/g, '\\"')}"` : ""})`,
      mixable: true,
    },
  },
  { escapeExtraCharacters: /[<&]/g },
);

export const read = (text) => parser.parse(text);

/** Three colons at the start of a line would begin a block of the document. */
export const write = (doc) => serializer.serialize(doc, { tightLists: true }).replace(/^((?:[ >]|[-*] |\d+[.)] )*):::/gm, "$1\\:::");

const whole = new MarkdownIt("commonmark");

// Bold around a link and a link around bold say the same: each run of letters is told with what it stands in.
function meaning(text) {
  const told = [];
  const within = [];
  for (const [part, close, name] of whole.render(text).replace(/\s+/g, " ").replace(/<a [^>]*>(?=<\/a>)/g, "$&&#0;").matchAll(/<(\/?)(a|em|strong)\b[^>]*>|<[^>]+>|[^<]+/g)) {
    if (!name) {
      const marks = part.startsWith("<") ? "" : [...within].sort().join("");
      if (marks && told.at(-2) === marks) told.push(told.pop() + part);
      else told.push(marks, part);
    } else if (close) within.splice(within.findLastIndex((each) => each.startsWith("<" + name)), 1);
    else within.push(part);
  }
  return told.join("\n");
}

/** True where the editor keeps all that a text says; else it stays as plain text. */
export const keeps = (text) => meaning(write(read(text))) === meaning(text);
