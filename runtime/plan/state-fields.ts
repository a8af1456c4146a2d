// What STATE and STEP can read of the run itself: `last.*`, `error.*` (in `on error`), `pending.*` (in `finally`: absent if
// the body went well) and `run.*`; and the fields of a named step.
import type { PlanType } from "./plan-type.ts";

export type StatePlace = "anywhere" | "handler" | "finally";

export const stateFields = {
  "last.name": { type: "string", place: "anywhere" },
  "last.succeeded": { type: "bool", place: "anywhere" },
  "last.code": { type: "int", place: "anywhere" },
  "last.reason": { type: "string", place: "anywhere" },
  "error.name": { type: "string", place: "handler" },
  "error.code": { type: "int", place: "handler" },
  "error.reason": { type: "string", place: "handler" },
  "error.message": { type: "string", place: "handler" },
  "error.file": { type: "string", place: "handler" },
  "error.line": { type: "int", place: "handler" },
  "error.path": { type: "string", place: "handler" },
  "pending.name": { type: { optional: "string" }, place: "finally" },
  "pending.code": { type: { optional: "int" }, place: "finally" },
  "pending.reason": { type: { optional: "string" }, place: "finally" },
  "pending.message": { type: { optional: "string" }, place: "finally" },
  "pending.file": { type: { optional: "string" }, place: "finally" },
  "pending.line": { type: { optional: "int" }, place: "finally" },
  "pending.path": { type: { optional: "string" }, place: "finally" },
  "run.id": { type: "string", place: "anywhere" },
  "run.sequence": { type: "string", place: "anywhere" },
  "run.started": { type: "string", place: "anywhere" },
  "run.restarts": { type: "int", place: "anywhere" },
  "run.failures": { type: "int", place: "anywhere" },
  "run.logs": { type: "string", place: "anywhere" },
} as const satisfies { readonly [field: string]: { readonly type: PlanType; readonly place: StatePlace } };

export type StateField = keyof typeof stateFields;

/** `output` has the type that the step's descriptor says. All are optional: the step may not have ended. */
export const stepFields = {
  succeeded: { type: "bool" },
  code: { type: "int" },
  reason: { type: "string" },
  output: { type: null },
} as const satisfies { readonly [field: string]: { readonly type: PlanType | null } };

export type StepField = keyof typeof stepFields;

/** Why something ended as it did. `none`: it went well. */
export const reasons = [
  "none",
  "exit",
  "signal",
  "timeout",
  "start",
  "output",
  "content",
  "account",
  "unsupported",
  "phase",
  "condition",
  "value",
  "fail",
  "interrupted",
  "deadline",
  "cancelled",
  "restart",
  "limit",
] as const;
export type Reason = (typeof reasons)[number];
