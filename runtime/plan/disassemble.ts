// A plan as text for people: each instruction beside the source line that it came from, with names in place of numbers and
// the stack effect of the instruction table. The text depends on the plan and the sources alone. It also takes plans that
// do not verify: a number that names nothing is shown as `?7`.
import { actionText, settingTexts } from "./describe-node.ts";
import type { Plan, PlanNode, PlanProjectAction, PlanSequence } from "./format.ts";
import { instructions } from "./instructions.ts";
import type { Instruction, OperandKind } from "./instructions.ts";
import { typeText } from "./type-relation.ts";
import type { PlanType } from "./plan-type.ts";
import type { Value } from "./value.ts";
import { durationText, sizeText, valueText } from "./value-text.ts";

const opcodeWidth = 9;
const effectColumn = 56;

/** `sources`: text by path, for the lines to show; without a text the line's number stands alone. */
export function disassemble(plan: Plan, sources: ReadonlyMap<string, string> = new Map()): string {
  const lines = new Map([...sources].map(([path, text]) => [path, text.split(/\r?\n/)]));
  const blocks = [tables(plan)];
  for (const sequence of plan.sequences) blocks.push(sequenceText(plan, sequence, lines));
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** What stands before the code: the tables that instructions name only in part. */
function tables(plan: Plan): readonly string[] {
  return [
    ...plan.globals.map(({ name, secret }) => `global ${secret ? "secret " : ""}${name}`),
    ...plan.environment.map((name) => `environment ${name}`),
    ...plan.accounts.map(
      ({ name, user, password }) => `account ${name} ${user}${password ? ` password ${password}` : ""}`,
    ),
    ...plan.content.map(({ name, kind, source, digest, files }) => {
      const count = digest === undefined ? "elsewhere" : files.length === 1 ? "1 file" : `${files.length} files`;
      return `${kind} ${name} ${JSON.stringify(source)} (${count})`;
    }),
    ...(plan.actions ?? []).map((action) => projectActionText(plan, action)),
  ];
}

/** `action tag (path: string, note?: string) → int "actions/tag.ts"`. */
function projectActionText(plan: Plan, { name, module, parameters, output }: PlanProjectAction): string {
  const taken = Object.entries(parameters).map(
    ([parameter, { type, required }]) => `${parameter}${required ? "" : "?"}: ${typeText(type)}`,
  );
  const given = output === null ? "" : ` → ${typeText(output)}`;
  return `action ${name} (${taken.join(", ")})${given} ${JSON.stringify(plan.modules?.[module]?.source ?? "?")}`;
}

type SourceLines = ReadonlyMap<string, readonly string[]>;

function sequenceText(plan: Plan, sequence: PlanSequence, sources: SourceLines): readonly string[] {
  const labels = labelsOf(plan, sequence);
  const out = head(sequence);
  let lastPlace = "";
  for (let pc = sequence.start; pc < sequence.end; pc += 1) {
    const instruction = plan.code[pc];
    if (instruction === undefined) break;
    const place = placeOf(plan, pc, sources);
    if (place !== lastPlace) out.push(`; ${place}`);
    lastPlace = place;
    const label = labels.get(pc);
    if (label !== undefined) out.push(`${label}:`);
    out.push(...instructionLines(plan, sequence, pc, instruction, labels));
  }
  return out;
}

function head({ name, title, slots, parameters, outputs }: PlanSequence): string[] {
  const roles = new Map(parameters.map(({ slot, required }) => [slot, required ? "param" : "param with default"]));
  return [
    `sequence ${name}${title === "" ? "" : ` ${JSON.stringify(title)}`}`,
    ...slots.map((slot, i) => `  ${roles.get(i) ?? "var"} ${slot.name}: ${typeText(slot.type)}`),
    ...outputs.map((output) => `  output ${output.name}: ${typeText(output.type)}`),
  ];
}

function placeOf(plan: Plan, pc: number, sources: SourceLines): string {
  const [source, line] = plan.positions[pc] ?? [-1, 0];
  const path = plan.sources[source] ?? "?";
  const text = sources.get(path)?.[line - 1]?.trim() ?? "";
  return `${path}:${line}${text === "" ? "" : `  ${text}`}`;
}

/** Names for the addresses that something leads to, in the order of addresses. */
function labelsOf(plan: Plan, { start, end }: PlanSequence): ReadonlyMap<number, string> {
  const targets = new Set<number>();
  for (const [opcode, ...operands] of plan.code.slice(start, end)) {
    const kinds: readonly OperandKind[] = instructions[opcode].operands;
    operands.forEach((operand, i) => {
      if (typeof operand !== "number") return;
      if (kinds[i] === "address") targets.add(operand);
      if (kinds[i] === "node" && opcode === "OPEN")
        for (const [, address] of addressesOf(plan.nodes[operand])) targets.add(address);
    });
  }
  return new Map([...targets].sort((a, b) => a - b).map((address, i) => [address, `L${i + 1}`]));
}

function addressesOf(node: PlanNode | undefined): readonly (readonly [name: string, address: number])[] {
  if (node?.kind !== "step" && node?.kind !== "group") return [];
  const places: (readonly [string, number | undefined])[] =
    node.kind === "step"
      ? [["verify", node.verify]]
      : [
          ["handler", node.handler],
          ["finally", node.finally],
        ];
  return [...places, ["end", node.end] as const].filter(
    (place): place is readonly [string, number] => place[1] !== undefined,
  );
}

function instructionLines(
  plan: Plan,
  sequence: PlanSequence,
  pc: number,
  [opcode, ...operands]: Instruction,
  labels: ReadonlyMap<number, string>,
): readonly string[] {
  const { operands: kinds, meaning } = instructions[opcode];
  const texts = operands.map((operand, i) => operandText(plan, sequence, kinds[i] ?? "count", operand, labels));
  const stack = /^\(([^)]*)\)/.exec(meaning)?.[0] ?? "";
  const effect = stack === "( → )" ? "" : stack;
  const line = `${String(pc).padStart(6)}  ${opcode.padEnd(opcodeWidth)} ${texts.join(" ")}`;
  const first = `${line.padEnd(effectColumn)} ${effect}`.trimEnd();
  const node = opcode === "OPEN" || opcode === "DISABLED" ? plan.nodes[Number(operands[0])] : undefined;
  if (node?.kind !== "step" && node?.kind !== "group") return [first];
  const places = opcode === "OPEN" ? addressesOf(node).map(([name, at]) => `${name} ${labels.get(at) ?? at}`) : [];
  const does = node.kind === "step" ? [actionText(plan, node)] : [];
  return [first, ...[...does, ...settingTexts(plan, node), ...places].map((text) => `          · ${text}`)];
}

