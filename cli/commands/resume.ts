// `sequitur resume`: goes on with the run that has no end.
import { join, resolve } from "node:path";
import { listRuns, resumeRun } from "@sequitur/runtime";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { watchRun } from "../run/watched-run.ts";
import { version } from "../version.ts";
import { openPlan } from "./open-plan.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function resume(call: Call<"resume">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const stateFolder = stateFolderOf(options.state, surroundings);
  // The latest one without an end, as the runtime picks it.
  const open = (await listRuns(stateFolder)).find((run) =>
    ["interrupted", "restart-due", "damaged", "running"].includes(run.state),
  );
  if (open === undefined) {
    surroundings.stderr.write(`no run to go on with under ${stateFolder}\n`);
    return exitCode.done;
  }
  const opened = await openPlan(join(open.folder, "plan.json"), surroundings);
  if (opened.kind === "ended") return opened.code;
  const contentFolder = resolve(surroundings.folder, options.content ?? ".");
  const ended = await watchRun(
    opened.plan,
    { events: options.events, color: options.color, contentFolder, stateFolder },
    surroundings,
    async (watch) => {
      const result = await resumeRun({
        stateFolder,
        id: open.id,
        runtimeVersion: version,
        ...(options.noRestart ? { noRestart: true } : {}),
        ...watch,
      });
      return (
        result ?? {
          id: open.id,
          state: "refused",
          problems: ["The run never began."],
          folder: open.folder,
          outputs: {},
        }
      );
    },
  );
  return ended.kind === "ended" ? ended.code : wrongCall(surroundings, ended.why);
}
