// The live lines of the step that runs: how long already, which try, when it times out, what it said last.
import type { Plan } from "@sequitur/runtime/plan";
import type { Paint } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import { clockTime } from "../render/time-span.ts";
import type { LiveLine } from "./live-region.ts";
import type { Symbols } from "./symbols.ts";

export interface RunningStep {
  readonly name: string;
  /** How many groups, loops and calls are around it. */
  readonly depth: number;
  readonly node: number;
  readonly attempt: number;
  /** When what it does now began; milliseconds. */
  readonly since: number;
  /** How long that may take, or will; milliseconds. */
  readonly timeout: number | undefined;
  /** The last line of its output, or its progress. */
  readonly said: string;
  readonly waiting: "no" | "retry" | "wait" | "poll";
}

/** One line, or two if it said something. */
export function liveLinesOf(
  step: RunningStep,
  plan: Plan | undefined,
  symbols: Symbols,
  paint: Paint,
  now: number,
): readonly LiveLine[] {
  const lead = "  ".repeat(step.depth + 1);
  const head: LiveLine = {
    text: `${lead}${symbols.running} ${step.name}  ${progressOf(step, plan, now)}`,
    paint: (text) => paint("info", text),
  };
  return step.said === "" ? [head] : [head, { text: `${lead}    ${step.said}`, paint: (text) => paint("faint", text) }];
}

/** The last line of a piece of output as a person would see it: a carriage return draws over what stood before it. */
export function saidBy(output: string): string {
  const lines = output.split(/[\r\n]/);
  return printable((lines.findLast((line) => line.trim() !== "") ?? "").trim());
}

function progressOf(step: RunningStep, plan: Plan | undefined, now: number): string {
  const elapsed = now - step.since;
  const left = step.timeout === undefined ? "" : clockTime(Math.ceil((step.timeout - elapsed) / 1000) * 1000);
  if (step.waiting === "retry") return `next try in ${left}`;
  if (step.waiting === "wait") return `waiting, ${left} left`;
  const node = plan?.nodes[step.node];
  const most = node?.kind === "step" && node.retry !== undefined ? ` of ${node.retry.count + 1}` : "";
  const attempt = step.attempt > 1 ? `, try ${step.attempt}${most}` : "";
  const timeout = step.timeout === undefined ? "" : `, times out in ${left}`;
  return `${step.waiting === "poll" ? "waiting " : ""}${clockTime(elapsed)}${attempt}${timeout}`;
}
