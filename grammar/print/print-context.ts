// What all parts of the printer share: the text, and the comments with the nodes they belong to.
import type { Token } from "../syntax/parse-result.ts";
import type { Node, Span } from "../syntax/tree.ts";
import type { AttachedComments } from "./comments.ts";
import { hardLine, suffix, type Layout } from "./document.ts";

export interface PrintContext {
  readonly text: string;
  readonly comments: AttachedComments;
}

/** A node as it was written. */
export function written(ctx: PrintContext, span: Span): string {
  return ctx.text.slice(span.start, span.end);
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

/** Items on lines of their own, a blank line between two of them where one was written. */
export function itemLines(
  ctx: PrintContext,
  owner: Node,
  items: readonly Node[],
  print: (item: Node, index: number) => Layout,
  apart: (before: Node, item: Node) => boolean = () => false,
): Layout {
  const lines: Layout[] = [];
  let end: number | undefined;
  items.forEach((item, index) => {
    const before = items[index - 1];
    const start = ctx.comments.leading.get(item)?.[0]?.start ?? item.start;
    if (before !== undefined && end !== undefined) {
      lines.push(hardLine);
      if (apart(before, item) || blankLine(ctx, end, start)) lines.push(hardLine);
    }
    lines.push(withComments(ctx, item, print(item, index)));
    end = Math.max(item.end, ctx.comments.trailing.get(item)?.at(-1)?.end ?? 0);
  });
  const last = ctx.comments.last.get(owner) ?? [];
  for (const comment of last) {
    if (lines.length > 0) lines.push(hardLine);
    if (end !== undefined && blankLine(ctx, end, comment.start)) lines.push(hardLine);
    lines.push(commentText(ctx, comment));
    end = comment.end;
  }
  return lines;
}

/** Whether a blank line stands between two places, other things than blanks left aside. */
function blankLine(ctx: PrintContext, from: number, to: number): boolean {
  return /\n[ \t\r]*\n/.test(ctx.text.slice(from, to));
}
