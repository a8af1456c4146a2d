// `verify PLAN`: would this runtime take the plan?
import { resolve } from "node:path";
import type { Command } from "./command.ts";
import { openPlan, problemLine } from "./open-plan.ts";
import { exitCode } from "../run/exit-code.ts";
import { UsageError } from "./surroundings.ts";

export const verify: Command = {
  usage: "verify PLAN",
  summary: "check a plan's form, digest and code",
  example: "verify deploy.plan.json",
  options: {},
  async run({ positionals }, { stdout, stderr, folder }) {
    const [file, ...rest] = positionals;
    if (file === undefined || rest.length > 0) throw new UsageError("verify takes one plan.");
    const opened = openPlan(resolve(folder, file));
    if ("problems" in opened) {
      for (const problem of opened.problems) stderr.write(problemLine(file, problem));
      return exitCode.unverified;
    }
    stdout.write(`${file} verifies: ${opened.plan.digest}\n`);
    return exitCode.done;
  },
};
