// `sequitur resume [ID]`: goes on with the run that has no end.
import { join, resolve } from "node:path";
import { resumeRun, runToResume } from "@sequitur/runtime";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { printable } from "../render/printable.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { watchRun } from "../run/watched-run.ts";
import { version } from "../version.ts";
import { openPlan } from "./open-plan.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function resume(call: Call<"resume">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const stateFolder = stateFolderOf(options.state, surroundings);
  const found = await runToResume(stateFolder, call.arguments.id);
  if (found.kind === "none") {
    surroundings.stderr.write(`no run to go on with under ${printable(stateFolder)}\n`);
    return exitCode.done;
  }
  if (found.kind === "unclear") {
    surroundings.stderr.write(`sequitur: ${printable(found.why)}\n`);
    return exitCode.problem;
  }
  const open = found.run;
  const opened = await openPlan(join(open.folder, "plan.json"), surroundings);
  if (opened.kind === "ended") return opened.code;
  const contentFolder = resolve(surroundings.folder, options.content ?? open.contentFolder);
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
          problems: ["The run was cut before it had begun: start it anew."],
          folder: open.folder,
          outputs: {},
        }
      );
    },
  );
  return ended.kind === "ended" ? ended.code : wrongCall(surroundings, ended.why);
}
