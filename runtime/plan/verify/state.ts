// The abstract state of the verifier before an instruction: types on the operand stack, open frames, variables that are
// set. All of it persistent (shared, never changed), so that remembering a state at each jump costs nothing.
import type { PlanType } from "../plan-type.ts";
import { commonType, fits } from "../type-relation.ts";

/**
 * A list under construction: APPEND may widen the type of its items in place, until something has looked at it. One pass
 * then suffices for `LIST 0 … APPEND` in a loop, where the type is known only at the end of the loop.
 */
export interface GrowingList {
  item: PlanType;
  frozen: boolean;
}

export interface Entry {
  readonly type: PlanType;
  /** Index of the constant that it is for certain; else null. */
  readonly constant: number | null;
  readonly growing: GrowingList | null;
}

export interface Stack {
  readonly top: Entry;
  readonly below: Stack | null;
  readonly height: number;
}

export type StepPhase = "open" | "decided" | "polling" | "done" | "verifying";
export type GroupPhase = "open" | "decided" | "body" | "handler" | "finally";

export type Frame = {
  readonly node: number;
  /** No code of the frame in this phase lies at or past this address. */
  readonly limit: number;
  readonly below: Frame | null;
  readonly depth: number;
} & (
  | { readonly kind: "step"; readonly phase: StepPhase }
  | { readonly kind: "group"; readonly phase: GroupPhase }
  | {
      readonly kind: "loop";
      readonly phase: "loop";
      readonly item: PlanType;
      /** Height of the stack when it was opened. */
      readonly height: number;
      readonly silent: boolean;
    }
);

/** A set of slots, as bits. */
export type Slots = Uint32Array;

export interface State {
  readonly stack: Stack | null;
  readonly frames: Frame | null;
  readonly assigned: Slots;
}

export function typeOf(entry: Entry): PlanType {
  return entry.growing === null ? entry.type : { list: entry.growing.item };
}

export function push(stack: Stack | null, entry: Entry): Stack {
  return { top: entry, below: stack, height: heightOf(stack) + 1 };
}

export function heightOf(stack: Stack | null): number {
  return stack?.height ?? 0;
}

export function noSlots(count: number): Slots {
  return new Uint32Array(Math.ceil(count / 32));
}

export function hasSlot(slots: Slots, slot: number): boolean {
  return (((slots[slot >>> 5] ?? 0) >>> (slot & 31)) & 1) === 1;
}

export function withSlot(slots: Slots, slot: number): Slots {
  if (hasSlot(slots, slot)) return slots;
  const more = Uint32Array.from(slots);
  more[slot >>> 5] = (more[slot >>> 5] ?? 0) | (1 << (slot & 31));
  return more;
}

export function commonSlots(a: Slots, b: Slots): Slots {
  return a === b ? a : a.map((word, i) => word & (b[i] ?? 0));
}

export function allSlots(a: Slots, b: Slots): Slots {
  return a === b ? a : a.map((word, i) => word | (b[i] ?? 0));
}

export function includesSlots(a: Slots, part: Slots): boolean {
  return a === part || part.every((word, i) => (word & ~(a[i] ?? 0)) === 0);
}

/** Alike but for their limits, which depend on the path. */
export function sameFrames(a: Frame | null, b: Frame | null): boolean {
  let left = a;
  let right = b;
  while (left !== right) {
    if (left === null || right === null) return false;
    if (left.kind !== right.kind || left.node !== right.node || left.phase !== right.phase) return false;
    left = left.below;
    right = right.below;
  }
  return true;
}

/** What holds on both paths; null: their heights differ, or a place has no common type. */
export function commonStack(a: Stack | null, b: Stack | null): Stack | null | "unlike" {
  if (heightOf(a) !== heightOf(b)) return "unlike";
  const merged: Entry[] = [];
  let left = a;
  let right = b;
  while (left !== right && left !== null && right !== null) {
    const entry = commonEntry(left.top, right.top);
    if (entry === null) return "unlike";
    merged.push(entry);
    left = left.below;
    right = right.below;
  }
  return merged.reduceRight<Stack | null>((stack, entry) => push(stack, entry), left);
}

function commonEntry(a: Entry, b: Entry): Entry | null {
  if (a === b || (a.growing !== null && a.growing === b.growing)) return a;
  const type = commonType(looked(a), looked(b));
  if (type === null) return null;
  return { type, constant: a.constant === b.constant ? a.constant : null, growing: null };
}

/** The entry's type, now fixed: no APPEND may widen it any more. */
export function looked(entry: Entry): PlanType {
  if (entry.growing !== null) entry.growing.frozen = true;
  return typeOf(entry);
}

/** May a path come back with `back` to a place that was taken for `head`? */
export function fitsLoopHead(back: State, head: State): boolean {
  if (!sameFrames(back.frames, head.frames) || !includesSlots(back.assigned, head.assigned)) return false;
  if (heightOf(back.stack) !== heightOf(head.stack)) return false;
  let left = back.stack;
  let right = head.stack;
  while (left !== right && left !== null && right !== null) {
    if (!entryFits(left.top, right.top)) return false;
    left = left.below;
    right = right.below;
  }
  return true;
}

function entryFits(back: Entry, head: Entry): boolean {
  if (back.growing !== null && back.growing === head.growing) return true;
  return (head.constant === null || head.constant === back.constant) && fits(looked(back), typeOf(head));
}
