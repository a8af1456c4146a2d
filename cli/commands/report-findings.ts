// Findings of a command whose result is something else: text on standard error.
import type { CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import { showFindings } from "../project/display-paths.ts";
import type { ShownFindings } from "../project/display-paths.ts";
import { paintFor } from "../render/paint.ts";
import { summaryOf } from "../render/summary.ts";
import { plainText, renderText } from "../render/text.ts";
import type { TextStyle } from "../render/text.ts";
import type { Output, Surroundings } from "../surroundings.ts";

type Color = "auto" | "always" | "never";

/** How text looks on an output. */
export function textStyle(output: Output, color: Color, surroundings: Surroundings): TextStyle {
  return {
    paint: paintFor(output, color, surroundings.environment),
    width: output.columns() ?? plainText.width,
  };
}

/** Findings as text, and the summary below them. Empty if there are none. */
export function findingsText(found: ShownFindings, style: TextStyle): string {
  if (found.diagnostics.length === 0) return "";
  return `${renderText(found.diagnostics, found.sources, style)}\n${summaryOf(found.diagnostics, 0)}\n`;
}

/** Writes findings of one project to standard error; true if an error is among them. */
export function reportFindings(
  diagnostics: readonly Diagnostic[],
  project: { readonly host: CompilerHost; readonly root: string },
  color: Color,
  surroundings: Surroundings,
): boolean {
  const found = showFindings(diagnostics, project.host, project.root, surroundings.folder);
  surroundings.stderr.write(findingsText(found, textStyle(surroundings.stderr, color, surroundings)));
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
