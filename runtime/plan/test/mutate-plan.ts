// Mutants of a plan, for tests: each differs from it in one small thing (an operand, an instruction, a field of a
// descriptor, a type). The verifier must refuse a mutant, or the interpreter must be able to run it.
import type { Instruction } from "../instructions.ts";
import { instructions } from "../instructions.ts";
import type { Plan } from "../format.ts";

export interface Mutant {
  /** What was changed: `code[7] swapped with the next`. */
  readonly change: string;
  readonly plan: Plan;
}

/** A small repeatable source of randomness (mulberry32): numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` mutants; the same for the same seed. Digests are left as they were: verify does not look at them. */
export function* mutatePlan(plan: Plan, seed: number, count: number): Generator<Mutant> {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  for (let i = 0; i < count; i += 1) {
    const mutation = pick(mutations);
    const mutant = mutation(plan, { random, pick });
    if (mutant !== null) yield mutant;
  }
}

interface Chance {
  readonly random: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

type Mutation = (plan: Plan, chance: Chance) => Mutant | null;

const mutations: readonly Mutation[] = [
  changeOperand,
  changeOperand,
  changeOperand,
  changeOpcode,
  replaceInstruction,
  deleteInstruction,
  duplicateInstruction,
  swapInstructions,
  changeDescriptor,
  changeDescriptor,
  changeType,
  changeTable,
];

function withInstruction(plan: Plan, address: number, instruction: Instruction): Plan {
  return { ...plan, code: plan.code.map((old, i) => (i === address ? instruction : old)) };
}

function anyAddress(plan: Plan, { random }: Chance): number {
  return Math.floor(random() * plan.code.length);
}

function changeOperand(plan: Plan, chance: Chance): Mutant | null {
  const address = anyAddress(plan, chance);
  const instruction = plan.code[address]!;
  if (instruction.length < 2) return null;
  const at = 1 + Math.floor(chance.random() * (instruction.length - 1));
  const operand = instruction[at]!;
  const changed = changedOperand(plan, operand, chance);
  const mutant = instruction.map((old, i) => (i === at ? changed : old)) as unknown as Instruction;
  return {
    change: `code[${address}][${at}]: ${JSON.stringify(changed)}`,
    plan: withInstruction(plan, address, mutant),
  };
}

function changedOperand(plan: Plan, operand: unknown, { random, pick }: Chance): unknown {
  if (typeof operand === "number") {
    return pick([
      operand + 1,
      operand - 1,
      0,
      Math.floor(random() * plan.code.length),
      Math.floor(random() * 6),
      2 ** 40,
    ]);
  }
  if (Array.isArray(operand))
    return pick([[], operand.slice(1), [...(operand as string[]), "x"], [...operand].reverse()]);
  // Names of the same kind are found among the other instructions' operands.
  const names = plan.code.flatMap((instruction) => instruction.filter((word) => typeof word === "string"));
  return pick([...names, "constructor", "+", "<", "int", "value"]);
}

function changeOpcode(plan: Plan, chance: Chance): Mutant {
  const address = anyAddress(plan, chance);
  const [old, ...operands] = plan.code[address]!;
  const alike = Object.entries(instructions).filter(
    ([name, declared]) => name !== old && declared.operands.join() === instructions[old].operands.join(),
  );
  const [opcode] = chance.pick(alike.length > 0 ? alike : Object.entries(instructions));
  const mutant = [opcode, ...operands] as unknown as Instruction;
  return { change: `code[${address}]: ${opcode} for ${old}`, plan: withInstruction(plan, address, mutant) };
}

function replaceInstruction(plan: Plan, chance: Chance): Mutant {
  const address = anyAddress(plan, chance);
  const from = anyAddress(plan, chance);
  return { change: `code[${address}] = code[${from}]`, plan: withInstruction(plan, address, plan.code[from]!) };
}

function swapInstructions(plan: Plan, chance: Chance): Mutant | null {
  const address = anyAddress(plan, chance);
  const next = plan.code[address + 1];
  if (next === undefined) return null;
  const swapped = withInstruction(withInstruction(plan, address, next), address + 1, plan.code[address]!);
  return { change: `code[${address}] swapped with the next`, plan: swapped };
}

function deleteInstruction(plan: Plan, chance: Chance): Mutant {
  const address = anyAddress(plan, chance);
  return { change: `code[${address}] deleted`, plan: moved(plan, address, 1, []) };
}

function duplicateInstruction(plan: Plan, chance: Chance): Mutant {
  const address = anyAddress(plan, chance);
  return { change: `code[${address}] doubled`, plan: moved(plan, address, 0, [plan.code[address]!]) };
}

/** Takes instructions out or puts some in, and moves every address behind them along. */
function moved(plan: Plan, at: number, remove: number, insert: readonly Instruction[]): Plan {
  const shift = insert.length - remove;
  const move = (address: number): number => (address > at ? address + shift : address);
  const code = plan.code.map(([opcode, ...operands]) => {
    const { operands: kinds } = instructions[opcode];
    const newOperands = operands.map((operand, i) =>
      (kinds as readonly string[])[i] === "address" && typeof operand === "number" ? move(operand) : operand,
    );
    return [opcode, ...newOperands] as unknown as Instruction;
  });
  const position = plan.positions[at]!;
  return {
    ...plan,
    code: [...code.slice(0, at), ...insert, ...code.slice(at + remove)],
    positions: [...plan.positions.slice(0, at), ...insert.map(() => position), ...plan.positions.slice(at + remove)],
    sequences: plan.sequences.map((sequence) => ({
      ...sequence,
      start: move(sequence.start),
      end: move(sequence.end),
    })),
    nodes: plan.nodes.map((node) => {
      const addresses = ["end", "handler", "finally", "verify"] as const;
      const changed: { [name: string]: unknown } = { ...node };
      for (const name of addresses) if (typeof changed[name] === "number") changed[name] = move(changed[name]);
      return changed as unknown as typeof node;
    }),
  };
}

function changeDescriptor(plan: Plan, { random, pick }: Chance): Mutant | null {
  if (plan.nodes.length === 0) return null;
  const index = Math.floor(random() * plan.nodes.length);
  const node = plan.nodes[index]!;
  const path = pick(scalarPaths(node));
  const other = pick(plan.nodes);
  const changed = changeAt(node, path, (old) => {
    if (typeof old === "boolean") return !old;
    if (typeof old === "number")
      return pick([old + 1, Math.max(0, old - 1), 0, Math.floor(random() * plan.code.length)]);
    return pick(["string", "int", "secret", "run", "set", "verify", "rerun", "fail", other.name]);
  });
  const nodes = plan.nodes.map((old, i) => (i === index ? (changed as typeof node) : old));
  return { change: `nodes[${index}].${path.join(".")} changed`, plan: { ...plan, nodes } };
}

function changeType(plan: Plan, { random, pick }: Chance): Mutant | null {
  const types = [
    "string",
    "int",
    "bool",
    "secret",
    "package",
    "duration",
    { list: "string" },
    { optional: "string" },
    "never",
  ];
  const index = Math.floor(random() * plan.sequences.length);
  const sequence = plan.sequences[index]!;
  if (sequence.slots.length === 0) return null;
  const slot = Math.floor(random() * sequence.slots.length);
  const slots = sequence.slots.map((old, i) => (i === slot ? { ...old, type: pick(types) } : old));
  const sequences = plan.sequences.map((old, i) => (i === index ? { ...old, slots } : old));
  const change = `slot ${sequence.slots[slot]!.name} is now ${JSON.stringify(slots[slot]!.type)}`;
  return { change, plan: { ...plan, sequences: sequences as Plan["sequences"] } };
}

function changeTable(plan: Plan, { pick }: Chance): Mutant | null {
  const names = ["constants", "globals", "content", "patterns", "sequences", "environment"] as const;
  const name = pick(names);
  const paths = scalarPaths(plan[name]);
  if (paths.length === 0) return null;
  const path = pick(paths);
  const table = changeAt(plan[name], path, (old) => {
    if (typeof old === "boolean") return !old;
    if (typeof old === "number") return pick([old + 1, Math.max(0, old - 1), 0]);
    return pick(["string", "int", "secret", "x", "match", "jump"]);
  });
  return { change: `${name}.${path.join(".")} changed`, plan: { ...plan, [name]: table } };
}

/** Ways to every number, text and flag in a value. */
function scalarPaths(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    typeof member === "object" && member !== null ? scalarPaths(member).map((path) => [name, ...path]) : [[name]],
  );
}

function changeAt(value: unknown, [name, ...rest]: readonly string[], change: (old: unknown) => unknown): unknown {
  if (name === undefined) return change(value);
  if (Array.isArray(value)) {
    return (value as unknown[]).map((item, i) => (String(i) === name ? changeAt(item, rest, change) : item));
  }
  const record = value as { readonly [name: string]: unknown };
  return { ...record, [name]: changeAt(record[name], rest, change) };
}
