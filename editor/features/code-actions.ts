// What can be done about findings: their fixes, all safe ones of a file at once, and a comment that silences one.
import type { Fix, Diagnostic as Finding } from "@sequitur/grammar";
import type { CodeAction, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { documentOf, offsetAt, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { diagnosticFor } from "./diagnostics.ts";
import { refactorings } from "./refactorings.ts";

/** Actions for a range, the surest first. */
export function codeActions(project: EditorProject, path: string, range: Range): CodeAction[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const start = offsetAt(document, range.start);
  const end = offsetAt(document, range.end);
  const findings = project.workspace.diagnostics(path);
  const here = findings.filter((finding) => finding.start <= end && start <= finding.end);
  return [
    ...here.flatMap((finding) => finding.fixes.map((fix) => quickFix(document, finding, fix))),
    ...fixAll(document, findings),
    ...refactorings(document, start, end),
  ];
}

function quickFix(document: Document, finding: Finding, fix: Fix): CodeAction {
  return {
    title: fix.title,
    kind: "quickfix",
    diagnostics: [diagnosticFor(document, finding)],
    isPreferred: fix.safe && finding.fixes.filter(({ safe }) => safe).length === 1,
    edit: editOf(document.project, fix.edits),
  };
}

/** Safe fixes of one file that do not touch each other. */
function fixAll(document: Document, findings: readonly Finding[]): CodeAction[] {
  const edits: Fix["edits"][number][] = [];
  for (const { fixes } of findings) {
    const fix = fixes.find(({ safe }) => safe);
    if (fix === undefined || fix.edits.some(({ file }) => file !== document.path)) continue;
    const overlaps = fix.edits.some((edit) =>
      edits.some((other) => edit.start <= other.end && other.start <= edit.end),
    );
    if (!overlaps) edits.push(...fix.edits);
  }
  if (edits.length === 0) return [];
  return [{ title: "Fix all that is safe to fix", kind: "source.fixAll", edit: editOf(document.project, edits) }];
}

function editOf(project: EditorProject, edits: Fix["edits"]): WorkspaceEdit {
  const changes: { [uri: string]: TextEdit[] } = {};
  for (const edit of edits) {
    const document = documentOf(project, edit.file);
    if (document === undefined) continue;
    (changes[project.uriOf(edit.file)] ??= []).push({ range: rangeOf(document, edit), newText: edit.text });
  }
  return { changes };
}
