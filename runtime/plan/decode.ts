// Text → plan: limits, version, shape, canonical bytes, digest (rule V1). What the plan means is verify.ts.
import { canonicalMembers, joinMembers } from "./canonical-json.ts";
import { asJson } from "./digest.ts";
import { sha256 } from "./sha256.ts";
import { planFormat, planSemantics } from "./format.ts";
import type { Plan } from "./format.ts";
import { limits } from "./limits.ts";
import { shapeProblems } from "./schema-check.ts";
import { planShape } from "./schema.ts";
import type { PlanProblem } from "./plan-problem.ts";

export type DecodedPlan = { readonly plan: Plan } | { readonly problems: readonly PlanProblem[] };

/** SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits. */
export type HashText = (text: string) => string;

/**
 * The plan that a text holds, with the shape of a plan and an honest digest; else why it holds none. `hash`: a host that has
 * a faster SHA-256 than this package's own lends it.
 */
export function decodePlan(text: string, hash: HashText = sha256): DecodedPlan {
  if (text.length > limits.planBytes) return refused(`The plan is larger than ${limits.planBytes} bytes.`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`This is no plan: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const version = versionProblem(value);
  if (version !== null) return refused(version);
  const shape = shapeProblems(value, planShape);
  if (shape.length > 0) return { problems: shape.map((message) => ({ rule: "V1", message })) };
  const plan = value as Plan;
  const members = canonicalMembers(asJson(plan));
  if (joinMembers(members) !== text) {
    return refused("The plan is not in canonical form (RFC 8785): something has rewritten the file.");
  }
  // As a key of JSON alone: within a text its quotes would be escaped.
  if (text.includes('"__proto__":')) return refused("The plan uses the name __proto__, which nothing can have.");
  const covered = members.filter((member) => !/^"(?:digest|signature)":/.test(member));
  if (`sha256:${hash(joinMembers(covered))}` !== plan.digest) {
    return refused("The plan's digest is wrong: its content has been changed.");
  }
  return { plan };
}

function refused(message: string): DecodedPlan {
  return { problems: [{ rule: "V1", message }] };
}

/** Said before anything else about the shape, which another version may have changed. */
function versionProblem(value: unknown): string | null {
  if (typeof value !== "object" || value === null || !("format" in value) || !("semantics" in value)) {
    return "This is no plan: it has no format and semantics version.";
  }
  const { format, semantics } = value;
  if (format === planFormat && semantics === planSemantics) return null;
  const newer = Number(format) > planFormat || Number(semantics) > planSemantics;
  return (
    `The plan has format ${numeral(format)} and semantics ${numeral(semantics)}, and this runtime takes ` +
    `format ${planFormat} and semantics ${planSemantics}: ` +
    (newer ? "run it with a newer Sequitur." : "compile it again.")
  );
}

function numeral(value: unknown): string {
  return typeof value === "number" ? String(value) : "(not a number)";
}
