// Ways through a tree. All of them read the table of child fields; none recurses, so no depth is too much for them.
import { childFields } from "./children.ts";
import type { Node } from "./tree.ts";

type Fields = Readonly<{ [field: string]: Node | readonly Node[] | undefined }>;

/** The children of a node in source order. */
export function childrenOf(node: Node): readonly Node[] {
  const fields: readonly string[] = childFields[node.kind];
  const children: Node[] = [];
  for (const field of fields) {
    // The table is checked against the types of the nodes: each field it lists holds a node, a list of nodes, or nothing.
    const value = (node as unknown as Fields)[field];
    if (value === undefined) continue;
    if (isList(value)) for (const child of value) children.push(child);
    else children.push(value);
  }
  return children;
}

function isList(value: Node | readonly Node[]): value is readonly Node[] {
  return Array.isArray(value);
}

/** Visits a node and all that is in it, parents first, in source order. What `visit` answers with false is not entered. */
export function walk(node: Node, visit: (node: Node) => boolean | void): void {
  const waiting: Node[] = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (visit(next) !== false) pushChildren(next, waiting);
  }
}

/** Pushes the children in reverse, so that the first one is popped first; without a list for every node. */
function pushChildren(node: Node, waiting: Node[]): void {
  const fields: readonly string[] = childFields[node.kind];
  for (let at = fields.length - 1; at >= 0; at--) {
    const value = (node as unknown as Fields)[fields[at] ?? ""];
    if (value === undefined) continue;
    if (!isList(value)) waiting.push(value);
    else for (let index = value.length - 1; index >= 0; index--) waiting.push(value[index] as Node);
  }
}

/**
 * The nodes around an offset, from the outermost to the innermost; an offset right behind a node belongs to it unless the
 * next node starts there. Empty when the offset is outside of `tree`.
 */
export function nodeAt(tree: Node, offset: number): readonly Node[] {
  if (offset < tree.start || offset > tree.end) return [];
  const path: Node[] = [];
  let node: Node | undefined = tree;
  while (node !== undefined) {
    path.push(node);
    const inside: Node[] = childrenOf(node).filter((child) => child.start <= offset && offset <= child.end);
    node = inside.findLast((child) => child.start <= offset && offset < child.end) ?? inside.at(-1);
  }
  return path;
}
