// The tree of groups and steps that a run draws as it goes: finished steps as lines that stay, the running step as live
// lines below them. Reads events alone; knows nothing of terminals but widths.
import type { DecidedPart, RunEvent } from "@sequitur/runtime";
import type { Plan } from "@sequitur/runtime/plan";
import { clockTime, timeSpan } from "../render/time-span.ts";
import type { Paint } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import type { LiveLine } from "./live-region.ts";
import type { Symbols } from "./symbols.ts";

export interface RunTree {
  /** Takes an event and gives the lines that stay. `now` is in milliseconds on a clock that never goes back. */
  take(event: RunEvent, now: number): readonly string[];
  /** What is going on. */
  live(now: number): readonly LiveLine[];
}

type EventOfKind<K extends RunEvent["kind"]> = Extract<RunEvent, { kind: K }>;

interface Running {
  readonly name: string;
  readonly depth: number;
  readonly node: number;
  attempt: number;
  /** When the attempt began. */
  since: number;
  timeout: number | undefined;
  /** What it says: the last line of its output, or its progress. */
  said: string;
  waiting: "no" | "retry" | "wait" | "poll";
}

export function createRunTree(plan: Plan, paint: Paint, symbols: Symbols): RunTree {
  /** By execution; the last one is the innermost. */
  const running = new Map<number, Running>();
  /** Names of the groups, loops and calls whose headings stand above the next line. */
  let headed: readonly string[] = [];

  const indent = (depth: number): string => "  ".repeat(depth + 1);
  const headings = (path: readonly string[]): readonly string[] => {
    const common = path.findIndex((name, index) => headed[index] !== name);
    const from = common < 0 ? path.length : common;
    headed = path;
    return path.slice(from).map((name, index) => `${indent(from + index)}${paint("strong", printable(name))}`);
  };
  const place = (event: RunEvent): string =>
    event.at === undefined ? "" : ` at ${printable(event.at.file)}:${event.at.line}`;

  const started = (event: EventOfKind<"step.started">, now: number): readonly string[] => {
    const before = running.get(event.execution);
    running.set(event.execution, {
      name: printable(event.name),
      depth: event.path.length,
      node: event.node,
      attempt: event.attempt,
      since: now,
      timeout: event.timeout,
      said: "",
      waiting: "no",
    });
    return before === undefined ? headings(event.path) : [];
  };

  const ended = (event: EventOfKind<"step.ended">): readonly string[] => {
    running.delete(event.execution);
    const tries = event.attempts > 1 ? `, ${event.attempts} tries` : "";
    const took = paint("faint", `${timeSpan(event.duration)}${tries}`);
    const lead = indent(event.path.length);
    const name = printable(event.name);
    if (event.state === "succeeded") {
      return [...headings(event.path), `${lead}${paint("good", symbols.succeeded)} ${name}  ${took}`];
    }
    const kept = event.state === "failed-continued" ? ", continued" : "";
    const code = event.code >= 0 ? `code ${event.code}, ` : "";
    return [
      ...headings(event.path),
      `${lead}${paint("error", symbols.failed)} ${name}  ${took}${kept}`,
      `${lead}    ${printable(event.message)} ${paint("faint", `(${code}${event.reason}${place(event)})`)}`,
    ];
  };

  const skipped = (event: EventOfKind<"step.skipped">): readonly string[] => {
    const lead = indent(event.path.length);
    const why =
      event.why === "disabled" ? "disabled" : `skipped: ${printable(event.condition ?? "its condition")} is false`;
    return [
      ...headings(event.path),
      `${lead}${paint("faint", `${symbols.skipped} ${printable(event.name)}  ${why}${place(event)}`)}`,
      ...partLines(event.parts ?? []).map((line) => `${lead}    ${paint("faint", line)}`),
    ];
  };

  const groupEnded = (event: EventOfKind<"group.ended">): readonly string[] => {
    const above = headings(event.path);
    if (event.state === "succeeded") return above;
    const how = event.state === "failed" ? "failed" : event.handled === true ? "failed, handled" : "failed, continued";
    const lead = indent(event.path.length);
    return [...above, `${lead}${paint("error", symbols.failed)} ${paint("strong", printable(event.name))}  ${how}`];
  };

  const note = (event: RunEvent, text: string): readonly string[] => [
    ...headings(event.path),
    `${indent(event.path.length)}${text}`,
  ];

  const update = (execution: number, change: Partial<Running>): readonly string[] => {
    const step = running.get(execution);
    if (step !== undefined) Object.assign(step, change);
    return [];
  };

  return {
    take(event, now) {
      switch (event.kind) {
        case "run.started":
          return [`${paint("strong", printable(event.title))} ${paint("faint", `run ${event.run}`)}`];
        case "run.checked":
          return event.problems.map((problem) => `${indent(0)}${paint("error", "!")} ${printable(problem)}`);
        case "run.resumed":
          return [paint("faint", `run ${event.run} goes on`)];
        case "group.entered":
          return headings([...event.path, event.name]);
        case "group.ended":
          return groupEnded(event);
        case "step.started":
          return started(event, now);
        case "step.output":
          return update(event.execution, saidBy(event.text));
        case "step.progress":
          return update(event.execution, { said: printable(event.text) });
        case "step.retrying":
          update(event.execution, { waiting: "retry", since: now, timeout: event.delay });
          return note(
            event,
            paint(
              "faint",
              `  try ${event.attempt} of ${printable(event.name)}: ${printable(event.message)}; again in ${timeSpan(event.delay)}`,
            ),
          );
        case "step.ended":
          return ended(event);
        case "step.skipped":
          return skipped(event);
        case "wait.started":
          return update(event.execution, {
            waiting: event.poll ? "poll" : "wait",
            since: now,
            timeout: event.duration,
          });
        case "wait.ended":
          return update(event.execution, { waiting: "no", since: now, timeout: undefined });
        case "log":
          return note(event, printable(event.text));
        case "restart.asked":
          return note(event, `${symbols.restart} restarting to ${printable(event.to)}`);
        case "restart.seen":
          return [paint("faint", `  ${symbols.restart} back after the restart, in ${event.phase}`)];
        case "signal":
          return [signalText(event, paint)];
        case "decision":
        case "variable.set":
        case "run.ended":
          return [];
      }
    },
    live: (now) => [...running.values()].slice(-1).flatMap((step) => liveLines(step, plan, symbols, paint, now)),
  };
}

