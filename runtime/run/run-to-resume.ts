// Which run `resume` goes on with. A machine goes on with what it did last; an older run that was left open is taken up only
// when somebody names it: what has run since may have changed all that it relies on.
import { isOpen, listRuns, type RunSummary } from "./history.ts";

export type RunToResume =
  | { readonly kind: "found"; readonly run: RunSummary }
  /** Nothing was left open. */
  | { readonly kind: "none" }
  /** `why` is a sentence. */
  | { readonly kind: "unclear"; readonly why: string };

/** `given`: the id, or its beginning; absent: the latest run, if it has no end. */
export async function runToResume(stateFolder: string, given?: string): Promise<RunToResume> {
  const runs = await listRuns(stateFolder);
  if (given !== undefined) return namedRun(runs, given, stateFolder);
  const open = latestOf(runs.filter(({ state }) => isOpen(state)));
  if (open === undefined) return { kind: "none" };
  // A run that was refused has done nothing.
  const later = latestOf(runs.filter(({ state, started }) => state !== "refused" && started > open.started));
  if (later === undefined) return { kind: "found", run: open };
  const why =
    `The run ${open.id}, which began at ${open.started}, has no end, but ${later.id} has run since. ` +
    `To go on with the older one all the same, name it: resume ${open.id}.`;
  return { kind: "unclear", why };
}

/** By the time: ids of one second have no order. */
function latestOf(runs: readonly RunSummary[]): RunSummary | undefined {
  return [...runs].sort((a, b) => (a.started < b.started ? 1 : -1))[0];
}

function namedRun(runs: readonly RunSummary[], given: string, stateFolder: string): RunToResume {
  const [run, ...more] = runs.filter(({ id }) => id.startsWith(given));
  if (run === undefined) return { kind: "unclear", why: `There is no run ${given} under ${stateFolder}.` };
  if (more.length > 0) {
    return { kind: "unclear", why: `${given} could be ${[run, ...more].map(({ id }) => id).join(" or ")}.` };
  }
  if (isOpen(run.state)) return { kind: "found", run };
  return { kind: "unclear", why: `The run ${run.id} has ended already (${run.state}).` };
}
