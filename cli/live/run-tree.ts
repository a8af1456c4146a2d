// The tree of groups and steps that a run draws as it goes: finished steps as lines that stay, the running step as live
// lines below them (live-line.ts). Reads events alone; knows nothing of terminals.
import { sequenceTitle } from "@sequitur/runtime/plan";
import type { DecidedPart, RunEvent } from "@sequitur/runtime";
import type { Plan } from "@sequitur/runtime/plan";
import type { Paint } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import { timeSpan } from "../render/time-span.ts";
import type { LiveLine } from "./live-region.ts";
import { liveLinesOf, saidBy } from "./running-step.ts";
import type { RunningStep } from "./running-step.ts";
import type { Symbols } from "./symbols.ts";

export interface RunTree {
  /** Takes an event and gives the lines that stay. `now` is in milliseconds on a clock that never goes back. */
  take(event: RunEvent, now: number): readonly string[];
  /** What is going on. `output` gives the last line that an execution wrote. */
  live(now: number, output: (execution: number) => string): readonly LiveLine[];
}

type EventOfKind<K extends RunEvent["kind"]> = Extract<RunEvent, { kind: K }>;

interface TreeState {
  readonly paint: Paint;
  readonly symbols: Symbols;
  /** By execution; the last one is the innermost. */
  readonly running: Map<number, RunningStep>;
  /** Names of the groups, loops and calls whose headings stand above the next line. */
  headed: readonly string[];
}

/** `plan` tells how many tries a step has at most; without it that is left out. */
export function createRunTree(plan: Plan | undefined, paint: Paint, symbols: Symbols): RunTree {
  const state: TreeState = { paint, symbols, running: new Map(), headed: [] };
  return {
    take: (event, now) => linesFor(state, event, now),
    live(now, output) {
      const innermost = [...state.running].at(-1);
      if (innermost === undefined) return [];
      const [execution, step] = innermost;
      const said = step.said === "" ? saidBy(output(execution)) : step.said;
      return liveLinesOf({ ...step, said }, plan, symbols, paint, now);
    },
  };
}

function linesFor(state: TreeState, event: RunEvent, now: number): readonly string[] {
  const { paint } = state;
  switch (event.kind) {
    case "run.started":
      return [
        `${paint("strong", printable(sequenceTitle(event.sequence, event.title)))} ${paint("faint", `run ${event.run}`)}`,
      ];
    case "run.checked":
      return event.problems.map((problem) => `  ${paint("error", "!")} ${printable(problem)}`);
    case "run.resumed":
      return [paint("faint", `run ${event.run} goes on`)];
    case "group.entered":
      return groupEntered(state, event);
    case "group.ended":
      return groupEnded(state, event);
    case "step.started":
      return stepStarted(state, event, now);
    case "step.output":
      return update(state, event.execution, { said: saidBy(event.text) });
    case "step.progress":
      return update(state, event.execution, { said: printable(event.text) });
    case "step.retrying":
      update(state, event.execution, { waiting: "retry", since: now, timeout: event.delay });
      return below(state, event, paint("faint", `  ${retryText(event)}`));
    case "step.ended":
      return stepEnded(state, event);
    case "step.skipped":
      return stepSkipped(state, event);
    case "wait.started":
      return update(state, event.execution, {
        waiting: event.poll ? "poll" : "wait",
        since: now,
        timeout: event.duration,
      });
    case "wait.ended":
      return update(state, event.execution, { waiting: "no", since: now, timeout: undefined });
    case "log":
      return below(state, event, printable(event.text));
    case "restart.asked":
      return below(state, event, `${state.symbols.restart} restarting to ${printable(event.to)}`);
    case "restart.seen":
      return [paint("faint", `  ${state.symbols.restart} back after the restart, in ${event.phase}`)];
    case "signal":
      return [paint("warning", `  ${signalText(event)}`)];
    case "decision":
    case "variable.set":
    case "run.ended":
      return [];
  }
}

/** The headings that lack above a line in this path: they come late when a run goes on in the middle of a group. */
function headings(state: TreeState, path: readonly string[]): readonly string[] {
  const differs = path.findIndex((name, index) => state.headed[index] !== name);
  const from = differs < 0 ? path.length : differs;
  state.headed = path;
  return path.slice(from).map((name, index) => `${indent(from + index)}${state.paint("strong", printable(name))}`);
}

