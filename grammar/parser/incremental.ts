// A file that is parsed again after each edit, at the cost of what the edit touches: for editors and for watching. What it
// gives equals what `parse` gives of the same text.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { reportHiddenCharacters } from "../lexer/hidden-characters.ts";
import { tokenList } from "../lexer/token-list.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import { withoutConsequences } from "./consequences.ts";
import { sharedIncrementalParser } from "./incremental-parser.ts";
import { IncrementalTokens, type TextChange, type Untouched } from "./incremental-tokens.ts";
import { reportTo } from "./parse.ts";

export type { TextChange };

/**
 * A file and its present tree. An edit moves nodes that it leaves alone in place, so that they stay the same objects: a tree
 * that was handed out holds until the next edit.
 */
export class IncrementalFile {
  private readonly path: string;
  private readonly tokens: IncrementalTokens;
  private present: ParsedFile;

  constructor(path: string, text: string) {
    this.path = path;
    this.tokens = new IncrementalTokens(text);
    this.present = this.parse(text);
  }

  /** The file as it is now. */
  get parsed(): ParsedFile {
    return this.present;
  }

  /** Replaces a part of the text; an edit outside of it is taken to its nearest end. */
  change(edit: TextChange): ParsedFile {
    const before = this.present.text;
    const start = Math.min(Math.max(edit.start, 0), before.length);
    const end = Math.min(Math.max(edit.end, start), before.length);
    const text = before.slice(0, start) + edit.text + before.slice(end);
    if (text === before) return this.present;
    this.present = this.parse(text, this.tokens.change({ start, end, text: edit.text }, text));
    return this.present;
  }

  /** Makes the text another one, by the one edit that does so. */
  replace(text: string): ParsedFile {
    return this.change(differenceOf(this.present.text, text));
  }

  private parse(text: string, untouched?: Untouched): ParsedFile {
    const { path } = this;
    const diagnostics: Diagnostic[] = [];
    const report = reportTo(diagnostics, path);
    reportHiddenCharacters(text, report);
    this.tokens.report(report);
    const before = untouched === undefined ? undefined : { tree: this.present.tree, untouched };
    const tree = sharedIncrementalParser().readAgain(text, this.tokens, report, before);
    let list: readonly Token[] | undefined;
    return {
      path,
      text,
      tree,
      diagnostics: withoutConsequences(diagnostics, text),
      tokens: () => (list ??= tokenList(text)),
    };
  }
}

/** The smallest single edit from one text to another. */
function differenceOf(before: string, after: string): TextChange {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let behind = 0;
  const most = shorter - start;
  while (behind < most && before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind))
    behind++;
  return { start, end: before.length - behind, text: after.slice(start, after.length - behind) };
}
