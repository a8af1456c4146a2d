// What parsing gives: always a tree, always every byte, diagnostics as values.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import type { File, Span } from "./tree.ts";

export type TokenKind =
  "word" | "number" | "string" | "punctuation" | "whitespace" | "newline" | "comment" | "docComment" | "junk";

/** A token of the lossless list: joining the texts of all tokens gives the source back, for broken text too. */
export interface Token extends Span {
  readonly kind: TokenKind;
}

export interface ParsedFile {
  /** The path diagnostics carry. */
  readonly path: string;
  readonly text: string;
  readonly tree: File;
  readonly diagnostics: readonly Diagnostic[];
  /** Every token in order, white space and comments included; made on first use, since checking needs none of it. */
  tokens(): readonly Token[];
}
