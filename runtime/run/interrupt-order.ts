// Interrupts (Ctrl-C) as orders to cancel: the first one ends the running step and cancels the run, whose finally blocks run;
// the second one leaves at once, and the run stays as after a crash.
import type { CancelOrder } from "./run-options.ts";

export interface InterruptListener {
  cancelling(): void;
  leaving(): void;
}

/** `onInterrupt` calls at every interrupt until the function that it gives is called. */
export function cancelAtInterrupt(
  onInterrupt: (listener: () => void) => () => void,
  listener: InterruptListener,
): { readonly order: CancelOrder; stop(): void } {
  const listeners: (() => void)[] = [];
  let requested: CancelOrder["requested"] = null;
  let count = 0;
  const stop = onInterrupt(() => {
    count += 1;
    if (count === 2) listener.leaving();
    if (count > 1) return;
    requested = "now";
    listener.cancelling();
    for (const tell of listeners) tell();
  });
  const order: CancelOrder = {
    get requested() {
      return requested;
    },
    onRequest: (tell) => listeners.push(tell),
  };
  return { order, stop };
}
