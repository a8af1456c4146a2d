// Instructions of structure: steps, groups, loops, calls and what they decide. Each opens a frame, moves it on or closes it.
import type { Instruction } from "../plan/instructions.ts";
import { limits } from "../plan/limits.ts";
import type { Value } from "../plan/value.ts";
import { currentSequence } from "./evaluate-instructions.ts";
import { invariant, unreachable } from "./invariant.ts";
import {
  ask,
  earliestDeadline,
  groupAt,
  nodeAt,
  numberAt,
  pop,
  popMany,
  popTruth,
  push,
  stepAt,
  topFrame,
  topGroup,
  topLoop,
  topStep,
  type Handler,
  type Machine,
} from "./machine.ts";
import {
  cancelMessage,
  closeGroup,
  closeStep,
  enterFinally,
  failureHere,
  finishFinally,
  leaveCall,
  raise,
} from "./raise.ts";
import type { Failure } from "./failure.ts";
import type { Signal } from "./request.ts";
import type { GroupFrame, StepFrame } from "./state.ts";

/** The driver gets its turn every so many boundaries. */
const boundariesBetweenRests = 1024;

/** What ends the run or the group at this boundary; null: nothing. */
function boundaryFailure(machine: Machine): Failure | null {
  const { state, ports } = machine;
  const signal = ports.signal(state.pc, earliestDeadline(machine));
  if (signal !== null) return signalFailure(machine, signal);
  if (!state.deferredCancel || isInFinally(machine)) return null;
  state.deferredCancel = false;
  return failureHere(machine, "stop", -1, "cancelled", cancelMessage);
}

/** The failure that a signal raises; null: it waits for the end of a `finally` block. */
export function signalFailure(machine: Machine, signal: Signal): Failure | null {
  switch (signal.signal) {
    case "cancel":
      return signal.count === 1 && isInFinally(machine) ? deferCancel(machine) : cancelFailure(machine);
    case "deadline":
      return deadlineFailure(machine, signal.time);
    case "limit":
      return failureHere(machine, "stop", -1, "limit", signal.message);
    default:
      return unreachable(signal);
  }
}

/** A first cancel during a `finally` block lets it finish. */
function deferCancel(machine: Machine): null {
  machine.state.deferredCancel = true;
  return null;
}

/** The stop of a run that is cancelled here. */
export function cancelFailure(machine: Machine): Failure {
  machine.state.deferredCancel = false;
  return failureHere(machine, "stop", -1, "cancelled", cancelMessage);
}

/** The failure of the outermost group whose time is up. */
export function deadlineFailure(machine: Machine, time: number): Failure {
  // A timer may ring a moment early: the earliest bound is over in any case.
  const over = Math.max(time, earliestDeadline(machine) ?? time);
  const isOver = (frame: { kind: string; deadline?: number | null }): boolean =>
    frame.kind === "group" && typeof frame.deadline === "number" && frame.deadline <= over;
  const addressee = machine.state.frames.findIndex(isOver);
  const frame = machine.state.frames[addressee];
  invariant(frame?.kind === "group", "a deadline belongs to a group");
  // What runs on the way up to it is bounded by itself.
  frame.deadline = null;
  const message = `the time of group "${nodeAt(machine, frame.node).name}" is up`;
  return { ...failureHere(machine, "failure", -1, "deadline", message), addressee };
}

function isInFinally(machine: Machine): boolean {
  return machine.state.frames.some((frame) => frame.kind === "group" && frame.phase === "finally");
}

function open(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  if (state.boundaries === boundariesBetweenRests) {
    state.boundaries = 0;
    return ask(machine, { kind: "breathe" });
  }
  state.boundaries += 1;
  state.instructions = 0;
  state.notes = [];
  const failure = boundaryFailure(machine) ?? executionLimit(machine);
  if (failure !== null) return raise(machine, failure);
  state.opened += 1;
  state.frames.push(newFrame(machine, numberAt(instruction, 1)));
  state.pc += 1;
}

function executionLimit(machine: Machine): Failure | null {
  if (machine.state.opened < limits.executions) return null;
  const message = `the run has begun ${limits.executions} steps, groups and items, the most that there may be`;
  return failureHere(machine, "stop", -1, "limit", message);
}

