// The text of a piece of source as a report shows it: on one line, without comments.
import type { Span } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";

/** One line whatever the line ends are; blanks within a line stay, since they may stand in a string. */
export function oneLine(module: Module, place: Span): string {
  const text = module.parsed.text.slice(place.start, place.end);
  return (/\/[/*]/.test(text) ? withoutComments(module, place) : text).replace(/[ \t]*\r?\n\s*/g, " ").trim();
}

function withoutComments(module: Module, place: Span): string {
  const texts: string[] = [];
  for (const token of module.parsed.tokens()) {
    if (token.end <= place.start || token.kind === "comment" || token.kind === "docComment") continue;
    if (token.start >= place.end) break;
    texts.push(module.parsed.text.slice(Math.max(token.start, place.start), Math.min(token.end, place.end)));
  }
  return texts.join("");
}
