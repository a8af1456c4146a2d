// What a step asks of the phase and does to it, by its clauses and its action alone. Where the machine is when the step
// is reached is phases.ts.
import type { Clause, Step } from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import type { ProgramContext } from "../check/program-context.ts";
import { commonOf, setOf } from "./phase-state.ts";
import type { Phase, PhaseSet } from "./phase-state.ts";

/** The clauses of a statement that decide whether it runs and what a failure does. */
export interface FlowClauses {
  readonly when?: Extract<Clause, { kind: "when" }>;
  readonly needs?: Phase;
  readonly continues: boolean;
  readonly disabled: boolean;
  readonly timeout: boolean;
  /** Codes that ask for a restart are written. */
  readonly reboots: boolean;
}

const noClauses: FlowClauses = { continues: false, disabled: false, timeout: false, reboots: false };

/** Reads the clauses once. */
export function flowClausesOf(clauses: readonly Clause[]): FlowClauses {
  if (clauses.length === 0) return noClauses;
  const found: { -readonly [K in keyof FlowClauses]: FlowClauses[K] } = { ...noClauses };
  for (const clause of clauses) {
    switch (clause.kind) {
      case "when":
        found.when ??= clause;
        break;
      case "needs":
        if (clause.phase !== "missing") found.needs ??= clause.phase;
        break;
      case "continueOnError":
        found.continues = true;
        break;
      case "disabled":
        found.disabled = true;
        break;
      case "timeout":
        found.timeout = true;
        break;
      case "reboots":
        found.reboots = clause.codes.length > 0;
        break;
      default:
    }
  }
  return found;
}

/** An action that a step uses by its name: of a catalogue, or of the project. */
export interface NamedAction {
  readonly name: string;
  /** Where it can run at all. */
  readonly phases: PhaseSet;
  readonly effect: ActionDeclaration["phaseEffect"];
}

const ofCatalogue = new Map<string, NamedAction>(
  Object.entries(actions).map(([name, { phases, phaseEffect }]) => [
    name,
    { name, phases: setOfAll(phases), effect: phaseEffect },
  ]),
);

function setOfAll(phases: readonly Phase[]): PhaseSet {
  return ((phases.includes("winpe") ? 1 : 0) | (phases.includes("fullos") ? 2 : 0)) as PhaseSet;
}

/** The actions that only Windows PE can do, and those that lead there. */
export function windowsPeActions(): readonly string[] {
  return [...ofCatalogue.values()]
    .filter(({ phases, effect }) => phases === 1 || effect === "restartsToWinpe")
    .map(({ name }) => name);
}

/** Undefined: the step does something else, or what it uses was not found. */
export function namedAction(program: ProgramContext, step: Step): NamedAction | undefined {
  if (step.action.kind !== "use" || step.action.action.kind === "missing") return undefined;
  const resolution = program.paths.get(step.action.action);
  if (resolution?.kind === "action") return ofCatalogue.get(resolution.action);
  if (resolution?.kind === "catalogueAction") {
    const { name, declaration } = resolution.action;
    return { name, phases: setOfAll(declaration.phases), effect: declaration.phaseEffect };
  }
  if (resolution?.kind !== "scriptAction" || resolution.symbol.action === undefined) return undefined;
  const { name, action } = resolution.symbol;
  return { name, phases: setOfAll(action.phases), effect: "none" };
}

/** Where the step can run. Empty: its `needs` contradicts its action. */
export function stepPhases(clauses: FlowClauses, action: NamedAction | undefined): PhaseSet {
  const can = action?.phases ?? 3;
  return clauses.needs === undefined ? can : commonOf(can, setOf(clauses.needs));
}

/** Where a step leaves the machine. `certain` false: it may as well stay where it is. */
export interface PhaseMove {
  readonly to: Phase;
  readonly certain: boolean;
  /** For a related place. */
  readonly message: string;
}

/** Undefined: the machine stays in the phase where it is. */
export function moveOf(step: Step, clauses: FlowClauses, action: NamedAction | undefined): PhaseMove | undefined {
  if (step.action.kind === "restart") {
    return step.action.target === undefined
      ? { to: "fullos", certain: true, message: "here the machine restarts to its system" }
      : { to: "winpe", certain: true, message: "here the machine restarts to Windows PE" };
  }
  if (clauses.reboots) {
    return { to: "fullos", certain: false, message: "a code of `reboots` restarts the machine to its system here" };
  }
  switch (action?.effect) {
    case "setsUpSystem":
      return { to: "fullos", certain: true, message: `"${action.name}" starts the system that it sets up` };
    case "restarts":
      return { to: "fullos", certain: true, message: `"${action.name}" restarts the machine to its system` };
    case "mayRestart":
      return { to: "fullos", certain: false, message: `"${action.name}" may restart the machine to its system` };
    case "restartsToWinpe":
      return { to: "winpe", certain: true, message: `"${action.name}" restarts the machine to Windows PE` };
    default:
      return undefined;
  }
}
