// <rich-text> around a labelled <textarea> with Markdown. Without script the textarea stays; a text that the editor could
// not keep whole stays one too.
import { EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { keymap } from "prosemirror-keymap";
import { baseKeymap, chainCommands, exitCode, toggleMark } from "prosemirror-commands";
import { history, undo, redo } from "prosemirror-history";
import { splitListItem, liftListItem, sinkListItem } from "prosemirror-schema-list";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { acts, editLink } from "./rich/acts.js";
import { keeps, read, schema, write } from "./rich/markdown.js";
import { toolbar } from "./rich/tools.js";

const { nodes, marks } = schema;

const breakLine = chainCommands(exitCode, (state, dispatch) => {
  if (state.selection.$from.parent.type === nodes.heading) return false;
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const plugins = (link, withHeadings) => [
  history(),
  keymap({
    "Mod-b": toggleMark(marks.strong),
    "Mod-i": toggleMark(marks.em),
    "Mod-k": link,
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Shift-Enter": breakLine,
    Enter: splitListItem(nodes.list_item),
    "Mod-[": liftListItem(nodes.list_item),
    "Mod-]": sinkListItem(nodes.list_item),
  }),
  keymap(baseKeymap),
  inputRules({
    rules: [
      ...(withHeadings ? [textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, (found) => ({ level: found[1].length }))] : []),
      wrappingInputRule(/^\s*([-*])\s$/, nodes.bullet_list),
      wrappingInputRule(/^(\d+)\.\s$/, nodes.ordered_list, (found) => ({ order: Number(found[1]) })),
      wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    ],
  }),
];

class RichText extends HTMLElement {
  /** Markdown as the editor would write it without a change by hand. */
  static rewrite(text) {
    return write(read(text));
  }

  /** True for a text that is shown as rich text and not left plain. */
  static keeps(text) {
    return keeps(text);
  }

  connectedCallback() {
    if (this.view || this.firstElementChild?.className === "rich__note") return; // It was moved, not made.
    const area = this.querySelector("textarea");
    if (!area || area.matches(":disabled")) return;
    if (!keeps(area.value)) {
      const note = document.createElement("p");
      note.className = "hint rich__note";
      note.textContent = "This text holds something that only plain text keeps, so it is shown as it stands in the file.";
      this.prepend(note);
      return;
    }

    const label = document.querySelector(`label[for="${CSS.escape(area.id)}"]`);
    const withHeadings = this.dataset.headings !== "no";
    const id = `${area.id}.rich`;
    label.id ||= `${area.id}.label`;
    const view = new EditorView(null, {
      attributes: {
        id,
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": label.id,
        ...Object.fromEntries(["lang", "dir", "aria-describedby"].filter((name) => area.hasAttribute(name)).map((name) => [name, area.getAttribute(name)])),
      },
      state: EditorState.create({ doc: read(area.value), plugins: plugins(() => (editLink(view), true), withHeadings) }),
      dispatchTransaction: (transaction) => {
        view.updateState(view.state.apply(transaction));
        if (transaction.docChanged) {
          area.value = write(view.state.doc);
          area.dispatchEvent(new Event("input", { bubbles: true }));
        }
        tools.update();
      },
    });
    const tools = toolbar(`${label.textContent.trim()}: formatting`, id, acts(view, withHeadings));
    this.view = view;
    area.hidden = true;
    this.append(tools.bar, view.dom);
    label.addEventListener("click", () => view.focus());
    tools.update();
  }
}

customElements.define("rich-text", RichText);
