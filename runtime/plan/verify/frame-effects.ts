// What instructions about nodes, frames and effects do: rules V4, V5, V6, V11 and V12 for them. A failure inside a frame
// goes on at its handler, finally block or end with the variables that were set when the frame was opened: what the body
// sets may not have been.
import { declaredAction } from "../declared-action.ts";
import type { PlanGroup, PlanOperand, PlanStep } from "../format.ts";
import type { PlanType } from "../plan-type.ts";
import { typeText } from "../type-relation.ts";
import type { Machine } from "./machine.ts";
import { isEffect } from "./nodes.ts";
import { allSlots, commonSlots, heightOf, looked } from "./state.ts";
import type { Frame, GroupPhase, Slots, StepPhase } from "./state.ts";
import { isInside } from "./value-effects.ts";

type StepFrame = Frame & { readonly kind: "step" };
type GroupFrame = Frame & { readonly kind: "group" };

function outerLimit(m: Machine): number {
  return m.frames?.limit ?? m.sequence.end;
}

/** May statements stand here? Inside a step or a list comprehension only expressions may. */
function mustBeStatementPlace(m: Machine): void {
  m.mustBeEmpty();
  if (m.frames?.kind === "step" || (m.frames?.kind === "loop" && m.frames.silent)) {
    m.fail("V5", `A statement begins inside node ${m.frames.node}.`);
  }
}

/** The step whose frame is the innermost, in one of the phases. */
function stepOnTop(m: Machine, index: number, phases: readonly StepPhase[]): (StepFrame & { step: PlanStep }) | null {
  const node = m.node(index);
  const { frames } = m;
  if (node?.kind !== "step" || frames?.kind !== "step" || frames.node !== index || !phases.includes(frames.phase)) {
    m.fail("V5", `Step ${index} is not the innermost frame, or not that far.`);
    return null;
  }
  return { ...frames, step: node };
}

function groupOnTop(
  m: Machine,
  index: number,
  phases: readonly GroupPhase[],
): (GroupFrame & { group: PlanGroup }) | null {
  const node = m.node(index);
  const { frames } = m;
  if (node?.kind !== "group" || frames?.kind !== "group" || frames.node !== index || !phases.includes(frames.phase)) {
    m.fail("V5", `Group ${index} is not the innermost frame, or not that far.`);
    return null;
  }
  return { ...frames, group: node };
}

function stepPhase(m: Machine, { step: _, ...frame }: StepFrame & { step: PlanStep }, phase: StepPhase): void {
  m.frames = { ...frame, phase };
}

export function openNode(m: Machine, index: number): void {
  mustBeStatementPlace(m);
  const node = m.node(index);
  if (node === undefined || (node.kind !== "step" && node.kind !== "group")) {
    return m.fail("V12", `OPEN takes a step or a group, not node ${index}.`);
  }
  if (node.disabled === true) m.fail("V12", `${node.name} is disabled: it has no code.`);
  if (m.opened.has(index)) m.fail("V5", `Node ${index} is opened at two places.`);
  m.opened.add(index);
  if (node.end <= m.pc) m.fail("V4", `The end of node ${index} lies before its start.`);
  const outer = m.frames;
  if (node.continueOnError) m.goTo(node.end, m.state());
  const own = node.kind === "step" ? (node.verify ?? node.end) : (node.handler ?? node.finally ?? node.end);
  const limit = Math.min(own, outerLimit(m));
  m.open({ kind: node.kind, node: index, phase: "open", limit, below: outer, depth: (outer?.depth ?? 0) + 1 });
}

export function disabledNode(m: Machine, index: number): void {
  mustBeStatementPlace(m);
  const node = m.node(index);
  const disabled = (node?.kind === "step" || node?.kind === "group") && node.disabled === true;
  if (!disabled) m.fail("V12", `Node ${index} is not disabled.`);
}

export function decide(m: Machine, index: number, address: number): void {
  m.takeAs("bool", "a condition");
  m.mustBeEmpty();
  const node = m.node(index);
  if (node?.kind === "if") {
    mustBeStatementPlace(m);
    return m.goTo(address, m.state());
  }
  if (node?.kind !== "step" && node?.kind !== "group")
    return m.fail("V12", `Node ${index} has no condition to decide.`);
  const { frames } = m;
  if (frames === null || frames.node !== index || frames.phase !== "open" || frames.kind !== node.kind) {
    return m.fail("V5", `Node ${index} is not the innermost frame, or is decided already.`);
  }
  if (address !== node.end) m.fail("V12", `DECIDE leads to ${address}, and node ${index} ends at ${node.end}.`);
  m.goTo(address, { ...m.state(), frames: frames.below });
  m.frames = { ...frames, phase: "decided" };
}

