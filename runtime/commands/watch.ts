// What `run` and `resume` have in common: lines and events while it goes on, interrupts, and how it ended.
import { createEventWriter } from "../events/event-writer.ts";
import type { RunEvent } from "../events/event.ts";
import { escapeControls, plainLine } from "../events/plain-lines.ts";
import type { CancelOrder, RunResult } from "../run/run-options.ts";
import { exitCodeOf, type ExitCode } from "../run/exit-code.ts";
import { cancelAtInterrupt } from "../run/interrupt-order.ts";
import { UsageError, type Surroundings } from "./surroundings.ts";

export interface Watch {
  readonly onEvent: (event: RunEvent) => void;
  readonly cancel: CancelOrder;
}

/** Runs, shows what happens, and says how it ended. */
export async function watch(
  eventFile: string | undefined,
  surroundings: Surroundings,
  begin: (watch: Watch) => Promise<RunResult>,
): Promise<ExitCode> {
  const { stderr } = surroundings;
  const events = eventFile === undefined ? null : openEvents(eventFile);
  const interrupts = cancelAtInterrupt((listener) => surroundings.onInterrupt(listener), {
    cancelling: () => stderr.write("cancelling; a second interrupt leaves the run as it is\n"),
    leaving: () => surroundings.leave(),
  });
  try {
    const result = await begin({
      cancel: interrupts.order,
      onEvent: (event) => {
        events?.write(event);
        // Why a run was refused is told at its end.
        const line = event.kind === "run.checked" ? null : plainLine(event);
        if (line !== null) stderr.write(`${line}\n`);
      },
    });
    for (const problem of result.problems) stderr.write(`${escapeControls(problem)}\n`);
    return exitCodeOf(result);
  } finally {
    interrupts.stop();
    events?.close();
  }
}

function openEvents(file: string): ReturnType<typeof createEventWriter> {
  try {
    return createEventWriter(file);
  } catch (error) {
    throw new UsageError(`${file} can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