function signalText(event: EventOfKind<"signal">, paint: Paint): string {
  if (event.signal === "deadline") return paint("warning", "  the group's time is over");
  return paint(
    "warning",
    event.now ? "  cancelling: the running step is ended" : "  cancelling after the running step",
  );
}

function saidBy(output: string): Partial<Running> {
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  // A carriage return draws over what stood before it: only the last part is what a person would see.
  return last === "" ? {} : { said: printable(last.split("\r").findLast((part) => part.trim() !== "") ?? "") };
}

/** `device.chassis = 3`, one a line. */
export function partLines(parts: readonly DecidedPart[]): readonly string[] {
  return parts.map((part) => `${printable(part.text)} = ${printable(part.value)}`);
}

function liveLines(step: Running, plan: Plan, symbols: Symbols, paint: Paint, now: number): readonly LiveLine[] {
  const lead = "  ".repeat(step.depth + 1);
  const line = `${lead}${symbols.running} ${step.name}  ${progressOf(step, plan, now)}`;
  const head: LiveLine = { text: line, paint: (text) => paint("info", text) };
  return step.said === "" ? [head] : [head, { text: `${lead}    ${step.said}`, paint: (text) => paint("faint", text) }];
}

function progressOf(step: Running, plan: Plan, now: number): string {
  const elapsed = now - step.since;
  const left = step.timeout === undefined ? "" : clockTime(step.timeout - elapsed);
  if (step.waiting === "retry") return `next try in ${left}`;
  if (step.waiting === "wait") return `waiting, ${left} left`;
  const node = plan.nodes[step.node];
  const most = node?.kind === "step" && node.retry !== undefined ? ` of ${node.retry.count + 1}` : "";
  const attempt = step.attempt > 1 ? `, try ${step.attempt}${most}` : "";
  const timeout = step.timeout === undefined ? "" : `, times out in ${left}`;
  return `${step.waiting === "poll" ? "waiting " : ""}${clockTime(elapsed)}${attempt}${timeout}`;
}
