// What instructions about values do to the types on the stack: rules V2, V3, V6, V8, V9 and V11 for them.
import { facts } from "../facts.ts";
import type { FactName } from "../facts.ts";
import { functions } from "../functions.ts";
import type { FunctionName } from "../functions.ts";
import type { ArithmeticOperator, ComparedType, ComparisonOperator } from "../instructions.ts";
import { limits } from "../limits.ts";
import type { PlanType } from "../plan-type.ts";
import { stateFields, stepFields } from "../state-fields.ts";
import type { StateField, StepField } from "../state-fields.ts";
import {
  arithmeticType,
  commonType,
  fieldType,
  holdsSecret,
  isComparable,
  isOptional,
  optionalOf,
  typeDepth,
  typeParts,
  typeText,
} from "../type-relation.ts";
import type { Machine } from "./machine.ts";
import { stepOutputType } from "./nodes.ts";
import { looked, typeOf } from "./state.ts";

export function pushConstant(m: Machine, index: number): void {
  m.push(m.plan.constants[index]?.type ?? "never", index);
}

export function load(m: Machine, slot: number): void {
  m.mustBeSet(slot);
  m.push(m.sequence.slots[slot]?.type ?? "never");
}

export function store(m: Machine, slot: number): void {
  m.takeAs(m.sequence.slots[slot]?.type ?? "never", m.slotName(slot));
  m.set(slot);
}

export function loadGlobal(m: Machine, index: number): void {
  m.push(m.plan.globals[index]?.secret === true ? "secret" : "string");
}

export function storeGlobal(m: Machine, index: number): void {
  const global = m.plan.globals[index];
  m.takeAs(global?.secret === true ? "secret" : "string", `global ${global?.name ?? index}`);
}

export function pushState(m: Machine, name: string): void {
  const { type, place } = stateFields[name as StateField];
  if (place !== "anywhere" && !isInside(m, place)) {
    m.fail("V11", `${name} is read outside of ${place === "handler" ? "a handler" : "a finally block"}.`);
  }
  m.push(type);
}

/** Is the innermost or any outer group in its handler, or its finally block? */
export function isInside(m: Machine, place: "handler" | "finally"): boolean {
  for (let frame = m.frames; frame !== null; frame = frame.below) if (frame.phase === place) return true;
  return false;
}

export function pushStepField(m: Machine, index: number, name: string): void {
  const node = m.node(index);
  const declared = stepFields[name as StepField].type;
  const type = declared ?? (node?.kind === "step" ? stepOutputType(node) : null);
  if (node === undefined || (node.kind !== "step" && node.kind !== "group")) {
    m.fail("V12", `Node ${index} is no step or group: it has no ${name}.`);
  } else if (type === null) {
    m.fail("V8", `${node.name} has no ${name}.`);
  }
  m.push(optionalOf(type ?? "never"));
}

export function askFact(m: Machine, name: string): void {
  const { parameters, result } = facts[name as FactName];
  for (const parameter of [...parameters].reverse()) {
    const { constant } = m.takeAs(parameter.type, `${parameter.name} of ${name}`);
    if (name === "env" && constant === null) m.fail("V2", "The name of an environment variable must be a constant.");
  }
  m.push(result);
}

export function makeList(m: Machine, count: number): void {
  let item: PlanType = "never";
  for (let i = 0; i < count; i += 1) {
    const type = looked(m.take());
    const common = commonType(item, type);
    if (common === null) m.fail("V3", `A list has ${typeText(item)} and ${typeText(type)} as items.`);
    else item = common;
  }
  mustNotBeTooDeep(m, item);
  m.pushEntry({ type: { list: item }, constant: null, growing: { item, frozen: false } });
}

/** A list or record of such members must stay within the depth that values may have. */
function mustNotBeTooDeep(m: Machine, member: PlanType): void {
  if (typeDepth(member) >= limits.valueDepth) m.fail("V14", `A value nests deeper than ${limits.valueDepth}.`);
  if (typeParts(member) > limits.typeParts) m.fail("V14", "The type of a value is too large.");
}

