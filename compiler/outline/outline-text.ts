// The text of a piece of source on one line, and a key that is equal for pieces that say the same.
import { dump } from "@sequitur/grammar";
import type { Node, Span } from "@sequitur/grammar";
import { oneLine } from "../lower/source-text.ts";
import type { Module } from "../model/module.ts";
import type { OutlineText } from "./outline.ts";

/** For a stretch of source that is no node its text is its key. */
export function textOf(module: Module, place: Node | Span): OutlineText {
  const text = oneLine(module, place);
  return { text, key: "kind" in place ? keyOf(place) : text };
}

/** The tree as text, without where things stand. Texts in a dump are quoted, so that no line of it is made by a text. */
function keyOf(node: Node): string {
  return dump(node).replace(/ \d+-\d+$/gm, "");
}
