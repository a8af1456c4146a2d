// `cancel`: orders the run that is under way to end. It looks for the order itself.
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { cancelFileOf } from "../run/cancel-watch.ts";
import { listRuns } from "../run/history.ts";
import type { Command } from "./command.ts";
import { exitCode } from "../run/exit-code.ts";
import { UsageError } from "./surroundings.ts";

export const cancel: Command = {
  usage: "cancel [ID] [options]",
  summary: "end a run after its current step; its `finally` blocks run",
  example: "cancel --now",
  options: {
    state: { type: "string", value: "DIR", help: "where the journal and the logs are" },
    now: { type: "boolean", help: "end the running step too" },
  },
  async run({ positionals, text, flag }, surroundings) {
    const [id, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError("cancel takes one run at most.");
    const stateFolder = resolve(surroundings.folder, text("state") ?? surroundings.stateFolder);
    const open = (await listRuns(stateFolder)).find(
      (run) => (id === undefined || run.id === id) && ["running", "interrupted", "restart-due"].includes(run.state),
    );
    if (open === undefined) {
      const which = id === undefined ? "There is no run" : `${id} is no run`;
      surroundings.stderr.write(`${which} that could be cancelled under ${stateFolder}.\n`);
      return exitCode.problem;
    }
    writeFileSync(cancelFileOf(open.folder), flag("now") ? "now\n" : "after-step\n", { mode: 0o600 });
    surroundings.stdout.write(`${open.id} will be cancelled.\n`);
    return exitCode.done;
  },
};
