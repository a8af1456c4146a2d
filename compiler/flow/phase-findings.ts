// What the walk through the phases finds, as data, and how it is reported: with the way on which it happens.
import type { Expression, Related, Span, Step } from "@sequitur/grammar";
import type { ProgramContext } from "../check/program-context.ts";
import { phaseDiagnostics } from "../diagnostics/phases.ts";
import type { Module } from "../model/module.ts";
import { commonOf, phaseSet, phases, setOf } from "./phase-state.ts";
import type { Phase, PhaseCause, PhaseSet, PhaseState } from "./phase-state.ts";
import type { NamedAction, FlowClauses } from "./step-phases.ts";

/** One finding. `always` goes before `perhaps` where both are found of one step. */
export interface PhaseFinding {
  readonly kind: "always" | "perhaps";
  readonly report: (program: ProgramContext) => void;
}

/** To be called once, with one finding a place. */
export function reportPhaseFindings(program: ProgramContext, findings: Iterable<PhaseFinding>): void {
  for (const finding of findings) finding.report(program);
}

/** What is known where a step stands. */
export interface StepPlace {
  readonly state: PhaseState;
  readonly allowed: PhaseSet;
  readonly action: NamedAction | undefined;
  /** Its failure is provided for: that it may be in the wrong phase is no finding. */
  readonly isForgiven: boolean;
}

/** A step in a phase that it can't run in; undefined where that is only possible. */
export function wrongPhase(module: Module, step: Step, place: StepPlace): PhaseFinding | undefined {
  const { state, allowed, action, isForgiven } = place;
  const wrong = phases.filter((phase) => state[phase] !== undefined && commonOf(setOf(phase), allowed) === 0);
  const [phase] = wrong;
  if (phase === undefined) return undefined;
  const cause = state[phase];
  if (cause === undefined) return undefined;
  const what = action === undefined || action.phases === 3 ? "this step" : `"${action.name}"`;
  const args = { what, where: placeName(phase) };
  const at = headOf(step, action);
  const related = wayOf(cause);
  if (commonOf(phaseSet(state), allowed) === 0) {
    const report = (program: ProgramContext): void =>
      program.report(module, at, phaseDiagnostics.SEQ4101, args, { related });
    return { kind: "always", report };
  }
  const isProvidedFor = isForgiven && phases.some((each) => isExpected(state[each], setOf(each), allowed));
  if (!cause.certain || isProvidedFor) return undefined;
  const report = (program: ProgramContext): void =>
    program.report(module, at, phaseDiagnostics.SEQ4102, args, { related, fixes: guardFix(module, step, allowed) });
  return { kind: "perhaps", report };
}

/** A phase that fits, and on a way that an author counts on. */
function isExpected(cause: PhaseCause | undefined, phase: PhaseSet, allowed: PhaseSet): boolean {
  return cause !== undefined && cause.faint === undefined && commonOf(phase, allowed) !== 0;
}

/** Not safe: a step that was due in the other phase is now left out there. */
function guardFix(module: Module, step: Step, allowed: PhaseSet) {
  if (step.clauses.some((clause) => clause.kind === "when")) return [];
  const phase: Phase = allowed === 1 ? "winpe" : "fullos";
  const edit = { file: module.path, start: step.end, end: step.end, text: ` when os.phase == "${phase}"` };
  return [{ title: `Run it in ${placeName(phase)} alone`, safe: false, edits: [edit] }];
}

/** `needs` asks for a phase that the action can't run in. */
export function noPhaseAtAll(module: Module, step: Step, action: NamedAction, clauses: FlowClauses): PhaseFinding {
  const clause = step.clauses.find(({ kind }) => kind === "needs") ?? step;
  const needed: Phase = clauses.needs ?? "fullos";
  const args = {
    action: action.name,
    runs: placeName(needed === "winpe" ? "fullos" : "winpe"),
    needs: placeName(needed),
  };
  return {
    kind: "always",
    report: (program) => program.report(module, clause, phaseDiagnostics.SEQ4104, args),
  };
}

/** A condition on the phase that no way leading here can meet. */
export function conditionNeverHolds(
  module: Module,
  condition: Expression,
  state: PhaseState,
  asksForNone: boolean,
): PhaseFinding {
  if (asksForNone) {
    return { kind: "always", report: (program) => program.report(module, condition, phaseDiagnostics.SEQ4105, {}) };
  }
  const phase: Phase = state.winpe === undefined ? "fullos" : "winpe";
  const related = wayOf(state[phase]);
  return {
    kind: "always",
    report: (program) =>
      program.report(module, condition, phaseDiagnostics.SEQ4103, { where: placeName(phase) }, { related }),
  };
}

function placeName(phase: Phase): string {
  return phase === "winpe" ? "Windows PE" : "the full system";
}

/** The way, from the outermost call inwards to what has put the machine there. */
function wayOf(cause: PhaseCause | undefined): readonly Related[] {
  const way: Related[] = [];
  for (let link = cause; link !== undefined && way.length < shownEvents; link = link.before) {
    if (link.event !== undefined) way.push(link.event);
  }
  return way.reverse();
}

/** More would hide what matters; calls go as deep as thirty-two. */
const shownEvents = 6;

/** Where the finding stands: the step's name, else the words that bring it there. */
function headOf(step: Step, action: NamedAction | undefined): Span {
  if (step.title !== undefined) return step.title;
  if (step.label !== undefined) return step.label;
  if (action !== undefined && action.phases !== 3 && step.action.kind === "use") return step.action.action;
  return step.clauses.find(({ kind }) => kind === "needs") ?? step.action;
}
