// The state of a run between two instructions: plain data. What a run is lies here and in the program; nothing else of the
// machine lives from one instruction to the next.
import type { ResolvedOperand, RestartTarget } from "../host.ts";
import type { Reason } from "../plan/state-fields.ts";
import type { Value } from "../plan/value.ts";
import type { Failure } from "./failure.ts";
import type { Request } from "./request.ts";

export interface StepResult {
  readonly succeeded: boolean;
  readonly code: number;
  readonly reason: Reason;
  readonly output?: Value;
}

/** What STEP reads: results of the steps of one call, by node. */
export interface StepResults {
  [node: number]: StepResult | undefined;
}

interface FrameBase {
  readonly node: number;
  /** Height of the operand stack when it was opened; raising cuts the stack to it. */
  readonly height: number;
}

export interface StepFrame extends FrameBase {
  readonly kind: "step";
  /** Number of the execution in the run, from 1. */
  readonly execution: number;
  phase: "deciding" | "operands" | "acting" | "verifying";
  /** Attempts begun. */
  attempt: number;
  /** Attempts that `retry` gave. */
  retries: number;
  interruptions: number;
  /** Kept for further attempts. */
  operands: readonly ResolvedOperand[];
  /** Address of its ACT, while it acts. */
  actAddress: number;
  /** How its effect ended well; null: it has none, or has not ended. */
  result: StepResult | null;
  /** The journal holds its final outcome. */
  recorded: boolean;
  /** Due at its end. */
  restart: RestartTarget | null;
  poll: { readonly address: number; pause: number; message: string } | null;
}

export interface GroupFrame extends FrameBase {
  readonly kind: "group";
  phase: "deciding" | "body" | "handler" | "finally";
  /** Time of the run at which the body, or a `finally` block that runs in a stop, is ended; null: no bound. */
  deadline: number | null;
  /** The failure being handled. */
  error: Failure | null;
  /** What goes on after `finally`; null: the body went well or was handled. */
  pending: Failure | null;
  handled: boolean;
  /** Its `finally` block took too long and was ended. */
  cut: boolean;
}

export interface LoopFrame extends FrameBase {
  readonly kind: "loop";
  readonly items: readonly Value[];
  /** Items begun. */
  begun: number;
}

export interface CallFrame extends FrameBase {
  readonly kind: "call";
  readonly sequence: number;
  readonly returnTo: number;
  /** The caller's. */
  readonly slots: (Value | undefined)[];
  readonly steps: StepResults;
}

export type Frame = StepFrame | GroupFrame | LoopFrame | CallFrame;

export interface LastStep {
  readonly name: string;
  readonly succeeded: boolean;
  readonly code: number;
  readonly reason: Reason;
}

/** What does not change in a run, and is an input of it. */
export interface RunFacts {
  readonly id: string;
  readonly started: string;
  readonly logs: string;
}

export interface MachineState {
  pc: number;
  readonly frames: Frame[];
  readonly stack: Value[];
  /** Of the present call; undefined: not set. */
  slots: (Value | undefined)[];
  steps: StepResults;
  /** By index; absent: unset. */
  readonly globals: { [global: number]: string };
  /** Counts changes of `globals`. */
  globalsVersion: number;
  last: LastStep;
  readonly run: RunFacts;
  restarts: number;
  /** Steps that failed and were kept by their own `continue on error`. */
  failures: number;
  /** Executions of steps begun. */
  executions: number;
  /** Steps, groups and items opened. */
  opened: number;
  /** Instructions since the last boundary. */
  instructions: number;
  /** Values of parts of the condition that is being evaluated. */
  notes: (readonly [part: number, value: Value])[];
  /** A cancel that waits for the end of a `finally` block. */
  deferredCancel: boolean;
  /** Boundaries since the driver had its turn. */
  boundaries: number;
  /** The question that is open. */
  asked: Request | null;
}
