// The digests that plans carry: of a plan, and of the list of files of a piece of content.
import { canonicalJson, canonicalMembers, joinMembers } from "./canonical-json.ts";
import type { JsonValue } from "./canonical-json.ts";
import type { Plan, PlanFile } from "./format.ts";
import { sha256 } from "./sha256.ts";

/** A plan before it has its digest. */
export type UndigestedPlan = Omit<Plan, "digest" | "signature">;

/** `sha256:` and 64 hexadecimal digits over the plan's canonical JSON without `digest` and `signature`. */
export function digestOf(plan: UndigestedPlan): string {
  return digestOfMembers(digestedMembers(plan));
}

/** The members of a plan that its digest covers, in canonical form and order. */
export function digestedMembers(plan: UndigestedPlan): readonly string[] {
  return canonicalMembers({ ...asJson(plan), digest: undefined, signature: undefined });
}

export function digestOfMembers(members: readonly string[]): string {
  return `sha256:${sha256(joinMembers(members))}`;
}

/** The digest of a piece of content: SHA-256 of the canonical JSON of its files, 64 hexadecimal digits. */
export function contentDigestOf(files: readonly PlanFile[]): string {
  return sha256(canonicalJson(files.map((file) => ({ ...file }))));
}

/** A plan is made of plain JSON data only, which its interfaces can't tell the type checker. */
export function asJson(plan: UndigestedPlan): { readonly [name: string]: JsonValue | undefined } {
  return plan as unknown as { readonly [name: string]: JsonValue | undefined };
}
