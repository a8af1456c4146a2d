// Rule V2 (and V8 for names of catalogues): each instruction has the operands that the table says, in range. After this the
// flow analysis may take them for granted.
import { facts } from "../facts.ts";
import type { Plan } from "../format.ts";
import { functions } from "../functions.ts";
import { arithmeticOperators, comparedTypes, comparisonOperators, instructions } from "../instructions.ts";
import type { Instruction, OperandKind } from "../instructions.ts";
import { limits } from "../limits.ts";
import type { VerifierRule } from "../plan-problem.ts";
import { stateFields, stepFields } from "../state-fields.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";

type Operand = string | number | readonly string[] | undefined;

/** Checks every instruction, reachable or not. */
export function verifyOperands(plan: Plan, findings: Findings): void {
  const slots = slotCounts(plan);
  for (const [pc, instruction] of plan.code.entries()) {
    const [opcode] = instruction;
    const kinds: readonly OperandKind[] = instructions[opcode].operands;
    const given = instruction.length - 1;
    if (given !== kinds.length) {
      report(findings, "V2", `${opcode} takes ${kinds.length} operands, not ${given}.`, pc);
      continue;
    }
    for (let i = 0; i < given; i += 1) {
      const kind = kinds[i] ?? "count";
      const problem = operandProblem(plan, kind, instruction[i + 1], slots[pc] ?? 0);
      if (problem !== null) report(findings, ruleOf(kind, instruction[i + 1]), `${opcode}: ${problem}.`, pc);
    }
    countProblem(instruction, pc, findings);
  }
}

/** For each address the number of slots of its sequence. */
function slotCounts(plan: Plan): Uint16Array {
  const counts = new Uint16Array(plan.code.length);
  for (const { start, end, slots } of plan.sequences) counts.fill(Math.min(slots.length, 65_535), start, end);
  return counts;
}

function ruleOf(kind: OperandKind, operand: Operand | undefined): VerifierRule {
  if (kind === "count" ? Number(operand) > limits.stack : Array.isArray(operand) && operand.length > limits.stack) {
    return "V14";
  }
  return kind === "fact" || kind === "function" || kind === "state" || kind === "stepField" ? "V8" : "V2";
}

function operandProblem(plan: Plan, kind: OperandKind, operand: Operand, slots: number): string | null {
  switch (kind) {
    case "constant":
      return indexProblem(kind, operand, plan.constants.length);
    case "slot":
      return indexProblem(kind, operand, slots);
    case "global":
      return indexProblem(kind, operand, plan.globals.length);
    case "node":
      return indexProblem(kind, operand, plan.nodes.length);
    case "part":
      return indexProblem(kind, operand, plan.parts.length);
    case "pattern":
      return indexProblem(kind, operand, plan.patterns.length);
    case "address":
      return indexProblem(kind, operand, plan.code.length);
    case "count":
      if (typeof operand === "number" && operand > limits.stack) return `more than ${limits.stack} values at once`;
      return indexProblem(kind, operand, limits.stack + 1);
    case "field":
      return typeof operand === "string" ? null : "a field name is a text";
    case "fields":
      return fieldsProblem(operand);
    case "state":
      return nameProblem("field of the run", operand, stateFields);
    case "stepField":
      return nameProblem("field of a step", operand, stepFields);
    case "fact":
      return nameProblem("fact", operand, facts);
    case "function":
      return nameProblem("function", operand, functions);
    case "arithmetic":
      return choiceProblem("operator", operand, arithmeticOperators);
    case "comparison":
      return choiceProblem("comparison", operand, comparisonOperators);
    case "comparedType":
      return choiceProblem("compared type", operand, comparedTypes);
  }
}

function indexProblem(kind: string, operand: Operand, count: number): string | null {
  const good = typeof operand === "number" && Number.isInteger(operand) && operand >= 0 && operand < count;
  return good ? null : `there is no ${kind} ${JSON.stringify(operand)}`;
}

function nameProblem(kind: string, operand: Operand, catalogue: object): string | null {
  const known = typeof operand === "string" && Object.hasOwn(catalogue, operand);
  return known ? null : `there is no ${kind} ${JSON.stringify(operand)}`;
}

function choiceProblem(kind: string, operand: Operand, choices: readonly string[]): string | null {
  const known = typeof operand === "string" && choices.includes(operand);
  return known ? null : `there is no ${kind} ${JSON.stringify(operand)}`;
}

function fieldsProblem(operand: Operand): string | null {
  if (!Array.isArray(operand)) return "the fields are not a list of names";
  if (operand.length > limits.stack) return `more than ${limits.stack} fields in a record`;
  return new Set(operand).size === operand.length ? null : "a field stands twice";
}

/** The number of operands that FACT and BUILTIN take from the stack is that of the catalogue. */
function countProblem([opcode, name, count]: Instruction, pc: number, findings: Findings): void {
  if ((opcode !== "FACT" && opcode !== "BUILTIN") || typeof name !== "string") return;
  const catalogue: { readonly [name: string]: { readonly parameters: readonly unknown[] } } =
    opcode === "FACT" ? facts : functions;
  if (!Object.hasOwn(catalogue, name)) return;
  const wanted = catalogue[name]?.parameters.length;
  if (wanted !== count) report(findings, "V8", `${opcode} ${name} takes ${wanted} values, not ${String(count)}.`, pc);
}
