// The text of a piece of source on one line, and a key that is equal for pieces that say the same.
import { dump } from "@sequitur/grammar";
import type { Node, Span, Token } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";
import type { OutlineText } from "./outline.ts";

/** For a stretch of source that is no node its text is its key. */
export function textOf(module: Module, place: Node | Span): OutlineText {
  const text = oneLine(module, place);
  return { text, key: "kind" in place ? keyOf(place) : text };
}

/** Without comments, which are found by looking at no more tokens than stand in the place: steps with addresses are many. */
function oneLine(module: Module, place: Span): string {
  const { parsed } = module;
  const text = parsed.text.slice(place.start, place.end);
  return (/\/[/*]/.test(text) ? withoutComments(parsed.tokens(), parsed.text, place) : text)
    .replace(/[ \t]*\r?\n\s*/g, " ")
    .trim();
}

function withoutComments(tokens: readonly Token[], text: string, place: Span): string {
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) <= place.start) low = middle + 1;
    else high = middle;
  }
  let kept = "";
  for (let index = low; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined || token.start >= place.end) break;
    if (token.kind === "comment" || token.kind === "docComment") continue;
    kept += text.slice(Math.max(token.start, place.start), Math.min(token.end, place.end));
  }
  return kept;
}

/** The tree as text, without where things stand. Texts in a dump are quoted, so that no line of it is made by a text. */
function keyOf(node: Node): string {
  return dump(node).replace(/ \d+-\d+$/gm, "");
}
