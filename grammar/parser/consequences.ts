// What one mistake makes the parser say more than once, and what of it is kept. One line says one thing about its syntax: what
// follows on the same line is read from a guess. Braces are counted only where every string before them is closed.
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";

/** Strings and names without an end: what the parser makes of the rest of their line means nothing. */
const unclosed: ReadonlySet<string> = new Set([
  syntaxDiagnostics.SEQ1002.code,
  syntaxDiagnostics.SEQ1003.code,
  syntaxDiagnostics.SEQ1004.code,
  syntaxDiagnostics.SEQ1008.code,
  syntaxDiagnostics.SEQ1016.code,
]);

/** A sign of no meaning: on a line with an unclosed string most likely a part of it. */
const junk = syntaxDiagnostics.SEQ1001.code;

/** What says that braces don't match. */
const braces: ReadonlySet<string> = new Set([syntaxDiagnostics.SEQ1112.code, syntaxDiagnostics.SEQ1113.code]);

/**
 * Sorts what was said by its place in the text, and leaves out what follows from something else that is kept: where there
 * was a finding, there still is one. Of findings on one line the one that was said first stays. Costs linear time, sorting
 * apart.
 */
export function withoutConsequences(said: readonly Diagnostic[], text: string): readonly Diagnostic[] {
  if (said.length < 2) return said;
  const order = new Map(said.map((diagnostic, index) => [diagnostic, index]));
  const sorted = [...said].sort((left, right) => left.start - right.start || left.end - right.end);
  const kept: Diagnostic[] = [];
  let lastUnclosed = -1;
  for (const diagnostic of sorted) if (unclosed.has(diagnostic.code)) lastUnclosed = diagnostic.start;
  for (let index = 0; index < sorted.length;) {
    const lineEnd = lineEndBehind(text, sorted[index]?.start ?? 0);
    const first = index;
    while (index < sorted.length && (sorted[index]?.start ?? 0) <= lineEnd) index++;
    keepOfLine(sorted.slice(first, index), order, kept);
  }
  return kept.filter(({ code, start }) => !braces.has(code) || start > lastUnclosed);
}

function lineEndBehind(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  return newline < 0 ? text.length : newline;
}

function keepOfLine(line: readonly Diagnostic[], order: ReadonlyMap<Diagnostic, number>, kept: Diagnostic[]): void {
  const isBroken = line.some(({ code }) => unclosed.has(code));
  let first: Diagnostic | undefined;
  for (const diagnostic of line) {
    if (!isGuessed(diagnostic)) continue;
    if (first === undefined || (order.get(diagnostic) ?? 0) < (order.get(first) ?? 0)) first = diagnostic;
  }
  for (const diagnostic of line) {
    if (isBroken && diagnostic.code === junk) continue;
    if (!isGuessed(diagnostic) || (diagnostic === first && !isBroken)) kept.push(diagnostic);
  }
}

/** What says that something was not read at all. */
const limits: ReadonlySet<string> = new Set([syntaxDiagnostics.SEQ1133.code, syntaxDiagnostics.SEQ1137.code]);

/** Whether the parser's reading of what comes behind is a guess; a safe fix says that it is not. */
function isGuessed({ code, fixes }: Diagnostic): boolean {
  return code.startsWith("SEQ11") && !limits.has(code) && !fixes.some((fix) => fix.safe);
}
