// The records of a journal, version 1, as the runtime holds them in memory. How they stand on a line is encode-record.ts.
// *Input* records can't be recomputed; *trace* records are computed again by a replay, which must find them equal.
import type { Phase, RestartTarget } from "../host.ts";
import type { Reason } from "../plan/state-fields.ts";
import type { Value } from "../plan/value.ts";

export const journalFormat = 1;

/** A value that is sealed on disk if it is secret, or holds a secret in its text. */
export interface Guarded {
  readonly value: Value;
  readonly secret: boolean;
}

export interface GuardedOperand extends Guarded {
  readonly role: string;
  readonly name?: string;
}

export type StepEnd = "succeeded" | "failed" | "failed-continued";

export interface FailureRecord {
  readonly node: number;
  readonly name: string;
  readonly code: number;
  readonly reason: Reason;
  readonly message: string;
  readonly position: readonly [source: number, line: number, column: number];
  readonly path: readonly string[];
  readonly cause?: FailureRecord;
  readonly attached?: readonly FailureRecord[];
}

export interface RecordFields {
  // ---- input
  open: {
    readonly format: number;
    readonly run: string;
    readonly plan: string;
    readonly semantics: number;
    readonly runtime: string;
    readonly sequence: string;
    readonly title: string;
    readonly parameters: { readonly [name: string]: Guarded };
    /** Variables that the plan reads, and those that hold its accounts' passwords. */
    readonly environment: { readonly [name: string]: Guarded };
    readonly missing: "stop" | "fail-step";
    readonly noRestart: boolean;
    readonly consent: boolean;
    readonly host: string;
    readonly platform: string;
    readonly phase: Phase;
    readonly boot: string;
    readonly logs: string;
    /** Where the plan's relative content lies; "": nobody said. */
    readonly content: string;
  };
  check: { readonly problems: readonly string[] };
  read: {
    readonly pc: number;
    readonly fact: string;
    readonly args: Guarded;
    readonly value?: Guarded;
    readonly error?: string;
    /** Read in a poll and kept for this boot: not at its place in the order of the last poll. */
    readonly early?: boolean;
  };
  begin: {
    readonly x: number;
    readonly node: number;
    readonly attempt: number;
    readonly pc: number;
    readonly operands: readonly GuardedOperand[];
  };
  spawned: { readonly x: number; readonly process: number; readonly started: string; readonly group: number };
  end: {
    readonly x: number;
    readonly node: number;
    readonly attempt: number;
    readonly state: StepEnd;
    readonly code: number;
    readonly reason: Reason;
    readonly message: string;
    readonly output?: Guarded;
    readonly globals?: { readonly [name: string]: Guarded };
    readonly restart?: RestartTarget;
    readonly next: "done" | "retry";
    /** Milliseconds before the next attempt. */
    readonly delay: number;
    readonly duration: number;
  };
  /** A poll whose time ran out. */
  waited: { readonly x: number; readonly node: number; readonly result: "expired" };
  signal: {
    readonly pc: number;
    readonly signal: "cancel" | "deadline" | "limit";
    readonly now?: boolean;
    /** Orders to cancel so far. */
    readonly count?: number;
    readonly time?: number;
    readonly message?: string;
  };
  "restart-begin": { readonly to: RestartTarget["to"]; readonly boot: string };
  "restart-asked": { readonly to: RestartTarget["to"]; readonly boot: string };
  "restart-due": { readonly to: RestartTarget["to"]; readonly boot: string };
  "restart-seen": { readonly phase: Phase; readonly boot: string };
  /** The restart did not happen, or led to the wrong place. */
  "restart-failed": { readonly reason: "restart" | "limit"; readonly message: string };
  resume: { readonly boot: string; readonly phase: Phase; readonly runtime: string; readonly cut: number };
  verdict: {
    readonly x: number;
    readonly node: number;
    readonly verdict: "fail" | "rerun" | "done";
    readonly state: StepEnd;
    readonly code: number;
    readonly reason: Reason;
    readonly message: string;
  };
  close: {
    readonly state: "succeeded" | "failed" | "cancelled" | "stopped" | "refused";
    readonly failure?: FailureRecord;
    readonly failures: number;
    readonly outputs: { readonly [name: string]: Guarded };
    readonly duration: number;
  };
  // ---- trace
  /** False for a step or group: it is skipped. */
  decide: {
    readonly node: number;
    readonly pc: number;
    readonly outcome: boolean;
    readonly parts: readonly (readonly [part: number, value: Value])[];
  };
  enter: {
    readonly node: number;
    readonly frame: "body" | "handler" | "finally" | "item" | "call";
    readonly item?: number;
    readonly x?: number;
    readonly failure?: FailureRecord;
  };
  leave: {
    readonly node: number;
    readonly frame: "group" | "loop" | "call";
    readonly state: StepEnd;
    readonly handled?: boolean;
    /** Its `finally` block took too long while the run was being ended, and was cut. */
    readonly cut?: boolean;
    readonly failure?: FailureRecord;
  };
  wait: { readonly x: number; readonly node: number; readonly pc: number; readonly timeout: number };
  met: { readonly x: number; readonly node: number };
  set: { readonly pc: number; readonly scope: "local" | "global"; readonly name: string; readonly value: Guarded };
  /** Of a disabled node. */
  skip: { readonly node: number };
  /** The end of a step that no `end` or `verdict` tells. */
  done: {
    readonly x: number;
    readonly node: number;
    readonly pc: number;
    readonly state: StepEnd;
    readonly code: number;
    readonly reason: Reason;
    readonly message: string;
  };
  log: { readonly node: number; readonly pc: number; readonly text: string };
}

export type RecordKind = keyof RecordFields;

export type RecordOf<K extends RecordKind> = K extends RecordKind ? { readonly k: K } & RecordFields[K] : never;

export type JournalRecord = RecordOf<RecordKind>;

export const traceKinds = ["decide", "enter", "leave", "wait", "met", "set", "skip", "done", "log"] as const;

export type TraceRecord = RecordOf<(typeof traceKinds)[number]>;

/** A record as it stands in the journal. */
export interface StoredRecord {
  /** Sequence number, from 1. */
  readonly q: number;
  /** Highest `q` that was durable when this was written. */
  readonly d: number;
  /** Wall clock, milliseconds since 1970: for people. */
  readonly t: number;
  /** Monotonic clock of the runtime's life that wrote it, milliseconds. */
  readonly m: number;
  readonly body: JournalRecord;
}
