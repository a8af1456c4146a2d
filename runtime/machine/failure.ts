// Why something ends early: a failure, which `continue on error` and `on error` can end, or a stop, which they can't.
import type { Position } from "../plan/format.ts";
import type { Reason } from "../plan/state-fields.ts";

export interface Failure {
  readonly kind: "failure" | "stop";
  /** The node it came from, or −1: the sequence itself. */
  readonly node: number;
  readonly name: string;
  readonly code: number;
  readonly reason: Reason;
  readonly message: string;
  readonly position: Position;
  /** Names of the groups, loops and calls around its origin, outermost first. */
  readonly path: readonly string[];
  /** The failure being handled when this one came. */
  readonly cause?: Failure;
  /** Failures of `finally` blocks that ran because of this one, or that it came over. */
  readonly attached?: readonly Failure[];
  /**
   * Index of the group frame whose time is up: frames above it skip `continue on error` and `on error`. Absent once it has
   * arrived there.
   */
  readonly addressee?: number;
}

/** The same failure with another one attached. */
export function attach(failure: Failure, other: Failure): Failure {
  return { ...failure, attached: [...(failure.attached ?? []), other] };
}

/** The failure as it goes on from its addressee: a failure like others. */
export function arrived(failure: Failure): Failure {
  const { addressee: _, ...rest } = failure;
  return rest;
}
