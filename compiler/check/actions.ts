// What a step does: each action with its own operands, and what `into` receives.
import type { CallAction, IntoClause, LogAction, RestartAction, SetAction, Step, UseAction } from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import type { CatalogueAction } from "../catalogue/catalogue-action.ts";
import { placeOf } from "../bind/declare-module.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestName, suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { setCertainty } from "../flow/flow-state.ts";
import { unreachable } from "../invariant.ts";
import type { ProjectAction } from "../model/project-action.ts";
import type {
  ContentSymbol,
  ExternSequenceSymbol,
  GlobalSymbol,
  SequenceSymbol,
  Symbol,
  VariableSymbol,
} from "../model/symbol.ts";
import { durationType, stringType } from "../types/constructors.ts";
import { holdsSecret } from "../types/holds-secret.ts";
import { typeOfParameter } from "../types/plan-type.ts";
import { describeType } from "../types/print-type.ts";
import { relate } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { explainMismatch } from "../types/explain-mismatch.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { checkActionRules } from "./action-rules.ts";
import { checkArguments } from "./arguments.ts";
import type { Parameter } from "./arguments.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import type { Clauses } from "./clauses.ts";
import { checkCondition } from "./condition.ts";
import { globalType, scopeOf, variableType } from "./definitions.ts";
import { checkForeignTarget } from "./foreign-global.ts";
import { checkInterpolations, requireText } from "./interpolation.ts";
import { lookup } from "./lookup.ts";
import { assume, forget, narrowingMark } from "./narrowing.ts";
import { dottedText, findPath, resolvePathTo } from "./paths.ts";
import { checkUnplacedRecord } from "./records.ts";
import { checkCommandLine, checkRun } from "./run-command.ts";
import { checkScript } from "./scripts.ts";
import { actionOutput } from "./step-output.ts";
import { declaredHere, describeSymbol, symbolCandidates } from "./symbols.ts";

/** Checks a step's action, and where its output goes. */
export function checkAction(ctx: CheckContext, step: Step, clauses: Clauses): void {
  checkOperands(ctx, step, clauses);
  const into = clauses.get("into");
  if (into?.kind === "into") checkInto(ctx, step, into);
}

function checkOperands(ctx: CheckContext, step: Step, clauses: Clauses): void {
  const { action } = step;
  switch (action.kind) {
    case "missing":
      return;
    case "run":
      checkRun(ctx, action);
      return;
    case "commandline":
      checkCommandLine(ctx, action, clauses);
      return;
    case "script":
      checkScript(ctx, action, clauses);
      return;
    case "use":
      checkUse(ctx, action);
      return;
    case "call":
      checkCall(ctx, action);
      return;
    case "set":
      checkSet(ctx, action);
      return;
    case "restart":
      checkRestart(ctx, action);
      return;
    case "log":
      checkLog(ctx, action);
      return;
    case "fail":
      if (action.message !== undefined) ctx.program.checkExpression(ctx, action.message, stringType);
      return;
    case "wait":
      ctx.program.checkExpression(ctx, action.duration, durationType);
      return;
    case "waitUntil":
      checkCondition(ctx, action.condition);
      return;
    default:
      unreachable(action);
  }
}

// ---- use and call ---------------------------------------------------------------------------------------------------

const actionParameters = new Map<string, ReadonlyMap<string, Parameter>>();

/** The parameters of a catalogue action, made once. */
function parametersOf(name: string, declaration: ActionDeclaration): ReadonlyMap<string, Parameter> {
  const known = actionParameters.get(name);
  if (known !== undefined) return known;
  const parameters = new Map(
    Object.entries(declaration.parameters).map(([key, parameter]) => [
      key,
      { type: typeOfParameter(parameter), required: parameter.required, omissible: !parameter.required },
    ]),
  );
  actionParameters.set(name, parameters);
  return parameters;
}