// ---- Groups

export function beginBody(m: Machine, index: number): void {
  m.mustBeEmpty();
  const top = groupOnTop(m, index, ["open", "decided"]);
  if (top === null) return;
  const { group, ...frame } = top;
  const outer = outerLimitOf(m, frame);
  const afterHandler = group.finally ?? group.end;
  if (group.handler !== undefined) {
    const limit = Math.min(afterHandler, outer);
    m.goTo(group.handler, { ...m.state(), frames: { ...frame, phase: "handler", limit } });
  }
  if (group.finally !== undefined) {
    const limit = Math.min(group.end, outer);
    m.goTo(group.finally, { ...m.state(), frames: { ...frame, phase: "finally", limit } });
  }
  m.frames = { ...frame, phase: "body" };
}

function outerLimitOf(m: Machine, frame: Frame): number {
  return frame.below?.limit ?? m.sequence.end;
}

/** The body, or the handler, has ended well: on to the finally block, or to the end. */
export function completeGroup(m: Machine, index: number, phase: "body" | "handler"): void {
  m.mustBeEmpty();
  m.alive = false;
  const top = groupOnTop(m, index, [phase]);
  if (top === null) return;
  const { group, below } = top;
  if (group.finally === undefined) return m.goTo(group.end, { ...m.state(), frames: below });
  if (group.finally <= m.pc)
    return m.fail("V4", `The finally block of node ${index} lies before the end of its ${phase}.`);
  const known = m.completed.get(index);
  m.completed.set(index, known === undefined ? m.assigned : commonSlots(known, m.assigned));
}

/** The finally block has ended: what the body or the handler had set for certain is set, since they ended well. */
export function resume(m: Machine, index: number): void {
  m.mustBeEmpty();
  m.alive = false;
  const top = groupOnTop(m, index, ["finally"]);
  const completed = m.completed.get(index);
  if (top === null || completed === undefined) return;
  m.goTo(top.group.end, { stack: null, frames: top.below, assigned: allSlots(completed, m.assigned) });
}

// ---- Loops

export function openLoop(m: Machine, index: number): void {
  const list = looked(m.take());
  const node = m.node(index);
  if (node?.kind !== "for") return m.fail("V12", `ITER takes a loop, not node ${index}.`);
  if (!node.silent) mustBeStatementPlace(m);
  const isList = typeof list === "object" && "list" in list;
  if (!isList && list !== "never") return m.fail("V3", `A loop goes over ${typeText(list)}, which is no list.`);
  m.open({
    kind: "loop",
    phase: "loop",
    node: index,
    item: isList ? list.list : "never",
    height: heightOf(m.stack),
    silent: node.silent,
    limit: outerLimit(m),
    below: m.frames,
    depth: (m.frames?.depth ?? 0) + 1,
  });
}

export function nextItem(m: Machine, index: number, slot: number, address: number): void {
  const { frames } = m;
  if (frames?.kind !== "loop" || frames.node !== index)
    return m.fail("V5", `Loop ${index} is not the innermost frame.`);
  if (heightOf(m.stack) !== frames.height) return m.fail("V3", "The stack is not as high as where the loop began.");
  m.markLoopHead();
  m.goTo(address, { ...m.state(), frames: frames.below });
  m.mustFit(frames.item, m.sequence.slots[slot]?.type ?? "never", m.slotName(slot));
  m.set(slot);
  m.frames = { ...frames, limit: Math.min(frames.limit, address) };
}

// ---- Steps

export function act(m: Machine, index: number): void {
  const top = stepOnTop(m, index, ["open", "decided"]);
  if (top === null) return;
  const { step, below } = top;
  if (!isEffect(step.action.kind)) return m.fail("V12", `${step.action.kind} is not done by ACT.`);
  const assigned = m.assigned;
  takeOperands(m, step);
  m.mustBeEmpty();
  if (step.verify !== undefined) verifyRegion(m, top, step.verify, assigned);
  stepPhase(m, { ...top, below }, "done");
  if (step.output !== null) m.push(step.output);
}

/** Recovery enters the region with the frame of the step open and nothing on the stack. */
function verifyRegion(
  m: Machine,
  { step, ...frame }: StepFrame & { step: PlanStep },
  address: number,
  assigned: Slots,
): void {
  const limit = Math.min(step.end, outerLimitOf(m, frame));
  m.goTo(address, { stack: null, frames: { ...frame, phase: "verifying", limit }, assigned });
}

function takeOperands(m: Machine, step: PlanStep): void {
  for (const operand of [...step.operands].reverse()) {
    const { constant } = m.takeAs(operand.type, describeOperand(operand));
    if (operand.role === "commandText" && constant === null) {
      m.fail("V2", "Literal text of a command line must be a constant: a value may not turn into syntax.");
    }
    if (operand.role === "argument" && constant !== null) choiceMustBeKnown(m, step, operand.name, constant);
  }
}

