// A plan as text: the canonical JSON of all of it, its digest included. Reading one back is decode.ts.
import { asJson, digestOf } from "./digest.ts";
import type { UndigestedPlan } from "./digest.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Plan } from "./format.ts";

/** The plan with its digest. */
export function digested(plan: UndigestedPlan): Plan {
  return { ...plan, digest: digestOf(plan) };
}

/** The bytes of a plan, as text: canonical JSON with the digest, one line without its end. */
export function encodePlan(plan: UndigestedPlan): string {
  return canonicalJson(asJson(digested(plan)));
}
