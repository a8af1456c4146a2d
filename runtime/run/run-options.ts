// What starting a run takes, and what it gives back.
import type { Host } from "../host.ts";
import type { RunEvent, RunFailure, RunState } from "../events/event.ts";
import type { Plan } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";

export interface RunOptions {
  /** Verified already. */
  readonly plan: Plan;
  /** The plan's bytes; a copy is kept in the run's folder. */
  readonly planText: string;
  readonly host: Host;
  /** Everything that the run writes lies under it; made if it does not exist, owner-only. */
  readonly stateFolder: string;
  /** By parameter name, secrets included; checked against the plan's types. */
  readonly parameters: { readonly [name: string]: Value };
  /** Where the plan's relative content lies: kept with the run, so that a later life finds it again. */
  readonly contentFolder?: string;
  readonly onEvent?: (event: RunEvent) => void;
  /** Content that lacks: refuse the run (default), or fail the step that needs it. */
  readonly missing?: "stop" | "fail-step";
  /** Write that a restart is due and end, instead of restarting. */
  readonly noRestart?: boolean;
  /** Steps that destroy data may run. Without it a plan that can reach one is refused. */
  readonly consent?: boolean;
  readonly cancel?: CancelOrder;
  /** Version of the runtime, for records. */
  readonly runtimeVersion?: string;
  /** In tests: compare what the verifier proved with what happens, after each instruction. */
  readonly checked?: boolean;
}

/**
 * Decided by the caller: `after-step` lets the running step end, `now` ends its tree too. Listeners are told of each request;
 * a second one also ends a `finally` block that runs.
 */
export interface CancelOrder {
  readonly requested: "after-step" | "now" | null;
  onRequest(listener: () => void): void;
}

export interface ResumeOptions {
  readonly host: Host;
  readonly stateFolder: string;
  /** The run; absent: the latest that has no end. */
  readonly id?: string;
  readonly onEvent?: (event: RunEvent) => void;
  /** As in RunOptions; absent: as the run began. */
  readonly noRestart?: boolean;
  readonly cancel?: CancelOrder;
  readonly runtimeVersion?: string;
  /** As in RunOptions. */
  readonly checked?: boolean;
}

export interface RunResult {
  readonly id: string;
  readonly state: RunState;
  readonly failure?: RunFailure;
  /** Why it was refused, each a sentence. */
  readonly problems: readonly string[];
  /** It halted because Sequitur itself is wrong (exit code 70). */
  readonly defect?: boolean;
  /** The run's folder: journal, plan, output of the steps. */
  readonly folder: string;
  readonly outputs: { readonly [name: string]: Value };
}
