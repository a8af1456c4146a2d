// In test builds: what the table of instructions says and what an instruction did, compared after each one. The verifier has
// read the same table; two readings must agree.
import type { Instruction, Opcode } from "../plan/instructions.ts";
import { limits } from "../plan/limits.ts";
import { invariant } from "./invariant.ts";
import { numberAt, stepAt, type Handler, type Machine } from "./machine.ts";

/** Does the instruction and checks its effect on stack and frames. */
export function checkInstruction(machine: Machine, instruction: Instruction, handler: Handler): void {
  const { state } = machine;
  const { pc } = state;
  const height = state.stack.length;
  const depth = state.frames.length;
  handler(machine, instruction);
  const opcode = instruction[0];
  invariant(state.stack.length <= limits.stack, `${opcode} at ${pc} keeps the stack within its limit`);
  invariant(state.frames.length <= limits.frames, `${opcode} at ${pc} keeps the frames within their limit`);
  for (const frame of state.frames) {
    invariant(frame.height <= state.stack.length, `${opcode} at ${pc} leaves the operands of open frames alone`);
  }
  // Only a plain step to the next instruction has the effect that the table says: raising cuts the stack, asking waits.
  if (state.asked !== null || state.pc !== pc + 1) return;
  const expected = stackEffect(machine, instruction);
  if (expected !== null) {
    const observed = state.stack.length - height;
    invariant(observed === expected, `${opcode} at ${pc} moves the stack by ${expected}, not ${observed}`);
  }
  if (structural.has(opcode)) return;
  const opened = opcode === "OPEN" || opcode === "ITER" ? 1 : 0;
  invariant(state.frames.length - depth === opened, `${opcode} at ${pc} opens ${opened} frames`);
}

/** They close frames, and may go on at the next address all the same. */
const structural: ReadonlySet<Opcode> = new Set([
  ...(["DONE", "LEAVE", "HANDLED", "RESUME", "FAIL", "FAILAGAIN", "CALL", "RETURN", "NEXT", "VERIFIED"] as const),
]);

/** How many values more lie on the stack after it, going on to the next instruction; null: that depends. */
function stackEffect(machine: Machine, instruction: Instruction): number | null {
  const count = numberAt(instruction, instruction.length - 1);
  switch (instruction[0]) {
    case "PUSH":
    case "ABSENT":
    case "LOAD":
    case "GLOAD":
    case "GDEFINED":
    case "STATE":
    case "STEP":
      return 1;
    case "STORE":
    case "GSTORE":
    case "APPEND":
    case "ARITH":
    case "CMP":
    case "POP":
    case "JFALSE":
    case "JPRESENT":
    case "DECIDE":
    case "ITER":
    case "LOG":
    case "POLLED":
      return -1;
    case "LIST":
    case "CONCAT":
    case "BUILTIN":
      return 1 - count;
    case "RECORD":
      return 1 - (instruction[1] as readonly string[]).length;
    case "ACT": {
      const step = stepAt(machine, count);
      return (step.output === null ? 0 : 1) - step.operands.length;
    }
    case "GIVEN":
    case "FIELD":
    case "NOT":
    case "MATCH":
    case "NOTE":
    case "JABSENT":
    case "NEXT":
    case "OPEN":
    case "BODY":
    case "DISABLED":
    case "POLL":
      return 0;
    default:
      return null;
  }
}
