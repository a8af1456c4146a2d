// The last words on a run: how it ended, how long it took, what failed and where, where more is to be found.
import type { RunFailure, RunResult, RunState } from "@sequitur/runtime";
import type { Paint, Role } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import { counted } from "../render/summary.ts";
import { timeSpan } from "../render/time-span.ts";
import type { RunTally } from "./run-tally.ts";

/** How a state reads in a sentence. */
export const stateWords: { readonly [K in RunState]: string } = {
  checking: "is being checked",
  running: "is running",
  restarting: "is restarting",
  "restart-due": "waits for a restart",
  succeeded: "succeeded",
  failed: "failed",
  cancelled: "was cancelled",
  stopped: "was stopped",
  refused: "was refused",
  damaged: "can't go on: its journal is damaged",
  interrupted: "was interrupted",
  halted: "was halted",
};

/** How a state is painted. */
export function stateRole(state: RunState): Role {
  switch (state) {
    case "succeeded":
      return "good";
    case "failed":
    case "damaged":
    case "refused":
    case "stopped":
    case "halted":
      return "error";
    case "checking":
    case "running":
    case "restarting":
    case "restart-due":
    case "cancelled":
    case "interrupted":
      return "warning";
  }
}

/** Several lines, with a line break at the end. `output` gives the last lines that an execution wrote. */
export function runSummary(
  title: string,
  result: RunResult,
  tally: RunTally,
  output: (execution: number) => readonly string[],
  paint: Paint,
): string {
  const took = tally.duration === undefined ? "" : ` after ${timeSpan(tally.duration)}`;
  const head = `${paint("strong", printable(title))} ${paint(stateRole(result.state), stateWords[result.state])}${took}`;
  const wasRun = result.id !== "" && result.folder !== "";
  const execution = result.failure === undefined ? undefined : tally.failedExecutions.get(result.failure.name);
  const tail = execution === undefined ? [] : output(execution);
  return [
    wasRun ? `${head}: ${stepCounts(tally)}` : head,
    ...result.problems.map((problem) => `  ${printable(problem)}`),
    ...(result.failure === undefined ? [] : failureLines(result.failure)),
    ...tail.map((line) => `    ${paint("faint", "|")} ${printable(line)}`),
    ...(wasRun ? [`  logs: ${printable(result.folder)}`, `  more: sequitur runs show ${result.id}`] : []),
    ...(result.state === "restart-due" ? ["  restart this machine, then: sequitur resume"] : []),
    "",
  ].join("\n");
}

function stepCounts(tally: RunTally): string {
  return [
    `${counted(tally.succeeded, "step")} ok`,
    ...(tally.failed > 0 ? [`${tally.failed} failed`] : []),
    ...(tally.skipped > 0 ? [`${tally.skipped} skipped`] : []),
  ].join(", ");
}

/** The failure, with what it replaced and what failed while cleaning up. */
export function failureLines(failure: RunFailure, lead = "  "): readonly string[] {
  const { at } = failure;
  const place = at === undefined ? "" : ` at ${printable(at.file)}:${at.line}:${at.column}`;
  const path = [...failure.path, failure.name].map(printable).join(" > ");
  return [
    `${lead}${path} failed${place}: ${printable(failure.message)}`,
    ...(failure.cause === undefined
      ? []
      : [`${lead}  while this was handled:`, ...failureLines(failure.cause, `${lead}    `)]),
    ...(failure.attached ?? []).flatMap((also) => [
      `${lead}  then, cleaning up:`,
      ...failureLines(also, `${lead}    `),
    ]),
  ];
}
