// Gives findings the severities that the configuration asks for, and reports settings that name no rule or one that can't be
// changed.
import { createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Diagnostic, DiagnosticCatalogue } from "@sequitur/grammar";
import { contentDiagnostics } from "../diagnostics/content.ts";
import type { Configuration, RuleSetting } from "./configuration.ts";

export interface RuleSeverities {
  /** The findings as configured; those that are off are left out. */
  apply(diagnostics: readonly Diagnostic[]): readonly Diagnostic[];
  /** About the settings themselves. */
  readonly diagnostics: readonly Diagnostic[];
}

/** `catalogue`: all findings that are known; `isWhole`: there are no others, so that an unknown name is a mistake. */
export function ruleSeverities(
  configuration: Configuration,
  catalogue: DiagnosticCatalogue,
  isWhole: boolean,
): RuleSeverities {
  const codes = new Map<string, string>();
  for (const [code, { name }] of Object.entries(catalogue)) codes.set(code, code).set(name, code);
  const settings = new Map<string, RuleSetting>();
  const diagnostics: Diagnostic[] = [];
  for (const [name, { setting, file, place }] of configuration.rules) {
    const code = codes.get(name);
    const at = { file, start: place.start, end: place.end };
    if (code === undefined && !isWhole) continue;
    if (code === undefined) {
      const meant = didYouMean(name, codes.keys());
      const hint = meant === undefined ? {} : { hint: `did you mean "${meant}"?` };
      diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7104, at, { name }, hint));
    } else if (setting === undefined) {
      // Options alone: the rule reads them.
      continue;
    } else if (catalogue[code]?.severity === "error" && setting !== "error") {
      diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7105, at, { name }));
    } else settings.set(code, setting);
  }
  return {
    diagnostics,
    apply: (found) =>
      found.flatMap((diagnostic) => {
        const setting = settings.get(diagnostic.code);
        if (setting === undefined) return [diagnostic];
        return setting === "off" ? [] : [{ ...diagnostic, severity: setting }];
      }),
  };
}