export function append(m: Machine): void {
  const item = looked(m.take());
  const entry = m.stack?.top;
  const list = entry === undefined ? "never" : typeOf(entry);
  if (entry === undefined || typeof list === "string" || !("list" in list))
    return m.fail("V3", "APPEND finds no list.");
  const common = commonType(list.list, item);
  const widens = common === null || !isSame(common, list.list);
  if (entry.growing === null || entry.growing.frozen) {
    if (widens) m.fail("V3", `${typeText(item)} is appended to ${typeText(list)}.`);
  } else if (common === null) {
    m.fail("V3", `A list has ${typeText(list.list)} and ${typeText(item)} as items.`);
  } else {
    mustNotBeTooDeep(m, common);
    entry.growing.item = common;
  }
}

function isSame(a: PlanType, b: PlanType): boolean {
  return a === b || typeText(a) === typeText(b);
}

export function makeRecord(m: Machine, fields: readonly string[]): void {
  const types = fields.map(() => looked(m.take())).reverse();
  const record: PlanType = { record: Object.fromEntries(fields.map((field, i) => [field, types[i] ?? "never"])) };
  if (typeDepth(record) > limits.valueDepth) m.fail("V14", `A value nests deeper than ${limits.valueDepth}.`);
  if (typeParts(record) > limits.typeParts) m.fail("V14", "The type of a value is too large.");
  m.push(record);
}

export function takeField(m: Machine, field: string): void {
  const record = looked(m.take());
  const type = fieldType(record, field);
  if (type === null) m.fail("V8", `${typeText(record)} has no field ${field}.`);
  m.push(type ?? "never");
}

export function concatTexts(m: Machine, count: number): void {
  for (let i = 0; i < count; i += 1) m.takeAs("string", "a part of a text");
  m.push("string");
}

export function calculate(m: Machine, operator: ArithmeticOperator): void {
  const right = looked(m.take());
  const left = looked(m.take());
  const type = arithmeticType(operator, left, right);
  if (type === null) m.fail("V3", `There is no ${typeText(left)} ${operator} ${typeText(right)}.`);
  m.push(type ?? "never");
}

export function compareValues(m: Machine, operator: ComparisonOperator, compared: ComparedType): void {
  const right = looked(m.take());
  const left = looked(m.take());
  if (!isComparable(operator, compared, left, right)) {
    const secret = holdsSecret(left) || holdsSecret(right);
    m.fail(
      secret ? "V9" : "V3",
      secret
        ? "A secret is compared."
        : `${typeText(left)} ${operator} ${typeText(right)} can't be compared as ${compared}.`,
    );
  }
  m.push("bool");
}

export function callFunction(m: Machine, name: string): void {
  const declared = functions[name as FunctionName];
  for (const parameter of [...(declared.parameters as readonly PlanType[])].reverse()) {
    const type = looked(m.take());
    if (accepts(parameter, type)) continue;
    const leak = holdsSecret(type) && !holdsSecret(parameter);
    if (leak) m.fail("V9", `A secret reaches ${name}.`);
    else m.fail("V3", `${name} gets ${typeText(type)}, not ${typeText(parameter)}.`);
  }
  m.push(declared.result);
}

/** `fits`, but where the catalogue says `never` any type will do that holds no secret. */
function accepts(parameter: PlanType, type: PlanType): boolean {
  if (parameter === "never") return !holdsSecret(type);
  if (type === "never" || parameter === type) return true;
  if (isOptional(parameter)) return accepts(parameter.optional, isOptional(type) ? type.optional : type);
  if (typeof parameter === "string") return parameter === "secret" && type === "string";
  return "list" in parameter && typeof type === "object" && "list" in type && accepts(parameter.list, type.list);
}

/** Remembers the top: it is looked at, and will be shown. */
export function note(m: Machine): void {
  const entry = m.stack?.top;
  if (entry === undefined) return m.fail("V3", "The stack is empty where a value is noted.");
  if (holdsSecret(looked(entry))) m.fail("V9", "A secret is noted for the report.");
}

export function jumpIfFalse(m: Machine, address: number): void {
  m.takeAs("bool", "a condition");
  m.jump(address);
}

/** At the address the value is absent; further down it is present. */
export function jumpIfAbsent(m: Machine, address: number): void {
  const type = looked(m.take());
  const rest = m.stack;
  m.push({ optional: "never" });
  m.jump(address);
  m.stack = rest;
  m.push(isOptional(type) ? type.optional : type);
}

/** At the address the value is present; further down it is gone. */
export function jumpIfPresent(m: Machine, address: number): void {
  const type = looked(m.take());
  const rest = m.stack;
  m.push(isOptional(type) ? type.optional : type);
  m.jump(address);
  m.stack = rest;
}
