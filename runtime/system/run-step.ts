// Steps that start a program or a script: operands become an argument list, a folder and an environment; the ending becomes
// an outcome. Which codes count as success is the driver's matter.
import { closeSync, openSync, readFileSync, readSync, fstatSync, statSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import type { Outcome, ResolvedOperand } from "../host.ts";
import { invariant } from "../machine/invariant.ts";
import { limits } from "../plan/limits.ts";
import type { Value } from "../plan/value.ts";
import type { ContentStore } from "../content/content-store.ts";
import { findAccount, type SystemAccount } from "../process/account.ts";
import { decodeOutput } from "../process/decode.ts";
import { type Environment, textProblem, variableProblem } from "../process/environment.ts";
import { parseOutput } from "../process/output-value.ts";
import { findProgram } from "../process/program.ts";
import type { ProcessResult } from "../process/run-process.ts";
import { errorText, isAbsent } from "./error-text.ts";
import type { Command, Execution } from "./execution.ts";
import { done, failed } from "./outcome.ts";

/** What every program step has, resolved; or the outcome that says why it can't start. */
export interface Surroundings {
  /** Extra variables of the step, checked. */
  readonly variables: Environment;
  readonly workdir: string;
  readonly from?: string;
  readonly account?: SystemAccount;
}

/** `run "program …"`. */
export async function runProgram(execution: Execution, content: ContentStore): Promise<Outcome> {
  const { operands } = execution.request;
  const program = operands.find(({ role }) => role === "program")?.value;
  invariant(typeof program === "string", "a run step has a program");
  const args = argumentsOf(operands);
  if ("problem" in args) return failed("value", args.problem);
  const around = await surroundings(execution, content);
  if ("reason" in around) return around;
  const environment = execution.environment(around.variables, around.account);
  const found = findProgram(program, { ...around, path: environment["PATH"] ?? environment["Path"] ?? "" });
  if ("problem" in found) return failed("start", found.problem);
  return runCommand(execution, { ...args, program: found.path, environment, ...around });
}

/** Starts it, waits, and reads what the step wants to know. */
export async function runCommand(execution: Execution, command: Command): Promise<Outcome> {
  const result = await execution.start(command);
  const outcome = outcomeOf(execution, result, command.program);
  const { step } = execution.request;
  const wanted = step.output !== null && [...step.success, ...step.reboots].includes(outcome.code);
  return result.kind === "ended" && result.signal === 0 && wanted ? withOutput(execution, outcome) : outcome;
}

/** The ending in words. */
export function outcomeOf(execution: Execution, result: ProcessResult, program: string): Outcome {
  const name = program.split(/[/\\]/).at(-1) ?? program;
  switch (result.kind) {
    case "start":
      return failed("start", execution.run.masker.mask(`${program} could not be started: ${result.problem}`));
    case "cut":
      return failed(result.reason, cutMessage(execution, result.reason, name));
    case "ended":
      if (result.code === 0) return done;
      return result.signal === 0
        ? failed("exit", `${name} ended with exit code ${result.code}${lastWords(execution)}`, result.code)
        : failed("signal", `${name} was killed by signal ${result.signal}${lastWords(execution)}`, result.code);
  }
}

function cutMessage(execution: Execution, reason: "timeout" | "deadline" | "cancelled", name: string): string {
  switch (reason) {
    case "timeout":
      return `${name} did not end within ${(execution.request.step.timeout ?? 0) / 1000} s; it and its processes were ended`;
    case "deadline":
      return `${name} and its processes were ended, since the time of a group around the step was up`;
    case "cancelled":
      return `${name} and its processes were ended, since the run was cancelled`;
  }
}

/** The last line of the error output helps more than any number. */
function lastWords(execution: Execution): string {
  const bytes = readFrom(execution.stderr, -2000);
  const line =
    bytes === null
      ? undefined
      : decodeOutput(bytes)
          .split(/[\r\n]+/)
          .findLast((text) => text.trim() !== "");
  if (line === undefined) return "";
  const shown = execution.run.masker.mask(line.trim());
  return `; its last error line: ${shown.length > 300 ? `${shown.slice(0, 300)}…` : shown}`;
}

/** Arguments in written order, a list one each. */
export function argumentsOf(
  operands: readonly ResolvedOperand[],
): { readonly args: readonly string[] } | { readonly problem: string } {
  const args: string[] = [];
  for (const { role, value } of operands) {
    if (role === "word") args.push(textOf(value));
    else if (role === "words" && Array.isArray(value)) for (const item of value) args.push(textOf(item));
    else if (role === "rawArguments" && value !== "") {
      return { problem: "Arguments as one raw text exist on Windows alone; write a list of arguments" };
    }
  }
  for (const [i, text] of args.entries()) {
    const problem = textProblem(`Argument ${i + 1}`, text);
    if (problem !== null) return { problem };
  }
  return { args };
}

function textOf(value: Value): string {
  return typeof value === "string" ? value : String(value);
}

/** Folder, content, account and variables of a step that starts something. */
export async function surroundings(execution: Execution, content: ContentStore): Promise<Surroundings | Outcome> {
  const { operands, step } = execution.request;
  const variables: { [name: string]: string } = {};
  for (const { role, name = "", value } of operands) {
    if (role !== "environment") continue;
    const text = textOf(value);
    const problem = variableProblem(name, text);
    if (problem !== null) return failed("value", problem);
    variables[name] = text;
  }
  let account: SystemAccount | undefined;
  if (step.account !== undefined) {
    const found = await findAccount(execution.run.plan.accounts[step.account]?.user ?? "");
    if ("problem" in found) return failed("account", found.problem);
    account = found;
  }
  let from: string | undefined;
  const packageIndex = operands.find(({ role }) => role === "from")?.value;
  if (typeof packageIndex === "number") {
    const ready = await content.prepare(packageIndex);
    if ("problem" in ready) return failed("content", ready.problem);
    from = ready.folder;
  }
  const workdir = workingFolder(execution, from, account);
  if ("problem" in workdir) return failed("start", workdir.problem);
  return {
    variables,
    workdir: workdir.path,
    ...(from === undefined ? {} : { from }),
    ...(account === undefined ? {} : { account }),
  };
}

function workingFolder(
  execution: Execution,
  from: string | undefined,
  account: SystemAccount | undefined,
): { readonly path: string } | { readonly problem: string } {
  const asked = execution.request.operands.find(({ role }) => role === "workdir")?.value;
  if (typeof asked !== "string") return { path: from ?? execution.emptyFolder(account) };
  if (asked === "" || asked.includes("\0")) return { problem: "the working folder has no usable name" };
  if (!isAbsolute(asked) && from === undefined) {
    return { problem: `the working folder ${asked} is relative, and the step has no package that it could lie in` };
  }
  const path = from === undefined ? asked : resolve(from, asked);
  try {
    if (statSync(path).isDirectory()) return { path };
    return { problem: `the working folder ${path} is not a folder` };
  } catch (error) {
    return { problem: `the working folder ${path} can't be used: ${errorText(error)}` };
  }
}

function withOutput(execution: Execution, outcome: Outcome): Outcome {
  const type = execution.request.step.output;
  invariant(type !== null, "only a step with an output is read");
  const file = execution.stdout;
  const happened = "what it did has happened";
  const bytes = readFrom(file, execution.outputStart, limits.outputBytes + 1);
  if (bytes === null)
    return failed("output", `its output could not be read back from ${file}; ${happened}`, outcome.code);
  if (bytes.length > limits.outputBytes || execution.isOutputCut) {
    return failed("output", `its output has more than ${limits.outputBytes} bytes; ${happened}`, outcome.code);
  }
  const parsed = parseOutput(decodeOutput(bytes), type);
  return "value" in parsed
    ? { ...outcome, output: parsed.value }
    : failed("output", execution.run.masker.mask(`its output ${parsed.problem}; ${happened}`), outcome.code);
}

/** Bytes of an output from an offset on (negative: from the end), none where nothing was written; null: it can't be read. */
function readFrom(path: string, offset: number, most = 1 << 20): Buffer | null {
  let descriptor: number | null = null;
  try {
    descriptor = openSync(path, "r");
    const { size } = fstatSync(descriptor);
    const start = offset < 0 ? Math.max(0, size + offset) : Math.min(offset, size);
    const bytes = Buffer.alloc(Math.min(size - start, most));
    return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, start));
  } catch (error) {
    return isAbsent(error) ? Buffer.alloc(0) : null;
  } finally {
    if (descriptor !== null) closeSync(descriptor);
  }
}

/** A text file that a program wrote for us; empty: it is not there. */
export function readTextFile(path: string): string {
  try {
    return decodeOutput(readFileSync(path));
  } catch {
    return "";
  }
}
