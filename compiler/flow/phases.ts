// Follows the phase of the machine, Windows PE or the full system, through every sequence: restarts, actions that set up a
// system, conditions that ask for the phase, failures on their way to handlers, loops, and calls of other sequences.
// A sequence may start in either phase. It is walked once for every way in which its callers can find the machine (there
// are few), so cost is linear in the text.
// What a single step asks and does is step-phases.ts; the findings are phase-findings.ts.
import type {
  Block,
  CallAction,
  Expression,
  For,
  Group,
  If,
  SequenceDeclaration,
  Statement,
  Step,
} from "@sequitur/grammar";
import { limits } from "@sequitur/runtime/plan";
import type { ProgramContext } from "../check/program-context.ts";
import { unreachable } from "../invariant.ts";
import type { Module } from "../model/module.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { actionCanFail, canFail } from "./can-fail.ts";
import { conditionPhases } from "./phase-conditions.ts";
import type { ConditionPhases, FnPhases } from "./phase-conditions.ts";
import { conditionNeverHolds, noPhaseAtAll, reportPhaseFindings, wrongPhase } from "./phase-findings.ts";
import type { PhaseFinding } from "./phase-findings.ts";
import { isReached, joinStates, narrowState, stateIn, stateKey, unreached } from "./phase-state.ts";
import type { PhaseCause, PhaseState } from "./phase-state.ts";
import { namedAction, flowClausesOf, moveOf, stepPhases } from "./step-phases.ts";
import type { FlowClauses } from "./step-phases.ts";
import { mentionsWindowsPe } from "./windows-pe.ts";

/** Shared by all walks. */
interface Analysis {
  readonly program: ProgramContext;
  readonly fnPhases: FnPhases;
  /** By sequence, then by how the machine is found. */
  readonly walked: Map<SequenceSymbol, Map<string, Walked | "in progress">>;
  readonly findings: Map<object, PhaseFinding>;
}

/** What a sequence does from one kind of start. */
interface Walked {
  readonly entry: PhaseState;
  readonly end: PhaseState;
  readonly failures: PhaseState;
}

/** One walk through one sequence. */
interface Walk {
  readonly analysis: Analysis;
  readonly module: Module;
  readonly loops: Map<For, Loop>;
  /** By statement or block: a loop's second round overwrites what its first has found. */
  readonly findings: Map<object, PhaseFinding>;
  /** The start may be in either phase, so what holds here holds for every caller. */
  readonly isOpen: boolean;
  readonly depth: number;
  state: PhaseState;
  /** Where a failure that is not caught yet can have happened. */
  failures: PhaseState;
  /** Wherever the machine has been in the group. */
  anywhere: PhaseState;
  /** Counts the steps that move the machine. */
  moves: number;
  /** How many `continue on error` are around. */
  forgiven: number;
}

/** What a loop was found to do, from the machine in any of these phases at the start of a round. */
interface Loop {
  readonly start: PhaseState;
  readonly failures: PhaseState;
  readonly anywhere: PhaseState;
}

/** Nothing is known, as at the start. */
const anywhere: PhaseState = { winpe: { certain: false }, fullos: { certain: false } };

/** To be called when all declarations are checked; with a sequence come all that call it or are called by it. */
export function checkPhases(program: ProgramContext, sequences: readonly SequenceSymbol[]): void {
  if (!mentionsWindowsPe(program)) return;
  const analysis: Analysis = { program, fnPhases: new Map(), walked: new Map(), findings: new Map() };
  for (const symbol of sequences) walkSequence(analysis, symbol, anywhere, false, 0);
  reportPhaseFindings(program, analysis.findings.values());
}

// ---- sequences ------------------------------------------------------------------------------------------------------

