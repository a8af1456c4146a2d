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
  // A run that was refused has done nothing.
  const [latest] = runs.filter(({ state }) => state !== "refused");
  const open = runs.find(({ state }) => isOpen(state));
  if (open === undefined || latest === undefined) return { kind: "none" };
  if (open.id === latest.id) return { kind: "found", run: open };
  const why =
    `The run ${open.id}, which began at ${open.started}, has no end, but ${latest.id} has run since. ` +
    `To go on with the older one all the same, name it: resume ${open.id}.`;
  return { kind: "unclear", why };
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
