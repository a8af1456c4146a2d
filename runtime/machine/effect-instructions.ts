// Instructions with effects: ACT and what belongs to it (attempts, recovery's verdict), polls, logs and `fail`. The machine only
// says what is to be done; the driver does it, or finds in the journal how it went.
import type { ResolvedOperand } from "../host.ts";
import { declaredAction } from "../plan/declared-action.ts";
import type { PlanStep } from "../plan/format.ts";
import type { Instruction } from "../plan/instructions.ts";
import { holdsSecret } from "../plan/type-relation.ts";
import { durationText } from "../plan/value-text.ts";
import { environmentProblem, setGlobal } from "./evaluate-instructions.ts";
import { cancelFailure, deadlineFailure, signalFailure } from "./frame-instructions.ts";
import { invariant, unreachable } from "./invariant.ts";
import type { JudgedOutcome } from "./judge.ts";
import {
  ask,
  innermostGroup,
  numberAt,
  popMany,
  popText,
  popTruth,
  push,
  stepAt,
  topFrame,
  topStep,
  type Handler,
  type Machine,
} from "./machine.ts";
import { askPollPause, askVerdictFail, boundsOf, fail, failureHere, raise } from "./raise.ts";
import type { Answers, DelayRequest, EffectStep, VerdictRequest } from "./request.ts";
import type { StepFrame } from "./state.ts";

const firstPollPause = 1000;
const longestPollPause = 10_000;

/** The same execution may be interrupted this often; then something about it brings the machine down. */
const mostInterruptions = 3;

// ---- ACT -------------------------------------------------------------------------------------------------------------

function act(machine: Machine, instruction: Instruction): void {
  const node = numberAt(instruction, 1);
  const frame = topStep(machine, node);
  const step = stepAt(machine, node);
  const values = popMany(machine, step.operands.length);
  frame.phase = "acting";
  frame.actAddress = machine.state.pc;
  frame.operands = step.operands.map((operand, i): ResolvedOperand => {
    const name = "name" in operand ? { name: operand.name } : {};
    return { role: operand.role, ...name, value: values[i] ?? null, secret: holdsSecret(operand.type) };
  });
  const problem = operandProblem(frame.operands);
  if (problem !== null) return fail(machine, "value", problem);
  const wrongPhase = phaseProblem(machine, step);
  if (wrongPhase !== null) return fail(machine, "phase", wrongPhase);
  askEffect(machine, frame);
}

/** What no process could be given; null: all is well. */
function operandProblem(operands: readonly ResolvedOperand[]): string | null {
  for (const { role, name, value } of operands) {
    const texts = typeof value === "string" ? [value] : role === "words" && Array.isArray(value) ? value : [];
    for (const text of texts) {
      const isText = role === "argument" || role === "message";
      const problem = isText
        ? String(text).includes("\0")
          ? "holds a NUL character"
          : null
        : environmentProblem(String(text));
      if (problem !== null)
        return `${name === undefined ? `a value of the step (${role})` : `${role} ${name}`} ${problem}`;
    }
  }
  return null;
}

function phaseProblem(machine: Machine, step: PlanStep): string | null {
  const phase = machine.ports.phase();
  const declared = declaredAction(machine.program.plan, step.action)?.declaration;
  const fits = (step.needs ?? phase) === phase && (declared?.phases.includes(phase) ?? true);
  if (fits) return null;
  return phase === "winpe" ? "it can't run in Windows PE, where the machine is" : "it runs in Windows PE alone";
}

function askEffect(machine: Machine, frame: StepFrame): void {
  frame.attempt += 1;
  const { execution, attempt, retries, node, operands } = frame;
  const { pc } = machine.state;
  ask(machine, { kind: "effect", pc, execution, attempt, retries, node, operands, ...boundsOf(machine) });
}

