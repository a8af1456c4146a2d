// What is certain at a place in a sequence: which variables are set, which steps have ended. One mutable state walks
// through the text; a trail of changes takes back or weakens what a branch has gained, so that cost stays linear in the
// text (times its nesting). Says nothing of what is wrong: that is definite-assignment.ts and step-references.ts.
import type { LabelSymbol, VariableSymbol } from "../model/symbol.ts";

/** What can be certain. */
export type FlowSymbol = VariableSymbol | LabelSymbol;

/**
 * Of a variable: 0 not set, 1 perhaps, 3 set. Of a step or group: 0 can't have ended, 1 may have, 2 has ended, 3 has
 * ended well.
 */
export type Certainty = 0 | 1 | 2 | 3;

/** What is certain at the place that is being checked. */
export interface FlowState {
  readonly levels: Map<FlowSymbol, Certainty>;
  readonly trail: { readonly symbol: FlowSymbol; readonly before: Certainty }[];
  /** Nothing goes on from here: the step before always fails. */
  dead: boolean;
  /** The statement that is looked at is not reached, so none of its branches is. */
  unreached: boolean;
}

/** What a branch ended with: the levels it changed, and whether its end is reached. */
export interface BranchEnd {
  readonly changed: ReadonlyMap<FlowSymbol, Certainty>;
  readonly dead: boolean;
}

/** The start of a sequence. */
export function createFlowState(): FlowState {
  return { levels: new Map(), trail: [], dead: false, unreached: false };
}

/** 0 for what was never heard of. */
export function certaintyOf(state: FlowState, symbol: FlowSymbol): Certainty {
  return state.levels.get(symbol) ?? 0;
}

/** Notes a change, so that it can be taken back. */
export function setCertainty(state: FlowState, symbol: FlowSymbol, level: Certainty): void {
  const before = certaintyOf(state, symbol);
  if (before === level) return;
  state.trail.push({ symbol, before });
  state.levels.set(symbol, level);
}

/** A place to come back to. */
export function markOf(state: FlowState): number {
  return state.trail.length;
}

/** What has changed since the mark. */
export function branchEnd(state: FlowState, mark: number): BranchEnd {
  const changed = new Map<FlowSymbol, Certainty>();
  for (let index = mark; index < state.trail.length; index++) {
    const symbol = state.trail[index]?.symbol;
    if (symbol !== undefined) changed.set(symbol, certaintyOf(state, symbol));
  }
  return { changed, dead: state.dead };
}

/** Takes everything back to the mark: the other branch starts where this one did. */
export function rewind(state: FlowState, mark: number): void {
  for (let index = state.trail.length - 1; index >= mark; index--) {
    const entry = state.trail[index];
    if (entry !== undefined) state.levels.set(entry.symbol, entry.before);
  }
  state.trail.length = mark;
}

/** What happened since the mark may not have happened, or only in part. */
export function weaken(state: FlowState, mark: number): void {
  for (let index = state.trail.length - 1; index >= mark; index--) {
    const entry = state.trail[index];
    if (entry !== undefined) state.levels.set(entry.symbol, joined(entry.before, certaintyOf(state, entry.symbol)));
  }
}

/** Goes on from the ends of two branches that started at the mark: the present state, and one that ended before. */
export function join(state: FlowState, mark: number, other: BranchEnd): void {
  const symbols = new Set<FlowSymbol>(other.changed.keys());
  const atMark = new Map<FlowSymbol, Certainty>();
  for (let index = state.trail.length - 1; index >= mark; index--) {
    const entry = state.trail[index];
    if (entry === undefined) continue;
    symbols.add(entry.symbol);
    atMark.set(entry.symbol, entry.before);
  }
  for (const symbol of symbols) {
    const here = certaintyOf(state, symbol);
    const there = other.changed.get(symbol) ?? atMark.get(symbol) ?? here;
    setCertainty(state, symbol, joinedEnds(here, state.dead, there, other.dead));
  }
  state.dead = state.dead && other.dead;
}

function joinedEnds(here: Certainty, hereDead: boolean, there: Certainty, thereDead: boolean): Certainty {
  if (hereDead === thereDead) return joined(here, there);
  const [alive, dead] = hereDead ? [there, here] : [here, there];
  return alive === 0 && dead > 0 ? 1 : alive;
}

/** What holds on both of two ways. */
function joined(one: Certainty, other: Certainty): Certainty {
  if (one === other) return one;
  return Math.min(one, other) <= 1 ? 1 : 2;
}
