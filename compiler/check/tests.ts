// `test` blocks: the names of parameters, facts and steps in them, and the types of what they say. Running them is not
// done here.
import type { Expression, Record, TestDeclaration, TestGiven, TestWhen } from "@sequitur/grammar";
import { facts } from "@sequitur/runtime/plan";
import { plainText } from "../bind/plain-text.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { unreachable } from "../invariant.ts";
import type { Module } from "../model/module.ts";
import type { LabelSymbol, SequenceSymbol, Symbol } from "../model/symbol.ts";
import { boolType, intType, optionalOf, recordOf, stringType } from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import { createContext, locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { checkCondition } from "./condition.ts";
import { scopeOf, variableType } from "./definitions.ts";
import { factRoots } from "./lookup.ts";
import { resolvePathTo } from "./paths.ts";
import { checkPlainText } from "./plain-texts.ts";
import type { ProgramContext } from "./program-context.ts";
import { checkAlone, checkFieldValue, fieldsByName } from "./records.ts";

/** How a step ends in a simulation; all of it may be left out. */
const outcome = recordOf([
  ["code", optionalOf(intType)],
  ["output", optionalOf(stringType)],
  ["reason", optionalOf(stringType)],
  ["restart", optionalOf(boolType)],
]);

/** Checks a test; `sequence` undefined: it was not found, and what needs it is left alone. */
export function checkTest(
  program: ProgramContext,
  module: Module,
  node: TestDeclaration,
  sequence: SequenceSymbol | undefined,
): void {
  const ctx = createContext(program, module, sequence === undefined ? {} : { sequence: scopeOf(program, sequence) });
  ctx.stage = "test";
  for (const item of node.items) {
    switch (item.kind) {
      case "testGiven":
        checkGiven(ctx, item, sequence);
        break;
      case "testWhen":
        checkWhen(ctx, item, sequence);
        break;
      case "testExpect":
        if (sequence !== undefined) checkCondition(ctx, item.condition);
        break;
      default:
        unreachable(item);
    }
  }
}

/** Parameters and variables of the sequence, and facts. */
function checkGiven(ctx: CheckContext, item: TestGiven, sequence: SequenceSymbol | undefined): void {
  if (item.values.kind === "missing") return;
  for (const [name, field] of fieldsByName(ctx, item.values)) {
    const variable = ctx.names.get(name);
    if (variable?.kind === "variable") checkFieldValue(ctx, field, variableType(ctx.program, variable));
    else if (variable?.kind === "global") checkFieldValue(ctx, field, stringType);
    else if (factRoots.has(name) && field.value.kind === "record") checkGivenFacts(ctx, name, field.value);
    else {
      checkAlone(ctx, field);
      if (sequence === undefined || factRoots.has(name)) continue;
      const known = [...ctx.names.keys(), ...factRoots.keys()];
      const details = suggestText(
        locate(ctx, field.key),
        name,
        known.map((near) => ({ name: near })),
      );
      report(ctx, field.key, nameDiagnostics.SEQ2101, { name }, details);
    }
  }
}

/** Facts without arguments by name; those with arguments by the text of their first one, which is not looked at yet. */
function checkGivenFacts(ctx: CheckContext, root: string, record: Record): void {
  const members = factRoots.get(root);
  const hasArguments = [...(members?.values() ?? [])].some((name) => facts[name].parameters.length > 0);
  for (const [name, field] of fieldsByName(ctx, record)) {
    const fact = members?.get(name);
    if (hasArguments) checkAlone(ctx, field);
    else if (fact !== undefined) checkFieldValue(ctx, field, typeOfPlanType(facts[fact].result));
    else {
      const known = [...(members?.keys() ?? [])];
      const details = suggestText(
        locate(ctx, field.key),
        name,
        known.map((near) => ({ name: near })),
      );
      const args = { name, owner: `"${root}"`, fields: known.join(", ") };
      report(ctx, field.key, nameDiagnostics.SEQ2108, args, details);
      checkAlone(ctx, field);
    }
  }
}

function checkWhen(ctx: CheckContext, item: TestWhen, sequence: SequenceSymbol | undefined): void {
  const { subject } = item;
  if (subject.kind === "path") {
    if (sequence !== undefined) {
      resolvePathTo(ctx, subject, {
        accepts: (symbol: Symbol): symbol is LabelSymbol => symbol.kind === "label",
        needed: "a step",
        unknown: nameDiagnostics.SEQ2115,
        resolution: (symbol) => ({ kind: "label", symbol }),
      });
    }
  } else if (subject.kind === "string") checkSubjectText(ctx, item, sequence);
  checkOutcome(ctx, item.outcome);
}

function checkSubjectText(ctx: CheckContext, item: TestWhen, sequence: SequenceSymbol | undefined): void {
  if (item.subject.kind !== "string") return;
  const text = checkPlainText(ctx, item.subject, "what a test names");
  if (text === undefined || item.subjectKind !== "step" || sequence === undefined) return;
  const titles = scopeOf(ctx.program, sequence).steps.flatMap((step) => {
    const title = step.title === undefined ? undefined : plainText(step.title);
    return title === undefined ? [] : [{ name: title }];
  });
  if (titles.some((title) => title.name === text)) return;
  const [part] = item.subject.parts;
  const place = part ?? item.subject;
  report(ctx, place, nameDiagnostics.SEQ2115, { name: text }, suggestText(locate(ctx, place), text, titles));
}

/** One outcome, or a list of them, try by try. */
function checkOutcome(ctx: CheckContext, expression: Expression): void {
  if (expression.kind === "list") for (const item of expression.items) ctx.program.checkExpression(ctx, item, outcome);
  else ctx.program.checkExpression(ctx, expression, outcome);
}