export function takeOutcome(machine: Machine, request: EffectStep, answer: Answers["effect"]): void {
  const frame = topStep(machine, request.node);
  if (answer === "interrupted") return takeInterruption(machine, frame);
  const { outcome, time } = answer;
  const globalProblem = setGlobals(machine, outcome.globals ?? {});
  if (globalProblem !== null) return fail(machine, "output", globalProblem, outcome.code);
  if (outcome.next === "retry") return askRetryPause(machine, frame, outcome.delay);
  const { code, reason, output } = outcome;
  frame.recorded = true;
  frame.result = {
    succeeded: outcome.state === "succeeded",
    code,
    reason,
    ...(output === undefined ? {} : { output }),
  };
  if (outcome.state === "succeeded") return goOnAfterAct(machine, frame, outcome);
  if (reason === "deadline") return raise(machine, { ...deadlineFailure(machine, time), message: outcome.message });
  if (reason === "cancelled") return raise(machine, { ...cancelFailure(machine), message: outcome.message });
  fail(machine, reason, outcome.message, code);
}

/** Sets the globals that the step has set, by name; what is wrong with them, or null. */
function setGlobals(machine: Machine, globals: { readonly [name: string]: string }): string | null {
  for (const [name, value] of Object.entries(globals)) {
    const folded = name.toLowerCase();
    const index = machine.program.plan.globals.findIndex((global) => global.name.toLowerCase() === folded);
    if (index < 0) return `the step set ${name}, which is no global of the sequence`;
    const problem = environmentProblem(value);
    if (problem !== null) return `the value that the step gave ${name} ${problem}`;
    setGlobal(machine, index, value);
  }
  return null;
}

function goOnAfterAct(machine: Machine, frame: StepFrame, outcome: JudgedOutcome): void {
  const step = stepAt(machine, frame.node);
  if (outcome.restart !== undefined) frame.restart = outcome.restart;
  if (step.output !== null) push(machine, outcome.output ?? null);
  machine.state.pc += 1;
}

function askRetryPause(machine: Machine, frame: StepFrame, milliseconds: number): void {
  const { execution, node } = frame;
  const { pc } = machine.state;
  ask(machine, { kind: "delay", pc, purpose: "retry", execution, node, milliseconds, ...boundsOf(machine) });
}

// ---- recovery --------------------------------------------------------------------------------------------------------

/** Nobody knows whether the effect happened: `on interruption` decides. */
function takeInterruption(machine: Machine, frame: StepFrame): void {
  const step = stepAt(machine, frame.node);
  if (step.action.kind === "wait" || step.action.kind === "restart") return askVerdictRerun(machine, frame);
  frame.interruptions += 1;
  if (frame.interruptions >= mostInterruptions) {
    return askVerdictFail(
      machine,
      frame,
      `interrupted ${frame.interruptions} times: it may bring the machine down`,
      "limit",
    );
  }
  switch (step.interruption) {
    case "fail":
      return askVerdictFail(machine, frame, "interrupted: the machine or the runtime went down while it ran");
    case "rerun":
      return askVerdictRerun(machine, frame);
    case "verify": {
      invariant(step.verify !== undefined, "a step with `verify` has its region");
      frame.phase = "verifying";
      machine.state.pc = step.verify;
      return;
    }
    default:
      return unreachable(step.interruption);
  }
}

function askVerdictRerun(machine: Machine, frame: StepFrame): void {
  const { execution, node } = frame;
  const state = { state: "failed", code: -1, reason: "interrupted", message: "interrupted; it is run again" } as const;
  ask(machine, { kind: "verdict", execution, node, verdict: "rerun", ...state });
}

function verified(machine: Machine, instruction: Instruction): void {
  const node = numberAt(instruction, 1);
  const frame = topStep(machine, node);
  const wasDone = popTruth(machine);
  machine.state.pc = frame.actAddress;
  frame.phase = "acting";
  if (!wasDone) return askVerdictRerun(machine, frame);
  const state = { state: "succeeded", code: 0, reason: "none", message: "" } as const;
  ask(machine, { kind: "verdict", execution: frame.execution, node, verdict: "done", ...state });
}

