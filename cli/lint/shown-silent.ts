// Findings that are not reported, with the reason why, for the one format that tells of them.
import type { CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import { showFindings } from "../project/display-paths.ts";
import type { SilentFinding } from "../render/sarif.ts";
import type { CheckedProject } from "./check-project.ts";

/** What comments in the sources silence, and what a baseline knows, with paths as people see them. */
export function shownSilent(
  project: { readonly host: CompilerHost; readonly root: string; readonly checked: CheckedProject },
  known: readonly Diagnostic[],
  folder: string,
): readonly SilentFinding[] {
  const { host, root, checked } = project;
  const shown = (diagnostic: Diagnostic, kind: SilentFinding["kind"], reason: string): readonly SilentFinding[] => {
    const { diagnostics, sources } = showFindings([diagnostic], host, root, folder);
    return diagnostics.map((each) => ({ diagnostic: each, sources, kind, reason }));
  };
  return [
    ...checked.silenced.flatMap(({ diagnostic, suppression }) => shown(diagnostic, "inSource", suppression.reason)),
    ...known.flatMap((diagnostic) => shown(diagnostic, "external", "the baseline notes it")),
  ];
}
