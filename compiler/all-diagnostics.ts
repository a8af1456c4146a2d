// Every finding that there is, by code: of the grammar, the compiler and the linter. `explain`, rule settings and the reference read it.
import { syntaxDiagnostics } from "@sequitur/grammar";
import type { DiagnosticCatalogue, DiagnosticDeclaration } from "@sequitur/grammar";
import { compilerDiagnostics } from "./diagnostics/catalogue.ts";
import { catalogueDiagnostics } from "./diagnostics/catalogues.ts";
import { contentDiagnostics } from "./diagnostics/content.ts";
import { pluginDiagnostics } from "./diagnostics/plugins.ts";
import { suppressionDiagnostics } from "./diagnostics/suppressions.ts";
import type { LintRule } from "./lint/rule.ts";
import { lintRules } from "./lint/rules.ts";

export const allDiagnostics: DiagnosticCatalogue = {
  ...syntaxDiagnostics,
  ...compilerDiagnostics,
  ...contentDiagnostics,
  ...catalogueDiagnostics,
  ...pluginDiagnostics,
  ...suppressionDiagnostics,
  ...withRules({}, lintRules),
};

/** A catalogue together with rules of the linter. */
export function withRules(catalogue: DiagnosticCatalogue, rules: readonly LintRule[]): DiagnosticCatalogue {
  return { ...catalogue, ...Object.fromEntries(rules.map((rule) => [rule.code, rule])) };
}

/** The declaration by code (`SEQ2004`, case does not count) or name; undefined: there is none. */
export function findDiagnostic(
  codeOrName: string,
): { readonly code: string; readonly declaration: DiagnosticDeclaration } | undefined {
  const wanted = codeOrName.trim();
  for (const [code, declaration] of Object.entries(allDiagnostics)) {
    if (code === wanted.toUpperCase() || declaration.name === wanted.toLowerCase()) return { code, declaration };
  }
  return undefined;
}
