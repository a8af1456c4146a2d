// `sequitur runs show ID`: one run from its journal, as it would have looked while it ran, with the output of failed steps.
import { sequenceTitle } from "@sequitur/runtime/plan";
import { readRun } from "@sequitur/runtime";
import type { RunHistory } from "@sequitur/runtime";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { createRunTree } from "../live/run-tree.ts";
import { symbolsFor } from "../live/symbols.ts";
import { paintFor } from "../render/paint.ts";
import type { Paint } from "../render/paint.ts";
import { printable } from "../render/printable.ts";
import { timeSpan } from "../render/time-span.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { findRun } from "../run/find-run.ts";
import { outputFile, outputTail } from "../run/output-tail.ts";
import { failureLines, stateRole, stateWords } from "../run/run-summary.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function showRun(call: Call<"runs show">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const stateFolder = stateFolderOf(options.state, surroundings);
  const found = await findRun(stateFolder, call.arguments.id);
  if (found.kind === "none") return wrongCall(surroundings, found.why, "`sequitur runs` lists them.");
  const history = await readRun(stateFolder, found.run.id);
  if (history === null)
    return wrongCall(surroundings, `the run ${found.run.id} has no plan that can be read any more.`);
  const paint = paintFor(surroundings.stdout, options.color, surroundings.environment);
  const text = options.format === "json" ? asJson(history) : asText(history, paint, surroundings);
  surroundings.stdout.write(text);
  return history.damage === undefined ? exitCode.done : exitCode.unverified;
}

function asText(history: RunHistory, paint: Paint, surroundings: Surroundings): string {
  const tree = createRunTree(undefined, paint, symbolsFor(surroundings.environment, surroundings.platform));
  const lines = history.events.flatMap((event) => {
    const shown = tree.take(event, 0);
    if (event.kind !== "step.ended" || event.state === "succeeded") return shown;
    const lead = "  ".repeat(event.path.length + 3);
    const tail = outputTail(history.folder, event.execution);
    return [...shown, ...tail.map((line) => `${lead}${paint("faint", "|")} ${printable(line)}`)];
  });
  const took = history.duration === undefined ? "" : ` after ${timeSpan(history.duration)}`;
  const title = printable(sequenceTitle(history.sequence, history.title));
  return [
    ...lines,
    "",
    `${paint("strong", title)} ${paint(stateRole(history.state), stateWords[history.state])}${took}`,
    ...(history.damage === undefined ? [] : [`  ${printable(history.damage)}`]),
    ...(history.failure === undefined ? [] : failureLines(history.failure)),
    `  started ${history.started} on ${printable(history.host)}, last seen ${history.lastSeen}`,
    `  plan ${history.plan}`,
    `  logs: ${printable(history.folder)}`,
    "",
  ].join("\n");
}

/** All that the journal tells, and where the output of each step lies; without the events, which `--events` records. */
function asJson(history: RunHistory): string {
  const { events: _events, steps, ...rest } = history;
  const withOutput = steps.map((step) => {
    if (step.execution === undefined) return step;
    const stdout = outputFile(history.folder, step.execution, "stdout");
    const stderr = outputFile(history.folder, step.execution, "stderr");
    return { ...step, ...(stdout === undefined ? {} : { stdout }), ...(stderr === undefined ? {} : { stderr }) };
  });
  return `${JSON.stringify({ ...rest, steps: withOutput }, null, 2)}\n`;
}
