// The proof behind every text that the printer gives: read again, it says the same. A formatter must never lose anything.
import { equalTrees } from "../syntax/dump.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import type { Node } from "../syntax/tree.ts";
import { isComment } from "./comments.ts";
import { bodiesOf, firstEndingAfter, type Body, type Items } from "./items.ts";

export function hasErrors(parsed: ParsedFile): boolean {
  return parsed.diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Whether tree, syntax findings and comments of a text are those of another one. */
export function keepsAll(parsed: ParsedFile, again: ParsedFile): boolean {
  const codes = (file: ParsedFile): string => file.diagnostics.map((diagnostic) => diagnostic.code).join(" ");
  return codes(parsed) === codes(again) && equalTrees(parsed.tree, again.tree) && sameBesides(parsed, again);
}

/**
 * The smallest items that say something else in the other text. Empty when the items do not even correspond, or when what
 * differs can't be told.
 */
export function differingItems(parsed: ParsedFile, again: ParsedFile, items: Items, others: Items): Set<Node> {
  const [besidesBefore, besidesAfter] = [besides(parsed, hasErrors(parsed)), besides(again, hasErrors(parsed))];
  const differing = new Set<Node>();
  const compare = (body: Body, other: Body): boolean => {
    const [own, theirs] = [items.of(body), others.of(other)];
    if (own.length !== theirs.length) return false;
    own.forEach((item, index) => {
      const counterpart = theirs[index];
      if (counterpart === undefined) return;
      if (equalTrees(item, counterpart) && besidesBefore(item) === besidesAfter(counterpart)) return;
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

function sameBesides(parsed: ParsedFile, again: ParsedFile): boolean {
  const isBroken = hasErrors(parsed);
  return besides(parsed, isBroken)(parsed.tree) === besides(again, isBroken)(again.tree);
}

/**
 * What a node holds that its tree does not show, in an order that does not depend on the layout: its comments; in a broken
 * file all its tokens, since a tree there is partly a guess. Commas come and go with the layout.
 */
function besides(file: ParsedFile, isBroken: boolean): (node: Node) => string {
  const tokens = file.tokens().filter((token) => isComment(token) || (isBroken && !isBlank(token)));
  return (node) => {
    const inside: string[] = [];
    for (let index = firstEndingAfter(tokens, node.start); index < tokens.length; index++) {
      const token = tokens[index];
      if (token === undefined || token.end > node.end) break;
      const text = file.text.slice(token.start, token.end);
      // The text of a comment stays as it is; in a string of several lines the indentation moves.
      if (text !== ",") inside.push(isComment(token) ? text.trimEnd() : text.replace(/\s+/g, " ").trim());
    }
    return inside.sort().join("\n");
  };
}

function isBlank(token: Token): boolean {
  return token.kind === "whitespace" || token.kind === "newline";
}
