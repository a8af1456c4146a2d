// What the machine asks of the world, and what it may be told. The driver answers: from the journal while it replays, else
// live. Both answers are data; a replayed one is the same as the one that was given the first time.
import type { FactAnswer, Phase, ResolvedOperand, RestartTarget } from "../host.ts";
import type { FactName } from "../plan/facts.ts";
import type { Reason } from "../plan/state-fields.ts";
import type { Value } from "../plan/value.ts";
import type { TraceRecord } from "../journal/record.ts";
import type { Failure } from "./failure.ts";
import type { JudgedOutcome } from "./judge.ts";

/** Bounds of whatever takes time. */
interface Bounds {
  /** Time of the run at which the earliest bound around it ends; null: there is none. */
  readonly deadline: number | null;
  /** In a `finally` block: a first cancel lets it finish. */
  readonly inFinally: boolean;
}

export interface FactRequest {
  readonly kind: "fact";
  readonly pc: number;
  readonly fact: FactName;
  readonly args: readonly Value[];
  /** In a poll: only the last reading is journaled. */
  readonly polling: boolean;
}

export interface EffectStep extends Bounds {
  readonly kind: "effect";
  readonly pc: number;
  readonly execution: number;
  readonly attempt: number;
  /** Retries taken before this attempt. */
  readonly retries: number;
  readonly node: number;
  readonly operands: readonly ResolvedOperand[];
}

export interface DelayRequest extends Bounds {
  readonly kind: "delay";
  readonly pc: number;
  readonly purpose: "retry" | "poll";
  readonly execution: number;
  readonly node: number;
  readonly milliseconds: number;
}

export interface VerdictRequest {
  readonly kind: "verdict";
  readonly execution: number;
  readonly node: number;
  readonly verdict: "fail" | "rerun" | "done";
  readonly state: "succeeded" | "failed" | "failed-continued";
  readonly code: number;
  readonly reason: Reason;
  readonly message: string;
}

export interface RestartRequest {
  readonly kind: "restart";
  readonly execution: number;
  readonly node: number;
  readonly target: RestartTarget;
}

/** The driver's turn: write, look at files and signals. Asked every so many boundaries, so that long pure runs stay quick. */
export interface BreatheRequest {
  readonly kind: "breathe";
}

export interface EndRequest {
  readonly kind: "end";
  readonly state: "succeeded" | "failed" | "cancelled" | "stopped";
  readonly failure: Failure | null;
  readonly outputs: { readonly [name: string]: Value };
}

export type Request =
  FactRequest | EffectStep | DelayRequest | VerdictRequest | RestartRequest | BreatheRequest | EndRequest;

export type Signal =
  /** `count`: orders so far. */
  | { readonly signal: "cancel"; readonly now: boolean; readonly count: number }
  /** Bounds up to this time of the run are over. */
  | { readonly signal: "deadline"; readonly time: number }
  | { readonly signal: "limit"; readonly message: string };

/** Answers by the kind of their request. */
export interface Answers {
  readonly fact: FactAnswer;
  /** `interrupted`: begun in an earlier life of the runtime, and nobody knows how it ended. */
  readonly effect: { readonly outcome: JudgedOutcome; readonly time: number } | "interrupted";
  readonly delay: { readonly expired: boolean; readonly signal: Signal | null };
  readonly verdict: null;
  readonly restart: { readonly failure: { readonly reason: "restart" | "limit"; readonly message: string } | null };
  readonly breathe: null;
}

export type Answer = Answers[keyof Answers];

/** What the machine reaches while it runs, without waiting: the journal's trace, and what came in from outside. */
export interface Ports {
  /** Notes what was decided; gives the time of the run (ms in which a runtime was up) of the record. */
  trace(record: TraceRecord): number;
  /** At a boundary: what asks for attention, if anything. `deadline` is the earliest bound. */
  signal(pc: number, deadline: number | null): Signal | null;
  phase(): Phase;
}
