// Findings as an editor shows them.
import type { Diagnostic as Finding } from "@sequitur/grammar";
import type { Diagnostic, DiagnosticRelatedInformation } from "vscode-languageserver-types";
import { documentOf, locationIn, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";

const severities = { error: 1, warning: 2, info: 3 } as const;

/** The findings about a file by place; empty for a file that the project does not check. */
export function diagnosticsOf(project: EditorProject, path: string): Diagnostic[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  return project.workspace.diagnostics(path).map((finding) => diagnosticFor(document, finding));
}

/** One finding as a diagnostic of the protocol; its hint stands in a line of its own. */
export function diagnosticFor(document: Document, finding: Finding): Diagnostic {
  const related = finding.related.flatMap((each): DiagnosticRelatedInformation[] => {
    const location = locationIn(document.project, each.file, each);
    return location === undefined ? [] : [{ location, message: each.message }];
  });
  return {
    range: rangeOf(document, finding),
    severity: severities[finding.severity],
    code: finding.code,
    source: "sequitur",
    message: finding.hint === undefined ? finding.message : `${finding.message}\n${finding.hint}`,
    ...(related.length === 0 ? {} : { relatedInformation: related }),
    ...(finding.name.startsWith("unused") ? { tags: [1] } : {}),
  };
}
