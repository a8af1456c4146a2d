// How many findings there are, in words.
import type { Diagnostic, Severity } from "@sequitur/grammar";

/** `3 errors, 1 warning in 2 files`; `no findings in 5 files` if there are none. */
export function summaryOf(diagnostics: readonly Diagnostic[], checkedFiles: number): string {
  if (diagnostics.length === 0) return `no findings in ${counted(checkedFiles, "file")}`;
  const parts = (["error", "warning", "info"] as const)
    .map((severity) => [severity, countOf(diagnostics, severity)] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === "info" ? counted(count, "note") : counted(count, severity)));
  return `${parts.join(", ")} in ${counted(new Set(diagnostics.map((each) => each.file)).size, "file")}`;
}

export function countOf(diagnostics: readonly Diagnostic[], severity: Severity): number {
  return diagnostics.filter((diagnostic) => diagnostic.severity === severity).length;
}

/** `1 file`, `2 files`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
