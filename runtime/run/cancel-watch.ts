// Orders to cancel: from the caller (a signal, a console), or a `cancel` file in the run's folder.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { CancelOrder } from "./run-options.ts";

const lookEveryMilliseconds = 1000;
/** At boundaries the file is not looked at more often than this. */
const boundaryPauseMilliseconds = 50;

/** The `cancel` file of a run's folder: `after-step` or `now`. */
export function cancelFileOf(runFolder: string): string {
  return join(runFolder, "cancel");
}

export class CancelWatch {
  readonly #file: string;
  readonly #order: CancelOrder | undefined;
  readonly #timer: NodeJS.Timeout;
  #listeners = new Set<() => void>();
  #requests = 0;
  #taken = 0;
  #now = false;
  #fileSeen = false;
  #lastLook = -Infinity;

  constructor(runFolder: string, order: CancelOrder | undefined) {
    this.#file = cancelFileOf(runFolder);
    this.#order = order;
    order?.onRequest(() => this.#add(order.requested === "now"));
    if (order?.requested !== undefined && order.requested !== null && this.#requests === 0) {
      this.#add(order.requested === "now");
    }
    this.#timer = setInterval(() => this.look(), lookEveryMilliseconds);
    this.#timer.unref();
  }

  /** Cancels that nobody has taken yet. */
  get isPending(): boolean {
    return this.#requests > this.#taken;
  }

  /** Orders so far: a second one ends `finally` blocks too. */
  get count(): number {
    return this.#requests;
  }

  /** The running step is ended too. */
  get now(): boolean {
    return this.#now;
  }

  /** Looks for the file. */
  look(): void {
    if (this.#fileSeen) return;
    const text = this.#readFile();
    if (text === null) return;
    this.#fileSeen = true;
    this.#add(text.trim() === "now");
  }

  /** Looks for the file if it was not looked for just now. */
  lookAtBoundary(monotonic: number): void {
    if (monotonic - this.#lastLook < boundaryPauseMilliseconds) return;
    this.#lastLook = monotonic;
    this.look();
  }

  /** The order is in the journal: the file has done its work. */
  take(): void {
    this.#taken = this.#requests;
    if (this.#fileSeen) rmSync(this.#file, { force: true });
    this.#fileSeen = false;
  }

  /** Tells of each order from now on, until the returned function is called. */
  onOrder(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #add(now: boolean): void {
    this.#requests += 1;
    this.#now ||= now;
    for (const listener of [...this.#listeners]) listener();
  }

  #readFile(): string | null {
    try {
      return readFileSync(this.#file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
      // A file that is there and can't be read is an order all the same.
      return "after-step";
    }
  }
}
