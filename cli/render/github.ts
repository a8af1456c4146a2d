// Findings as workflow commands of GitHub Actions. GitHub shows ten annotations of a level for a step and drops the rest
// without a word, so the rest is written as plain lines of the log, and a summary says so.
import type { Diagnostic, Severity } from "@sequitur/grammar";
import { printable } from "./printable.ts";
import { positionsIn } from "./sources.ts";
import type { Positions, Sources } from "./sources.ts";
import { summaryOf } from "./summary.ts";
import { placeOf } from "./text.ts";

const shownPerLevel = 10;

/** Annotations, then what GitHub would drop, then the summary. */
export function renderGithub(diagnostics: readonly Diagnostic[], sources: Sources, checkedFiles: number): string {
  const positions = positionsIn(sources);
  const counts: { [K in Severity]: number } = { error: 0, warning: 0, info: 0 };
  const annotations: string[] = [];
  const rest: string[] = [];
  for (const diagnostic of diagnostics) {
    counts[diagnostic.severity] += 1;
    if (counts[diagnostic.severity] <= shownPerLevel) annotations.push(annotation(diagnostic, positions));
    else rest.push(plainLine(diagnostic, positions));
  }
  const note = rest.length === 0 ? [] : [`Not annotated, since GitHub shows ${shownPerLevel} of a level:`, ...rest];
  return [...annotations, ...note, summaryOf(diagnostics, checkedFiles), ""].join("\n");
}

function annotation(diagnostic: Diagnostic, positions: Positions): string {
  const level = diagnostic.severity === "info" ? "notice" : diagnostic.severity;
  const range = positions.rangeOf(diagnostic);
  const properties: [string, string][] = [["file", diagnostic.file]];
  if (range !== undefined) {
    properties.push(["line", String(range.start.line)], ["endLine", String(range.end.line)]);
    // GitHub takes columns only for a span on one line.
    if (range.start.line === range.end.line) {
      properties.push(["col", String(range.start.column)], ["endColumn", String(range.end.column)]);
    }
  }
  properties.push(["title", `${diagnostic.code} ${diagnostic.name}`]);
  const hint = diagnostic.hint === undefined ? "" : ` (${diagnostic.hint})`;
  const related = diagnostic.related.map((each) => `\n${each.message} (${placeOf(each, positions)})`).join("");
  const list = properties.map(([name, value]) => `${name}=${escapeProperty(value)}`).join(",");
  return `::${level} ${list}::${escapeData(diagnostic.message + hint + related)}`;
}

/** A line that no runner takes for a command: it does not start with `::`. */
function plainLine(diagnostic: Diagnostic, positions: Positions): string {
  const severity = diagnostic.severity === "info" ? "note" : diagnostic.severity;
  return `  ${placeOf(diagnostic, positions)}: ${severity} ${diagnostic.code}: ${printable(diagnostic.message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
