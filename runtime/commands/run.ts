// `run PLAN`: decodes, verifies and runs a plan here.
import { dirname, resolve } from "node:path";
import { startRun } from "../run/start-run.ts";
import type { Command } from "./command.ts";
import { givenParameters } from "./given-parameters.ts";
import { openPlan, problemLine } from "./open-plan.ts";
import { exitCode } from "../run/exit-code.ts";
import { UsageError } from "./surroundings.ts";
import { watch } from "./watch.ts";

export const run: Command = {
  usage: "run PLAN [options]",
  summary: "run a plan on this machine",
  example: "run deploy.plan.json --set site=AMS --params secrets.json",
  options: {
    set: {
      type: "string",
      multiple: true,
      value: "NAME=VALUE",
      help: "a parameter; no secrets: others see the command line",
    },
    params: { type: "string", value: "FILE", help: "parameters as a JSON object, secrets too" },
    state: { type: "string", value: "DIR", help: "where the journal and the logs go" },
    content: { type: "string", value: "DIR", help: "where the plan's content lies (default: beside the plan)" },
    events: { type: "string", value: "FILE", help: "add events to FILE, a JSON object a line" },
    missing: { type: "string", value: "stop|fail-step", help: "content that lacks: refuse the run, or fail the step" },
    "no-restart": { type: "boolean", help: "write that a restart is due and end with exit code 3" },
    yes: { type: "boolean", help: "steps that destroy data may run" },
  },
  async run({ positionals, text, flag, list }, surroundings) {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError("run takes one plan.");
    const missing = text("missing") ?? "stop";
    if (missing !== "stop" && missing !== "fail-step") throw new UsageError("--missing is stop or fail-step.");
    const path = resolve(surroundings.folder, file);
    const opened = openPlan(path);
    if ("problems" in opened) {
      for (const problem of opened.problems) surroundings.stderr.write(problemLine(file, problem));
      return exitCode.unverified;
    }
    const { plan } = opened;
    const from = (option: string): string | undefined => {
      const given = text(option);
      return given === undefined ? undefined : resolve(surroundings.folder, given);
    };
    const parameters = givenParameters(plan, list("set"), from("params"));
    const stateFolder = from("state") ?? surroundings.stateFolder;
    const contentFolder = from("content") ?? dirname(path);
    return watch(from("events"), surroundings, async (watched) => {
      const host = surroundings.createHost({ plan, contentFolder, stateFolder });
      try {
        return await startRun({
          ...{ plan, planText: opened.text, host, stateFolder, parameters, contentFolder, missing, ...watched },
          ...{ noRestart: flag("no-restart"), consent: flag("yes"), runtimeVersion: surroundings.version },
        });
      } finally {
        await host.close();
      }
    });
  },
};
