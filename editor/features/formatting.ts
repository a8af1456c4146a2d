// The canonical layout of a file as an edit.
import { print } from "@sequitur/grammar";
import type { TextEdit } from "vscode-languageserver-types";
import { documentOf, rangeOf } from "../document.ts";
import type { EditorProject } from "../document.ts";

/** One edit of what differs, or none: a file with errors in its syntax stays as it is. */
export function formatting(project: EditorProject, path: string): TextEdit[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const { text } = document.parsed;
  const printed = print(document.parsed);
  if (printed === text) return [];
  const shorter = Math.min(text.length, printed.length);
  let start = 0;
  while (start < shorter && text.charCodeAt(start) === printed.charCodeAt(start)) start++;
  let behind = 0;
  while (
    behind < shorter - start &&
    text.charCodeAt(text.length - 1 - behind) === printed.charCodeAt(printed.length - 1 - behind)
  )
    behind++;
  // A carriage return and its newline are one line break to an editor: never cut between them.
  if (text.charAt(start - 1) === "\r") start--;
  if (text.charAt(text.length - behind - 1) === "\r") behind = Math.max(behind - 1, 0);
  const range = rangeOf(document, { start, end: text.length - behind });
  return [{ range, newText: printed.slice(start, printed.length - behind) }];
}
