// What the toolbar does with the words.
import { lift, setBlockType, toggleMark, wrapIn } from "prosemirror-commands";
import { undo, redo } from "prosemirror-history";
import { wrapInList, liftListItem } from "prosemirror-schema-list";
import { isAddress, schema } from "./markdown.js";
import { ask } from "./tools.js";

const { nodes, marks } = schema;

const hasMark = (state, mark) => {
  const { from, to, empty, $from } = state.selection;
  return empty ? mark.isInSet(state.storedMarks ?? $from.marks()) : state.doc.rangeHasMark(from, to, mark);
};

const isWithin = (state, type, level) => {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth);
    if (node.type === type && (level === undefined || node.attrs.level === level)) return true;
  }
  return false;
};

/** The link around the cursor or the selection: its ends and where it leads. */
function linkAt(state) {
  const { $from, from, to } = state.selection;
  const here = $from.marks().concat($from.nodeAfter?.marks ?? []).find((mark) => mark.type === marks.link);
  if (!here) return { from, to, href: "" };
  let [begin, end] = [from, to];
  const start = $from.start();
  $from.parent.forEach((node, offset) => {
    if (!here.isInSet(node.marks)) return;
    const [first, last] = [start + offset, start + offset + node.nodeSize];
    if (first <= end && last >= begin) [begin, end] = [Math.min(begin, first), Math.max(end, last)];
  });
  return { from: begin, to: end, href: here.attrs.href };
}

export async function editLink(view) {
  const { from, to, href } = linkAt(view.state);
  const words = view.state.doc.textBetween(from, to, " ");
  const answer = await ask(
    "Link",
    [
      { name: "words", label: "Words", hint: "Say where it leads: not “here”.", value: words, check: (text) => (text ? "" : "Write the words of the link.") },
      {
        name: "address",
        label: "Address",
        hint: "A page of this site, such as /guides/leaving-home/, or an address that begins with https://",
        value: href,
        list: "page-names",
        check: (text) => (isAddress(text) ? "" : "Begin with / for a page of this site, without a question mark, or with https:// for another."),
      },
    ],
    { submit: "Set the link", remove: href ? "Remove the link" : "" },
  );
  if (answer === "remove") view.dispatch(view.state.tr.removeMark(from, to, marks.link));
  else if (answer) {
    const mark = marks.link.create({ href: answer.address });
    const tr = view.state.tr;
    if (answer.words === words) tr.addMark(from, to, mark);
    else tr.replaceWith(from, to, schema.text(answer.words, mark.addToSet(view.state.doc.resolve(from).marks().filter((each) => each.type !== marks.link))));
    view.dispatch(tr.removeStoredMark(marks.link));
  }
  view.focus();
}

async function addLine(view) {
  const answer = await ask(
    "Phone line",
    [{ name: "line", label: "Id of the line", hint: "The page shows its number and rings it. Numbers themselves are never typed.", value: "", list: "helpline-names", check: (text) => (/^[a-z0-9-]+$/.test(text) ? "" : "Choose a line from the list, such as vs-24h.") }],
    { submit: "Put it in" },
  );
  if (answer) view.dispatch(view.state.tr.replaceSelectionWith(nodes.helpline.create(answer), false));
  view.focus();
}

/** The buttons, each with its name, what it does, when it is pressed, and its keys. */
export function acts(view, withHeadings) {
  const run = (command) => () => {
    command(view.state, view.dispatch, view);
    view.focus();
  };
  const mark = (name, type, keys) => [name, run(toggleMark(type)), () => hasMark(view.state, type), keys];
  const level = (name, at) => {
    const isOn = () => isWithin(view.state, nodes.heading, at);
    return [name, () => run(isOn() ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level: at }))(), isOn];
  };
  const list = (name, type) => {
    const isOn = () => isWithin(view.state, type);
    return [name, () => run(isOn() ? liftListItem(nodes.list_item) : wrapInList(type))(), isOn];
  };
  const isQuoted = () => isWithin(view.state, nodes.blockquote);
  return [
    mark("Bold", marks.strong, "Control+B"),
    mark("Italic", marks.em, "Control+I"),
    ["Link", () => editLink(view), () => hasMark(view.state, marks.link), "Control+K"],
    ...(withHeadings ? [level("Heading", 2), level("Smaller heading", 3)] : []),
    list("List", nodes.bullet_list),
    list("Numbers", nodes.ordered_list),
    ["Quote", () => run(isQuoted() ? lift : wrapIn(nodes.blockquote))(), isQuoted],
    ["Phone line", () => addLine(view)],
    ["Undo", run(undo)],
    ["Redo", run(redo)],
  ];
}
