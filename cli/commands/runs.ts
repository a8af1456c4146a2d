// `sequitur runs`: what ran on this machine, the latest first.
import { sequenceTitle } from "@sequitur/runtime/plan";
import { listRuns } from "@sequitur/runtime";
import type { RunSummary } from "@sequitur/runtime";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { paintFor } from "../render/paint.ts";
import type { Paint } from "../render/paint.ts";
import { displayWidth, printable } from "../render/printable.ts";
import { timeSpan } from "../render/time-span.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { stateRole } from "../run/run-summary.ts";
import type { Call } from "./table.ts";

export async function showRuns(call: Call<"runs">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const stateFolder = stateFolderOf(options.state, surroundings);
  const runs = await listRuns(stateFolder);
  if (options.format === "json") {
    surroundings.stdout.write(`${JSON.stringify(runs, null, 2)}\n`);
  } else if (runs.length === 0) {
    surroundings.stderr.write(`no runs under ${printable(stateFolder)}\n`);
  } else {
    surroundings.stdout.write(table(runs, paintFor(surroundings.stdout, options.color, surroundings.environment)));
  }
  return exitCode.done;
}

function table(runs: readonly RunSummary[], paint: Paint): string {
  const rows = runs.map((run) => [
    run.id,
    run.state,
    `${run.started.slice(0, 19).replace("T", " ")}Z`,
    run.duration === undefined ? "" : timeSpan(run.duration),
    printable(sequenceTitle(run.sequence, run.title)),
  ]);
  const heads = ["run", "state", "started", "took", "sequence"];
  const widths = heads.map((head, column) =>
    Math.max(...[heads, ...rows].map((row) => displayWidth(row[column] ?? ""))),
  );
  const pad = (text: string, column: number): string =>
    column === heads.length - 1 ? text : text + " ".repeat((widths[column] ?? 0) - displayWidth(text));
  const lines = rows.map((row, index) =>
    row
      .map((cell, column) => {
        const padded = pad(cell, column);
        const state = runs[index]?.state;
        return column === 1 && state !== undefined ? paint(stateRole(state), padded) : padded;
      })
      .join("  "),
  );
  return `${paint("faint", heads.map(pad).join("  "))}\n${lines.join("\n")}\n`;
}
