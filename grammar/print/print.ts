// The canonical text of a file: two blanks a level, lines of 100 columns where that can be, comments kept.
import { parse } from "../parser/parse.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import { equalTrees } from "../syntax/dump.ts";
import { attachComments } from "./comments.ts";
import { render } from "./document.ts";
import { printFile } from "./print-declaration.ts";

const width = 100;

/**
 * The text of a file in its canonical layout. The tree and the comments stay the same, and printing twice is printing
 * once. A file with errors comes back unchanged; so does one in which a comment stands where the layout can't keep it.
 */
export function print(parsed: ParsedFile): string {
  if (parsed.diagnostics.some((diagnostic) => diagnostic.severity === "error")) return parsed.text;
  const ctx = { text: parsed.text, comments: attachComments(parsed) };
  const body = render(printFile(ctx, parsed.tree), width);
  const lineEnd = parsed.text.includes("\r\n") ? "\r\n" : "\n";
  const mark = parsed.text.startsWith("\uFEFF") ? "\uFEFF" : "";
  const printed = body === "" ? mark : `${mark}${body}\n`.replaceAll("\r\n", "\n").replaceAll("\n", lineEnd);
  return keepsAll(parsed, printed) ? printed : parsed.text;
}

/** A formatter must never lose anything: what it wrote is read again and compared. */
function keepsAll(parsed: ParsedFile, printed: string): boolean {
  const again = parse(printed, parsed.path);
  return (
    again.diagnostics.length === parsed.diagnostics.length &&
    equalTrees(parsed.tree, again.tree) &&
    commentsOf(parsed).join("\n") === commentsOf(again).join("\n")
  );
}

function commentsOf(parsed: ParsedFile): readonly string[] {
  const isComment = (token: Token): boolean => token.kind === "comment" || token.kind === "docComment";
  const comments = parsed.tokens().filter(isComment);
  return comments.map((token) => parsed.text.slice(token.start, token.end).trimEnd()).sort();
}
