// The handle by which an effect or a pause that runs is ended early.
import type { Cancellation } from "../host.ts";

export class EffectCancellation implements Cancellation {
  #requested: Cancellation["requested"] = null;
  #listeners: (() => void)[] = [];

  get requested(): Cancellation["requested"] {
    return this.#requested;
  }

  onRequest(listener: () => void): void {
    if (this.#requested === null) this.#listeners.push(listener);
    else listener();
  }

  /** The first reason counts. */
  request(reason: Exclude<Cancellation["requested"], null>): void {
    if (this.#requested !== null) return;
    this.#requested = reason;
    const listeners = this.#listeners;
    this.#listeners = [];
    for (const listener of listeners) listener();
  }
}
