// Raising: how a failure or a stop goes up through the frames, as the tables 2.3 to 2.8 of the specification say. Searching
// goes from the top; a frame either ends it (control goes on at some address) or is closed.
import type { FailureRecord, StepEnd } from "../journal/record.ts";
import type { Reason } from "../plan/state-fields.ts";
import { arrived, attach, type Failure } from "./failure.ts";
import { invariant, unreachable } from "./invariant.ts";
import { ask, groupAt, nodeAt, pathOf, positionAt, stepAt, type Machine } from "./machine.ts";
import type { CallFrame, Frame, GroupFrame, LoopFrame, StepFrame } from "./state.ts";

/** While a stop or a deadline goes up, each `finally` block has this long. */
export const finallyBound = 5 * 60_000;

/** A failure that comes from the present instruction: of the step that is open, else of the block around it. */
export function failureHere(
  machine: Machine,
  kind: Failure["kind"],
  code: number,
  reason: Reason,
  message: string,
): Failure {
  const { frames, pc } = machine.state;
  let origin = frames.length - 1;
  while (origin >= 0 && isSilent(machine, frames[origin])) origin -= 1;
  const frame = frames[origin];
  const own = frame !== undefined && (frame.kind === "step" || (frame.kind === "group" && frame.phase === "deciding"));
  const node = frame?.node ?? -1;
  const name = node >= 0 ? nodeAt(machine, node).name : (machine.program.plan.sequences[0]?.name ?? "");
  const path = pathOf(machine, own ? origin : origin + 1);
  return {
    ...{ kind, node, code, reason, message, position: positionAt(machine, pc) },
    name,
    path: own || path.length === 0 ? path : path.slice(0, -1),
  };
}

/** Raises a failure of the present instruction. */
export function fail(machine: Machine, reason: Reason, message: string, code = -1): void {
  raise(machine, failureHere(machine, "failure", code, reason, message));
}

/** Raises a failure of evaluating: of a condition, or of a value. */
export function failEvaluation(machine: Machine, message: string): void {
  fail(machine, isDeciding(machine) ? "condition" : "value", message);
}

/** Sends a failure or stop up until a frame ends it, or the run is over. */
export function raise(machine: Machine, raised: Failure): void {
  const { frames, stack } = machine.state;
  let going: Failure | null = raised;
  while (going !== null) {
    const frame: Frame | undefined = frames.at(-1);
    if (frame === undefined) return endRun(machine, going);
    stack.length = frame.height;
    going = meet(machine, frame, going);
  }
}

/** What the top frame does with it: null if it ends here, else what goes on to the frame below. */
function meet(machine: Machine, frame: Frame, failure: Failure): Failure | null {
  switch (frame.kind) {
    case "step":
      return meetStep(machine, frame, failure);
    case "loop":
      return meetLoop(machine, frame, failure);
    case "call":
      return meetCall(machine, frame, failure);
    case "group":
      return meetGroup(machine, frame, failure);
    default:
      return unreachable(frame);
  }
}

function meetStep(machine: Machine, frame: StepFrame, failure: Failure): Failure | null {
  const ordinary = isOrdinary(failure);
  if (frame.poll !== null && ordinary) return retryPoll(machine, frame, failure);
  if (frame.phase === "verifying" && ordinary) return giveUpVerifying(machine, frame, failure);
  const step = stepAt(machine, frame.node);
  const kept = ordinary && step.continueOnError;
  if (!kept) {
    closeStep(machine, frame, "failed", failure);
    return failure;
  }
  closeStep(machine, frame, "failed-continued", failure);
  machine.state.failures += 1;
  machine.state.pc = step.end;
  return null;
}

/** An error in a poll means "not yet". */
function retryPoll(machine: Machine, frame: StepFrame, failure: Failure): null {
  invariant(frame.poll, "the step polls");
  frame.poll.message = failure.message;
  askPollPause(machine, frame);
  return null;
}

/** The poll said no: pause, then evaluate again. */
export function askPollPause(machine: Machine, frame: StepFrame): void {
  invariant(frame.poll, "the step polls");
  const { pc } = machine.state;
  ask(machine, {
    ...{ kind: "delay", pc, purpose: "poll", execution: frame.execution, node: frame.node },
    milliseconds: frame.poll.pause,
    ...boundsOf(machine),
  });
}

function giveUpVerifying(machine: Machine, frame: StepFrame, failure: Failure): null {
  frame.phase = "acting";
  machine.state.pc = frame.actAddress;
  askVerdictFail(machine, frame, `interrupted, and looking whether it was done failed: ${failure.message}`);
  return null;
}

/** Notes that an interrupted execution counts as failed. */
export function askVerdictFail(
  machine: Machine,
  frame: StepFrame,
  message: string,
  reason: Reason = "interrupted",
): void {
  const kept = stepAt(machine, frame.node).continueOnError && reason === "interrupted";
  ask(machine, {
    ...{ kind: "verdict", execution: frame.execution, node: frame.node, verdict: "fail" },
    ...{ state: kept ? "failed-continued" : "failed", code: -1, reason, message },
  });
}

