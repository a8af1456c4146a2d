// Waiting that can be cut.
import type { Cancellation } from "../host.ts";

/** Resolves after the time (true), or when the run wants to go on without it (false). */
export function sleep(milliseconds: number, cancellation: Cancellation): Promise<boolean> {
  const end = performance.now() + milliseconds;
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (whole: boolean): void => {
      clearTimeout(timer);
      resolve(whole);
    };
    const look = (): void => {
      if (cancellation.requested !== null) return finish(false);
      const left = end - performance.now();
      if (left <= 0) return finish(true);
      // Timers beyond 2^31 ms fire at once.
      timer = setTimeout(look, Math.min(left, 2 ** 30));
    };
    cancellation.onRequest(() => finish(false));
    look();
  });
}