function newFrame(machine: Machine, node: number): StepFrame | GroupFrame {
  const { state } = machine;
  const found = nodeAt(machine, node);
  const height = state.stack.length;
  if (found.kind === "group") {
    const rest = { deadline: null, error: null, pending: null, handled: false, cut: false };
    return { kind: "group", node, height, phase: "deciding", ...rest };
  }
  invariant(found.kind === "step", "a step or group is opened");
  state.executions += 1;
  return {
    ...{ kind: "step", node, height, execution: state.executions },
    phase: found.condition === undefined ? "operands" : "deciding",
    ...{ attempt: 0, retries: 0, interruptions: 0, operands: [], actAddress: -1 },
    ...{ result: null, recorded: false, restart: null, poll: null },
  };
}

function decide(machine: Machine, instruction: Instruction): void {
  const { state, ports } = machine;
  const node = numberAt(instruction, 1);
  const outcome = popTruth(machine);
  const parts = state.notes;
  state.notes = [];
  ports.trace({ k: "decide", node, pc: state.pc, outcome, parts });
  const { kind } = nodeAt(machine, node);
  if (kind === "step") {
    const frame = topStep(machine, node);
    if (outcome) frame.phase = "operands";
    else state.frames.pop();
  } else if (kind === "group" && !outcome) {
    topGroup(machine, node);
    state.frames.pop();
  }
  state.pc = outcome ? state.pc + 1 : numberAt(instruction, 2);
}

function body(machine: Machine, instruction: Instruction): void {
  const { state, ports } = machine;
  const node = numberAt(instruction, 1);
  const frame = topGroup(machine, node);
  const { timeout } = groupAt(machine, node);
  frame.phase = "body";
  const time = ports.trace({ k: "enter", node, frame: "body" });
  if (timeout !== undefined) frame.deadline = time + timeout;
  state.pc += 1;
}

function leave(machine: Machine, instruction: Instruction): void {
  const node = numberAt(instruction, 1);
  const frame = topGroup(machine, node);
  invariant(frame.phase === "body", "LEAVE ends the body of a group");
  frame.deadline = null;
  afterBody(machine, frame);
}

function handled(machine: Machine, instruction: Instruction): void {
  const frame = topGroup(machine, numberAt(instruction, 1));
  invariant(frame.phase === "handler", "HANDLED ends a handler");
  frame.error = null;
  frame.handled = true;
  afterBody(machine, frame);
}

function afterBody(machine: Machine, frame: GroupFrame): void {
  if (groupAt(machine, frame.node).finally !== undefined) return enterFinally(machine, frame, null);
  closeGroup(machine, frame, frame.handled ? "failed-continued" : "succeeded");
}

function resume(machine: Machine, instruction: Instruction): void {
  const frame = topGroup(machine, numberAt(instruction, 1));
  invariant(frame.phase === "finally", "RESUME ends a `finally` block");
  finishFinally(machine, frame);
}

function disabled(machine: Machine, instruction: Instruction): void {
  machine.ports.trace({ k: "skip", node: numberAt(instruction, 1) });
  machine.state.pc += 1;
}

// ---- the end of a step -----------------------------------------------------------------------------------------------

/** A step's end is a boundary too: what was asked for while it ran is taken here, and a restart that is due is done. */
function done(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  const node = numberAt(instruction, 1);
  const frame = topStep(machine, node);
  const failure = boundaryFailure(machine);
  if (failure !== null) {
    closeStep(machine, frame, "succeeded");
    return raise(machine, failure);
  }
  if (frame.restart !== null) {
    const { execution, restart: target } = frame;
    return ask(machine, { kind: "restart", execution, node, target });
  }
  closeStep(machine, frame, "succeeded");
  state.pc = stepAt(machine, node).end;
}

/** The restart came to nothing, or has been done. */
export function restarted(
  machine: Machine,
  failure: { readonly reason: "restart" | "limit"; readonly message: string } | null,
): void {
  const frame = topFrame(machine);
  invariant(frame?.kind === "step", "a step restarts");
  frame.restart = null;
  if (failure === null) {
    machine.state.restarts += 1;
    return;
  }
  frame.recorded = false;
  raise(machine, failureHere(machine, "stop", -1, failure.reason, failure.message));
}