function meetLoop(machine: Machine, frame: LoopFrame, failure: Failure): Failure {
  machine.state.frames.pop();
  if (!isSilent(machine, frame)) {
    machine.ports.trace({
      k: "leave",
      node: frame.node,
      frame: "loop",
      state: "failed",
      failure: failureRecord(failure),
    });
  }
  return failure;
}

function meetCall(machine: Machine, frame: CallFrame, failure: Failure): Failure {
  leaveCall(machine, frame);
  const { ports } = machine;
  ports.trace({ k: "leave", node: frame.node, frame: "call", state: "failed", failure: failureRecord(failure) });
  return failure;
}

/** Back in the caller: its slots and steps. */
export function leaveCall(machine: Machine, frame: CallFrame): void {
  const { state } = machine;
  state.frames.pop();
  state.slots = frame.slots;
  state.steps = frame.steps;
}

function meetGroup(machine: Machine, frame: GroupFrame, failure: Failure): Failure | null {
  switch (frame.phase) {
    case "deciding":
      return closeFailedGroup(machine, frame, failure);
    case "body":
      return meetBody(machine, frame, failure);
    case "handler":
      return meetHandler(machine, frame, failure);
    case "finally":
      return meetFinally(machine, frame, failure);
    default:
      return unreachable(frame.phase);
  }
}

function meetBody(machine: Machine, frame: GroupFrame, failure: Failure): Failure | null {
  const group = groupAt(machine, frame.node);
  frame.deadline = null;
  const here = isAddressee(machine, failure) ? arrived(failure) : failure;
  if (isOrdinary(here) && group.handler !== undefined) {
    frame.phase = "handler";
    frame.error = here;
    machine.ports.trace({ k: "enter", node: frame.node, frame: "handler", failure: failureRecord(here) });
    machine.state.pc = group.handler;
    return null;
  }
  return toFinally(machine, frame, here);
}

function meetHandler(machine: Machine, frame: GroupFrame, failure: Failure): Failure | null {
  const { error } = frame;
  const replaced = error !== null && !isSameFailure(error, failure);
  return toFinally(machine, frame, replaced ? { ...failure, cause: error } : failure);
}

function meetFinally(machine: Machine, frame: GroupFrame, failure: Failure): Failure | null {
  const { pending } = frame;
  frame.deadline = null;
  if (isAddressee(machine, failure)) {
    frame.cut = true;
    invariant(pending, "a bounded `finally` block has something pending");
    return closeFailedGroup(machine, frame, pending);
  }
  if (isOrdinary(failure))
    return closeFailedGroup(machine, frame, pending === null ? failure : attach(pending, failure));
  return closeFailedGroup(machine, frame, pending === null ? failure : attach(failure, pending));
}

function toFinally(machine: Machine, frame: GroupFrame, pending: Failure): Failure | null {
  if (groupAt(machine, frame.node).finally === undefined) return closeFailedGroup(machine, frame, pending);
  enterFinally(machine, frame, pending);
  return null;
}

/** Runs the `finally` block; `pending` goes on after it. */
export function enterFinally(machine: Machine, frame: GroupFrame, pending: Failure | null): void {
  const address = groupAt(machine, frame.node).finally;
  invariant(address !== undefined, "the group has a `finally` block");
  frame.phase = "finally";
  frame.error = null;
  frame.pending = pending;
  const record = pending === null ? {} : { failure: failureRecord(pending) };
  const time = machine.ports.trace({ k: "enter", node: frame.node, frame: "finally", ...record });
  frame.deadline = pending !== null && !isOrdinary(pending) ? time + finallyBound : null;
  machine.state.pc = address;
}

/** A `finally` block has run to its end. */
export function finishFinally(machine: Machine, frame: GroupFrame): void {
  const { state } = machine;
  frame.deadline = null;
  if (state.deferredCancel && !hasOuterFinally(machine)) {
    state.deferredCancel = false;
    // The frame is still in `finally`, so that what was pending is attached to the stop.
    return raise(machine, failureHere(machine, "stop", -1, "cancelled", cancelMessage));
  }
  if (frame.pending === null) return closeGroup(machine, frame, frame.handled ? "failed-continued" : "succeeded");
  const rest = closeFailedGroup(machine, frame, frame.pending);
  if (rest !== null) raise(machine, rest);
}

export const cancelMessage = "the run was cancelled";

/** True while a group below the top one runs its `finally` block. */
function hasOuterFinally(machine: Machine): boolean {
  return machine.state.frames.slice(0, -1).some((frame) => frame.kind === "group" && frame.phase === "finally");
}

