// A node's descriptor in a line or two of words, for the disassembler.
import type { Plan, PlanAction, PlanGroup, PlanOperand, PlanStep } from "./format.ts";
import { typeText } from "./type-relation.ts";
import { durationText } from "./value-text.ts";

/** What a step does and takes: `run (program: string, word: string) → string`. */
export function actionText(plan: Plan, step: PlanStep): string {
  const operands = step.operands.map(operandText).join(", ");
  const output = step.output === null ? "" : ` → ${typeText(step.output)}`;
  return `${actionWords(plan, step.action)}${operands === "" ? "" : ` (${operands})`}${output}`;
}

function operandText(operand: PlanOperand): string {
  return `${operand.role}${"name" in operand ? ` ${operand.name}` : ""}: ${typeText(operand.type)}`;
}

function actionWords(plan: Plan, action: PlanAction): string {
  switch (action.kind) {
    case "commandline":
      return action.unchecked ? "commandline unchecked" : "commandline";
    case "script":
      return `${action.language} script ${
        "text" in action.script
          ? JSON.stringify(plan.constants[action.script.text]?.value ?? "")
          : `${plan.content[action.script.content]?.name ?? "?"}/${action.script.path}`
      }`;
    case "use":
      return `use ${action.action}`;
    case "projectAction":
      return `use ${plan.actions?.[action.action]?.name ?? "?"}`;
    case "restart":
      return `restart to ${action.image === undefined ? action.to : `image ${plan.content[action.image]?.name ?? "?"}`}`;
    case "call": {
      const child = plan.sequences[action.sequence];
      const parameters = action.parameters.map((slot) => child?.slots[slot]?.name ?? "?");
      return `call ${child?.name ?? "?"} {${parameters.join(", ")}}`;
    }
    case "waitUntil":
      return "wait until";
    case "run":
    case "wait":
    case "set":
    case "log":
    case "fail":
      return action.kind;
  }
}

/** The clauses that differ from the usual, one each: `retry 3 every 1m doubling`. */
export function settingTexts(plan: Plan, node: PlanStep | PlanGroup): readonly string[] {
  const texts: string[] = [];
  if (node.condition !== undefined) texts.push(`when ${node.condition}`);
  if (node.timeout !== undefined) texts.push(`timeout ${durationText(node.timeout)}`);
  if (node.continueOnError) texts.push("continue on error");
  if (node.disabled === true) texts.push("disabled");
  return node.kind === "step" ? [...texts, ...stepSettings(plan, node)] : texts;
}

function stepSettings(plan: Plan, step: PlanStep): readonly string[] {
  const { success, reboots, retry, account, needs, destroys, interruption, foreign } = step;
  const texts: string[] = [];
  if (success.join() !== "0" && success.length > 0) texts.push(`success ${success.join(", ")}`);
  if (reboots.length > 0) texts.push(`reboots ${reboots.join(", ")}`);
  if (retry !== undefined) {
    texts.push(`retry ${retry.count} every ${durationText(retry.every)}${retry.doubling ? " doubling" : ""}`);
  }
  if (account !== undefined) texts.push(`as ${plan.accounts[account]?.name ?? "?"}`);
  if (needs !== undefined) texts.push(`needs ${needs}`);
  if (destroys === true) texts.push("destroys data");
  if (interruption !== "fail") texts.push(`on interruption ${interruption}`);
  if (foreign !== undefined) texts.push(`foreign ${JSON.stringify(foreign)}`);
  return texts;
}
