// Findings for people: a sentence, the place, a frame of the source with what is wrong underlined, what it relates to.
// The form is a contract; code-frame.ts draws the frame.
import type { Diagnostic, Related } from "@sequitur/grammar";
import { drawFrame } from "./code-frame.ts";
import type { Frame } from "./code-frame.ts";
import { noPaint } from "./paint.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { positionsIn } from "./sources.ts";
import type { Positions, Sources } from "./sources.ts";
import { counted } from "./summary.ts";

export interface TextStyle {
  readonly paint: Paint;
  /** Cells in a line; longer source lines are clipped around what is underlined. */
  readonly width: number;
}

export const plainText: TextStyle = { paint: noPaint, width: 120 };

/** Nobody reads on behind this many; the summary counts all, and the other formats hold all. */
const mostShown = 1_000;

/**
 * The findings, a blank line between two, and how many more there are than a terminal is of use for. Empty for none, else
 * ends with a line break.
 */
export function renderText(diagnostics: readonly Diagnostic[], sources: Sources, style: TextStyle = plainText): string {
  const positions = positionsIn(sources);
  const shown = diagnostics.slice(0, mostShown).map((diagnostic) => renderFinding(diagnostic, positions, style));
  const rest = diagnostics.length - shown.length;
  if (rest > 0) shown.push(`… and ${counted(rest, "more finding")}, which check --format json lists\n`);
  return shown.join("\n");
}

/** One finding, without a blank line after it. */
export function renderFinding(diagnostic: Diagnostic, positions: Positions, style: TextStyle): string {
  const { paint } = style;
  const severity = diagnostic.severity === "info" ? "note" : diagnostic.severity;
  const head = `${paint(diagnostic.severity, `${severity} ${diagnostic.code}`)}${paint("strong", `: ${printable(diagnostic.message)}`)}`;
  const frame = drawFrame(diagnostic, positions, style);
  const gutter = " ".repeat(frame?.gutter ?? 2);
  const note = (text: string): string => `${gutter} ${paint("frame", "=")} ${text}`;
  return [
    head,
    `${gutter}${paint("frame", "-->")} ${placeOf(diagnostic, positions)}`,
    ...(frame?.lines ?? []),
    ...(frame === undefined && diagnostic.hint !== undefined ? [note(printable(diagnostic.hint))] : []),
    ...diagnostic.related
      .filter((related) => !isDrawn(frame, related))
      .map((related) => note(relatedText(related, positions))),
    note(`help: sequitur explain ${diagnostic.code}`),
    "",
  ].join("\n");
}

function isDrawn(frame: Frame | undefined, related: Related): boolean {
  return frame?.drawn.has(related) ?? false;
}

/** `office is declared here` becomes `office is declared at deploy.seq:4:1`. */
function relatedText(related: Related, positions: Positions): string {
  const message = printable(related.message);
  const place = placeOf(related, positions);
  return / here$/.test(message) ? `${message.slice(0, -" here".length)} at ${place}` : `${message} (${place})`;
}

/** `deploy.seq:40:51`; the file alone where its text is not known. */
export function placeOf(location: { file: string; start: number; end: number }, positions: Positions): string {
  const range = positions.rangeOf(location);
  const file = printable(location.file);
  return range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
}
