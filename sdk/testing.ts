// Calls an action in a test of its author, in the test's own process: typed input in, what it returned and said out.
import type { ActionContext } from "./index.ts";

export interface CallOptions {
  readonly phase?: ActionContext["phase"];
  readonly platform?: ActionContext["platform"];
  /** Abort it to see what the action does when its time is up. */
  readonly signal?: AbortSignal;
}

export interface CalledAction<Output> {
  readonly output: Output;
  /** Lines that it logged, in order. */
  readonly log: readonly string[];
  readonly progress: readonly string[];
}

/**
 * Rejects with what the action throws. Input and output go through JSON, as they do in a run, so that what would be lost on
 * the way (a date, a function) is lost here too.
 */
export async function callAction<Input, Output>(
  action: (input: Input, context: ActionContext) => Output | Promise<Output>,
  input: NoInfer<Input>,
  options: CallOptions = {},
): Promise<CalledAction<Output>> {
  const log: string[] = [];
  const progress: string[] = [];
  const context: ActionContext = {
    phase: options.phase ?? "fullos",
    platform: options.platform ?? "linux",
    signal: options.signal ?? new AbortController().signal,
    log: (line) => void log.push(line),
    progress: (line) => void progress.push(line),
  };
  const output = await action(throughJson(input), context);
  return { output: throughJson(output), log, progress };
}

function throughJson<T>(value: T): T {
  const text: string | undefined = JSON.stringify(value);
  return text === undefined ? value : (JSON.parse(text) as T);
}
