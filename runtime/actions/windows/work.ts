// An action on Windows as data: which of the system's own tools run, with which arguments, in which order. Computing it touches
// nothing, so tests compare it on any machine; doing it is at the end of this file. Values are arguments or variables of the
// environment: none becomes a part of a script.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Outcome } from "../../host.ts";
import type { PlanType } from "../../plan/plan-type.ts";
import type { Value } from "../../plan/value.ts";
import { findProgram } from "../../process/program.ts";
import { isAbsent } from "../../system/error-text.ts";
import { done, failed } from "../../system/outcome.ts";
import { outcomeOf } from "../../system/run-step.ts";
import type { ActionContext, ActionImplementation } from "../action.ts";
import { declaredGlobals } from "../declared-globals.ts";
import { type Given, resolveGiven } from "../given.ts";

export interface WindowsCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  /** Text of a file that is made for it; the argument `scriptFile` stands for its path. */
  readonly script?: string;
  /** Codes that are as good as 0. */
  readonly success?: readonly number[];
  /** Codes that are good and ask for a restart. */
  readonly reboots?: readonly number[];
  /** With this code the action has ended well, and what comes after it is left out. */
  readonly endsAt?: number;
  /** Its standard output is the JSON text of the action's output. */
  readonly gives?: true;
}

/** Stands for the path of a command's script in its arguments. */
export const scriptFile = "{script file}";

/** A file that is changed as a text; `null`: it is not there yet. */
export interface WindowsFile {
  readonly path: string;
  readonly update: (before: string | null) => string;
}

export interface WindowsWork {
  readonly files?: readonly WindowsFile[];
  readonly commands?: readonly WindowsCommand[];
  /** Globals to set when all went well, where the sequence has them. */
  readonly globals?: { readonly [name: string]: string };
  readonly restart?: { readonly to: "system" | "winpe" };
}

/** What there is beside the arguments: globals of the run, by name as declared. */
export interface Around {
  readonly globals: { readonly [name: string]: string };
  readonly environment: { readonly [name: string]: string };
}

/** The work, or why it can't be done, as a clause. */
export type Planner = (given: Given, around: Around) => WindowsWork | { readonly problem: string };

/** `systemDrive` of the system that was applied: as given, else where an earlier step says that it lies. */
export function targetOf(given: string, around: Around): string | null {
  const named = Object.entries(around.globals).find(([name]) => name.toLowerCase() === "osdtargetsystemdrive");
  const drive = given === "" ? (named?.[1] ?? "") : given;
  return drive === "" ? null : drive.replace(/[\\/]+$/, "");
}

export const noTarget = {
  problem: "it is not known where the system lies: give `to`, or apply an image with image.apply before",
} as const;

/** `powershell.exe` with a fixed text: values come in by the environment, `$env:SEQUITUR_…`. */
export function powershell(
  text: string,
  environment: { readonly [name: string]: string } = {},
  more: Partial<WindowsCommand> = {},
): WindowsCommand {
  const fixed = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Command"];
  return {
    program: "powershell.exe",
    args: [...fixed, `$ErrorActionPreference = 'Stop'; ${text}`],
    environment,
    ...more,
  };
}

/** The letter of a drive with its colon; null: it is none. */
export function driveOf(text: string): string | null {
  const letter = /^([A-Za-z]):?[\\/]?$/.exec(text)?.[1];
  return letter === undefined ? null : `${letter.toUpperCase()}:`;
}

/** The implementation that does a planner's work. */
export function windowsAction(
  parameters: { readonly [name: string]: { readonly type: PlanType } },
  plan: Planner,
  uncuttable = false,
): ActionImplementation {
  const types = Object.fromEntries(Object.entries(parameters).map(([name, { type }]) => [name, type]));
  return async (context) => {
    const resolved = await resolveGiven(context, types);
    if ("reason" in resolved) return resolved;
    const { execution } = context;
    const work = plan(resolved.given, { globals: execution.request.globals, environment: execution.environment({}) });
    return "problem" in work ? failed("value", work.problem) : doWork(context, work, uncuttable);
  };
}

async function doWork(context: ActionContext, work: WindowsWork, uncuttable: boolean): Promise<Outcome> {
  for (const { path, update } of work.files ?? []) {
    await writeFile(path, update(await textIfThere(path)), "utf8");
  }
  let output: Value | undefined;
  let restarts = work.restart !== undefined;
  for (const command of work.commands ?? []) {
    const ended = await runCommand(context, command, uncuttable);
    if (command.endsAt !== undefined && ended.outcome.code === command.endsAt) return done;
    if (!ended.outcome.succeeded && !ended.good) return ended.outcome;
    restarts ||= ended.reboots;
    if (command.gives === true) {
      const value = jsonOf(ended.text);
      if (value === undefined) return failed("output", `what ${command.program} gave is not JSON`);
      output = value;
    }
  }
  const globals = declaredGlobals(context, work.globals ?? {});
  return {
    ...done,
    ...(output === undefined ? {} : { output }),
    ...(Object.keys(globals).length === 0 ? {} : { globals }),
    ...(restarts ? { restart: { to: work.restart?.to ?? "system", delay: 0, message: "" } } : {}),
  };
}

async function runCommand(
  { execution }: ActionContext,
  command: WindowsCommand,
  uncuttable: boolean,
): Promise<{ readonly outcome: Outcome; readonly good: boolean; readonly reboots: boolean; readonly text: string }> {
  const environment = execution.environment({ ...command.environment });
  const workdir = execution.emptyFolder();
  const found = findProgram(command.program, { workdir, path: environment["Path"] ?? environment["PATH"] ?? "" });
  if ("problem" in found) {
    return { outcome: failed("start", found.problem), good: false, reboots: false, text: "" };
  }
  let script = "";
  if (command.script !== undefined) {
    script = join(execution.workFolder(), "script.txt");
    await writeFile(script, command.script.replaceAll("\n", "\r\n"), { mode: 0o600 });
  }
  const args = command.args.map((arg) => (arg === scriptFile ? script : arg));
  const chunks: Buffer[] = [];
  const capture = command.gives === true ? { capture: (chunk: Buffer) => void chunks.push(chunk) } : {};
  const result = await execution.start({ program: found.path, args, workdir, environment, uncuttable, ...capture });
  const outcome = outcomeOf(execution, result, command.program);
  const code = result.kind === "ended" && result.signal === 0 ? result.code : -1;
  const reboots = command.reboots?.includes(code) ?? false;
  const good = reboots || (command.success?.includes(code) ?? false);
  return { outcome, good, reboots, text: Buffer.concat(chunks).toString("utf8") };
}

function jsonOf(text: string): Value | undefined {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")) as Value;
  } catch {
    return undefined;
  }
}

async function textIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
