// Rules V7 and V14 across sequences: calls are not circular, and neither they nor the frames of all callers together go too
// deep. A depth-first walk with an explicit stack, so that a hostile plan can't exhaust ours.
import type { Plan } from "../format.ts";
import { limits } from "../limits.ts";
import { report } from "./findings.ts";
import type { Findings } from "./findings.ts";

interface Call {
  readonly callee: number;
  readonly address: number;
}

/** `frames[i]`: the most frames that sequence i has open at once. */
export function verifyCalls(plan: Plan, frames: readonly number[], findings: Findings): void {
  const calls = callsOf(plan);
  const state = new Uint8Array(plan.sequences.length);
  const depth = new Float64Array(plan.sequences.length);
  const height = new Float64Array(plan.sequences.length);
  const path: { readonly sequence: number; next: number }[] = [];
  for (let root = 0; root < plan.sequences.length; root += 1) {
    if (state[root] !== 0) continue;
    path.push({ sequence: root, next: 0 });
    state[root] = open;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { sequence } = top;
      const call = calls[sequence]?.[top.next];
      top.next += 1;
      if (call === undefined) {
        state[sequence] = closed;
        depth[sequence] = 1 + highest(calls[sequence] ?? [], depth);
        height[sequence] = 1 + (frames[sequence] ?? 0) + highest(calls[sequence] ?? [], height);
        path.pop();
      } else if (state[call.callee] === open) {
        const name = plan.sequences[call.callee]?.name ?? "";
        report(findings, "V7", `The call of ${name} comes back to ${name} itself.`, call.address);
      } else if (state[call.callee] === 0) {
        state[call.callee] = open;
        path.push({ sequence: call.callee, next: 0 });
      }
    }
  }
  plan.sequences.forEach(({ name, start }, i) => {
    if ((depth[i] ?? 0) > limits.callDepth)
      report(findings, "V7", `Calls from ${name} on go deeper than ${limits.callDepth}.`, start);
    else if ((height[i] ?? 0) > limits.frames) {
      report(findings, "V14", `${name} and what it calls open more than ${limits.frames} frames.`, start);
    }
  });
}

const open = 1;
const closed = 2;

function highest(calls: readonly Call[], of: Float64Array): number {
  return calls.reduce((most, { callee }) => Math.max(most, of[callee] ?? 0), 0);
}

/** Each callee of a sequence once. */
function callsOf(plan: Plan): readonly (readonly Call[])[] {
  return plan.sequences.map(({ start, end }) => {
    const calls = new Map<number, Call>();
    for (let address = start; address < end; address += 1) {
      const [opcode, operand] = plan.code[address] ?? ["RETURN", 0];
      const node = opcode === "CALL" && typeof operand === "number" ? plan.nodes[operand] : undefined;
      if (node?.kind !== "step" || node.action.kind !== "call") continue;
      const callee = node.action.sequence;
      if (!calls.has(callee)) calls.set(callee, { callee, address });
    }
    return [...calls.values()];
  });
}
