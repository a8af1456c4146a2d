// Script steps: the plan's text in a file of its own, started by its interpreter. No value ever becomes a part of the text.
import { join } from "node:path";
import type { Outcome } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import type { PlanScript } from "../plan/format.ts";
import type { ContentStore } from "../content/content-store.ts";
import type { SystemAccount } from "../process/account.ts";
import { findProgram } from "../process/program.ts";
import type { Execution } from "../system/execution.ts";
import { failed } from "../system/outcome.ts";
import { argumentsOf, readTextFile, runCommand, surroundings } from "../system/run-step.ts";
import { writeOwned } from "../system/write-owned.ts";
import { scriptBytes, type ScriptForm, scriptForm, type ScriptLanguage } from "./interpreter.ts";
import { parseSettings } from "./settings.ts";

const windows = process.platform === "win32";

export async function runScript(execution: Execution, content: ContentStore): Promise<Outcome> {
  const { action } = execution.request.step;
  invariant(action.kind === "script", "a script step");
  const form = scriptForm(action.language, windows);
  if (form === null) return failed("unsupported", `scripts of the language ${action.language} run on Windows alone`);
  const args = argumentsOf(execution.request.operands);
  if ("problem" in args) return failed("value", args.problem);
  const around = await surroundings(execution, content);
  if ("reason" in around) return around;
  const script = await scriptPath(execution, content, action.language, form, action.script, around.account);
  if ("problem" in script) return failed("content", script.problem);
  const settings = join(execution.workFolder(around.account), "settings");
  const variables = { ...around.variables, SEQUITUR_SET: settings };
  const environment = execution.environment(variables, around.account);
  const path = environment["PATH"] ?? environment["Path"] ?? "";
  let problem = "";
  for (const { program, args: before } of form.interpreters) {
    const found = findProgram(program, { workdir: around.workdir, path });
    if ("problem" in found) {
      problem ||= found.problem;
      continue;
    }
    const command = { program: found.path, args: [...before, script.path, ...args.args], environment, ...around };
    return withSettings(execution, await runCommand(execution, command), settings);
  }
  return failed("start", `${problem} The script needs it`);
}

/** Globals are taken whatever the code is; lines that can't be understood fail the step. */
function withSettings(execution: Execution, outcome: Outcome, path: string): Outcome {
  const text = readTextFile(path);
  if (text === "") return outcome;
  const parsed = parseSettings(
    text,
    execution.run.plan.globals.map(({ name }) => name),
  );
  if ("globals" in parsed) return { ...outcome, globals: parsed.globals };
  if (outcome.reason !== "none" && outcome.reason !== "exit") return outcome;
  return failed(
    "output",
    execution.run.masker.mask(`${parsed.problem} What the script did has happened`),
    outcome.code,
  );
}

async function scriptPath(
  execution: Execution,
  content: ContentStore,
  language: ScriptLanguage,
  form: ScriptForm,
  script: PlanScript,
  account: SystemAccount | undefined,
): Promise<{ readonly path: string } | { readonly problem: string }> {
  if ("content" in script) {
    const ready = await content.prepare(script.content);
    return "problem" in ready ? ready : { path: join(ready.folder, script.path) };
  }
  const text = execution.run.plan.constants[script.text]?.value;
  invariant(typeof text === "string", "a script's text is a constant");
  const path = join(execution.workFolder(account), `script.${form.extension}`);
  writeOwned(path, scriptBytes(language, text, windows), account);
  return { path };
}
