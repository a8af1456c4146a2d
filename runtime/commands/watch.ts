// What `run` and `resume` have in common: lines and events while it goes on, interrupts, and how it ended.
import { createEventWriter } from "../events/event-writer.ts";
import type { RunEvent } from "../events/event.ts";
import { escapeControls, plainLine } from "../events/plain-lines.ts";
import type { CancelOrder, RunResult } from "../run/run-options.ts";
import { exitCodeOf, type ExitCode } from "../run/exit-code.ts";
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
  const interrupts = cancelAtInterrupt(surroundings);
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

/** The first interrupt cancels; the second leaves, and the run stays as after a crash. */
function cancelAtInterrupt(surroundings: Surroundings): { readonly order: CancelOrder; stop(): void } {
  const listeners: (() => void)[] = [];
  let requested: CancelOrder["requested"] = null;
  const stop = surroundings.onInterrupt(() => {
    if (requested !== null) return surroundings.leave();
    requested = "now";
    surroundings.stderr.write("cancelling; a second interrupt leaves at once, and `resume` goes on then\n");
    for (const listener of listeners) listener();
  });
  const order: CancelOrder = {
    get requested() {
      return requested;
    },
    onRequest: (listener) => listeners.push(listener),
  };
  return { order, stop };
}