/** The group fails: kept by its own `continue on error`, else on to the frame below. */
function closeFailedGroup(machine: Machine, frame: GroupFrame, failure: Failure): Failure | null {
  const kept = isOrdinary(failure) && groupAt(machine, frame.node).continueOnError;
  closeGroup(machine, frame, kept ? "failed-continued" : "failed", failure);
  return kept ? null : failure;
}

/** Closes the top group; control goes on after it. */
export function closeGroup(machine: Machine, frame: GroupFrame, state: StepEnd, failure?: Failure): void {
  invariant(machine.state.frames.pop() === frame, "the group to be closed is on top");
  machine.ports.trace({
    ...{ k: "leave", node: frame.node, frame: "group", state },
    ...(frame.handled ? { handled: true } : {}),
    ...(frame.cut ? { cut: true } : {}),
    ...(failure === undefined ? {} : { failure: failureRecord(failure) }),
  });
  machine.state.pc = groupAt(machine, frame.node).end;
}

/** Closes the top step: its result is what `last` and STEP say from now on. */
export function closeStep(machine: Machine, frame: StepFrame, end: StepEnd, failure?: Failure): void {
  const { state } = machine;
  invariant(state.frames.pop() === frame, "the step to be closed is on top");
  const step = stepAt(machine, frame.node);
  const succeeded = end === "succeeded";
  const code = failure?.code ?? frame.result?.code ?? 0;
  const reason = succeeded ? "none" : (failure?.reason ?? "none");
  if (!frame.recorded) {
    const message = failure?.message ?? "";
    machine.ports.trace({
      ...{ k: "done", x: frame.execution, node: frame.node, pc: state.pc, state: end },
      ...{ code, reason, message },
    });
  }
  if (machine.program.remembered.has(frame.node)) {
    const output = frame.result?.output;
    state.steps[frame.node] = { succeeded, code, reason, ...(output === undefined ? {} : { output }) };
  }
  const { kind } = step.action;
  const reports = kind === "log" || kind === "set" || kind === "wait" || kind === "waitUntil";
  if (!reports || step.titled) state.last = { name: step.name, succeeded, code, reason };
}

/** The bounds around the present instruction. */
export function boundsOf(machine: Machine): { readonly deadline: number | null; readonly inFinally: boolean } {
  let deadline: number | null = null;
  let inFinally = false;
  for (const frame of machine.state.frames) {
    if (frame.kind !== "group") continue;
    if (frame.phase === "finally") inFinally = true;
    if (frame.deadline !== null && (deadline === null || frame.deadline < deadline)) deadline = frame.deadline;
  }
  return { deadline, inFinally };
}

/** The failure as the journal and people get it. */
export function failureRecord(failure: Failure): FailureRecord {
  const { node, name, code, reason, message, position, path, cause, attached } = failure;
  return {
    ...{ node, name, code, reason, message, position, path },
    ...(cause === undefined ? {} : { cause: failureRecord(cause) }),
    ...(attached === undefined ? {} : { attached: attached.map(failureRecord) }),
  };
}

function endRun(machine: Machine, failure: Failure): void {
  const stopped = failure.reason === "cancelled" ? "cancelled" : "stopped";
  ask(machine, { kind: "end", state: failure.kind === "stop" ? stopped : "failed", failure, outputs: {} });
}

/** A failure that handlers may end here: no stop, and not on its way to a group whose time is up. */
function isOrdinary(failure: Failure): boolean {
  return failure.kind === "failure" && failure.addressee === undefined;
}

function isAddressee(machine: Machine, failure: Failure): boolean {
  return failure.addressee === machine.state.frames.length - 1;
}

/** `fail` without a text passes on the failure being handled: what is attached to it may have grown. */
function isSameFailure(a: Failure, b: Failure): boolean {
  return a.node === b.node && a.position === b.position && a.reason === b.reason && a.message === b.message;
}

function isSilent(machine: Machine, frame: Frame | undefined): boolean {
  if (frame?.kind !== "loop") return false;
  const node = nodeAt(machine, frame.node);
  return node.kind === "for" && node.silent;
}

/** Does the present instruction decide, or compute a value? Where no step is open, the next instruction that uses it tells. */
function isDeciding(machine: Machine): boolean {
  const { frames, pc } = machine.state;
  let top = frames.length - 1;
  while (top >= 0 && isSilent(machine, frames[top])) top -= 1;
  const frame = frames[top];
  if (frame?.kind === "step" || (frame?.kind === "group" && frame.phase === "deciding"))
    return frame.phase === "deciding";
  for (let address = pc; ; address += 1) {
    const instruction = machine.program.plan.code[address];
    switch (instruction?.[0]) {
      case "DECIDE":
        return true;
      case "ITER": {
        const node = nodeAt(machine, instruction[1] as number);
        if (node.kind === "for" && !node.silent) return true;
        break;
      }
      case "STORE":
      case "GSTORE":
      case "RETURN":
      case "OPEN":
      case undefined:
        return false;
    }
  }
}
