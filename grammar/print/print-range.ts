// Lays out some items of a file that follow each other, where they stand: for the part of a text that somebody has chosen.
import type { Declaration, Node, SequenceMember, Span, TestItem } from "../syntax/tree.ts";
import { hardLine, indent, render, type Layout } from "./document.ts";
import { bodiesOf, firstEndingAfter, type Body } from "./items.ts";
import { extentOf, someItemLines, type PrintContext } from "./print-context.ts";
import { printDeclaration, printTestItem, standApart } from "./print-declaration.ts";
import { printMember } from "./print-statement.ts";

/** The text of the items that a range touches, in the innermost body that holds all of it; undefined: it touches none. */
export function replaceItems(
  ctx: PrintContext,
  file: Body,
  range: Span,
  width: number,
): (Span & { readonly text: string }) | undefined {
  const { body, depth } = innermost(ctx, file, range);
  const items = touched(ctx, body, range);
  const [first, last] = [items[0], items.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const apart = body.kind === "file" ? standApart : () => false;
  let layout: Layout = [hardLine, someItemLines(ctx, items, (item) => printItem(ctx, body, item), apart)];
  for (let level = 0; level < depth; level++) layout = indent(layout);
  // The line break in front of it is what the indentation hangs on.
  const text = render(layout, width).slice(1);
  const { start } = extentOf(ctx, first);
  const { end } = extentOf(ctx, last);
  const lineStart = start - (/[ \t]*$/.exec(ctx.text.slice(lastBreak(ctx.text, start), start))?.[0].length ?? 0);
  if (lineStart === lastBreak(ctx.text, start)) return { start: lineStart, end, text };
  return { start: lineStart, end, text: `\n${text}` };
}

function innermost(ctx: PrintContext, file: Body, range: Span): { readonly body: Body; readonly depth: number } {
  let body = file;
  for (let depth = 0; ; depth++) {
    const [item, another] = touched(ctx, body, range);
    if (item === undefined || another !== undefined || ctx.verbatim.has(item)) return { body, depth };
    const inner = bodiesOf(item).find((candidate) => {
      const items = ctx.items.of(candidate);
      const inside = { start: items[0] && extentOf(ctx, items[0]).start, end: candidate.end };
      return inside.start !== undefined && inside.start <= range.start && range.end < inside.end;
    });
    if (inner === undefined) return { body, depth };
    body = inner;
  }
}

function touched(ctx: PrintContext, body: Body, range: Span): readonly Node[] {
  const all = ctx.items.of(body);
  const found: Node[] = [];
  // An item whose comment is touched is the one that ends next.
  for (let index = Math.max(0, firstEndingAfter(all, range.start - 1) - 1); index < all.length; index++) {
    const item = all[index];
    if (item === undefined) break;
    const extent = extentOf(ctx, item);
    if (extent.start > range.end) break;
    if (extent.end >= range.start) found.push(item);
  }
  return found;
}

/** Where the line of an offset starts. */
function lastBreak(text: string, offset: number): number {
  return offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

function printItem(ctx: PrintContext, body: Body, item: Node): Layout {
  switch (body.kind) {
    case "file":
      return printDeclaration(ctx, item as Declaration);
    case "test":
      return printTestItem(ctx, item as TestItem);
    case "sequence":
    case "block":
      return printMember(ctx, item as SequenceMember);
  }
}
