// What all parts of the printer share: the text, and the comments with the nodes they belong to.
import type { Token } from "../syntax/parse-result.ts";
import type { Node, Span } from "../syntax/tree.ts";
import type { AttachedComments } from "./comments.ts";
import { hardLine, join, rawLine, suffix, type Layout } from "./document.ts";
import type { Items } from "./items.ts";

export interface PrintContext {
  readonly text: string;
  readonly items: Items;
  /** Items that stay as they were written. */
  readonly verbatim: ReadonlySet<Node>;
  readonly comments: AttachedComments;
}

/** A node as it was written. */
export function written(ctx: PrintContext, span: Span): string {
  return ctx.text.slice(span.start, span.end);
}

/** Whether there is anything to print between the brackets of a node. */
export function isEmpty(ctx: PrintContext, node: Node): boolean {
  return ctx.items.of(node).length === 0 && !ctx.comments.last.has(node);
}

/** An item with its comments. */
export function withComments(ctx: PrintContext, node: Node, layout: Layout): Layout {
  const leading = ctx.comments.leading.get(node) ?? [];
  const trailing = ctx.comments.trailing.get(node) ?? [];
  if (leading.length === 0 && trailing.length === 0) return layout;
  return [leadingLines(ctx, leading, node.start), layout, ...trailing.map((comment) => trailingComment(ctx, comment))];
}

export function hasComments(ctx: PrintContext, node: Node): boolean {
  return ctx.comments.leading.has(node) || ctx.comments.trailing.has(node);
}

function trailingComment(ctx: PrintContext, comment: Token): Layout {
  return suffix(` ${commentText(ctx, comment)}`);
}

function leadingLines(ctx: PrintContext, comments: readonly Token[], end: number): Layout {
  return comments.map((comment, index): Layout => {
    const next = comments[index + 1]?.start ?? end;
    return [commentText(ctx, comment), hardLine, blankLine(ctx, comment.end, next) ? hardLine : ""];
  });
}

function commentText(ctx: PrintContext, comment: Token): string {
  return written(ctx, comment).trimEnd();
}

/** All items of a node on lines of their own, a blank line between two of them where one was written; its last comments. */
export function itemLines(
  ctx: PrintContext,
  owner: Node,
  print: (item: Node) => Layout,
  apart: (before: Node, item: Node) => boolean = () => false,
): Layout {
  const items = ctx.items.of(owner);
  const lines: Layout[] = [someItemLines(ctx, items, print, apart)];
  const final = items.at(-1);
  let end = final === undefined ? undefined : extentOf(ctx, final).end;
  for (const comment of ctx.comments.last.get(owner) ?? []) {
    if (end !== undefined) lines.push(hardLine);
    if (end !== undefined && blankLine(ctx, end, comment.start)) lines.push(hardLine);
    lines.push(commentText(ctx, comment));
    end = comment.end;
  }
  return lines;
}

/** The same for some items that follow each other. */
export function someItemLines(
  ctx: PrintContext,
  items: readonly Node[],
  print: (item: Node) => Layout,
  apart: (before: Node, item: Node) => boolean,
): Layout {
  const lines: Layout[] = [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    if (before !== undefined) {
      lines.push(hardLine);
      const isApart = blankLine(ctx, extentOf(ctx, before).end, extentOf(ctx, item).start);
      if (isApart || apart(before, item)) lines.push(hardLine);
    }
    lines.push(withComments(ctx, item, ctx.verbatim.has(item) ? asWritten(ctx, item) : print(item)));
  });
  return lines;
}

/** An item with its comments, as they stand in the text. */
export function extentOf(ctx: PrintContext, item: Node): Span {
  return {
    start: Math.min(item.start, ctx.comments.leading.get(item)?.[0]?.start ?? item.start),
    end: Math.max(item.end, ctx.comments.trailing.get(item)?.at(-1)?.end ?? item.end),
  };
}

function asWritten(ctx: PrintContext, item: Node): Layout {
  return join(rawLine, written(ctx, item).split(/\r?\n/));
}

/** Whether a blank line stands between two places, other things than blanks left aside. */
function blankLine(ctx: PrintContext, from: number, to: number): boolean {
  return /\n[ \t\r]*\n/.test(ctx.text.slice(from, to));
}
