// Fixes as rules make them: one edit in the file that is looked at.
import type { Fix, Span } from "@sequitur/grammar";
import type { LintContext } from "./rule.ts";

/** A fix that keeps the meaning, or does what was plainly meant: `check --fix` applies it. */
export function safeFix(ctx: LintContext<never, unknown>, title: string, place: Span, text: string): readonly Fix[] {
  return [{ title, safe: true, edits: [{ file: ctx.module.path, start: place.start, end: place.end, text }] }];
}

/** A fix that may change what the sequence does: `check --fix-unsafe` applies it, and an editor offers it. */
export function unsafeFix(ctx: LintContext<never, unknown>, title: string, place: Span, text: string): readonly Fix[] {
  return [{ title, safe: false, edits: [{ file: ctx.module.path, start: place.start, end: place.end, text }] }];
}

/** The source text of a place. */
export function sourceOf(ctx: LintContext<never, unknown>, place: Span): string {
  return ctx.module.parsed.text.slice(place.start, place.end);
}

/** A place with the white space in front of it, so that deleting it leaves no hole. */
export function withBlanksBefore(ctx: LintContext<never, unknown>, place: Span): Span {
  const { text } = ctx.module.parsed;
  let { start } = place;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start -= 1;
  return { start, end: place.end };
}

/** Whole lines of a place that stands alone on them, line break included. */
export function wholeLines(ctx: LintContext<never, unknown>, place: Span): Span {
  const { text } = ctx.module.parsed;
  const start = text.lastIndexOf("\n", place.start - 1) + 1;
  const newline = text.indexOf("\n", place.end);
  const end = newline < 0 ? text.length : newline + 1;
  const isAlone = text.slice(start, place.start).trim() === "" && text.slice(place.end, end).trim() === "";
  return isAlone ? { start, end } : place;
}
