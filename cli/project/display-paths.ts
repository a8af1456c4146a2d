// Paths as people see them: relative to the current folder, with forward slashes; and findings whose paths the compiler
// gave relative to the project, moved to that form together with the texts they point into.
import { relative, resolve, sep } from "node:path";
import type { CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import type { Sources } from "../render/sources.ts";

/** The path under which standard input is known to the compiler and shown to people. */
export const inputName = "<stdin>";

/** An absolute path, or one relative to `from`, as seen from the current folder. */
export function displayPath(path: string, from: string, folder: string): string {
  if (path === inputName) return path;
  const shown = relative(folder, resolve(from, path)).split(sep).join("/");
  return shown === "" ? "." : shown;
}

export interface ShownFindings {
  /** By file, then by place. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: Sources;
}

/** Findings of one project, ready to be rendered. */
export function showFindings(
  diagnostics: readonly Diagnostic[],
  host: CompilerHost,
  root: string,
  folder: string,
): ShownFindings {
  const shownPaths = new Map<string, string>();
  const sources = new Map<string, string>();
  const shown = (path: string): string => {
    const known = shownPaths.get(path);
    if (known !== undefined) return known;
    const display = displayPath(path, root, folder);
    shownPaths.set(path, display);
    const answer = host.readText(path);
    if (answer.kind === "text") sources.set(display, answer.text);
    return display;
  };
  const moved = diagnostics.map((diagnostic) => ({
    ...diagnostic,
    file: shown(diagnostic.file),
    related: diagnostic.related.map((related) => ({ ...related, file: shown(related.file) })),
    fixes: diagnostic.fixes.map((fix) => ({
      ...fix,
      edits: fix.edits.map((edit) => ({ ...edit, file: shown(edit.file) })),
    })),
  }));
  return { diagnostics: sortFindings(moved), sources };
}

/** Findings of several projects as one list. What two projects found alike (a file that both import) is kept once. */
export function joinFindings(parts: readonly ShownFindings[]): ShownFindings {
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  const known = new Set<string>();
  const diagnostics = parts
    .flatMap((part) => part.diagnostics)
    .filter((each) => {
      const key = JSON.stringify([each.file, each.start, each.end, each.code, each.message]);
      if (known.has(key)) return false;
      known.add(key);
      return true;
    });
  return { diagnostics: sortFindings(diagnostics), sources: new Map(parts.flatMap((part) => [...part.sources])) };
}

function sortFindings(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort((left, right) => {
    if (left.file !== right.file) return left.file < right.file ? -1 : 1;
    return left.start - right.start || left.end - right.end;
  });
}
