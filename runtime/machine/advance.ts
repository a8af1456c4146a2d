// The interpreter: one loop, one dispatch. It runs instructions until it needs the world, then says what it needs; the answer
// lets it go on. Deciding is pure: what comes out depends on program, state and answers alone.
import { limits } from "../plan/limits.ts";
import { checkInstruction } from "./check-instruction.ts";
import { takeDelay, takeOutcome, takeVerdict } from "./effect-instructions.ts";
import { failEvaluation } from "./raise.ts";
import { restarted } from "./frame-instructions.ts";
import { InvariantError, invariant, unreachable } from "./invariant.ts";
import { push, type Machine } from "./machine.ts";
import type { Answer, Answers, FactRequest, Request } from "./request.ts";

/** Runs on to the next request. The first time, and only then, there is nothing to answer. */
export function advance(machine: Machine, answer?: Answer): Request {
  const { state } = machine;
  const { asked } = state;
  if (asked?.kind === "end") return asked;
  if (asked !== null) {
    invariant(answer !== undefined, "a request is answered before the machine goes on");
    state.asked = null;
    takeAnswer(machine, asked, answer);
  }
  // What was taken may have asked for more at once: a retry's next attempt.
  return state.asked ?? run(machine);
}

function run(machine: Machine): Request {
  const { state, program, checked } = machine;
  const { handlers } = program;
  const { code } = program.plan;
  while (state.asked === null) {
    const { pc } = state;
    const handler = handlers[pc];
    const instruction = code[pc];
    if (handler === undefined || instruction === undefined)
      throw new InvariantError(`there is an instruction at ${pc}`);
    state.instructions += 1;
    if (state.instructions > limits.instructionsBetweenBoundaries) {
      state.instructions = 0;
      failEvaluation(machine, `it took more than ${limits.instructionsBetweenBoundaries} instructions to compute`);
      continue;
    }
    if (checked) checkInstruction(machine, instruction, handler);
    else handler(machine, instruction);
  }
  return state.asked;
}

function takeAnswer(machine: Machine, request: Request, answer: Answer): void {
  switch (request.kind) {
    case "fact":
      return takeFact(machine, request, answer as Answers["fact"]);
    case "effect":
      return takeOutcome(machine, request, answer as Answers["effect"]);
    case "delay":
      return takeDelay(machine, request, answer as Answers["delay"]);
    case "verdict":
      return takeVerdict(machine, request);
    case "restart":
      return restarted(machine, (answer as Answers["restart"]).failure);
    case "breathe":
    case "end":
      return;
    default:
      return unreachable(request);
  }
}

function takeFact(machine: Machine, request: FactRequest, answer: Answers["fact"]): void {
  if ("error" in answer) return failEvaluation(machine, answer.error);
  push(machine, answer.value);
  machine.state.pc = request.pc + 1;
}
