// The time of a run: milliseconds in which a runtime was up, over all its lives (3.4). Down time is free, and no wall clock counts.

export class RunClock {
  #spent = 0;
  #lifeBegan: number | null = null;
  #last = 0;

  /** A life of the runtime begins at this reading of its monotonic clock. */
  beginLife(monotonic: number): void {
    this.#spent = this.#last;
    this.#lifeBegan = monotonic;
  }

  /** The time of the run at a reading of the present life's monotonic clock. */
  at(monotonic: number): number {
    this.#lifeBegan ??= monotonic;
    this.#last = this.#spent + Math.max(0, monotonic - this.#lifeBegan);
    return this.#last;
  }
}
