// Says which items of a broken file are left as they were written: the smallest ones that hold a mistake. All around them is
// laid out.
import type { ParsedFile } from "../syntax/parse-result.ts";
import type { Node, Span } from "../syntax/tree.ts";
import { bodiesOf, firstEndingAfter, type Body, type Items } from "./items.ts";

/** The items to leave alone; undefined: a mistake belongs to none of them, so that nothing may be touched. */
export function brokenItems(parsed: ParsedFile, items: Items): Set<Node> | undefined {
  const errors = parsed.diagnostics
    .filter((diagnostic) => diagnostic.severity === "error")
    .sort((left, right) => left.start - right.start);
  const broken = new Set<Node>();
  if (!collect(parsed.tree, errors, items, broken)) return undefined;
  for (const piece of items.stray) broken.add(piece);
  return broken;
}

/** Adds the broken items of a body; false when one of its errors touches none of them. */
function collect(body: Body, errors: readonly Span[], items: Items, broken: Set<Node>): boolean {
  const all = items.of(body);
  if (items.unclosed.has(body)) return false;
  const byItem = new Map<Node, Span[]>();
  for (const error of errors) {
    const touched = touchedBy(error, all);
    if (touched.length === 0) return false;
    for (const item of touched) {
      const own = byItem.get(item);
      if (own === undefined) byItem.set(item, [error]);
      else own.push(error);
    }
  }
  for (const item of all) {
    const isWhole = !items.stray.has(item) && collectInside(item, byItem.get(item) ?? [], items, broken);
    if (!isWhole) broken.add(item);
  }
  return true;
}

/** False when the item is to be left alone as a whole. */
function collectInside(item: Node, errors: readonly Span[], items: Items, broken: Set<Node>): boolean {
  const bodies = bodiesOf(item);
  const isInside = (error: Span): boolean => bodies.some((body) => body.start < error.start && error.end <= body.end);
  if (!errors.every(isInside)) return false;
  return bodies.every((body) => {
    const own = errors.filter((error) => body.start < error.start && error.end <= body.end);
    return collect(body, own, items, broken);
  });
}

function touchedBy(error: Span, items: readonly Node[]): readonly Node[] {
  const touched: Node[] = [];
  // Where something lacks, the place right behind an item belongs to it too.
  for (let index = firstEndingAfter(items, error.start - 1); index < items.length; index++) {
    const item = items[index];
    if (item === undefined || item.start > error.end) break;
    touched.push(item);
  }
  return touched;
}
