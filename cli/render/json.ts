// Findings as JSON. The form is a contract: lines and columns from 1, columns in UTF-16 units, offsets from 0.
import type { Diagnostic, Location } from "@sequitur/grammar";
import { positionsIn } from "./sources.ts";
import type { Positions, Sources, TextRange } from "./sources.ts";

/** A list of findings, indented, with a line break at its end. */
export function renderJson(diagnostics: readonly Diagnostic[], sources: Sources): string {
  const positions = positionsIn(sources);
  return `${JSON.stringify(
    diagnostics.map((diagnostic) => ({
      code: diagnostic.code,
      name: diagnostic.name,
      severity: diagnostic.severity,
      message: diagnostic.message,
      ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
      file: diagnostic.file,
      range: rangeIn(diagnostic, positions),
      related: diagnostic.related.map((related) => ({
        message: related.message,
        file: related.file,
        range: rangeIn(related, positions),
      })),
      fixes: diagnostic.fixes.map((fix) => ({
        title: fix.title,
        safe: fix.safe,
        edits: fix.edits.map((edit) => ({ file: edit.file, range: rangeIn(edit, positions), text: edit.text })),
      })),
    })),
    null,
    2,
  )}\n`;
}

/** Without the text of the file only the offsets are known, and line and column are 1. */
function rangeIn(location: Location, positions: Positions): TextRange {
  return (
    positions.rangeOf(location) ?? {
      start: { line: 1, column: 1, offset: location.start },
      end: { line: 1, column: 1, offset: location.end },
    }
  );
}
