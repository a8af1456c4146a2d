// `runs` and `runs show ID`: what ran on this machine, from the journals.
import { resolve } from "node:path";
import { elapsed, escapeControls, partsText, plainLine } from "../events/plain-lines.ts";
import { listRuns, readRun, type RunHistory, type RunSummary, type StepHistory } from "../run/history.ts";
import type { Command } from "./command.ts";
import { exitCode } from "../run/exit-code.ts";
import { UsageError } from "./surroundings.ts";

export const runs: Command = {
  usage: "runs [show ID] [options]",
  summary: "what ran here, and how it ended",
  example: "runs show 20270109-220000-3f9a",
  options: {
    state: { type: "string", value: "DIR", help: "where the journals are" },
    format: { type: "string", value: "text|json", help: "how to write it" },
  },
  async run({ positionals, text }, surroundings) {
    const { stdout, stderr } = surroundings;
    const stateFolder = resolve(surroundings.folder, text("state") ?? surroundings.stateFolder);
    const format = text("format") ?? "text";
    if (format !== "text" && format !== "json") throw new UsageError("--format is text or json.");
    const [show, id, ...rest] = positionals;
    if (show === undefined) {
      const all = await listRuns(stateFolder);
      stdout.write(format === "json" ? `${JSON.stringify(all, null, 2)}\n` : all.map(summaryLine).join(""));
      return exitCode.done;
    }
    if (show !== "show" || id === undefined || rest.length > 0)
      throw new UsageError("runs takes nothing, or: show ID.");
    const run = await readRun(stateFolder, id);
    if (run === null) {
      stderr.write(`There is no run ${id} under ${stateFolder}.\n`);
      return exitCode.problem;
    }
    stdout.write(format === "json" ? `${JSON.stringify(run, null, 2)}\n` : historyText(run));
    return exitCode.done;
  },
};

function summaryLine({ id, state, started, duration, title, sequence }: RunSummary): string {
  const took = duration === undefined ? "" : elapsed(duration);
  const name = escapeControls(title === "" ? sequence : title);
  return `${id}  ${state.padEnd(11)}  ${started}  ${took.padEnd(8)}  ${name}\n`;
}

function historyText(run: RunHistory): string {
  const problems = run.events.flatMap((event) => (event.kind === "run.checked" ? event.problems : []));
  const lines = [...problems.map((problem) => `  ${escapeControls(problem)}\n`), ...run.steps.map(stepLine)];
  const ended = run.events.findLast((event) => event.kind === "run.ended");
  const end = ended === undefined ? null : plainLine(ended);
  const damage = run.damage === undefined ? "" : `${run.damage}\n`;
  return `${summaryLine(run)}${lines.join("")}${end === null ? "" : `${end}\n`}${damage}`;
}

function stepLine(step: StepHistory): string {
  const place = step.at === undefined ? "" : `  (${step.at.file}:${step.at.line})`;
  const took = step.duration === undefined ? "" : elapsed(step.duration);
  const tries = (step.attempts ?? 1) > 1 ? `, ${step.attempts ?? 1} attempts` : "";
  const why = step.message === undefined || step.message === "" ? whySkipped(step) : `: ${step.message}`;
  const told = `${[...step.path, step.name].join(" / ")}${why}${tries}${place}`;
  return `  ${step.state.padEnd(16)} ${took.padEnd(8)} ${escapeControls(told)}\n`;
}

function whySkipped({ condition, parts }: StepHistory): string {
  return condition === undefined ? "" : `: ${condition} is false${partsText(parts ?? [])}`;
}
