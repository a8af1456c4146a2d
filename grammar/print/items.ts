// What stands on lines of its own in the layout: the items of a file, a sequence, a block and so on, with the pieces between
// them that the parser could make nothing of.
import { childFields } from "../syntax/children.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import type { Missing, Node, NodeKind, Span } from "../syntax/tree.ts";

/** The lists whose items stand on lines of their own: a comment belongs to one of these items. */
const itemFields: { readonly [K in NodeKind]?: string } = {
  file: "declarations",
  sequence: "members",
  test: "items",
  block: "statements",
  record: "fields",
  recordType: "fields",
  list: "items",
  step: "clauses",
  set: "assignments",
};

/** The nodes with bodies: what is in them is laid out item by item even when one of the items is broken. */
export type Body = Extract<Node, { kind: "file" | "sequence" | "test" | "block" }>;

/** The items of every node, in source order. */
export interface Items {
  of(node: Node): readonly Node[];
  /** Pieces of broken text among them, and the nodes that stand on one line with such a piece and are part of it. */
  readonly stray: ReadonlySet<Node>;
  /** Bodies whose brackets lack. */
  readonly unclosed: ReadonlySet<Node>;
}

export function isItemList(node: Node): boolean {
  return itemFields[node.kind] !== undefined;
}

/** Finds the items of a file. Only a text with mistakes has anything besides nodes. */
export function findItems(parsed: ParsedFile, isBroken: boolean): Items {
  const known = new Map<Node, readonly Node[]>();
  const stray = new Set<Node>();
  const unclosed = new Set<Node>();
  const tokens = isBroken ? parsed.tokens().filter(isSignificant) : [];
  const of = (node: Node): readonly Node[] => {
    const before = known.get(node);
    if (before !== undefined) return before;
    let items = plainItems(node);
    if (isBroken && isBody(node)) {
      const inside = insideOf(node, items, tokens, parsed.text);
      if (inside === undefined) unclosed.add(node);
      else items = mergeLines(withStray(items, inside, tokens, stray), stray, parsed.text);
    }
    known.set(node, items);
    return items;
  };
  return { of, stray, unclosed };
}

export function isBody(node: Node): node is Body {
  return node.kind === "file" || node.kind === "sequence" || node.kind === "test" || node.kind === "block";
}

/** The bodies of an item, itself included; none: it is laid out as one. */
export function bodiesOf(item: Node): readonly Body[] {
  switch (item.kind) {
    case "sequence":
    case "test":
      return [item];
    case "group":
      return [item.body, item.onError, item.finally].filter((block) => block !== undefined);
    case "if": {
      const bodies: Body[] = [item.body];
      let rest = item.otherwise;
      for (; rest?.kind === "if"; rest = rest.otherwise) bodies.push(rest.body);
      return rest === undefined ? bodies : [...bodies, rest];
    }
    case "for":
      return [item.body];
    default:
      return [];
  }
}

/** Where the head of a declaration with a body ends: its opening bracket follows. */
export function headEnd(node: Node): number {
  if (node.kind === "sequence") return node.title?.end ?? node.name.end;
  return node.kind === "test" ? node.sequence.end : node.start;
}

/** Index of the first span that ends behind a place. They are in order and do not overlap. */
export function firstEndingAfter(spans: readonly Span[], place: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function plainItems(node: Node): readonly Node[] {
  const wanted = itemFields[node.kind];
  const fields: readonly string[] = childFields[node.kind];
  if (wanted === undefined || !fields.includes(wanted)) return [];
  // The table of child fields is checked against the types of the nodes: these fields hold lists of nodes.
  return (node as unknown as { readonly [field: string]: readonly Node[] })[wanted] ?? [];
}

function isSignificant(token: Token): boolean {
  return (
    token.kind !== "whitespace" && token.kind !== "newline" && token.kind !== "comment" && token.kind !== "docComment"
  );
}

/** What is between the brackets of a body; undefined when one of them lacks. */
function insideOf(node: Body, items: readonly Node[], tokens: readonly Token[], text: string): Span | undefined {
  if (node.kind === "file") return { start: 0, end: text.length };
  const open = tokens[firstEndingAfter(tokens, headEnd(node))];
  const close = tokens[firstEndingAfter(tokens, node.end) - 1];
  if (open === undefined || close === undefined || open.start >= close.start || close.end !== node.end)
    return undefined;
  const first = items[0]?.start ?? close.start;
  const last = items.at(-1)?.end ?? open.end;
  const isClosed = text[open.start] === "{" && text[close.start] === "}" && open.end <= first && last <= close.start;
  return isClosed ? { start: open.end, end: close.start } : undefined;
}

function withStray(items: readonly Node[], inside: Span, tokens: readonly Token[], stray: Set<Node>): readonly Node[] {
  const all: Node[] = [];
  let from = inside.start;
  for (const item of [...items, undefined]) {
    const to = item?.start ?? inside.end;
    const first = tokens[firstEndingAfter(tokens, from)];
    if (first !== undefined && first.start < to) {
      const last = tokens[firstEndingAfter(tokens, to) - 1] ?? first;
      const piece: Missing = { kind: "missing", start: first.start, end: Math.max(first.end, last.end) };
      stray.add(piece);
      all.push(piece);
    }
    if (item !== undefined) all.push(item);
    from = Math.max(from, item?.end ?? from);
  }
  return all;
}

/** What stands on one line with a stray piece stays with it: a line break between them could give both another meaning. */
function mergeLines(items: readonly Node[], stray: Set<Node>, text: string): readonly Node[] {
  const merged: Node[] = [];
  for (const item of items) {
    const before = merged.at(-1);
    const belongs = before !== undefined && (stray.has(before) || stray.has(item));
    if (!belongs || text.slice(before.end, item.start).includes("\n")) {
      merged.push(item);
      continue;
    }
    const whole: Missing = { kind: "missing", start: before.start, end: item.end };
    for (const part of [before, item, whole]) stray.add(part);
    merged[merged.length - 1] = whole;
  }
  return merged;
}
