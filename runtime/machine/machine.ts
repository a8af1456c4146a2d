// A machine: a program, the state of a run in it, and the ports it reaches. What instructions share stands here: the operand
// stack, the innermost frames, asking the world. What an instruction does stands in handlers of its family.
import type { Instruction } from "../plan/instructions.ts";
import type { Plan, PlanNode, PlanStep, PlanGroup, Position } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { invariant } from "./invariant.ts";
import type { Ports, Request } from "./request.ts";
import type { Frame, GroupFrame, LoopFrame, MachineState, RunFacts, StepFrame } from "./state.ts";

/** What an instruction does. It moves `state.pc` itself. */
export type Handler = (machine: Machine, instruction: Instruction) => void;

/** A plan, made ready to run. */
export interface Program {
  readonly plan: Plan;
  /** The handler of each instruction. */
  readonly handlers: readonly Handler[];
  /** Nodes whose results STEP reads. */
  readonly remembered: ReadonlySet<number>;
  /** Of these, those in the body of each loop: absent again at each item. */
  readonly forgottenByLoop: ReadonlyMap<number, readonly number[]>;
}

export interface Machine {
  readonly program: Program;
  readonly state: MachineState;
  readonly ports: Ports;
  /** Compare what the verifier proved with what happens, after each instruction. */
  readonly checked: boolean;
}

/** The state before the first instruction: parameters by slot of sequence 0. */
export function initialState(plan: Plan, run: RunFacts, parameters: ReadonlyMap<number, Value>): MachineState {
  const main = plan.sequences[0];
  invariant(main, "a plan has a sequence");
  const slots: (Value | undefined)[] = main.slots.map((_, slot) => parameters.get(slot));
  return {
    pc: main.start,
    ...{ frames: [], stack: [], slots, steps: {}, globals: {}, globalsVersion: 0 },
    last: { name: "", succeeded: true, code: 0, reason: "none" },
    run,
    ...{ restarts: 0, failures: 0, executions: 0, opened: 0, instructions: 0 },
    notes: [],
    ...{ deferredCancel: false, boundaries: 0 },
    asked: null,
  };
}

// ---- operand stack ---------------------------------------------------------------------------------------------------

export function push(machine: Machine, value: Value): void {
  machine.state.stack.push(value);
}

export function pop(machine: Machine): Value {
  const value = machine.state.stack.pop();
  invariant(value !== undefined, "the operand stack holds a value");
  return value;
}

/** The last `count` values, in the order in which they were pushed. */
export function popMany(machine: Machine, count: number): readonly Value[] {
  const { stack } = machine.state;
  invariant(stack.length >= count, "the operand stack holds the operands");
  return count === 0 ? [] : stack.splice(stack.length - count, count);
}

export function popText(machine: Machine): string {
  const value = pop(machine);
  invariant(typeof value === "string", "a text is on the stack");
  return value;
}

export function popTruth(machine: Machine): boolean {
  const value = pop(machine);
  invariant(typeof value === "boolean", "a truth value is on the stack");
  return value;
}

// ---- operands of instructions ----------------------------------------------------------------------------------------

/** A numeric operand: an index, a count or an address. */
export function numberAt(instruction: Instruction, index: number): number {
  return instruction[index] as number;
}

export function textAt(instruction: Instruction, index: number): string {
  return instruction[index] as string;
}

export function nodeAt(machine: Machine, node: number): PlanNode {
  const found = machine.program.plan.nodes[node];
  invariant(found, `node ${node} exists`);
  return found;
}

export function stepAt(machine: Machine, node: number): PlanStep {
  const found = nodeAt(machine, node);
  invariant(found.kind === "step", `node ${node} is a step`);
  return found;
}

export function groupAt(machine: Machine, node: number): PlanGroup {
  const found = nodeAt(machine, node);
  invariant(found.kind === "group", `node ${node} is a group`);
  return found;
}

export function positionAt(machine: Machine, pc: number): Position {
  return machine.program.plan.positions[pc] ?? [0, 1, 1];
}

// ---- frames ----------------------------------------------------------------------------------------------------------

export function topFrame(machine: Machine): Frame | undefined {
  return machine.state.frames.at(-1);
}

export function topStep(machine: Machine, node: number): StepFrame {
  const frame = topFrame(machine);
  invariant(frame?.kind === "step" && frame.node === node, `the frame of step ${node} is on top`);
  return frame;
}

export function topGroup(machine: Machine, node: number): GroupFrame {
  const frame = topFrame(machine);
  invariant(frame?.kind === "group" && frame.node === node, `the frame of group ${node} is on top`);
  return frame;
}

export function topLoop(machine: Machine, node: number): LoopFrame {
  const frame = topFrame(machine);
  invariant(frame?.kind === "loop" && frame.node === node, `the frame of loop ${node} is on top`);
  return frame;
}

/** The innermost group frame in this phase; undefined: there is none. */
export function innermostGroup(machine: Machine, phase: GroupFrame["phase"]): GroupFrame | undefined {
  const { frames } = machine.state;
  for (let i = frames.length - 1; i >= 0; i -= 1) {
    const frame = frames[i];
    if (frame?.kind === "group" && frame.phase === phase) return frame;
  }
  return undefined;
}

/** The time of the run at which the earliest bound ends; null: there is none. */
export function earliestDeadline(machine: Machine): number | null {
  let earliest: number | null = null;
  for (const frame of machine.state.frames) {
    if (frame.kind !== "group" || frame.deadline === null) continue;
    if (earliest === null || frame.deadline < earliest) earliest = frame.deadline;
  }
  return earliest;
}

/** Names of the groups, loops and calls that are open, outermost first; `below` frames are looked at. */
export function pathOf(machine: Machine, below = machine.state.frames.length): readonly string[] {
  const path: string[] = [];
  for (const frame of machine.state.frames.slice(0, below)) {
    const names =
      frame.kind === "call" || frame.kind === "loop" || (frame.kind === "group" && frame.phase !== "deciding");
    if (names) path.push(nodeAt(machine, frame.node).name);
  }
  return path;
}

/** Stops at this instruction until the driver has answered. */
export function ask(machine: Machine, request: Request): void {
  machine.state.asked = request;
}