/** Undefined: the sequence calls itself, or lies too deep. */
function walkSequence(
  analysis: Analysis,
  symbol: SequenceSymbol,
  entry: PhaseState,
  isForgiven: boolean,
  depth: number,
): Walked | undefined {
  if (depth > limits.callDepth) return undefined;
  const key = `${stateKey(entry)}${isForgiven ? "f" : ""}`;
  const byStart = analysis.walked.get(symbol) ?? new Map<string, Walked | "in progress">();
  analysis.walked.set(symbol, byStart);
  const known = byStart.get(key);
  if (known !== undefined) return known === "in progress" ? undefined : known;
  byStart.set(key, "in progress");
  const walk: Walk = {
    analysis,
    module: symbol.module,
    loops: new Map(),
    findings: new Map(),
    isOpen: stateKey(entry) === "pp",
    depth,
    state: entry,
    failures: unreached,
    anywhere: entry,
    moves: 0,
    forgiven: isForgiven ? 1 : 0,
  };
  walkMembers(walk, symbol.node);
  for (const [place, finding] of walk.findings) {
    if (analysis.findings.get(place)?.kind !== "always") analysis.findings.set(place, finding);
  }
  const walked = { entry, end: walk.state, failures: walk.failures };
  byStart.set(key, walked);
  return walked;
}

function walkMembers(walk: Walk, node: SequenceDeclaration): void {
  for (const member of node.members) {
    if (member.kind === "variable") {
      if (member.value !== undefined) mayFail(walk, member.value);
    } else if (member.kind !== "options") walkStatement(walk, member);
  }
}

/** A failure of this expression ends the step. */
function mayFail(walk: Walk, expression: Expression): void {
  if (canFail(walk.analysis.program, expression)) walk.failures = joinStates(walk.failures, walk.state);
}

// ---- statements -----------------------------------------------------------------------------------------------------

function walkBlock(walk: Walk, block: Block): void {
  for (const statement of block.statements) walkStatement(walk, statement);
}

function walkStatement(walk: Walk, statement: Statement): void {
  if (!isReached(walk.state)) return;
  switch (statement.kind) {
    case "step":
      walkStep(walk, statement);
      return;
    case "group":
      walkGroup(walk, statement);
      return;
    case "if":
      walkIf(walk, statement);
      return;
    case "for":
      walkFor(walk, statement);
      return;
    default:
      unreachable(statement);
  }
}

/** Goes in where the condition of a step or group holds; gives the state in which it does not. */
function enter(walk: Walk, clauses: FlowClauses): PhaseState {
  if (clauses.when === undefined) return unreached;
  return decide(walk, clauses.when.condition);
}

/** Goes on where the condition holds; gives the state in which it does not. */
function decide(walk: Walk, condition: Expression): PhaseState {
  const { analysis, state } = walk;
  mayFail(walk, condition);
  const { whenTrue, whenFalse } = conditionPhases(analysis.program, analysis.fnPhases, condition);
  if (whenTrue === 3 && whenFalse === 3) return state;
  const because = (old: PhaseCause): PhaseCause => ({
    certain: old.certain,
    event: { ...placeIn(walk, condition), message: "this condition decides on the phase" },
    ...(old.before === undefined ? {} : { before: old.before }),
  });
  walk.state = narrowState(state, whenTrue, because);
  noteCondition(walk, condition, state, { whenTrue, whenFalse });
  return narrowState(state, whenFalse, because);
}

function noteCondition(walk: Walk, condition: Expression, before: PhaseState, found: ConditionPhases): void {
  walk.findings.delete(condition);
  if (!walk.isOpen || isReached(walk.state)) return;
  walk.findings.set(condition, conditionNeverHolds(walk.module, condition, before, found.whenTrue === 0));
}

function walkStep(walk: Walk, step: Step): void {
  const clauses = flowClausesOf(step.clauses);
  if (clauses.disabled) return;
  const skipped = enter(walk, clauses);
  if (isReached(walk.state)) {
    const before = walk.state;
    const outside = walk.failures;
    if (clauses.continues) {
      walk.failures = unreached;
      walk.forgiven += 1;
    }
    walkAction(walk, step, clauses);
    walk.anywhere = joinStates(walk.anywhere, joinStates(before, walk.state));
    if (clauses.continues) {
      walk.state = joinStates(walk.state, walk.failures);
      walk.failures = outside;
      walk.forgiven -= 1;
    }
  }
  walk.state = joinStates(walk.state, skipped);
}

