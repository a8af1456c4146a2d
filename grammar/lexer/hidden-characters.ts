// Finds characters that nobody sees, or that change the order in which a line is shown ("Trojan Source"): with them a file
// could mean something else than it shows. Looks at the text alone, whatever the characters stand in.
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import type { ReportAt } from "./lexer.ts";

/**
 * Control characters but tab, line feed, vertical tab, form feed and the carriage return before a line feed; separators of
 * lines that editors and this language disagree on; what reorders (U+202A to U+202E, U+2066 to U+2069); what has no width.
 * Joiners are left alone: emoji and several scripts are written with them.
 */
const hidden = /(?:[\0-\x08\x0e-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|\r(?!\n))+/g;

/** Most files have nothing but these, which is seen sooner than that nothing is hidden. */
const unusual = /[^\t-\f -~]/;

/** Reports every run of hidden characters. A byte order mark at the start is none. Costs one pass over the text. */
export function reportHiddenCharacters(text: string, report: ReportAt): void {
  if (!unusual.test(text)) return;
  hidden.lastIndex = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  for (let match = hidden.exec(text); match !== null; match = hidden.exec(text)) {
    const start = match.index;
    const code = text.charCodeAt(start).toString(16);
    const args = { name: `U+${code.toUpperCase().padStart(4, "0")}` };
    const fix = { title: "Remove it", text: "", safe: false };
    report(syntaxDiagnostics.SEQ1017, start, start + match[0].length, args, fix);
  }
}

/** Whether a character is reported by `reportHiddenCharacters`, so that nothing else need be said of it. */
export function isHidden(character: string): boolean {
  hidden.lastIndex = 0;
  return hidden.test(character);
}
