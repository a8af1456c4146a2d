// Outcomes of effects, made in one place so that messages and codes follow one pattern.
import type { Outcome } from "../host.ts";
import type { Reason } from "../plan/state-fields.ts";

/** It went well. */
export const done: Outcome = { succeeded: true, code: 0, reason: "none", message: "" };

/** It failed before or without an exit code. The message is a sentence. */
export function failed(reason: Reason, message: string, code = -1): Outcome {
  return { succeeded: false, code, reason, message };
}
