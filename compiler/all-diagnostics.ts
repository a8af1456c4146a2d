// Every finding that there is, by code: of the grammar and of the compiler. `explain`, rule settings and the reference read it.
import { syntaxDiagnostics } from "@sequitur/grammar";
import type { DiagnosticCatalogue, DiagnosticDeclaration } from "@sequitur/grammar";
import { compilerDiagnostics } from "./diagnostics/catalogue.ts";
import { contentDiagnostics } from "./diagnostics/content.ts";

export const allDiagnostics: DiagnosticCatalogue = {
  ...syntaxDiagnostics,
  ...compilerDiagnostics,
  ...contentDiagnostics,
};

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
