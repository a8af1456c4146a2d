// One path of the verifier through the code of a sequence: the current state, what it may do to the operand stack, and the
// states that are waiting at addresses further on. Rules V3 to V6 are checked here; which instruction does what stands in
// value-effects.ts and frame-effects.ts.
import type { Plan, PlanNode, PlanSequence } from "../format.ts";
import { limits } from "../limits.ts";
import type { PlanType } from "../plan-type.ts";
import type { PlanProblem, VerifierRule } from "../plan-problem.ts";
import { fits, holdsSecret, typeText } from "../type-relation.ts";
import {
  commonSlots,
  commonStack,
  fitsLoopHead,
  hasSlot,
  heightOf,
  looked,
  noSlots,
  push,
  sameFrames,
  withSlot,
} from "./state.ts";
import type { Entry, Frame, Slots, Stack, State } from "./state.ts";

export class Machine {
  readonly plan: Plan;
  readonly sequence: PlanSequence;
  readonly sequenceIndex: number;
  pc: number;
  stack: Stack | null = null;
  frames: Frame | null = null;
  assigned: Slots;
  /** Does the path go on with the next instruction? */
  alive = true;
  /** The first problem; nothing after it is believed. */
  problem: PlanProblem | null = null;
  /** Most frames open at once. */
  deepest = 0;
  /** Per group: what is set whenever its body or its handler has ended. */
  readonly completed = new Map<number, Slots>();
  /** Nodes that have been opened somewhere. */
  readonly opened = new Set<number>();
  private readonly waiting = new Map<number, State>();
  private readonly loopHeads = new Map<number, State>();

  constructor(plan: Plan, sequenceIndex: number, sequence: PlanSequence) {
    this.plan = plan;
    this.sequence = sequence;
    this.sequenceIndex = sequenceIndex;
    this.pc = sequence.start;
    let assigned = noSlots(sequence.slots.length);
    for (const { slot, required } of sequence.parameters) if (required) assigned = withSlot(assigned, slot);
    this.assigned = assigned;
  }

  fail(rule: VerifierRule, message: string): void {
    this.problem ??= { rule, instruction: this.pc, message };
  }

  // ---- The operand stack

  push(type: PlanType, constant: number | null = null): void {
    this.pushEntry({ type, constant, growing: null });
  }

  pushEntry(entry: Entry): void {
    this.stack = push(this.stack, entry);
    if (this.stack.height > limits.stack) this.fail("V14", `The stack grows past ${limits.stack}.`);
  }

  /** Takes the top, whatever it is. */
  take(): Entry {
    const { stack } = this;
    if (stack === null) {
      this.fail("V3", "The stack is empty where a value is taken.");
      return { type: "never", constant: null, growing: null };
    }
    this.stack = stack.below;
    looked(stack.top);
    return stack.top;
  }

  /** Takes a value that must fit a type; `use` says what for. */
  takeAs(wanted: PlanType, use: string): Entry {
    const entry = this.take();
    this.mustFit(looked(entry), wanted, use);
    return entry;
  }

  mustFit(type: PlanType, wanted: PlanType, use: string): void {
    if (this.problem !== null || fits(type, wanted)) return;
    if (holdsSecret(type) && !holdsSecret(wanted)) this.fail("V9", `A secret reaches ${use}.`);
    else this.fail("V3", `${use} is ${typeText(type)}, not ${typeText(wanted)}.`);
  }

  mustBeEmpty(): void {
    if (this.stack !== null) this.fail("V3", `The stack holds ${heightOf(this.stack)} values where it must be empty.`);
  }

  // ---- Variables

  mustBeSet(slot: number): void {
    if (!hasSlot(this.assigned, slot)) this.fail("V6", `${this.slotName(slot)} is read, but is not set on every path.`);
  }

  set(slot: number): void {
    this.assigned = withSlot(this.assigned, slot);
  }

  slotName(slot: number): string {
    return this.sequence.slots[slot]?.name ?? String(slot);
  }

  // ---- Nodes and frames

  node(index: number): PlanNode | undefined {
    const node = this.plan.nodes[index];
    if (node !== undefined && node.sequence !== this.sequenceIndex) {
      this.fail("V12", `Node ${index} belongs to another sequence.`);
    }
    return node;
  }

  open(frame: Frame): void {
    this.frames = frame;
    this.deepest = Math.max(this.deepest, frame.depth);
    if (frame.depth > limits.frames) this.fail("V14", `More than ${limits.frames} frames are open.`);
  }

  // ---- Where paths go

  /** The path also, or only, goes on at an address further down. */
  goTo(address: number, state: State): void {
    if (this.problem !== null) return;
    if (address <= this.pc) return this.fail("V4", `The jump to ${address} leads back, and not to its loop.`);
    if (address >= this.sequence.end) return this.fail("V4", `The jump to ${address} leaves the sequence.`);
    const known = this.waiting.get(address);
    const merged = known === undefined ? state : this.merge(known, state, address);
    if (merged !== null) this.waiting.set(address, merged);
  }

  /** A jump with the current state: down, or back to the NEXT of the loop that is innermost. */
  jump(address: number): void {
    const head = this.loopHeads.get(address);
    const isBack = address <= this.pc && head !== undefined && this.frames?.kind === "loop";
    if (!isBack) return this.goTo(address, this.state());
    if (!fitsLoopHead(this.state(), head)) {
      this.fail(
        "V5",
        `The way back to ${address} does not bring the stack, frames and variables that the loop began with.`,
      );
    }
  }

  state(): State {
    return { stack: this.stack, frames: this.frames, assigned: this.assigned };
  }

  /** Remembers the state before NEXT, for the ways back. */
  markLoopHead(): void {
    this.loopHeads.set(this.pc, this.state());
  }

  /** Goes to an address: with the path so far, if it gets there, and with those that wait. False: no path gets there. */
  arrive(pc: number): boolean {
    const waiting = this.waiting.get(pc);
    this.waiting.delete(pc);
    this.pc = pc;
    const state = this.alive ? (waiting === undefined ? this.state() : this.merge(this.state(), waiting, pc)) : waiting;
    if (state === undefined || state === null) return false;
    ({ stack: this.stack, frames: this.frames, assigned: this.assigned } = state);
    this.alive = true;
    if (this.frames !== null && pc >= this.frames.limit) {
      this.fail("V5", `Node ${this.frames.node} is still open past the end of its code.`);
    }
    return true;
  }

  private merge(a: State, b: State, address: number): State | null {
    if (!sameFrames(a.frames, b.frames)) {
      this.fail("V5", `Two paths reach ${address} with different frames open.`);
      return null;
    }
    const stack = commonStack(a.stack, b.stack);
    if (stack === "unlike") {
      this.fail("V3", `Two paths reach ${address} with different values on the stack.`);
      return null;
    }
    return { stack, frames: strictest(a.frames, b.frames), assigned: commonSlots(a.assigned, b.assigned) };
  }
}

/** Frames that are alike but for their limits: the lower limit counts. */
function strictest(a: Frame | null, b: Frame | null): Frame | null {
  return a === null || b === null || a.limit <= b.limit ? a : b;
}
