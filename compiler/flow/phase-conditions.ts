// In which phases a condition can be true, and in which false: `os.phase`, and `os.family`, since Windows PE is Windows.
// Functions of the program are looked into. Whatever else a condition asks says nothing of the phase.
import type { Binary, Expression } from "@sequitur/grammar";
import type { ProgramContext } from "../check/program-context.ts";
import { plainText } from "../bind/plain-text.ts";
import type { FnSymbol } from "../model/symbol.ts";
import { commonOf } from "./phase-state.ts";
import type { PhaseSet } from "./phase-state.ts";

/** What a condition leaves possible. */
export interface ConditionPhases {
  readonly whenTrue: PhaseSet;
  readonly whenFalse: PhaseSet;
}

/** Answers of functions that were asked before; one that calls itself says nothing. */
export type FnPhases = Map<FnSymbol, ConditionPhases>;

const anyPhase: ConditionPhases = { whenTrue: 3, whenFalse: 3 };

/** Cost linear in the condition; each function is looked at once. */
export function conditionPhases(program: ProgramContext, known: FnPhases, condition: Expression): ConditionPhases {
  switch (condition.kind) {
    case "parenthesized":
      return conditionPhases(program, known, condition.expression);
    case "unary": {
      if (condition.operator !== "not") return anyPhase;
      const { whenTrue, whenFalse } = conditionPhases(program, known, condition.operand);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    case "binary":
      return binaryPhases(program, known, condition);
    case "invocation":
      return fnPhases(program, known, condition);
    default:
      return anyPhase;
  }
}

function binaryPhases(program: ProgramContext, known: FnPhases, condition: Binary): ConditionPhases {
  switch (condition.operator) {
    case "and":
    case "or":
      return chainPhases(program, known, condition);
    case "==":
      return comparisonPhases(program, condition.left, [condition.right]);
    case "~=":
      return comparisonPhases(program, condition.left, [condition.right], true);
    case "!=": {
      const { whenTrue, whenFalse } = comparisonPhases(program, condition.left, [condition.right]);
      return { whenTrue: whenFalse, whenFalse: whenTrue };
    }
    case "in":
      return condition.right.kind === "list"
        ? comparisonPhases(program, condition.left, condition.right.items)
        : anyPhase;
    default:
      return anyPhase;
  }
}

/** A chain of `and` or of `or`. A loop: a chain may be long. */
function chainPhases(program: ProgramContext, known: FnPhases, condition: Binary): ConditionPhases {
  const { operator } = condition;
  const isAnd = operator === "and";
  let all: PhaseSet = 3;
  let any: PhaseSet = 0;
  for (let link: Expression | undefined = condition; link !== undefined;) {
    const goesOn: boolean = link.kind === "binary" && link.operator === operator;
    const part: Expression = goesOn ? (link as Binary).right : link;
    const { whenTrue, whenFalse } = conditionPhases(program, known, part);
    all = commonOf(all, isAnd ? whenTrue : whenFalse);
    any = (any | (isAnd ? whenFalse : whenTrue)) as PhaseSet;
    link = goesOn ? (link as Binary).left : undefined;
  }
  return isAnd ? { whenTrue: all, whenFalse: any } : { whenTrue: any, whenFalse: all };
}

/** Is a fact of the phase one of these texts? */
function comparisonPhases(
  program: ProgramContext,
  asked: Expression,
  texts: readonly Expression[],
  ignoresCase = false,
): ConditionPhases {
  const resolution = program.resolutions.get(asked);
  if (resolution?.kind !== "fact") return anyPhase;
  const isPhase = resolution.fact === "os.phase";
  if (!isPhase && resolution.fact !== "os.family") return anyPhase;
  let whenTrue: PhaseSet = 0;
  let whenFalse: PhaseSet = 3;
  for (const text of texts) {
    const value = text.kind === "string" ? plainText(text) : undefined;
    if (value === undefined) return anyPhase;
    const met = (isPhase ? phaseTexts : familyTexts).get(ignoresCase ? value.toLowerCase() : value);
    if (met === undefined) {
      // A phase that there is not: never true.
      if (isPhase) continue;
      return anyPhase;
    }
    whenTrue = (whenTrue | met.whenTrue) as PhaseSet;
    whenFalse = commonOf(whenFalse, met.whenFalse);
  }
  return { whenTrue, whenFalse };
}

const phaseTexts: ReadonlyMap<string, ConditionPhases> = new Map([
  ["winpe", { whenTrue: 1, whenFalse: 2 }],
  ["fullos", { whenTrue: 2, whenFalse: 1 }],
]);
const familyTexts: ReadonlyMap<string, ConditionPhases> = new Map([
  ["linux", { whenTrue: 2, whenFalse: 3 }],
  ["macos", { whenTrue: 2, whenFalse: 3 }],
  ["windows", { whenTrue: 3, whenFalse: 2 }],
]);

function fnPhases(program: ProgramContext, known: FnPhases, call: Expression): ConditionPhases {
  const resolution = program.resolutions.get(call);
  if (resolution?.kind !== "fn") return anyPhase;
  const { symbol } = resolution;
  const before = known.get(symbol);
  if (before !== undefined) return before;
  known.set(symbol, anyPhase);
  const answer = conditionPhases(program, known, symbol.node.body);
  known.set(symbol, answer);
  return answer;
}
