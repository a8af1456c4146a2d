// `sequitur cancel [ID]`: leaves the order in the run's folder, where the runtime looks for it.
import { cancelFileOf, listRuns } from "@sequitur/runtime";
import type { RunState, RunSummary } from "@sequitur/runtime";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { writeWhole } from "../project/write-file.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { findRun } from "../run/find-run.ts";
import { stateWords } from "../run/run-summary.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

/** States in which a run goes on, now or when it is resumed. */
const goesOn: readonly RunState[] = ["checking", "running", "restarting", "restart-due", "interrupted"];

export async function cancel(call: Call<"cancel">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const stateFolder = stateFolderOf(options.state, surroundings);
  const found =
    call.arguments.id === undefined ? await theOpenRun(stateFolder) : await findRun(stateFolder, call.arguments.id);
  if (found.kind === "none") return wrongCall(surroundings, found.why, "`sequitur runs` lists them.");
  const { run } = found;
  if (!goesOn.includes(run.state)) {
    surroundings.stderr.write(`sequitur: the run ${run.id} ${stateWords[run.state]} already\n`);
    return exitCode.problem;
  }
  const problem = await writeWhole(cancelFileOf(run.folder), options.now ? "now\n" : "after-step\n");
  if (problem !== undefined) return wrongCall(surroundings, `can't cancel ${run.id}: ${problem}.`);
  const when = run.state !== "running" ? "when it goes on" : options.now ? "now" : "after its current step";
  surroundings.stdout.write(`${run.id} will be cancelled ${when}\n`);
  return exitCode.done;
}

async function theOpenRun(
  stateFolder: string,
): Promise<{ kind: "found"; run: RunSummary } | { kind: "none"; why: string }> {
  const run = (await listRuns(stateFolder)).find((each) => goesOn.includes(each.state));
  return run === undefined
    ? { kind: "none", why: `no run is under way under ${stateFolder}.` }
    : { kind: "found", run };
}
