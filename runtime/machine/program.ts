// A plan made ready to run: the handler of each instruction, and which results of steps are ever asked for.
import { instructions, type Opcode } from "../plan/instructions.ts";
import type { Plan } from "../plan/format.ts";
import { effectInstructions } from "./effect-instructions.ts";
import { evaluateInstructions } from "./evaluate-instructions.ts";
import { frameInstructions } from "./frame-instructions.ts";
import { invariant } from "./invariant.ts";
import type { Handler, Program } from "./machine.ts";

/** The one dispatch record: an instruction without a handler does not compile. */
const handlers: { readonly [opcode in Opcode]: Handler } = {
  ...evaluateInstructions,
  ...frameInstructions,
  ...effectInstructions,
};

/** Links a verified plan. Linear in its code. */
export function linkProgram(plan: Plan): Program {
  const linked = plan.code.map(([opcode]) => {
    invariant(Object.hasOwn(instructions, opcode), `${opcode} is an instruction`);
    return handlers[opcode];
  });
  const remembered = new Set<number>();
  for (const [opcode, node] of plan.code) if (opcode === "STEP" && typeof node === "number") remembered.add(node);
  return { plan, handlers: linked, remembered, forgottenByLoop: stepsByLoop(plan, remembered) };
}

function stepsByLoop(plan: Plan, remembered: ReadonlySet<number>): ReadonlyMap<number, readonly number[]> {
  const byLoop = new Map<number, number[]>();
  for (const node of remembered) {
    for (let parent = plan.nodes[node]?.parent ?? -1; parent >= 0; parent = plan.nodes[parent]?.parent ?? -1) {
      if (plan.nodes[parent]?.kind === "for") byLoop.set(parent, [...(byLoop.get(parent) ?? []), node]);
    }
  }
  return byLoop;
}
