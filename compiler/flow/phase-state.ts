// In which phases of a deployment a machine may be at a place in a sequence, and why. A value, joined where ways meet.
// Says nothing of what changes it: that is phases.ts.
import type { Location } from "@sequitur/grammar";

/** Windows PE, or a full system. */
export type Phase = "winpe" | "fullos";

/** A set of phases as bits: 1 Windows PE, 2 the full system. */
export type PhaseSet = 0 | 1 | 2 | 3;

/** Why the machine may be in a phase. */
export interface PhaseCause {
  /** A statement on the way here has put the machine into the phase, or has needed it; otherwise it is only possible. */
  readonly certain: boolean;
  /** Only if a program asks for a restart, which is no way that an author counts on. */
  readonly faint?: true;
  /** What happened, for a related place; absent: the sequence may start in this phase. */
  readonly event?: Location & { readonly message: string };
  /** What led there: the calls around. */
  readonly before?: PhaseCause;
}

/** The phases that are possible, each with one cause. None: the place is not reached. */
export interface PhaseState {
  readonly winpe?: PhaseCause;
  readonly fullos?: PhaseCause;
}

export const phases: readonly Phase[] = ["winpe", "fullos"];

/** Nothing leads here. */
export const unreached: PhaseState = {};

/** The phases of a state as a set. */
export function phaseSet(state: PhaseState): PhaseSet {
  return ((state.winpe === undefined ? 0 : 1) | (state.fullos === undefined ? 0 : 2)) as PhaseSet;
}

/** A set of one phase. */
export function setOf(phase: Phase): PhaseSet {
  return phase === "winpe" ? 1 : 2;
}

/** What both sets hold. */
export function commonOf(one: PhaseSet, other: PhaseSet): PhaseSet {
  return (one & other) as PhaseSet;
}

/** Is any way known that leads here? */
export function isReached(state: PhaseState): boolean {
  return state.winpe !== undefined || state.fullos !== undefined;
}

/** The machine is in this phase for sure. */
export function stateIn(phase: Phase, cause: PhaseCause): PhaseState {
  return phase === "winpe" ? { winpe: cause } : { fullos: cause };
}

/** Where two ways meet. A certain cause goes before a possible one, that before a faint one, the first before the second. */
export function joinStates(one: PhaseState, other: PhaseState): PhaseState {
  if (one === other || !isReached(other)) return one;
  if (!isReached(one)) return other;
  const winpe = strongerOf(one.winpe, other.winpe);
  const fullos = strongerOf(one.fullos, other.fullos);
  if (winpe === one.winpe && fullos === one.fullos) return one;
  return { ...(winpe === undefined ? {} : { winpe }), ...(fullos === undefined ? {} : { fullos }) };
}

function strongerOf(one: PhaseCause | undefined, other: PhaseCause | undefined): PhaseCause | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return strengthOf(other) > strengthOf(one) ? other : one;
}

function strengthOf(cause: PhaseCause): number {
  return cause.certain ? 2 : cause.faint === true ? 0 : 1;
}

/** What is left of a state in these phases; a phase that is left alone gets the cause, if one is given. */
export function narrowState(state: PhaseState, to: PhaseSet, cause?: (old: PhaseCause) => PhaseCause): PhaseState {
  const before = phaseSet(state);
  const after = commonOf(before, to);
  if (after === before) return state;
  const left = after === 1 ? state.winpe : after === 2 ? state.fullos : undefined;
  if (left === undefined) return unreached;
  return stateIn(after === 1 ? "winpe" : "fullos", cause === undefined ? left : cause(left));
}

/** Equal for states that lead to the same findings, whatever their causes. */
export function stateKey(state: PhaseState): string {
  const letter = (cause: PhaseCause | undefined): string =>
    cause === undefined ? "-" : cause.certain ? "c" : cause.faint === true ? "f" : "p";
  return letter(state.winpe) + letter(state.fullos);
}
