// A plan's file → a plan that may run: read, decoded and verified before anything else is looked at.
import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { decodePlan } from "../plan/decode.ts";
import type { Plan } from "../plan/format.ts";
import { limits } from "../plan/limits.ts";
import type { PlanProblem } from "../plan/plan-problem.ts";
import { verify } from "../plan/verify.ts";
import { UsageError } from "./surroundings.ts";

export type OpenedPlan = { readonly plan: Plan; readonly text: string } | { readonly problems: readonly PlanProblem[] };

/** The plan in the file, or all that is wrong with it. Throws UsageError if the file can't be read. */
export function openPlan(file: string): OpenedPlan {
  const text = readPlanFile(file);
  const decoded = decodePlan(text, (covered) => createHash("sha256").update(covered, "utf8").digest("hex"));
  if ("problems" in decoded) return decoded;
  const problems = verify(decoded.plan);
  return problems.length > 0 ? { problems } : { plan: decoded.plan, text };
}

function readPlanFile(file: string): string {
  try {
    const { size } = statSync(file);
    if (size > limits.planBytes)
      throw new UsageError(`${file} has ${size} bytes; a plan has at most ${limits.planBytes}.`);
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${file} can't be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A problem in one line. */
export function problemLine(file: string, { rule, message, instruction }: PlanProblem): string {
  return `error ${rule}: ${message}${instruction === undefined ? "" : ` (instruction ${instruction})`}\n  --> ${file}\n`;
}
