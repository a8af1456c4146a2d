// One process of one execution from start to end: started, watched, cut when its time is up or the run wants it gone.
import type { Cancellation } from "../host.ts";
import { endTree } from "./end-tree.ts";
import { startTimeOf } from "./process-table.ts";
import type { ProcessStarter, StartRequest } from "./start.ts";

export type ProcessResult =
  | { readonly kind: "ended"; readonly code: number; readonly signal: number }
  | { readonly kind: "cut"; readonly reason: "timeout" | "deadline" | "cancelled" }
  | { readonly kind: "start"; readonly problem: string };

export interface ProcessBounds {
  /** Milliseconds from the start; absent: none. */
  readonly timeout?: number;
  readonly cancellation: Cancellation;
  /** It is not killed, whatever asks for its end: the caller sees to that when it has ended. */
  readonly uncuttable?: boolean;
  spawned(process: { readonly id: number; readonly started: string; readonly group: number }): void;
}

/** Never rejects. A tree that was cut is gone when this resolves. */
export async function runProcess(
  starter: ProcessStarter,
  request: StartRequest,
  mark: string,
  bounds: ProcessBounds,
): Promise<ProcessResult> {
  const started = await starter.start(request);
  if ("problem" in started) return { kind: "start", problem: started.problem };
  const { id, group, isOver } = started;
  bounds.spawned({ id, started: isOver ? "" : startTimeOf(id), group });
  const cut = cutOf(bounds);
  try {
    const first = await (bounds.uncuttable === true ? started.ended : Promise.race([started.ended, cut.asked]));
    if (typeof first !== "string") {
      return "problem" in first ? { kind: "start", problem: first.problem } : { kind: "ended", ...first };
    }
    await endTree({ id, group, mark });
    await started.ended;
    return { kind: "cut", reason: first };
  } finally {
    cut.dispose();
  }
}

/** What asks for the process's end before it comes by itself. */
function cutOf(bounds: ProcessBounds): {
  readonly asked: Promise<"timeout" | "deadline" | "cancelled">;
  dispose(): void;
} {
  let timer: NodeJS.Timeout | undefined;
  const asked = new Promise<"timeout" | "deadline" | "cancelled">((resolve) => {
    const look = (): void => {
      if (bounds.cancellation.requested !== null) resolve(bounds.cancellation.requested);
    };
    look();
    bounds.cancellation.onRequest(look);
    if (bounds.timeout !== undefined)
      timer = longTimeout(
        bounds.timeout,
        () => resolve("timeout"),
        (t) => (timer = t),
      );
  });
  return { asked, dispose: () => clearTimeout(timer) };
}

/** `setTimeout` for times beyond its 24 days. */
function longTimeout(milliseconds: number, act: () => void, replaced: (timer: NodeJS.Timeout) => void): NodeJS.Timeout {
  const most = 2 ** 31 - 1;
  if (milliseconds <= most) return setTimeout(act, milliseconds);
  return setTimeout(() => replaced(longTimeout(milliseconds - most, act, replaced)), most);
}