function walkAction(walk: Walk, step: Step, clauses: FlowClauses): void {
  const { program } = walk.analysis;
  const before = walk.state;
  if (step.action.kind === "fail") {
    walk.failures = joinStates(walk.failures, before);
    walk.state = unreached;
    return;
  }
  const action = namedAction(program, step);
  const allowed = stepPhases(clauses, action);
  const fitting = narrowState(before, allowed);
  walk.findings.delete(step);
  if (allowed === 0 && action !== undefined) walk.findings.set(step, noPhaseAtAll(walk.module, step, action, clauses));
  else if (fitting !== before) {
    const finding = wrongPhase(walk.module, step, { state: before, allowed, action, isForgiven: walk.forgiven > 0 });
    if (finding !== undefined) walk.findings.set(step, finding);
  }
  if (actionCanFail(program, step) || allowed !== 3) walk.failures = joinStates(walk.failures, before);
  if (allowed === 1 || allowed === 2) {
    const phase = allowed === 1 ? "winpe" : "fullos";
    const known = fitting[phase];
    // After a step that can't run nothing is known: what follows is written for some machine that the author had in mind.
    if (!isReached(fitting)) walk.state = anywhere;
    else if (known?.certain !== true) walk.state = stateIn(phase, committed(walk, step, phase));
    else walk.state = fitting;
  }
  if (step.action.kind === "call") walkCall(walk, step.action);
  move(walk, step, clauses, action);
}

function move(walk: Walk, step: Step, clauses: FlowClauses, action: ReturnType<typeof namedAction>): void {
  const found = moveOf(step, clauses, action);
  if (found === undefined) return;
  const { certain, message } = found;
  const event = { ...placeIn(walk, step.action), message };
  const cause: PhaseCause = certain ? { certain, event } : { certain, event, faint: true };
  const after = stateIn(found.to, cause);
  walk.state = certain ? after : joinStates(walk.state, after);
  walk.moves += 1;
  // A restart that can't be done ends the run; another action may fail on either side of its own.
  if (step.action.kind !== "restart") walk.failures = joinStates(walk.failures, walk.state);
}

/** The step has succeeded, so the machine was where it can run. */
function committed(walk: Walk, step: Step, phase: "winpe" | "fullos"): PhaseCause {
  const where = phase === "winpe" ? "Windows PE" : "the full system";
  return { certain: true, event: { ...placeIn(walk, step.action), message: `this runs in ${where} alone` } };
}

function placeIn(walk: Walk, node: { readonly start: number; readonly end: number }) {
  return { file: walk.module.path, start: node.start, end: node.end };
}

// ---- calls ----------------------------------------------------------------------------------------------------------

function walkCall(walk: Walk, action: CallAction): void {
  const { analysis, state } = walk;
  const path = action.sequence;
  const resolution = path.kind === "missing" ? undefined : analysis.program.paths.get(path);
  if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") {
    // Another system's sequence may end anywhere.
    walk.state = anywhere;
    walk.failures = joinStates(walk.failures, walk.state);
    return;
  }
  const called = (cause: PhaseCause): PhaseCause => ({
    certain: cause.certain,
    ...(cause.faint === undefined ? {} : { faint: cause.faint }),
    event: { ...placeIn(walk, path), message: "called here" },
    before: cause,
  });
  const entry = mapCauses(state, called);
  const walked = walkSequence(analysis, resolution.symbol, entry, walk.forgiven > 0, walk.depth + 1);
  if (walked === undefined) {
    walk.state = anywhere;
    walk.failures = joinStates(walk.failures, walk.state);
    return;
  }
  // What comes out as it went in is the caller's; what the child has changed came about through this call.
  const back = (cause: PhaseCause, phase: "winpe" | "fullos"): PhaseCause =>
    cause === walked.entry[phase] ? (state[phase] ?? cause) : called(cause);
  const end = mapCauses(walked.end, back);
  if (stateKey(end) !== stateKey(state)) walk.moves += 1;
  walk.state = end;
  walk.failures = joinStates(walk.failures, mapCauses(walked.failures, back));
}