function checkUse(ctx: CheckContext, action: UseAction): void {
  const path = action.action;
  const name = path.kind === "missing" ? undefined : dottedText(path);
  if (path.kind !== "missing" && name !== undefined && Object.hasOwn(actions, name)) {
    const declaration = actions[name as keyof typeof actions];
    ctx.program.paths.set(path, { kind: "action", action: name });
    checkArguments(ctx, action.arguments, parametersOf(name, declaration), `"${name}"`, path);
    checkActionRules(ctx, name, declaration, action.arguments, path);
    return;
  }
  const isNamed = path.kind !== "missing" && path.names.every((part) => part.kind !== "missing");
  const found = isNamed && name !== undefined ? ctx.program.catalogues.find(ctx.module.path, name) : undefined;
  if (isNamed && found !== undefined) {
    ctx.program.paths.set(path, { kind: "catalogueAction", action: found });
    checkArguments(ctx, action.arguments, catalogueParameters(found), `"${found.name}"`, path);
    checkActionRules(ctx, found.name, found.declaration, action.arguments, path);
    return;
  }
  const symbol = isNamed ? findPath(ctx, path) : undefined;
  if (isNamed && symbol?.kind === "scriptAction" && symbol.action !== undefined) {
    ctx.program.paths.set(path, { kind: "scriptAction", symbol });
    checkArguments(ctx, action.arguments, projectParameters(symbol.action), `"${symbol.name}"`, path);
    return;
  }
  checkUnplacedRecord(ctx, action.arguments);
  if (!isNamed) return;
  const written = name ?? "";
  ctx.program.paths.set(path, { kind: "error" });
  // Why it is no action was said at its import.
  if (symbol?.kind === "scriptAction") return;
  if (symbol !== undefined) {
    const args = { name: written, is: describeSymbol(symbol), needed: "an action" };
    report(ctx, path, nameDiagnostics.SEQ2112, args, declaredHere(symbol));
    return;
  }
  if (ctx.program.catalogues.isIncomplete(ctx.module.path)) return;
  const names = [...Object.keys(actions), ...ctx.program.catalogues.names(ctx.module.path)];
  const candidates = names.map((known) => ({ name: known }));
  report(ctx, path, nameDiagnostics.SEQ2102, { name: written }, suggestText(locate(ctx, path), written, candidates));
}

/** What only exists elsewhere may be left out on a condition; arguments of a program are there or not. */
function catalogueParameters({ declaration, run, at }: CatalogueAction): ReadonlyMap<string, Parameter> {
  return new Map(
    Object.entries(declaration.parameters).map(([name, parameter]) => {
      const { required } = parameter;
      const declared = { type: typeOfParameter(parameter), required, omissible: !required && run === null };
      return [name, at === undefined ? declared : { ...declared, at }];
    }),
  );
}

function projectParameters({ parameters }: ProjectAction): ReadonlyMap<string, Parameter> {
  return new Map(
    [...parameters].map(([name, { type, required, at }]) => [name, { type, required, omissible: !required, at }]),
  );
}

function checkCall(ctx: CheckContext, action: CallAction): void {
  const symbol =
    action.sequence.kind === "missing"
      ? undefined
      : resolvePathTo(ctx, action.sequence, {
          accepts: isSequence,
          needed: "a sequence",
          unknown: nameDiagnostics.SEQ2103,
          resolution: (found) => ({ kind: "sequence", symbol: found }),
        });
  if (symbol?.kind !== "sequence") {
    checkUnplacedRecord(ctx, action.arguments);
    return;
  }
  const owner = `the sequence "${symbol.name}"`;
  checkArguments(ctx, action.arguments, sequenceParameters(ctx, symbol), owner, action.sequence);
}

/** Can it be called? */
export function isSequence(symbol: Symbol): symbol is SequenceSymbol | ExternSequenceSymbol {
  return symbol.kind === "sequence" || symbol.kind === "externSequence";
}

/** Params and secrets. One without a default is required, unless its type is optional. */
export function sequenceParameters(ctx: CheckContext, symbol: SequenceSymbol): ReadonlyMap<string, Parameter> {
  const parameters = new Map<string, Parameter>();
  for (const variable of scopeOf(ctx.program, symbol).variables) {
    const { role, value } = variable.node;
    if (role !== "param" && role !== "secret") continue;
    const type = variableType(ctx.program, variable);
    const at = placeOf(variable);
    const isOptional = type.kind === "optional";
    const parameter = { type, required: value === undefined && !isOptional, omissible: isOptional };
    parameters.set(variable.name, at === undefined ? parameter : { ...parameter, at });
  }
  return parameters;
}

// ---- set and into ---------------------------------------------------------------------------------------------------

function checkSet(ctx: CheckContext, action: SetAction): void {
  for (const assignment of action.assignments) {
    const before = narrowingMark(ctx);
    if (assignment.when !== undefined) {
      checkCondition(ctx, assignment.when);
      assume(ctx, assignment.when, true);
    }
    const target = assignment.name.kind === "missing" ? undefined : findTarget(ctx, assignment.name);
    const type = target === undefined ? undefined : typeOfTarget(ctx, target);
    ctx.program.checkExpression(ctx, assignment.value, type);
    forget(ctx, before);
    if (target === undefined) continue;
    if (target.kind === "global") checkForeignTarget(ctx, assignment.name, target);
    ctx.program.targets.set(assignment, target);
    if (target.kind === "variable" && ctx.flow !== undefined) {
      setCertainty(ctx.flow, target, assignment.when === undefined ? 3 : maybeSet(ctx, target));
    }
  }
}

