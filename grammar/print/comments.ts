// Gives every comment to the node it is printed with, so that it travels with that node wherever the layout puts it.
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import type { Node, NodeKind } from "../syntax/tree.ts";
import { childrenOf } from "../syntax/walk.ts";
import { firstEndingAfter, headEnd, isItemList, type Items } from "./items.ts";

export interface AttachedComments {
  /** Printed on lines of their own before the node. */
  readonly leading: ReadonlyMap<Node, readonly Token[]>;
  /** Printed behind the node on its line. */
  readonly trailing: ReadonlyMap<Node, readonly Token[]>;
  /** Printed on lines of their own before the closing bracket of the node, or at the end of the file. */
  readonly last: ReadonlyMap<Node, readonly Token[]>;
}

/** Whether the printer writes the last comments of a node of this kind before its closing bracket. */
const closes: ReadonlySet<NodeKind> = new Set(["file", "sequence", "test", "block", "record", "recordType", "list"]);

/**
 * Attaches all comments of a file but those inside of strings and of items that stay as they were written, which are printed
 * with them.
 */
export function attachComments(parsed: ParsedFile, items: Items, verbatim: ReadonlySet<Node>): AttachedComments {
  const attached = {
    leading: new Map<Node, Token[]>(),
    trailing: new Map<Node, Token[]>(),
    last: new Map<Node, Token[]>(),
  };
  const place: Place = { parsed, items, verbatim, children: sortedChildren(), attached };
  for (const token of parsed.tokens()) if (isComment(token)) attach(place, token);
  return attached;
}

export function isComment(token: Token): boolean {
  return token.kind === "comment" || token.kind === "docComment";
}

interface Place {
  readonly parsed: ParsedFile;
  readonly items: Items;
  readonly verbatim: ReadonlySet<Node>;
  /** The children of a node but its doc comment, by where they stand. */
  readonly children: (node: Node) => readonly Node[];
  readonly attached: { readonly [K in keyof AttachedComments]: Map<Node, Token[]> };
}

/** Comments come in crowds: the children of a node are looked up many times. */
function sortedChildren(): (node: Node) => readonly Node[] {
  const known = new Map<Node, readonly Node[]>();
  return (node) => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const children = childrenOf(node)
      .filter((child) => child.kind !== "doc")
      .toSorted((left, right) => left.start - right.start);
    known.set(node, children);
    return children;
  };
}

function attach(place: Place, comment: Token): void {
  const { parsed, items, attached } = place;
  let container: Node = parsed.tree;
  let inner: Node | undefined = parsed.tree;
  while (inner !== undefined) {
    if (inner.kind === "string") return;
    if (isItemList(inner) && hasPlaceFor(place, inner, comment)) container = inner;
    // A stray piece is among the items alone.
    inner = holderAmong(place.children(inner), comment) ?? holderAmong(items.of(inner), comment);
    if (inner !== undefined && place.verbatim.has(inner)) return;
  }
  const all = items.of(container);
  const next = firstEndingAfter(all, comment.start);
  const item = all[next];
  if (item !== undefined && item.start < comment.start) return add(attached.leading, item, comment);
  const before = all[next - 1];
  if (before !== undefined && !parsed.text.slice(before.end, comment.start).includes("\n")) {
    return add(attached.trailing, before, comment);
  }
  if (item !== undefined) add(attached.leading, item, comment);
  else add(attached.last, container, comment);
}

function holderAmong(nodes: readonly Node[], comment: Token): Node | undefined {
  const node = nodes[firstEndingAfter(nodes, comment.end - 1)];
  return node !== undefined && node.start < comment.start ? node : undefined;
}

/** A comment in front of the brackets of a node, or behind the last clause, belongs further out. */
function hasPlaceFor({ parsed, items }: Place, node: Node, comment: Token): boolean {
  const all = items.of(node);
  if (node.kind === "set") return node.block && parsed.text.slice(node.start, comment.start).includes("{");
  if (!closes.has(node.kind)) return (all.at(-1)?.end ?? 0) >= comment.end;
  if (node.kind !== "sequence" && node.kind !== "test") return true;
  return (all[0]?.start ?? Infinity) <= comment.start || comment.start > headEnd(node);
}

function add(map: Map<Node, Token[]>, node: Node, comment: Token): void {
  const list = map.get(node);
  if (list === undefined) map.set(node, [comment]);
  else list.push(comment);
}
