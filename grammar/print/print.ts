// The canonical text of a file: two blanks a level, lines of 100 columns where that can be, comments kept. What is broken
// stays as it was written, and all around it is laid out.
import { parse } from "../parser/parse.ts";
import type { ParsedFile } from "../syntax/parse-result.ts";
import type { Node, Span } from "../syntax/tree.ts";
import { attachComments } from "./comments.ts";
import { render } from "./document.ts";
import { findItems } from "./items.ts";
import { differingItems, hasErrors, keepsAll } from "./keeps-all.ts";
import type { PrintContext } from "./print-context.ts";
import { printFile } from "./print-declaration.ts";
import { replaceItems } from "./print-range.ts";
import { brokenItems } from "./verbatim.ts";

/** How many columns a line should have at most. */
export const canonicalWidth = 100;

/** A replacement in a text: offsets from 0, `end` exclusive. */
export interface Replacement extends Span {
  readonly text: string;
}

/**
 * The text of a file in its canonical layout. The tree, the findings of the parser and the comments stay the same, and
 * printing twice is printing once. The smallest statement or declaration with a syntax error in it stays as it was written;
 * where even that is not enough to keep all, the whole file does.
 */
export function print(parsed: ParsedFile, width = canonicalWidth): string {
  const first = printOnce(parsed, width);
  if (first.isCertain) return first.text;
  // Around what is broken a new layout can lead to another reading of what is wrong, and that to another layout.
  let { text } = first;
  for (let round = 0; round < mostRounds; round++) {
    const next = printOnce(parse(text, parsed.path), width).text;
    if (next === text) return text;
    text = next;
  }
  return parsed.text;
}

const mostRounds = 3;

interface Printed {
  readonly text: string;
  /** Nothing is broken, and the layout kept all at once: printing again gives the same. */
  readonly isCertain: boolean;
}

function printOnce(parsed: ParsedFile, width: number): Printed {
  const ctx = startPrinting(parsed);
  if (ctx === undefined) return { text: parsed.text, isCertain: true };
  const text = printAll(parsed, ctx, width);
  const again = parse(text, parsed.path);
  if (keepsAll(parsed, again)) return { text, isCertain: !hasErrors(parsed) };
  const differing = differingItems(parsed, again, ctx.items, findItems(again, hasErrors(again)));
  const careful = differing.size === 0 ? parsed.text : printAll(parsed, leaveAlone(parsed, ctx, differing), width);
  return { text: keepsAll(parsed, parse(careful, parsed.path)) ? careful : parsed.text, isCertain: false };
}

/**
 * What lays out the statements or declarations that a part of a text touches, whole ones, and nothing besides them.
 * Undefined when that changes nothing.
 */
export function printRange(parsed: ParsedFile, range: Span, width = canonicalWidth): Replacement | undefined {
  const ctx = startPrinting(parsed);
  if (ctx === undefined) return undefined;
  const { text } = parsed;
  const found = replaceItems(ctx, parsed.tree, range, width);
  if (found === undefined) return undefined;
  const replacement = { ...found, text: withLineEnds(found.text, text) };
  if (text.slice(replacement.start, replacement.end) === replacement.text) return undefined;
  const after = text.slice(0, replacement.start) + replacement.text + text.slice(replacement.end);
  return keepsAll(parsed, parse(after, parsed.path)) ? replacement : undefined;
}

function startPrinting(parsed: ParsedFile): PrintContext | undefined {
  const isBroken = hasErrors(parsed);
  const items = findItems(parsed, isBroken);
  const verbatim = isBroken ? brokenItems(parsed, items) : new Set<Node>();
  if (verbatim === undefined) return undefined;
  return { text: parsed.text, items, verbatim, comments: attachComments(parsed, items, verbatim) };
}

function leaveAlone(parsed: ParsedFile, ctx: PrintContext, more: ReadonlySet<Node>): PrintContext {
  const verbatim = new Set([...ctx.verbatim, ...more]);
  return { ...ctx, verbatim, comments: attachComments(parsed, ctx.items, verbatim) };
}

function printAll(parsed: ParsedFile, ctx: PrintContext, width: number): string {
  const body = render(printFile(ctx, parsed.tree), width);
  const mark = parsed.text.startsWith("\uFEFF") ? "\uFEFF" : "";
  return body === "" ? mark : mark + withLineEnds(`${body}\n`, parsed.text);
}

/** A file with a line end of Windows gets them everywhere, any other file those of Unix. */
function withLineEnds(printed: string, original: string): string {
  const lines = printed.replaceAll("\r\n", "\n");
  return original.includes("\r\n") ? lines.replaceAll("\n", "\r\n") : lines;
}
