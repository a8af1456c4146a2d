// Gives every comment to the node it is printed with, so that it travels with that node wherever the layout puts it.
import { childFields } from "../syntax/children.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import type { Node, NodeKind } from "../syntax/tree.ts";
import { childrenOf } from "../syntax/walk.ts";

export interface AttachedComments {
  /** Printed on lines of their own before the node. */
  readonly leading: ReadonlyMap<Node, readonly Token[]>;
  /** Printed behind the node on its line. */
  readonly trailing: ReadonlyMap<Node, readonly Token[]>;
  /** Printed on lines of their own before the closing bracket of the node, or at the end of the file. */
  readonly last: ReadonlyMap<Node, readonly Token[]>;
}

/** The lists whose items stand on lines of their own: a comment belongs to one of these items. */
const itemFields: { readonly [K in NodeKind]?: readonly string[] } = {
  file: ["declarations"],
  sequence: ["members"],
  test: ["items"],
  block: ["statements"],
  record: ["fields"],
  recordType: ["fields"],
  list: ["items"],
  step: ["clauses"],
  set: ["assignments"],
};

/** Whether the printer writes the last comments of a node of this kind before its closing bracket. */
const closes: ReadonlySet<NodeKind> = new Set(["file", "sequence", "test", "block", "record", "recordType", "list"]);

/** Attaches all comments of a file but those inside of strings, which are printed as they are written. */
export function attachComments(parsed: ParsedFile): AttachedComments {
  const attached = {
    leading: new Map<Node, Token[]>(),
    trailing: new Map<Node, Token[]>(),
    last: new Map<Node, Token[]>(),
  };
  for (const token of parsed.tokens()) {
    if (token.kind !== "comment" && token.kind !== "docComment") continue;
    attach(parsed, token, attached);
  }
  return attached;
}

type Attached = { readonly [K in keyof AttachedComments]: Map<Node, Token[]> };

function attach(parsed: ParsedFile, comment: Token, attached: Attached): void {
  let container: Node = parsed.tree;
  let inner: Node | undefined = parsed.tree;
  while (inner !== undefined) {
    if (inner.kind === "string") return;
    if (itemFields[inner.kind] !== undefined && hasPlaceFor(parsed.text, inner, comment)) container = inner;
    inner = childrenOf(inner).find(
      (child) => child.start < comment.start && comment.end <= child.end && child.kind !== "doc",
    );
  }
  const items = itemsOf(container);
  const item = items.find((candidate) => candidate.start < comment.start && comment.end <= candidate.end);
  if (item !== undefined) return add(attached.leading, item, comment);
  const before = items.findLast((candidate) => candidate.end <= comment.start);
  if (before !== undefined && !parsed.text.slice(before.end, comment.start).includes("\n")) {
    return add(attached.trailing, before, comment);
  }
  const behind = items.find((candidate) => candidate.start >= comment.end);
  if (behind !== undefined) add(attached.leading, behind, comment);
  else add(attached.last, container, comment);
}

/** A comment in front of the brackets of a node, or behind the last clause, belongs further out. */
function hasPlaceFor(text: string, node: Node, comment: Token): boolean {
  const items = itemsOf(node);
  if (node.kind === "set") return node.block && text.slice(node.start, comment.start).includes("{");
  if (closes.has(node.kind)) {
    return node.kind !== "sequence" && node.kind !== "test"
      ? true
      : items.some((item) => item.start <= comment.start) || comment.start > headEnd(node);
  }
  return items.some((item) => item.end >= comment.end);
}

function headEnd(node: Node): number {
  if (node.kind === "sequence") return node.title?.end ?? node.name.end;
  return node.kind === "test" ? node.sequence.end : node.start;
}

/** The nodes of a container that stand on lines of their own. */
function itemsOf(node: Node): readonly Node[] {
  const wanted = itemFields[node.kind];
  if (wanted === undefined) return [];
  const fields: readonly string[] = childFields[node.kind];
  return wanted.flatMap((field) => {
    if (!fields.includes(field)) return [];
    return (node as unknown as { readonly [field: string]: readonly Node[] })[field] ?? [];
  });
}

function add(map: Map<Node, Token[]>, node: Node, comment: Token): void {
  const list = map.get(node);
  if (list === undefined) map.set(node, [comment]);
  else list.push(comment);
}
