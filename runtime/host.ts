// The border between what decides and what acts. The machine (machine/) is pure: it computes until it needs the world and
// then asks with a Request. The driver (run/) answers: from the journal while it replays, else from the Host. A real host, an
// in-memory host for tests and a simulating host differ in nothing else.
import type { Plan, PlanStep } from "./plan/format.ts";
import type { Reason } from "./plan/state-fields.ts";
import type { Value } from "./plan/value.ts";

export type Phase = "winpe" | "fullos";

/** How one attempt of an effect ended. What can happen in the world is a value, never an exception. */
export interface Outcome {
  readonly succeeded: boolean;
  /**
   * Exit code (unsigned 32 bit on Windows, 128 + n for signal n on POSIX), an action's own number, or −1: there is none.
   * For programs and scripts the host gives the raw code with reason `none` (0) or `exit`; the driver applies the step's
   * `success` and `reboots`.
   */
  readonly code: number;
  readonly reason: Reason;
  /** For people when it failed: a clause in lower case without a final stop; secrets masked. */
  readonly message: string;
  /** What the step's descriptor asks for in `output`, already of that type; absent when it is not asked for or did not come. */
  readonly output?: Value;
  /** Globals that the step set (7.12), by declared name. */
  readonly globals?: { readonly [name: string]: string };
  /** A restart is due: a code in `reboots`, a built-in action that says so, or `restart` itself. */
  readonly restart?: RestartTarget;
}

export type RestartTarget =
  | { readonly to: "system"; readonly delay: number; readonly message: string }
  | { readonly to: "winpe"; readonly delay: number; readonly message: string }
  | { readonly to: "image"; readonly image: number; readonly delay: number; readonly message: string };

/** An operand of ACT by role, in order. */
export interface ResolvedOperand {
  readonly role: string;
  readonly name?: string;
  readonly value: Value;
  readonly secret: boolean;
}

/** One attempt of one execution of a step, as the host gets it. */
export interface EffectRequest {
  /** Number of the execution in the run, from 1. */
  readonly execution: number;
  /** From 1. */
  readonly attempt: number;
  readonly node: number;
  readonly step: PlanStep;
  readonly operands: readonly ResolvedOperand[];
  /** Globals that are set, secret ones left out, with `foreign` settings laid over. */
  readonly globals: { readonly [name: string]: string };
}

export interface EffectProgress {
  /** A process of this execution runs: journaled as `spawned`. */
  spawned(process: { readonly id: number; readonly started: string; readonly group: number }): void;
  /** Percent or a line of progress; best effort, never journaled. */
  progress(text: string): void;
  /** What a program has written since this was called last; best effort, never journaled. */
  output(stream: "stdout" | "stderr", text: string): void;
}

/** Ends an effect early: once requested, its tree is ended, and the outcome has this reason. */
export interface Cancellation {
  readonly requested: "timeout" | "deadline" | "cancelled" | null;
  onRequest(listener: () => void): void;
}

export type FactAnswer = { readonly value: Value } | { readonly error: string };

export interface HostIdentity {
  /** Host name, for records. */
  readonly name: string;
  /** A random value that dies with the boot (4.5). */
  readonly boot: string;
  readonly phase: Phase;
  readonly platform: "linux" | "windows" | "macos";
}

/** What preflight found: nothing, or all that is wrong at once. */
export interface PreflightProblem {
  readonly reason: "content" | "account" | "secret" | "unsupported" | "rights" | "restart" | "disk";
  readonly message: string;
  /** Of the steps that need it; empty: the run as a whole. */
  readonly nodes: readonly number[];
}

export interface Host {
  identity(): Promise<HostIdentity>;
  /** Milliseconds since 1970; for records and `now()` alone, nothing is decided by it. */
  wallClock(): number;
  /** Milliseconds on a clock that never goes back. */
  monotonicClock(): number;
  /** Values of the caller's environment, for `plan.environment` and account passwords; absent names are left out. */
  environment(names: readonly string[]): { readonly [name: string]: string };
  /**
   * Once, before the first effect of this life of the runtime: the run's id and its folder (which exists, root-only). The host
   * keeps `out/` and `work/` below it and marks its processes with `SEQUITUR_EXECUTION=<id>/<execution>`. `environment`: what
   * the plan reads of it and its accounts' passwords, as they were when the run began (a later life finds another one).
   */
  useRun(run: {
    readonly id: string;
    readonly folder: string;
    readonly environment: { readonly [name: string]: string };
  }): Promise<void>;
  /**
   * After a crash within the same boot (5.6): ends what the earlier life left running of an execution that has no end — all
   * that bears its mark, and a recorded process with the recorded start time and what stands below it — and empties `work/`.
   * After `useRun`. Processes that ended executions left behind (services) live.
   */
  endLeftovers(execution: number, spawned: readonly { readonly id: number; readonly started: string }[]): Promise<void>;
  /** Checks content, accounts, rights (8.1) without touching anything. */
  preflight(plan: Plan): Promise<readonly PreflightProblem[]>;
  readFact(fact: string, args: readonly Value[]): Promise<FactAnswer>;
  /** One attempt; resolves when it has ended, its tree gone if it was cut. Never rejects but for a defect of ours. */
  act(request: EffectRequest, progress: EffectProgress, cancellation: Cancellation): Promise<Outcome>;
  /** Resolves after the time, or early when cancelled (true: it ran its full time). */
  sleep(milliseconds: number, cancellation: Cancellation): Promise<boolean>;
  /** Asks the system to restart; resolves when asked. */
  requestRestart(target: RestartTarget): Promise<Outcome>;
  /** Tells the host every secret value, so that it masks it in output from now on. */
  addSecret(value: string): void;
  /** Masks known secrets in a text that is about to be written or shown. */
  mask(text: string): string;
  /** Ends what the host holds (launcher, watchers). */
  close(): Promise<void>;
}
