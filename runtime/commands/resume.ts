// `resume`: goes on with the run that has no end, after a crash or a restart. What a boot hook calls.
import { join, resolve } from "node:path";
import { resumeRun } from "../run/resume-run.ts";
import { runToResume } from "../run/run-to-resume.ts";
import type { Command } from "./command.ts";
import { openPlan, problemLine } from "./open-plan.ts";
import { exitCode } from "../run/exit-code.ts";
import { UsageError } from "./surroundings.ts";
import { watch } from "./watch.ts";

export const resume: Command = {
  usage: "resume [RUN] [options]",
  summary: "go on with the latest run, which has no end, or with RUN",
  example: "resume --state /var/lib/sequitur",
  options: {
    state: { type: "string", value: "DIR", help: "where the journal and the logs are" },
    content: { type: "string", value: "DIR", help: "where the plan's content lies now (default: where it lay)" },
    events: { type: "string", value: "FILE", help: "add events to FILE, a JSON object a line" },
    "no-restart": { type: "boolean", help: "write that a restart is due and end with exit code 3" },
  },
  async run({ positionals, text, flag }, surroundings) {
    const [given, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError("resume takes one run.");
    const from = (option: string): string | undefined => {
      const given = text(option);
      return given === undefined ? undefined : resolve(surroundings.folder, given);
    };
    const stateFolder = from("state") ?? surroundings.stateFolder;
    const found = await runToResume(stateFolder, given);
    if (found.kind === "none") {
      surroundings.stderr.write(`There is no run to go on with under ${stateFolder}.\n`);
      return exitCode.done;
    }
    if (found.kind === "unclear") {
      surroundings.stderr.write(`${found.why}\n`);
      return exitCode.problem;
    }
    const open = found.run;
    const file = join(open.folder, "plan.json");
    const opened = openPlan(file);
    if ("problems" in opened) {
      for (const problem of opened.problems) surroundings.stderr.write(problemLine(file, problem));
      return exitCode.unverified;
    }
    const { plan } = opened;
    const contentFolder = from("content") ?? (open.contentFolder === "" ? surroundings.folder : open.contentFolder);
    return watch(from("events"), surroundings, async (watched) => {
      const host = surroundings.createHost({ plan, contentFolder, stateFolder });
      const noRestart = flag("no-restart") ? { noRestart: true } : {};
      const runtimeVersion = surroundings.version;
      try {
        const result = await resumeRun({ host, stateFolder, id: open.id, runtimeVersion, ...noRestart, ...watched });
        if (result !== null) return result;
        const problems = ["The run was cut before it had begun: start it anew."];
        return { id: open.id, state: "refused", problems, folder: open.folder, outputs: {} };
      } finally {
        await host.close();
      }
    });
  },
};