export function takeVerdict(machine: Machine, request: VerdictRequest): void {
  const frame = topStep(machine, request.node);
  switch (request.verdict) {
    case "rerun":
      return askEffect(machine, frame);
    case "done": {
      frame.recorded = true;
      frame.result = { succeeded: true, code: 0, reason: "none" };
      // What would store the output is passed over: there is none, and the variable keeps its value.
      machine.state.pc = frame.actAddress + (stepAt(machine, frame.node).output === null ? 1 : 2);
      return;
    }
    case "fail": {
      frame.recorded = true;
      const kind = request.reason === "limit" ? "stop" : "failure";
      return raise(machine, failureHere(machine, kind, request.code, request.reason, request.message));
    }
    default:
      return unreachable(request.verdict);
  }
}

// ---- polls and pauses ------------------------------------------------------------------------------------------------

function poll(machine: Machine, instruction: Instruction): void {
  const { state, ports } = machine;
  const node = numberAt(instruction, 1);
  const frame = topStep(machine, node);
  frame.phase = "acting";
  frame.poll = { address: state.pc + 1, pause: firstPollPause, message: "" };
  ports.trace({ k: "wait", x: frame.execution, node, pc: state.pc, timeout: stepAt(machine, node).timeout ?? 0 });
  state.pc += 1;
}

function polled(machine: Machine, instruction: Instruction): void {
  const { state, ports } = machine;
  const node = numberAt(instruction, 1);
  const frame = topStep(machine, node);
  invariant(frame.poll, "POLLED ends a poll");
  if (!popTruth(machine)) {
    frame.poll.message = "";
    return askPollPause(machine, frame);
  }
  frame.poll = null;
  frame.result = { succeeded: true, code: 0, reason: "none" };
  ports.trace({ k: "met", x: frame.execution, node });
  state.pc += 1;
}

export function takeDelay(machine: Machine, request: DelayRequest, answer: Answers["delay"]): void {
  const { state } = machine;
  const frame = topFrame(machine);
  invariant(frame?.kind === "step" && frame.node === request.node, "a step pauses");
  const poll = frame.poll;
  if (answer.signal !== null) {
    const failure = signalFailure(machine, answer.signal);
    if (failure !== null) {
      frame.poll = null;
      frame.recorded = false;
      return raise(machine, failure);
    }
  }
  if (request.purpose === "retry") {
    frame.retries += 1;
    return askEffect(machine, frame);
  }
  invariant(poll, "a poll pauses");
  if (answer.expired) return expirePoll(machine, frame, poll.message);
  poll.pause = Math.min(poll.pause * 2, longestPollPause);
  state.notes = [];
  state.instructions = 0;
  state.pc = poll.address;
}

function expirePoll(machine: Machine, frame: StepFrame, lastError: string): void {
  const { condition, timeout } = stepAt(machine, frame.node);
  frame.poll = null;
  const what = condition === undefined ? "the condition" : condition;
  const why = lastError === "" ? "" : `: ${lastError}`;
  fail(machine, "timeout", `${what} was not true within ${durationText(timeout ?? 0)}${why}`);
}

// ---- log and fail ----------------------------------------------------------------------------------------------------

function log(machine: Machine, instruction: Instruction): void {
  const { state, ports } = machine;
  ports.trace({ k: "log", node: numberAt(instruction, 1), pc: state.pc, text: popText(machine) });
  state.pc += 1;
}

function failAgain(machine: Machine): void {
  const error = innermostGroup(machine, "handler")?.error;
  invariant(error, "a failure is being handled");
  raise(machine, error);
}

export const effectInstructions = {
  ACT: act,
  VERIFIED: verified,
  POLL: poll,
  POLLED: polled,
  LOG: log,
  FAIL: (machine) => fail(machine, "fail", popText(machine)),
  FAILAGAIN: failAgain,
} as const satisfies { readonly [opcode: string]: Handler };