function describeOperand(operand: PlanOperand): string {
  return "name" in operand ? `${operand.role} ${operand.name}` : `the ${operand.role}`;
}

function choiceMustBeKnown(m: Machine, { action }: PlanStep, parameter: string, constant: number): void {
  const declared = declaredAction(m.plan, action)?.declaration.parameters[parameter];
  const value = m.plan.constants[constant]?.value;
  if (declared?.choices !== undefined && typeof value === "string" && !declared.choices.includes(value)) {
    m.fail("V8", `${parameter} is ${JSON.stringify(value)}, not one of ${declared.choices.join(", ")}.`);
  }
}

export function callSequence(m: Machine, index: number): void {
  const top = stepOnTop(m, index, ["open", "decided"]);
  if (top === null) return;
  const { step } = top;
  if (step.action.kind !== "call") return m.fail("V12", `${step.action.kind} is not done by CALL.`);
  takeOperands(m, step);
  m.mustBeEmpty();
  stepPhase(m, top, "done");
  if (step.output !== null) m.push(step.output);
}

/** Recovery's question is answered: true closes the step without output, false does it again from ACT. */
export function verified(m: Machine, index: number): void {
  m.takeAs("bool", "a condition");
  m.mustBeEmpty();
  m.alive = false;
  const top = stepOnTop(m, index, ["verifying"]);
  if (top !== null) m.goTo(top.step.end, { ...m.state(), frames: top.below });
}

export function beginPoll(m: Machine, index: number): void {
  m.mustBeEmpty();
  const top = stepOnTop(m, index, ["open", "decided"]);
  if (top === null) return;
  if (top.step.action.kind !== "waitUntil") m.fail("V12", `${top.step.action.kind} does not poll.`);
  stepPhase(m, top, "polling");
}

export function endPoll(m: Machine, index: number): void {
  m.takeAs("bool", "a condition");
  m.mustBeEmpty();
  const top = stepOnTop(m, index, ["polling"]);
  if (top !== null) stepPhase(m, top, "done");
}

export function log(m: Machine, index: number): void {
  m.takeAs("string", "the log");
  m.mustBeEmpty();
  const top = stepOnTop(m, index, ["open", "decided"]);
  if (top === null) return;
  if (top.step.action.kind !== "log") m.fail("V12", `${top.step.action.kind} does not log.`);
  stepPhase(m, top, "done");
}

export function fail(m: Machine, index: number, again: boolean): void {
  if (again && !isInside(m, "handler")) m.fail("V11", "There is no failure to raise again outside of a handler.");
  if (!again) m.takeAs("string", "a message");
  m.mustBeEmpty();
  m.alive = false;
  const top = stepOnTop(m, index, ["open", "decided"]);
  if (top !== null && top.step.action.kind !== "fail")
    m.fail("V12", `${top.step.action.kind} does not fail by itself.`);
}

export function done(m: Machine, index: number): void {
  m.mustBeEmpty();
  m.alive = false;
  const kind = m.plan.nodes[index]?.kind === "step" ? (m.plan.nodes[index] as PlanStep).action.kind : null;
  // A `set` is done by STORE and GSTORE, which need no frame of their own.
  const top = stepOnTop(m, index, kind === "set" ? ["open", "decided"] : ["done"]);
  if (top !== null) m.goTo(top.step.end, { ...m.state(), frames: top.below });
}

// ---- Sequences

export function skipGiven(m: Machine, slot: number, address: number): void {
  m.mustBeEmpty();
  if (m.frames !== null) m.fail("V5", "A default is computed inside a frame.");
  const parameter = m.sequence.parameters.find((candidate) => candidate.slot === slot);
  if (parameter === undefined || parameter.required)
    m.fail("V12", `${m.slotName(slot)} is no parameter with a default.`);
  const { assigned } = m;
  m.set(slot);
  m.goTo(address, m.state());
  m.assigned = assigned;
}

export function returnOutputs(m: Machine, count: number): void {
  m.alive = false;
  const { outputs, end, name } = m.sequence;
  if (m.pc !== end - 1) m.fail("V4", `RETURN stands before the end of ${name}.`);
  if (m.frames !== null) m.fail("V5", `Node ${m.frames.node} is still open at the end of ${name}.`);
  if (count !== outputs.length) return m.fail("V8", `${name} has ${outputs.length} outputs, not ${count}.`);
  for (const output of [...outputs].reverse()) m.takeAs(output.type satisfies PlanType, `output ${output.name}`);
  m.mustBeEmpty();
}