function below(state: TreeState, event: RunEvent, text: string): readonly string[] {
  return [...headings(state, event.path), `${indent(event.path.length)}${text}`];
}

function indent(depth: number): string {
  return "  ".repeat(depth + 1);
}

function update(state: TreeState, execution: number, change: Partial<RunningStep>): readonly string[] {
  const step = state.running.get(execution);
  if (step !== undefined) state.running.set(execution, { ...step, ...change });
  return [];
}

function stepStarted(state: TreeState, event: EventOfKind<"step.started">, now: number): readonly string[] {
  const isRetry = state.running.has(event.execution);
  state.running.set(event.execution, {
    name: printable(event.name),
    depth: event.path.length,
    node: event.node,
    attempt: event.attempt,
    since: now,
    timeout: event.timeout,
    said: "",
    waiting: "no",
  });
  return isRetry ? [] : headings(state, event.path);
}

function stepEnded(state: TreeState, event: EventOfKind<"step.ended">): readonly string[] {
  const { paint, symbols } = state;
  state.running.delete(event.execution);
  const tries = event.attempts > 1 ? `, ${event.attempts} tries` : "";
  const took = paint("faint", `${timeSpan(event.duration)}${tries}`);
  const lead = indent(event.path.length);
  const name = printable(event.name);
  const above = headings(state, event.path);
  if (event.state === "succeeded") return [...above, `${lead}${paint("good", symbols.succeeded)} ${name}  ${took}`];
  const kept = event.state === "failed-continued" ? ", the sequence continues" : "";
  return [
    ...above,
    `${lead}${paint("error", symbols.failed)} ${name}  ${took}${kept}`,
    `${lead}    ${printable(event.message)}${paint("faint", placeOf(event))}`,
  ];
}

function stepSkipped(state: TreeState, event: EventOfKind<"step.skipped">): readonly string[] {
  const { paint } = state;
  const lead = indent(event.path.length);
  const why =
    event.why === "disabled" ? "disabled" : `skipped: ${printable(event.condition ?? "its condition")} is false`;
  const parts = partLines(event.parts ?? []);
  return [
    ...headings(state, event.path),
    `${lead}${paint("faint", `${state.symbols.skipped} ${printable(event.name)}  ${why}${placeOf(event)}`)}`,
    ...parts.map((line) => `${lead}    ${paint("faint", line)}`),
  ];
}

/** A loop enters its body anew for each item: each has a heading of its own. */
function groupEntered(state: TreeState, event: EventOfKind<"group.entered">): readonly string[] {
  const path = [...event.path, event.name];
  if (event.item === undefined) return headings(state, path);
  const above = headings(state, event.path);
  state.headed = path;
  const name = `${printable(event.name)} ${state.paint("faint", `item ${event.item}`)}`;
  return [...above, `${indent(event.path.length)}${name}`];
}

function groupEnded(state: TreeState, event: EventOfKind<"group.ended">): readonly string[] {
  const above = headings(state, event.path);
  if (event.state === "succeeded") return above;
  const how = event.state === "failed" ? "failed" : event.handled === true ? "failed, handled" : "failed, continues";
  const name = state.paint("strong", printable(event.name));
  return [...above, `${indent(event.path.length)}${state.paint("error", state.symbols.failed)} ${name}  ${how}`];
}

/** `device.chassis = 3`, one a line. */
export function partLines(parts: readonly DecidedPart[]): readonly string[] {
  return parts.map((part) => `${printable(part.text)} = ${printable(part.value)}`);
}

function placeOf(event: RunEvent): string {
  return event.at === undefined ? "" : ` (${printable(event.at.file)}:${event.at.line})`;
}

function retryText(event: EventOfKind<"step.retrying">): string {
  const again = timeSpan(event.delay);
  return `${printable(event.name)}: ${printable(event.message)}; try ${event.attempt} in ${again}`;
}

function signalText(event: EventOfKind<"signal">): string {
  if (event.signal === "deadline") return "the time of the group is over";
  return event.now ? "cancelling: the running step is ended" : "cancelling after the running step";
}