function mapCauses(
  state: PhaseState,
  change: (cause: PhaseCause, phase: "winpe" | "fullos") => PhaseCause,
): PhaseState {
  const { winpe, fullos } = state;
  return {
    ...(winpe === undefined ? {} : { winpe: change(winpe, "winpe") }),
    ...(fullos === undefined ? {} : { fullos: change(fullos, "fullos") }),
  };
}

// ---- groups ---------------------------------------------------------------------------------------------------------

function walkGroup(walk: Walk, group: Group): void {
  const clauses = flowClausesOf(group.clauses);
  if (clauses.disabled) return;
  const outside = { failures: walk.failures, anywhere: walk.anywhere };
  walk.failures = unreached;
  const skipped = enter(walk, clauses);
  const ownFailures = walk.failures;
  if (isReached(walk.state)) {
    walk.anywhere = walk.state;
    walk.failures = unreached;
    if (clauses.continues) walk.forgiven += 1;
    walkBody(walk, group, clauses);
    if (clauses.continues) walk.forgiven -= 1;
  }
  walk.failures = joinStates(ownFailures, walk.failures);
  if (clauses.continues) {
    walk.state = joinStates(walk.state, walk.failures);
    walk.failures = unreached;
  }
  walk.failures = joinStates(outside.failures, walk.failures);
  walk.anywhere = joinStates(outside.anywhere, walk.anywhere);
  walk.state = joinStates(walk.state, skipped);
}

/** Body, handler and `finally`; leaves the failures that get out. */
function walkBody(walk: Walk, group: Group, clauses: FlowClauses): void {
  walkBlock(walk, group.body);
  let end = walk.state;
  if (clauses.timeout) walk.failures = joinStates(walk.failures, walk.anywhere);
  if (group.onError !== undefined) {
    walk.state = walk.failures;
    walk.failures = unreached;
    walkBlock(walk, group.onError);
    end = joinStates(end, walk.state);
  }
  if (group.finally !== undefined) end = walkFinally(walk, group.finally, end);
  walk.state = end;
}

/** Begins wherever body and handler can have ended: a cancel can come at any point. Gives where it goes on. */
function walkFinally(walk: Walk, block: Block, end: PhaseState): PhaseState {
  const { failures, moves } = walk;
  walk.failures = unreached;
  walk.state = joinStates(end, joinStates(failures, walk.anywhere));
  walkBlock(walk, block);
  const isMoved = walk.moves !== moves;
  const escaping = isReached(failures) && isMoved ? walk.state : failures;
  walk.failures = joinStates(escaping, walk.failures);
  if (!isReached(walk.state) || !isReached(end)) return unreached;
  return isMoved ? walk.state : end;
}

// ---- branches and loops ---------------------------------------------------------------------------------------------

/** A loop: a chain of `else if` may be long. */
function walkIf(walk: Walk, statement: If): void {
  let end: PhaseState = unreached;
  for (let link: If | Block | undefined = statement; ;) {
    if (link === undefined) break;
    if (link.kind === "block") {
      walkBlock(walk, link);
      break;
    }
    const otherwise = decide(walk, link.condition);
    walkBlock(walk, link.body);
    end = joinStates(end, walk.state);
    walk.state = otherwise;
    link = link.otherwise;
  }
  walk.state = joinStates(end, walk.state);
}

/** Round after round until nothing new comes out, which is soon: each round adds a phase or makes one certain. */
function walkFor(walk: Walk, statement: For): void {
  mayFail(walk, statement.iterable);
  const outside = { failures: walk.failures, anywhere: walk.anywhere };
  const known = walk.loops.get(statement);
  let start = known === undefined ? walk.state : joinStates(known.start, walk.state);
  let loop = known;
  while (loop === undefined || stateKey(loop.start) !== stateKey(start)) {
    walk.state = start;
    walk.failures = unreached;
    walk.anywhere = start;
    walkBlock(walk, statement.body);
    loop = { start, failures: walk.failures, anywhere: walk.anywhere };
    start = joinStates(start, walk.state);
  }
  walk.loops.set(statement, loop);
  walk.failures = joinStates(outside.failures, loop.failures);
  walk.anywhere = joinStates(outside.anywhere, loop.anywhere);
  walk.state = start;
}
