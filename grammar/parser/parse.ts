// From text to tree: the way into the grammar for everybody else.
import { createDiagnostic, type Diagnostic, type Fix, type TextEdit } from "../diagnostics/diagnostic.ts";
import { reportHiddenCharacters } from "../lexer/hidden-characters.ts";
import type { ReportAt, ReportFix } from "../lexer/lexer.ts";
import { tokenList } from "../lexer/token-list.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import type { ParsedFile, Token } from "../syntax/parse-result.ts";
import { withoutConsequences } from "./consequences.ts";
import { sharedParser } from "./sequitur-parser.ts";

/**
 * Parses a file. There is always a tree, with `missing` nodes where something lacks; what is wrong is in `diagnostics`, in
 * the order of the text. `path` is what diagnostics carry. Costs linear time.
 */
export function parse(text: string, path: string): ParsedFile {
  const diagnostics: Diagnostic[] = [];
  const report = reportTo(diagnostics, path);
  reportHiddenCharacters(text, report);
  const tree = sharedParser().read(text, report);
  let list: readonly Token[] | undefined;
  return {
    path,
    text,
    tree,
    diagnostics: withoutConsequences(diagnostics, text),
    tokens: () => (list ??= tokenList(text)),
  };
}

/** So many findings of one file are kept. */
const mostFindings = 10_000;

/** Makes diagnostics of what is said about a file, up to a limit. */
export function reportTo(diagnostics: Diagnostic[], path: string): ReportAt {
  return (declared, start, end, args, fix) => {
    if (diagnostics.length > mostFindings) return;
    if (diagnostics.length === mostFindings) {
      const tooMany = { what: "this file", limit: mostFindings, of: "mistakes" };
      diagnostics.push(createDiagnostic(syntaxDiagnostics.SEQ1137, { file: path, start, end }, tooMany));
      return;
    }
    const hint = fix?.hint === undefined ? {} : { hint: fix.hint };
    const details = fix === undefined ? {} : { ...hint, fixes: [toFix(path, start, end, fix)] };
    diagnostics.push(createDiagnostic(declared, { file: path, start, end }, args, details));
  };
}

function toFix(file: string, start: number, end: number, fix: ReportFix): Fix {
  const first: TextEdit = { file, start: fix.start ?? start, end: fix.end ?? end, text: fix.text };
  const others = (fix.others ?? []).map((edit) => ({ file, ...edit }));
  return { title: fix.title, safe: fix.safe, edits: [first, ...others] };
}
