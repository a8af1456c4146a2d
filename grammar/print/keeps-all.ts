// The proof behind every text that the printer gives: read again, it says the same. A formatter must never lose anything.
import { equalTrees } from "../syntax/dump.ts";
import type { ParsedFile } from "../syntax/parse-result.ts";
import type { Node } from "../syntax/tree.ts";
import { isComment } from "./comments.ts";
import { bodiesOf, firstEndingAfter, type Body, type Items } from "./items.ts";

/** Whether tree, syntax findings and comments of a text are those of another one. */
export function keepsAll(parsed: ParsedFile, again: ParsedFile): boolean {
  const codes = (file: ParsedFile): string => file.diagnostics.map((diagnostic) => diagnostic.code).join(" ");
  return codes(parsed) === codes(again) && equalTrees(parsed.tree, again.tree) && sameComments(parsed, again);
}

/**
 * The smallest items that say something else in the other text. Empty when the items do not even correspond, or when what
 * differs can't be told.
 */
export function differingItems(parsed: ParsedFile, again: ParsedFile, items: Items, others: Items): Set<Node> {
  const [commentsBefore, commentsAfter] = [commentsIn(parsed), commentsIn(again)];
  const differing = new Set<Node>();
  const compare = (body: Body, other: Body): boolean => {
    const [own, theirs] = [items.of(body), others.of(other)];
    if (own.length !== theirs.length) return false;
    own.forEach((item, index) => {
      const counterpart = theirs[index];
      if (counterpart === undefined) return;
      if (equalTrees(item, counterpart) && commentsBefore(item) === commentsAfter(counterpart)) return;
      const [bodies, otherBodies] = [bodiesOf(item), bodiesOf(counterpart)];
      const before = differing.size;
      const isInside =
        bodies.length === otherBodies.length &&
        bodies.every((inner, at) => {
          const otherInner = otherBodies[at];
          return otherInner !== undefined && compare(inner, otherInner);
        });
      if (!isInside || differing.size === before) differing.add(item);
    });
    return true;
  };
  return compare(parsed.tree, again.tree) ? differing : new Set();
}

function sameComments(parsed: ParsedFile, again: ParsedFile): boolean {
  return commentsIn(parsed)(parsed.tree) === commentsIn(again)(again.tree);
}

/** The comments within a node, in an order that does not depend on where they stand. */
function commentsIn(file: ParsedFile): (node: Node) => string {
  const comments = file.tokens().filter(isComment);
  return (node) => {
    const inside: string[] = [];
    for (let index = firstEndingAfter(comments, node.start); index < comments.length; index++) {
      const comment = comments[index];
      if (comment === undefined || comment.end > node.end) break;
      inside.push(file.text.slice(comment.start, comment.end).trimEnd());
    }
    return inside.sort().join("\n");
  };
}
