// Takes out of a list of findings what comments silence, and reports comments that silence nothing or are over.
import { createDiagnostic } from "@sequitur/grammar";
import type { Declared, Diagnostic } from "@sequitur/grammar";
import { suppressionDiagnostics } from "../diagnostics/suppressions.ts";
import type { Suppression } from "./read-suppressions.ts";

/** A finding that a comment silences. */
export interface SilencedDiagnostic {
  readonly diagnostic: Diagnostic;
  readonly suppression: Suppression;
}

export interface AppliedSuppressions {
  /** What is left, in the same order. */
  readonly diagnostics: readonly Diagnostic[];
  readonly silenced: readonly SilencedDiagnostic[];
  /** About the comments themselves. */
  readonly findings: readonly Diagnostic[];
}

export interface SuppressionSettings {
  /** The day that counts, as 2027-01-31; without one nothing is ever over. */
  readonly today?: string;
  /** False: some rules were not asked, so that a comment may silence nothing now and yet be needed. */
  readonly allWereLookedFor: boolean;
}

/** A finding is silent where its whole place lies in what a comment with its code stands above. */
export function applySuppressions(
  found: readonly Diagnostic[],
  suppressions: readonly Suppression[],
  settings: SuppressionSettings,
): AppliedSuppressions {
  if (suppressions.length === 0) return { diagnostics: found, silenced: [], findings: [] };
  const { today, allWereLookedFor } = settings;
  const byKey = new Map<string, Suppression[]>();
  const findings: Diagnostic[] = [];
  for (const suppression of suppressions) {
    const { until, written } = suppression;
    if (until !== undefined && today !== undefined && until < today) {
      findings.push(about(suppression, suppressionDiagnostics.SEQ7304, { name: written, until }));
      continue;
    }
    const key = `${suppression.file}:${suppression.code}`;
    const others = byKey.get(key);
    if (others === undefined) byKey.set(key, [suppression]);
    else others.push(suppression);
  }
  const used = new Set<Suppression>();
  const silenced: SilencedDiagnostic[] = [];
  const diagnostics = found.filter((diagnostic) => {
    const candidates = byKey.get(`${diagnostic.file}:${diagnostic.code}`) ?? [];
    const suppression = candidates.find(
      ({ covers }) => covers.start <= diagnostic.start && diagnostic.end <= covers.end,
    );
    if (suppression === undefined) return true;
    used.add(suppression);
    silenced.push({ diagnostic, suppression });
    return false;
  });
  for (const suppression of [...byKey.values()].flat()) {
    if (used.has(suppression) || !allWereLookedFor) continue;
    findings.push(about(suppression, suppressionDiagnostics.SEQ7303, { name: suppression.written }));
  }
  return { diagnostics, silenced, findings };
}

/** With the fix that takes the code, or the whole comment, out. */
function about<A>(suppression: Suppression, declaration: Declared<A>, args: NoInfer<A>): Diagnostic {
  const { file, place, removal } = suppression;
  const at = { file, start: place.start, end: place.end };
  const edits = [{ file, start: removal.start, end: removal.end, text: "" }];
  return createDiagnostic(declaration, at, args, {
    fixes: [{ title: `Take "${suppression.written}" out`, safe: declaration.code === "SEQ7303", edits }],
  });
}
