// A plan as text: the canonical JSON of all of it, its digest included. Reading one back is decode.ts.
import { digestOfMembers, digestedMembers } from "./digest.ts";
import type { UndigestedPlan } from "./digest.ts";
import { joinMembers } from "./canonical-json.ts";
import type { Plan } from "./format.ts";

/** A plan with its digest, and its bytes as text: canonical JSON, one line without its end. */
export interface EncodedPlan {
  readonly plan: Plan;
  readonly text: string;
}

/** The plan with its digest, and as text: both from one serialisation. */
export function encoded(plan: UndigestedPlan): EncodedPlan {
  const members = digestedMembers(plan);
  const digest = digestOfMembers(members);
  return { plan: { ...plan, digest }, text: joinMembers([...members, `"digest":${JSON.stringify(digest)}`].sort()) };
}

/** The plan with its digest. */
export function digested(plan: UndigestedPlan): Plan {
  return encoded(plan).plan;
}

/** The bytes of a plan, as text. */
export function encodePlan(plan: UndigestedPlan): string {
  return encoded(plan).text;
}
