// Finds a run by its id or the first letters of it.
import { listRuns } from "@sequitur/runtime";
import type { RunSummary } from "@sequitur/runtime";

export type FoundRun =
  | { readonly kind: "found"; readonly run: RunSummary }
  /** `why` is a sentence. */
  | { readonly kind: "none"; readonly why: string };

/** The one run whose id starts with `given`. */
export async function findRun(stateFolder: string, given: string): Promise<FoundRun> {
  const runs = await listRuns(stateFolder);
  const matching = runs.filter((run) => run.id.startsWith(given));
  const exact = matching.find((run) => run.id === given);
  const [only] = matching;
  if (exact !== undefined) return { kind: "found", run: exact };
  if (only === undefined) return { kind: "none", why: `there is no run ${given} under ${stateFolder}.` };
  if (matching.length === 1) return { kind: "found", run: only };
  return { kind: "none", why: `${given} could be ${matching.map((run) => run.id).join(" or ")}.` };
}
