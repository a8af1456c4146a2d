// A plan as text: the canonical JSON of all of it, its digest included. Reading one back is decode.ts.
import { digestOf, digestOfMembers, digestedMembers } from "./digest.ts";
import type { UndigestedPlan } from "./digest.ts";
import { joinMembers } from "./canonical-json.ts";
import type { Plan } from "./format.ts";

/** The plan with its digest. */
export function digested(plan: UndigestedPlan): Plan {
  return { ...plan, digest: digestOf(plan) };
}

/** The bytes of a plan, as text: canonical JSON with the digest, one line without its end. */
export function encodePlan(plan: UndigestedPlan): string {
  const members = digestedMembers(plan);
  const digest = `"digest":${JSON.stringify(digestOfMembers(members))}`;
  return joinMembers([...members, digest].sort());
}
