// Instructions that compute: constants, variables, values, pure functions. None of them reaches the world but FACT, which asks.
import { append, arithmetic, builtin, compare, concat, type Evaluation } from "../plan/evaluate.ts";
import type { FactName } from "../plan/facts.ts";
import type { FunctionName } from "../plan/functions.ts";
import type { ArithmeticOperator, ComparedType, ComparisonOperator, Instruction } from "../plan/instructions.ts";
import { limits } from "../plan/limits.ts";
import { matchPattern } from "../plan/pattern-match.ts";
import type { StateField, StepField } from "../plan/state-fields.ts";
import { holdsSecret } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";
import type { Failure } from "./failure.ts";
import { invariant, unreachable } from "./invariant.ts";
import {
  ask,
  innermostGroup,
  numberAt,
  pop,
  popMany,
  popText,
  popTruth,
  push,
  textAt,
  type Handler,
  type Machine,
} from "./machine.ts";
import { fail, failEvaluation } from "./raise.ts";

/** The next instruction. */
function next(machine: Machine): void {
  machine.state.pc += 1;
}

/** Pushes what came out and goes on, or raises. */
function settle(machine: Machine, evaluation: Evaluation): void {
  if ("failure" in evaluation) return failEvaluation(machine, evaluation.failure);
  push(machine, evaluation.value);
  next(machine);
}

function pushAndNext(machine: Machine, value: Value): void {
  push(machine, value);
  next(machine);
}

function pushConstant(machine: Machine, instruction: Instruction): void {
  const constant = machine.program.plan.constants[numberAt(instruction, 1)];
  invariant(constant, "the constant exists");
  pushAndNext(machine, constant.value);
}

function load(machine: Machine, instruction: Instruction): void {
  const value = machine.state.slots[numberAt(instruction, 1)];
  invariant(value !== undefined, "a slot is set before it is read");
  pushAndNext(machine, value);
}

function store(machine: Machine, instruction: Instruction): void {
  const { state, program, ports } = machine;
  const index = numberAt(instruction, 1);
  const value = pop(machine);
  const slot = program.plan.sequences[currentSequence(machine)]?.slots[index];
  invariant(slot, "the slot exists");
  state.slots[index] = value;
  ports.trace({
    k: "set",
    pc: state.pc,
    scope: "local",
    name: slot.name,
    value: { value, secret: holdsSecret(slot.type) },
  });
  next(machine);
}

/** The sequence of the present call. */
export function currentSequence(machine: Machine): number {
  const { frames } = machine.state;
  for (let i = frames.length - 1; i >= 0; i -= 1) {
    const frame = frames[i];
    if (frame?.kind === "call") return frame.sequence;
  }
  return 0;
}

function globalStore(machine: Machine, instruction: Instruction): void {
  const { state, program, ports } = machine;
  const index = numberAt(instruction, 1);
  const value = popText(machine);
  const global = program.plan.globals[index];
  invariant(global, "the global exists");
  const problem = environmentProblem(value);
  if (problem !== null) return fail(machine, "value", `the value of ${global.name} ${problem}`);
  setGlobal(machine, index, value);
  ports.trace({ k: "set", pc: state.pc, scope: "global", name: global.name, value: { value, secret: global.secret } });
  next(machine);
}

/** Sets a global; `""` unsets it. */
export function setGlobal(machine: Machine, index: number, value: string): void {
  const { state } = machine;
  state.globalsVersion += 1;
  if (value === "") delete state.globals[index];
  else state.globals[index] = value;
}

/** Why a text can be no argument and no variable of a process; null: it can. */
export function environmentProblem(text: string): string | null {
  if (text.includes("\0")) return "holds a NUL character, which no process can be given";
  if (text.length <= limits.argumentLength) return null;
  return `has ${text.length} UTF-16 units; a process can be given ${limits.argumentLength}`;
}

function given(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  const isGiven = state.slots[numberAt(instruction, 1)] !== undefined;
  state.pc = isGiven ? numberAt(instruction, 2) : state.pc + 1;
}

function readFact(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  const args = popMany(machine, numberAt(instruction, 2));
  const polling = state.frames.some((frame) => frame.kind === "step" && frame.poll !== null);
  ask(machine, { kind: "fact", pc: state.pc, fact: textAt(instruction, 1) as FactName, args, polling });
}

function listOf(machine: Machine, instruction: Instruction): void {
  pushAndNext(machine, popMany(machine, numberAt(instruction, 1)));
}

function appendItem(machine: Machine): void {
  const item = pop(machine);
  const items = pop(machine);
  invariant(Array.isArray(items), "a list is on the stack");
  settle(machine, append(items as readonly Value[], item));
}

function recordOf(machine: Machine, instruction: Instruction): void {
  const fields = instruction[1] as readonly string[];
  const values = popMany(machine, fields.length);
  const entries = fields.map((field, i) => [field, values[i] ?? null] as const).filter(([, value]) => value !== null);
  pushAndNext(machine, Object.fromEntries(entries));
}

function fieldOf(machine: Machine, instruction: Instruction): void {
  const record = pop(machine);
  invariant(record !== null && typeof record === "object" && !Array.isArray(record), "a record is on the stack");
  const field = textAt(instruction, 1);
  const fields = record as { readonly [field: string]: Value };
  pushAndNext(machine, Object.hasOwn(fields, field) ? (fields[field] ?? null) : null);
}

