// Reads a plan from a file or standard input, decodes and verifies it.
import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { decodePlan, limits, verify } from "@sequitur/runtime/plan";
import type { Plan, PlanProblem } from "@sequitur/runtime/plan";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { decodeText } from "../project/decode.ts";
import { readWhole } from "../project/disk-read.ts";
import { printable } from "../render/printable.ts";
import { counted } from "../render/summary.ts";
import type { Surroundings } from "../surroundings.ts";
import { wrongCall } from "./wrong-call.ts";

export type PlanAnswer =
  | { readonly kind: "plan"; readonly plan: Plan; readonly text: string }
  /** It has been said why. */
  | { readonly kind: "ended"; readonly code: ExitCode };

/** Opens a plan by its name as given, or `-`. A plan that does not verify ends with exit code 4. */
export async function openPlan(name: string, surroundings: Surroundings): Promise<PlanAnswer> {
  const shown = name === "-" ? "standard input" : name;
  const ended = (why: string): PlanAnswer => ({
    kind: "ended",
    code: wrongCall(surroundings, `can't read ${shown}: ${why}.`),
  });
  if (name === "-") return decodeAndVerify(await surroundings.readInput(), shown, surroundings);
  const answer = readWhole(resolve(surroundings.folder, name), limits.planBytes);
  switch (answer.kind) {
    case "bytes":
      return decodeAndVerify(answer.bytes, shown, surroundings);
    case "absent":
      return ended("there is no such file");
    case "folder":
      return ended("it is a folder");
    case "unreadable":
      return ended(answer.why);
  }
}

/** Decodes and verifies the bytes of a plan. */
export function decodeAndVerify(bytes: Uint8Array, shown: string, surroundings: Surroundings): PlanAnswer {
  const text = decodeText(bytes);
  if (text.kind === "wrong") {
    return refused(
      [{ rule: "V1", message: `The plan is not valid UTF-8 (byte ${text.offset}).` }],
      shown,
      surroundings,
    );
  }
  const decoded = decodePlan(text.text, (covered) => createHash("sha256").update(covered).digest("hex"));
  if ("problems" in decoded) return refused(decoded.problems, shown, surroundings);
  const problems = verify(decoded.plan);
  if (problems.length > 0) return refused(problems, shown, surroundings);
  return { kind: "plan", plan: decoded.plan, text: text.text };
}

function refused(problems: readonly PlanProblem[], shown: string, surroundings: Surroundings): PlanAnswer {
  surroundings.stderr.write(`sequitur: ${printable(shown)} does not verify: ${counted(problems.length, "problem")}\n`);
  for (const { rule, instruction, message } of problems) {
    const place = instruction === undefined ? "" : ` at instruction ${instruction}`;
    surroundings.stderr.write(`  ${rule}${place}: ${printable(message)}\n`);
  }
  return { kind: "ended", code: exitCode.unverified };
}
