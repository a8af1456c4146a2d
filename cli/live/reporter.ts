// Shows a run while it goes: a live tree on a terminal, else plain lines as they come.
import { join } from "node:path";
import { plainLine } from "@sequitur/runtime";
import type { RunEvent } from "@sequitur/runtime";
import type { Plan } from "@sequitur/runtime/plan";
import type { Paint } from "../render/paint.ts";
import { outputTail } from "../run/output-tail.ts";
import type { Surroundings } from "../surroundings.ts";
import { createLiveRegion } from "./live-region.ts";
import { createRunTree } from "./run-tree.ts";
import { symbolsFor } from "./symbols.ts";

export interface Reporter {
  take(event: RunEvent): void;
  /** Says something that is no event. */
  note(text: string): void;
  /** Removes what is live; nothing is drawn any more. */
  close(): void;
}

/** Elapsed seconds change once a second; four looks a second keep them from jumping. */
const redrawEvery = 250;

/** The reporter that fits where progress goes: standard error. */
export function createReporter(plan: Plan, stateFolder: string, paint: Paint, surroundings: Surroundings): Reporter {
  const output = surroundings.stderr;
  const isLive = output.isTerminal && surroundings.environment["TERM"] !== "dumb";
  return isLive ? liveReporter(plan, stateFolder, paint, surroundings) : plainReporter(surroundings);
}

function plainReporter(surroundings: Surroundings): Reporter {
  return {
    take(event) {
      const line = plainLine(event);
      if (line !== null) surroundings.stderr.write(`${line}\n`);
    },
    note: (text) => surroundings.stderr.write(`${text}\n`),
    close: () => undefined,
  };
}

function liveReporter(plan: Plan, stateFolder: string, paint: Paint, surroundings: Surroundings): Reporter {
  const tree = createRunTree(plan, paint, symbolsFor(surroundings.environment, surroundings.platform));
  const region = createLiveRegion(surroundings.stderr);
  const now = (): number => performance.now();
  let run = "";
  const output = (execution: number): string => outputTail(join(stateFolder, "runs", run), execution).at(-1) ?? "";
  const redraw = (kept: readonly string[] = []): void => region.draw(kept, tree.live(now(), output));
  const timer = setInterval(redraw, redrawEvery);
  let closed = false;
  const unlisten = surroundings.stderr.onResize(() => redraw());
  return {
    take(event) {
      run = event.run;
      const kept = tree.take(event, now());
      // Output may come by the thousand lines a second: what it changes is drawn by the timer.
      if (kept.length > 0 || event.kind === "step.started") redraw(kept);
    },
    note: (text) => redraw([text]),
    close() {
      if (closed) return;
      closed = true;
      clearInterval(timer);
      unlisten();
      region.clear();
      surroundings.stderr.write("\n");
    },
  };
}
