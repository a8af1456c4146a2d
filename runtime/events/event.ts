// The event stream of a run (version 1): one JSON object a line. Terminals, logs, reports and the fleet read this and
// nothing else. Events with `id` stand for a journal record and are sent after it is durable; the same record always gives
// the same id, so receivers can drop doubles. `step.output` and `step.progress` have none and are best effort.

export const eventVersion = 1;

/** Where in the source. */
export interface EventPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A part of a condition with the value it had; secrets are never among them. */
export interface DecidedPart {
  /** As in the source: `site`. */
  readonly text: string;
  /** As people read it: `"RTM"`, `3`, `absent`. */
  readonly value: string;
}

export type RunState =
  | "checking"
  | "running"
  | "restarting"
  | "restart-due"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "stopped"
  | "refused"
  | "damaged"
  /** There is no end, and nobody holds the lock: it can be resumed. Never stored. */
  | "interrupted"
  /** The journal can't be written, or Sequitur itself is wrong: nothing more runs. Never stored; what is stored can be resumed. */
  | "halted";

export type StepState = "succeeded" | "failed" | "failed-continued";

interface EventOf<K extends string> {
  readonly v: typeof eventVersion;
  /** The run's id. */
  readonly run: string;
  /** `run/q` of the record behind it. */
  readonly id?: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly kind: K;
  /** Names of the groups, loops and calls around it, outermost first; the step's own name is `name`. */
  readonly path: readonly string[];
  readonly at?: EventPlace;
}

interface OfStep<K extends string> extends EventOf<K> {
  /** Number of the execution in the run. */
  readonly execution: number;
  readonly node: number;
  readonly name: string;
}

export interface RunFailure {
  readonly name: string;
  readonly code: number;
  readonly reason: string;
  readonly message: string;
  readonly at?: EventPlace;
  readonly path: readonly string[];
  /** The failure that this one replaced, and failures of `finally` blocks attached to it. */
  readonly cause?: RunFailure;
  readonly attached?: readonly RunFailure[];
}

export type RunEvent =
  | (EventOf<"run.started"> & { readonly sequence: string; readonly title: string; readonly plan: string })
  | (EventOf<"run.checked"> & { readonly problems: readonly string[] })
  | (EventOf<"run.resumed"> & { readonly boot: string })
  | (EventOf<"run.ended"> & {
      readonly state: RunState;
      readonly failure?: RunFailure;
      readonly duration: number;
      readonly failures: number;
      readonly outputs?: { readonly [name: string]: unknown };
    })
  | (EventOf<"group.entered"> & { readonly node: number; readonly name: string; readonly item?: number })
  | (EventOf<"group.ended"> & {
      readonly node: number;
      readonly name: string;
      readonly state: StepState;
      readonly handled?: boolean;
    })
  | (OfStep<"step.started"> & { readonly attempt: number; readonly what: string; readonly timeout?: number })
  | (Omit<OfStep<"step.output">, "id"> & { readonly stream: "stdout" | "stderr"; readonly text: string })
  | (Omit<OfStep<"step.progress">, "id"> & { readonly text: string })
  | (OfStep<"step.retrying"> & {
      readonly attempt: number;
      readonly delay: number;
      readonly code: number;
      readonly message: string;
    })
  | (OfStep<"step.ended"> & {
      readonly state: StepState;
      readonly code: number;
      readonly reason: string;
      readonly message: string;
      readonly duration: number;
      readonly attempts: number;
    })
  | (EventOf<"step.skipped"> & {
      readonly node: number;
      readonly name: string;
      readonly why: "condition" | "disabled";
      readonly condition?: string;
      readonly parts?: readonly DecidedPart[];
    })
  | (EventOf<"decision"> & {
      readonly node: number;
      readonly name: string;
      readonly outcome: boolean;
      readonly condition?: string;
      readonly parts: readonly DecidedPart[];
    })
  | (EventOf<"variable.set"> & { readonly name: string; readonly value: string })
  | (EventOf<"log"> & { readonly text: string })
  | (OfStep<"wait.started"> & { readonly duration: number; readonly poll: boolean })
  | (OfStep<"wait.ended"> & { readonly result: "elapsed" | "true" | "expired" | "cut" })
  | (EventOf<"restart.asked"> & { readonly to: string })
  | (EventOf<"restart.seen"> & { readonly phase: string })
  | (EventOf<"signal"> & { readonly signal: "cancel" | "deadline"; readonly now: boolean });
