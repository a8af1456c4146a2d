// Abstract interpretation of one sequence: every instruction is executed once, in the order of addresses, on types in
// place of values. That is enough, for jumps lead down, and the one way up, to a loop's NEXT, must bring what the loop
// began with. So the cost is linear in the code.
import type { Plan } from "../format.ts";
import type { ArithmeticOperator, ComparedType, ComparisonOperator, Instruction, Opcode } from "../instructions.ts";
import type { PlanProblem } from "../plan-problem.ts";
import * as frames from "./frame-effects.ts";
import { Machine } from "./machine.ts";
import * as values from "./value-effects.ts";

export interface FlowResult {
  /** The first problem, if there is one. */
  readonly problem: PlanProblem | null;
  /** Most frames that are open at once. */
  readonly frames: number;
}

/** Runs a sequence of a plan whose tables, operands and descriptors have been verified. */
export function verifyFlow(plan: Plan, sequenceIndex: number): FlowResult {
  const sequence = plan.sequences[sequenceIndex];
  if (sequence === undefined) return { problem: null, frames: 0 };
  const machine = new Machine(plan, sequenceIndex, sequence);
  const operands = new Operands();
  for (let pc = sequence.start; pc < sequence.end && machine.problem === null; pc += 1) {
    const instruction = plan.code[pc];
    if (instruction === undefined || !machine.arrive(pc)) continue;
    operands.instruction = instruction;
    if (machine.problem === null) effects[instruction[0]](machine, operands);
    if (machine.alive && pc + 1 >= sequence.end) machine.fail("V4", "The code runs past the end of its sequence.");
  }
  return { problem: machine.problem, frames: machine.deepest };
}

/** The operands of an instruction by position; their kinds have been checked against the table. One object serves all. */
class Operands {
  instruction: Instruction = ["ABSENT"];

  number(position: number): number {
    return Number(this.instruction[position + 1]);
  }

  name(position: number): string {
    return String(this.instruction[position + 1]);
  }

  names(position: number): readonly string[] {
    const operand: unknown = this.instruction[position + 1];
    return Array.isArray(operand) ? (operand as readonly string[]) : [];
  }
}

const effects: { readonly [opcode in Opcode]: (m: Machine, o: Operands) => void } = {
  PUSH: (m, o) => values.pushConstant(m, o.number(0)),
  ABSENT: (m) => m.push({ optional: "never" }),
  LOAD: (m, o) => values.load(m, o.number(0)),
  STORE: (m, o) => values.store(m, o.number(0)),
  GLOAD: (m, o) => values.loadGlobal(m, o.number(0)),
  GSTORE: (m, o) => values.storeGlobal(m, o.number(0)),
  GDEFINED: (m) => m.push("bool"),
  GIVEN: (m, o) => frames.skipGiven(m, o.number(0), o.number(1)),
  STATE: (m, o) => values.pushState(m, o.name(0)),
  STEP: (m, o) => values.pushStepField(m, o.number(0), o.name(1)),
  FACT: (m, o) => values.askFact(m, o.name(0)),
  LIST: (m, o) => values.makeList(m, o.number(0)),
  APPEND: (m) => values.append(m),
  RECORD: (m, o) => values.makeRecord(m, o.names(0)),
  FIELD: (m, o) => values.takeField(m, o.name(0)),
  CONCAT: (m, o) => values.concatTexts(m, o.number(0)),
  ARITH: (m, o) => values.calculate(m, o.name(0) as ArithmeticOperator),
  CMP: (m, o) => values.compareValues(m, o.name(0) as ComparisonOperator, o.name(1) as ComparedType),
  NOT: (m) => {
    m.takeAs("bool", "what is negated");
    m.push("bool");
  },
  MATCH: (m) => {
    m.takeAs({ optional: "string" }, "what a pattern reads");
    m.push("bool");
  },
  BUILTIN: (m, o) => values.callFunction(m, o.name(0)),
  POP: (m) => void m.take(),
  NOTE: (m) => values.note(m),
  JUMP: (m, o) => {
    m.jump(o.number(0));
    m.alive = false;
  },
  JFALSE: (m, o) => values.jumpIfFalse(m, o.number(0)),
  JABSENT: (m, o) => values.jumpIfAbsent(m, o.number(0)),
  JPRESENT: (m, o) => values.jumpIfPresent(m, o.number(0)),
  DECIDE: (m, o) => frames.decide(m, o.number(0), o.number(1)),
  ITER: (m, o) => frames.openLoop(m, o.number(0)),
  NEXT: (m, o) => frames.nextItem(m, o.number(0), o.number(1), o.number(2)),
  OPEN: (m, o) => frames.openNode(m, o.number(0)),
  BODY: (m, o) => frames.beginBody(m, o.number(0)),
  LEAVE: (m, o) => frames.completeGroup(m, o.number(0), "body"),
  HANDLED: (m, o) => frames.completeGroup(m, o.number(0), "handler"),
  RESUME: (m, o) => frames.resume(m, o.number(0)),
  DONE: (m, o) => frames.done(m, o.number(0)),
  DISABLED: (m, o) => frames.disabledNode(m, o.number(0)),
  ACT: (m, o) => frames.act(m, o.number(0)),
  VERIFIED: (m, o) => frames.verified(m, o.number(0)),
  POLL: (m, o) => frames.beginPoll(m, o.number(0)),
  POLLED: (m, o) => frames.endPoll(m, o.number(0)),
  LOG: (m, o) => frames.log(m, o.number(0)),
  FAIL: (m, o) => frames.fail(m, o.number(0), false),
  FAILAGAIN: (m, o) => frames.fail(m, o.number(0), true),
  CALL: (m, o) => frames.callSequence(m, o.number(0)),
  RETURN: (m, o) => frames.returnOutputs(m, o.number(0)),
};