function concatenate(machine: Machine, instruction: Instruction): void {
  settle(machine, concat(popMany(machine, numberAt(instruction, 1)).map(String)));
}

function calculate(machine: Machine, instruction: Instruction): void {
  const b = Number(pop(machine));
  const a = Number(pop(machine));
  settle(machine, arithmetic(textAt(instruction, 1) as ArithmeticOperator, a, b));
}

function compareValues(machine: Machine, instruction: Instruction): void {
  const b = pop(machine);
  const a = pop(machine);
  const operator = textAt(instruction, 1) as ComparisonOperator;
  pushAndNext(machine, compare(operator, textAt(instruction, 2) as ComparedType, a, b).value);
}

function match(machine: Machine, instruction: Instruction): void {
  const text = pop(machine);
  const pattern = machine.program.plan.patterns[numberAt(instruction, 1)];
  invariant(pattern, "the pattern exists");
  settle(machine, matchPattern(pattern, text));
}

function callBuiltin(machine: Machine, instruction: Instruction): void {
  const operands = popMany(machine, numberAt(instruction, 2));
  settle(machine, builtin(textAt(instruction, 1) as FunctionName, operands));
}

/** A part evaluated twice within one condition (in a list comprehension) shows its last value. */
function note(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  const part = numberAt(instruction, 1);
  const value = state.stack.at(-1);
  invariant(value !== undefined, "a part has a value");
  const earlier = state.notes.findIndex(([noted]) => noted === part);
  if (earlier >= 0) state.notes[earlier] = [part, value];
  else state.notes.push([part, value]);
  next(machine);
}

function readState(machine: Machine, instruction: Instruction): void {
  pushAndNext(machine, stateField(machine, textAt(instruction, 1) as StateField));
}

function stateField(machine: Machine, field: StateField): Value {
  const { state, program } = machine;
  switch (field) {
    case "last.name":
      return state.last.name;
    case "last.succeeded":
      return state.last.succeeded;
    case "last.code":
      return state.last.code;
    case "last.reason":
      return state.last.reason;
    case "run.id":
      return state.run.id;
    case "run.sequence":
      return program.plan.sequences[0]?.name ?? "";
    case "run.started":
      return state.run.started;
    case "run.restarts":
      return state.restarts;
    case "run.failures":
      return state.failures;
    case "run.logs":
      return state.run.logs;
    default: {
      const [place, name = ""] = field.split(".");
      const failure =
        place === "error" ? innermostGroup(machine, "handler")?.error : innermostGroup(machine, "finally")?.pending;
      invariant(place !== "error" || failure, "`error` is read in a handler");
      return failure ? failureField(machine, failure, name) : null;
    }
  }
}

function failureField(machine: Machine, failure: Failure, name: string): Value {
  switch (name) {
    case "name":
      return failure.name;
    case "code":
      return failure.code;
    case "reason":
      return failure.reason;
    case "message":
      return failure.message;
    case "file":
      return machine.program.plan.sources[failure.position[0]] ?? "";
    case "line":
      return failure.position[1];
    default:
      return [...failure.path, failure.name].join(" / ");
  }
}

function readStep(machine: Machine, instruction: Instruction): void {
  const result = machine.state.steps[numberAt(instruction, 1)];
  if (result === undefined) return pushAndNext(machine, null);
  const field = textAt(instruction, 2) as StepField;
  switch (field) {
    case "succeeded":
      return pushAndNext(machine, result.succeeded);
    case "code":
      return pushAndNext(machine, result.code);
    case "reason":
      return pushAndNext(machine, result.reason);
    case "output":
      return pushAndNext(machine, result.output ?? null);
    default:
      return unreachable(field);
  }
}

function jumpIfFalse(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  state.pc = popTruth(machine) ? state.pc + 1 : numberAt(instruction, 1);
}

function jumpIfAbsent(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  state.pc = state.stack.at(-1) === null ? numberAt(instruction, 1) : state.pc + 1;
}

function jumpIfPresent(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  if (state.stack.at(-1) !== null) state.pc = numberAt(instruction, 1);
  else {
    state.stack.pop();
    state.pc += 1;
  }
}

export const evaluateInstructions = {
  PUSH: pushConstant,
  ABSENT: (machine) => pushAndNext(machine, null),
  LOAD: load,
  STORE: store,
  GLOAD: (machine, instruction) => pushAndNext(machine, machine.state.globals[numberAt(instruction, 1)] ?? ""),
  GSTORE: globalStore,
  GDEFINED: (machine, instruction) =>
    pushAndNext(machine, machine.state.globals[numberAt(instruction, 1)] !== undefined),
  GIVEN: given,
  STATE: readState,
  STEP: readStep,
  FACT: readFact,
  LIST: listOf,
  APPEND: appendItem,
  RECORD: recordOf,
  FIELD: fieldOf,
  CONCAT: concatenate,
  ARITH: calculate,
  CMP: compareValues,
  NOT: (machine) => pushAndNext(machine, !popTruth(machine)),
  MATCH: match,
  BUILTIN: callBuiltin,
  POP: (machine) => {
    pop(machine);
    next(machine);
  },
  NOTE: note,
  JUMP: (machine, instruction) => {
    machine.state.pc = numberAt(instruction, 1);
  },
  JFALSE: jumpIfFalse,
  JABSENT: jumpIfAbsent,
  JPRESENT: jumpIfPresent,
} as const satisfies { readonly [opcode: string]: Handler };