// ---- loops -----------------------------------------------------------------------------------------------------------

function iterate(machine: Machine, instruction: Instruction): void {
  const { state } = machine;
  const items = pop(machine);
  invariant(Array.isArray(items), "a loop goes over a list");
  state.frames.push({
    ...{ kind: "loop", node: numberAt(instruction, 1), height: state.stack.length },
    ...{ items: items as readonly Value[], begun: 0 },
  });
  state.pc += 1;
}

function nextItem(machine: Machine, instruction: Instruction): void {
  const { state, ports, program } = machine;
  const node = numberAt(instruction, 1);
  const frame = topLoop(machine, node);
  const loop = nodeAt(machine, node);
  const silent = loop.kind === "for" && loop.silent;
  const item = frame.items[frame.begun];
  if (item === undefined) {
    state.frames.pop();
    if (!silent) ports.trace({ k: "leave", node, frame: "loop", state: "succeeded" });
    state.pc = numberAt(instruction, 3);
    return;
  }
  frame.begun += 1;
  state.slots[numberAt(instruction, 2)] = item;
  for (const step of program.forgottenByLoop.get(node) ?? []) delete state.steps[step];
  if (!silent) {
    state.opened += 1;
    ports.trace({ k: "enter", node, frame: "item", item: frame.begun });
  }
  state.pc += 1;
}

// ---- calls -----------------------------------------------------------------------------------------------------------

function call(machine: Machine, instruction: Instruction): void {
  const { state, ports, program } = machine;
  const node = numberAt(instruction, 1);
  const { action, operands } = stepAt(machine, node);
  invariant(action.kind === "call", "CALL names a call step");
  const values = popMany(machine, operands.length);
  const frame = topStep(machine, node);
  frame.phase = "acting";
  const child = program.plan.sequences[action.sequence];
  invariant(child, "the called sequence exists");
  const slots: (Value | undefined)[] = new Array<Value | undefined>(child.slots.length).fill(undefined);
  for (const [i, slot] of action.parameters.entries()) slots[slot] = values[i] ?? null;
  state.frames.push({
    ...{ kind: "call", node, height: state.stack.length, sequence: action.sequence },
    ...{ returnTo: state.pc + 1, slots: state.slots, steps: state.steps },
  });
  state.slots = slots;
  state.steps = {};
  ports.trace({ k: "enter", node, frame: "call", x: frame.execution });
  state.pc = child.start;
}

function returnFrom(machine: Machine, instruction: Instruction): void {
  const { state, ports, program } = machine;
  const values = popMany(machine, numberAt(instruction, 1));
  const frame = topFrame(machine);
  const names = program.plan.sequences[currentSequence(machine)]?.outputs.map(({ name }) => name) ?? [];
  const outputs = Object.fromEntries(names.map((name, i) => [name, values[i] ?? null]));
  if (frame === undefined) return ask(machine, { kind: "end", state: "succeeded", failure: null, outputs });
  invariant(frame.kind === "call", "a sequence ends with its own frames closed");
  leaveCall(machine, frame);
  ports.trace({ k: "leave", node: frame.node, frame: "call", state: "succeeded" });
  const step = topStep(machine, frame.node);
  const single = values.length === 1;
  const output = single ? (values[0] ?? null) : presentFields(outputs);
  step.result = { succeeded: true, code: 0, reason: "none", ...(values.length === 0 ? {} : { output }) };
  if (stepAt(machine, frame.node).output !== null) push(machine, output);
  state.pc = frame.returnTo;
}

/** As RECORD: absent fields are left out. */
function presentFields(record: { readonly [name: string]: Value }): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

export const frameInstructions = {
  DECIDE: decide,
  ITER: iterate,
  NEXT: nextItem,
  OPEN: open,
  BODY: body,
  LEAVE: leave,
  HANDLED: handled,
  RESUME: resume,
  DONE: done,
  DISABLED: disabled,
  CALL: call,
  RETURN: returnFrom,
} as const satisfies { readonly [opcode: string]: Handler };