function maybeSet(ctx: CheckContext, target: VariableSymbol): 1 | 3 {
  return ctx.flow?.levels.get(target) === 3 ? 3 : 1;
}

function typeOfTarget(ctx: CheckContext, target: VariableSymbol | GlobalSymbol): Type {
  return target.kind === "variable" ? variableType(ctx.program, target) : globalType(target);
}

/** The variable that a name assigns; undefined where there is none, which is reported. */
function findTarget(
  ctx: CheckContext,
  name: { readonly text: string; readonly start: number; readonly end: number },
): VariableSymbol | GlobalSymbol | undefined {
  const symbol = lookup(ctx, name.text);
  if (symbol === undefined) {
    const candidates = symbolCandidates(ctx.names.values(), isAssignable);
    const details = suggestName(locate(ctx, name), name.text, candidates);
    report(ctx, name, nameDiagnostics.SEQ2107, { name: name.text }, details);
    return undefined;
  }
  if (isAssignable(symbol)) return symbol;
  report(ctx, name, typeDiagnostics.SEQ3009, { name: name.text, is: describeSymbol(symbol) }, declaredHere(symbol));
  return undefined;
}

function isAssignable(symbol: Symbol): symbol is VariableSymbol | GlobalSymbol {
  return symbol.kind === "global" || (symbol.kind === "variable" && symbol.node.role === "var");
}

function checkInto(ctx: CheckContext, step: Step, clause: IntoClause): void {
  if (clause.variable.kind === "missing") return;
  const output = actionOutput(ctx, step);
  if (output === undefined) {
    if (step.action.kind === "use" || step.action.kind === "call") {
      const owner = step.action.kind === "use" ? "this action" : "this sequence";
      report(ctx, clause.variable, typeDiagnostics.SEQ3010, { owner });
    }
    return;
  }
  const target = findTarget(ctx, clause.variable);
  if (target === undefined) return;
  if (target.kind === "global") checkForeignTarget(ctx, clause.variable, target);
  ctx.program.targets.set(clause, target);
  const type = typeOfTarget(ctx, target);
  if (output === "text") checkParsedOutput(ctx, clause, type);
  else {
    const mismatch = relate(output, type);
    if (mismatch !== undefined) {
      const explanation = explainMismatch(output, type, mismatch);
      report(ctx, clause.variable, typeDiagnostics.SEQ3001, { explanation }, declaredHere(target));
    }
  }
  if (target.kind === "variable" && ctx.flow !== undefined) setCertainty(ctx.flow, target, 3);
}

/** What a program writes is read as the variable's type says; not every type can be read. */
function checkParsedOutput(ctx: CheckContext, clause: IntoClause, type: Type): void {
  if (isReadable(type)) return;
  report(ctx, clause.variable, typeDiagnostics.SEQ3011, { type: describeType(type) });
}

function isReadable(type: Type): boolean {
  switch (type.kind) {
    case "union":
    case "literal":
    case "handle":
    case "extent":
    case "never":
      return false;
    case "optional":
      return isReadable(type.inner);
    case "list":
      return isReadable(type.item);
    case "record":
      return [...type.fields.values()].every(isReadable);
    default:
      return true;
  }
}

// ---- the others -----------------------------------------------------------------------------------------------------

function checkRestart(ctx: CheckContext, action: RestartAction): void {
  const { target, after, message } = action;
  if (after !== undefined) ctx.program.checkExpression(ctx, after, durationType);
  if (message !== undefined && message.kind !== "missing") checkInterpolations(ctx, message);
  if (target === undefined || target.kind === "missing") return;
  if (dottedText(target) === "winpe") {
    ctx.program.paths.set(target, { kind: "winpe" });
    return;
  }
  resolvePathTo(ctx, target, {
    accepts: (symbol: Symbol): symbol is ContentSymbol =>
      symbol.kind === "content" && symbol.node.contentKind === "image",
    needed: "an image",
    unknown: nameDiagnostics.SEQ2105,
    resolution: (symbol) => ({ kind: "content", symbol }),
  });
}

function checkLog(ctx: CheckContext, action: LogAction): void {
  ctx.inLog = true;
  const type = ctx.program.checkExpression(ctx, action.value);
  ctx.inLog = false;
  if (holdsSecret(type)) {
    report(ctx, action.value, secretDiagnostics.SEQ6001, { place: "the log" });
  } else if (type.kind === "handle") requireText(ctx, action.value, type);
}