function operandText(
  plan: Plan,
  sequence: PlanSequence,
  kind: OperandKind,
  operand: string | number | readonly string[],
  labels: ReadonlyMap<number, string>,
): string {
  if (typeof operand === "string") return operand;
  if (typeof operand === "object") return `{${operand.join(", ")}}`;
  return numberText(plan, sequence, kind, operand, labels) ?? `?${operand}`;
}

function numberText(
  plan: Plan,
  sequence: PlanSequence,
  kind: OperandKind,
  operand: number,
  labels: ReadonlyMap<number, string>,
): string | undefined {
  switch (kind) {
    case "constant": {
      const constant = plan.constants[operand];
      return constant === undefined ? undefined : constantText(plan, constant.type, constant.value);
    }
    case "slot":
      return sequence.slots[operand]?.name;
    case "global":
      return plan.globals[operand]?.name;
    case "node":
      return plan.nodes[operand] === undefined ? undefined : nodeText(plan.nodes[operand], operand);
    case "part":
      return plan.parts[operand] === undefined ? undefined : `«${plan.parts[operand]}»`;
    case "pattern":
      return plan.patterns[operand] === undefined ? undefined : `/${plan.patterns[operand].source}/`;
    case "address":
      return labels.get(operand);
    case "count":
    case "field":
    case "fields":
    case "state":
    case "stepField":
    case "fact":
    case "function":
    case "arithmetic":
    case "comparison":
    case "comparedType":
      return String(operand);
  }
}

/** `#3 install`, with the identifier in front of the title, if it has one. */
function nodeText(node: PlanNode, index: number): string {
  const label = "label" in node && node.label !== undefined ? `${node.label} ` : "";
  return `#${index} ${label}${node.kind === "if" || node.kind === "for" ? node.name : JSON.stringify(node.name)}`;
}

/** A constant as an author would write it. */
function constantText(plan: Plan, type: PlanType, value: Value): string {
  if (type === "duration" && typeof value === "number") return durationText(value);
  if (type === "size" && typeof value === "number") return sizeText(value);
  if (type === "percent") return `${valueText(value)}%`;
  if (type === "string") return JSON.stringify(value);
  if (type === "int" || type === "bool") return valueText(value);
  const named = typeof value === "number" ? handleName(plan, type, value) : undefined;
  return `${typeText(type)} ${named ?? JSON.stringify(value)}`;
}

function handleName(plan: Plan, type: PlanType, index: number): string | undefined {
  switch (type) {
    case "package":
    case "image":
    case "application":
    case "file":
      return plan.content[index]?.name;
    case "account":
      return plan.accounts[index]?.name;
    case "variable":
      return plan.globals[index]?.name;
    case "step":
      return plan.nodes[index]?.name;
    default:
      return undefined;
  }
}
