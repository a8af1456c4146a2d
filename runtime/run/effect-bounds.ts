// What can end an effect or a pause early: its own time-out, the time of a group around it, a cancel. Nothing is armed that the
// step does not have, and all of it goes when the effect has ended.
import type { PlanStep } from "../plan/format.ts";
import { actions, type ActionDeclaration } from "../plan/actions.ts";
import type { CancelWatch } from "./cancel-watch.ts";
import { EffectCancellation } from "./effect-cancellation.ts";
import type { RunContext } from "./run-context.ts";

export interface BoundedThing {
  /** Of the run; null: there is none. */
  readonly deadline: number | null;
  readonly inFinally: boolean;
  /** Nothing runs: any cancel ends it. */
  readonly isPause: boolean;
  /** Absent for pauses between attempts and polls. */
  readonly step?: PlanStep;
}

export class EffectBounds {
  readonly cancellation = new EffectCancellation();
  readonly #ctx: RunContext;
  readonly #thing: BoundedThing;
  readonly #uncuttable: boolean;
  readonly #timers = new Set<EffectCancellation>();
  readonly #forget: () => void;
  #timeout: EffectCancellation | null = null;
  #isOverdue = false;

  constructor(ctx: RunContext, cancel: CancelWatch, thing: BoundedThing) {
    this.#ctx = ctx;
    this.#thing = thing;
    this.#uncuttable = thing.step !== undefined && isUncuttable(thing.step);
    const takeOrder = (): void => {
      if (this.#uncuttable || !cancel.isPending) return;
      const cuts = thing.inFinally ? cancel.count >= 2 : cancel.now || thing.isPause;
      if (cuts) this.cancellation.request("cancelled");
    };
    this.#forget = cancel.onOrder(takeOrder);
    takeOrder();
    if (thing.deadline !== null && !this.#uncuttable) this.#armDeadline(thing.deadline);
    this.#armTimeout();
  }

  /** The step's own time was up though it can't be cut: its outcome is a time-out all the same. */
  get isOverdue(): boolean {
    return this.#isOverdue;
  }

  /** Its process starts now: its time-out counts from here. */
  started(): void {
    if (this.#timeout === null) return;
    this.#stop(this.#timeout);
    this.#armTimeout();
  }

  close(): void {
    this.#forget();
    for (const timer of [...this.#timers]) this.#stop(timer);
  }

  #armDeadline(deadline: number): void {
    const left = deadline - this.#ctx.clock.at(this.#ctx.host.monotonicClock());
    this.#after(left, () => this.cancellation.request("deadline"));
  }

  #armTimeout(): void {
    const timeout = this.#thing.step?.timeout;
    if (timeout === undefined) return;
    this.#timeout = this.#after(timeout, () => {
      if (this.#uncuttable) this.#isOverdue = true;
      else this.cancellation.request("timeout");
    });
  }

  #after(milliseconds: number, then: () => void): EffectCancellation {
    const timer = new EffectCancellation();
    this.#timers.add(timer);
    void this.#ctx.host.sleep(Math.max(0, milliseconds), timer).then((full) => {
      if (full && this.#timers.delete(timer)) then();
    });
    return timer;
  }

  #stop(timer: EffectCancellation): void {
    this.#timers.delete(timer);
    timer.request("cancelled");
  }
}

function isUncuttable(step: PlanStep): boolean {
  const declared: { readonly [name: string]: ActionDeclaration } = actions;
  return step.action.kind === "use" && (declared[step.action.action]?.uncuttable ?? false);
}
