// Names and members in expressions: what each stands for, with its type. Calls are calls.ts.
import type { Expression, Member, Name, Reference } from "@sequitur/grammar";
import { functions, stateFields, stepFields } from "@sequitur/runtime/plan";
import type { FunctionName, StepField } from "@sequitur/runtime/plan";
import { exportsOf } from "../bind/load-program.ts";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { changeTo, suggestName, suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { checkAssigned } from "../flow/definite-assignment.ts";
import { stepFieldType } from "../flow/step-references.ts";
import type { Resolution } from "../model/resolution.ts";
import type { GlobalSymbol, LabelSymbol, NamespaceSymbol, Symbol, VariableSymbol } from "../model/symbol.ts";
import {
  boolType,
  errorType,
  handleType,
  literalType,
  membersOf,
  optionalOf,
  widened,
  withoutOptional,
} from "../types/constructors.ts";
import { typeOfPlanType } from "../types/plan-type.ts";
import { describeType, printType } from "../types/print-type.ts";
import type { Type } from "../types/type.ts";
import { checkFact, factOfCall } from "./facts.ts";
import { checkForeignGlobal } from "./foreign-global.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { constantType, globalType, variableType } from "./definitions.ts";
import { callableFunctions, factRoots, lookup, stateRoots, valueCandidates } from "./lookup.ts";
import { isPresent } from "./narrowing.ts";
import { subjectOf } from "./subject.ts";
import { checkStage } from "./stage.ts";
import { declaredHere, describeSymbol } from "./symbols.ts";

/** The type of a name; `error` where it was reported. */
export function checkReference(ctx: CheckContext, expression: Reference, expected: Type | undefined): Type {
  const { text: name } = expression.name;
  const symbol = lookup(ctx, name);
  const words = expected === undefined ? undefined : wordsOf(expected);
  if (words?.includes(name) === true) {
    if (symbol !== undefined && symbol.nameNode !== undefined) {
      report(ctx, expression, nameDiagnostics.SEQ2206, { name }, declaredHere(symbol));
    }
    return resolve(ctx, expression, { kind: "choice", text: name }, literalType(name));
  }
  if (symbol !== undefined) return checkSymbol(ctx, expression, symbol, expected);
  if (ctx.module.unresolved.has(name)) return resolveError(ctx, expression);
  if (words !== undefined) return reportUnknownChoice(ctx, expression, words);
  if (reportBareBuiltin(ctx, expression)) return resolveError(ctx, expression);
  const quoted = JSON.stringify(name);
  const details = isTextOf(ctx.comparedWith ?? expected, name)
    ? { hint: `did you mean the text ${quoted}?`, ...changeTo(locate(ctx, expression), quoted, true) }
    : suggestName(locate(ctx, expression), name, valueCandidates(ctx));
  report(ctx, expression, nameDiagnostics.SEQ2101, { name }, details);
  return resolveError(ctx, expression);
}

function isTextOf(type: Type | undefined, text: string): boolean {
  return type !== undefined && membersOf(type).some((member) => member.kind === "literal" && member.value === text);
}

/** The bare words that may stand where this type is due. */
function wordsOf(type: Type): readonly string[] | undefined {
  const present = withoutOptional(type);
  if (present.kind !== "union" || present.words !== true) return undefined;
  return membersOf(present).flatMap((member) =>
    member.kind === "literal" && typeof member.value === "string" ? [member.value] : [],
  );
}

function reportUnknownChoice(ctx: CheckContext, expression: Reference, words: readonly string[]): Type {
  const { text: name } = expression.name;
  const candidates = words.map((word) => ({ name: word }));
  const details = suggestText(locate(ctx, expression), name, candidates);
  report(ctx, expression, nameDiagnostics.SEQ2113, { name, choices: words.join(", ") }, details);
  return resolveError(ctx, expression);
}

/** A fact, state or function named without the rest of it. */
function reportBareBuiltin(ctx: CheckContext, expression: Reference): boolean {
  const { text: name } = expression.name;
  const fact = factRoots.get(name);
  const state = stateRoots.get(name);
  if (fact?.has("") === true || callableFunctions.includes(name)) {
    const call = `${name}(${fact?.size === 1 && name === "now" ? "" : "…"})`;
    const details = name === "now" ? changeTo(locate(ctx, expression), "now()", true) : {};
    report(ctx, expression, typeDiagnostics.SEQ3202, { name, call }, details);
    return true;
  }
  const members = fact ?? state;
  if (members === undefined) return false;
  const hint = `it has ${[...members.keys()].join(", ")}`;
  report(ctx, expression, typeDiagnostics.SEQ3201, { name, is: "a group of facts" }, { hint });
  return true;
}

/** A reference to something that is declared. */
function checkSymbol(ctx: CheckContext, expression: Expression, symbol: Symbol, expected: Type | undefined): Type {
  switch (symbol.kind) {
    case "variable":
      return checkVariable(ctx, expression, symbol);
    case "loopVariable":
    case "fnParameter": {
      const type = ctx.program.symbolTypes.get(symbol) ?? errorType;
      const resolution: Resolution =
        symbol.kind === "fnParameter" ? { kind: "fnParameter", symbol } : { kind: "variable", symbol };
      const isNarrowed = type.kind === "optional" && isPresent(ctx, symbol, "");
      const present = isNarrowed ? withoutOptional(type) : type;
      return resolve(ctx, expression, resolution, present);
    }
    case "global":
      return checkGlobal(ctx, expression, symbol, expected);
    case "const":
      return resolve(ctx, expression, { kind: "constant", symbol }, constantType(ctx.program, symbol));
    case "content":
      return resolve(ctx, expression, { kind: "handle", symbol }, handleType(symbol.node.contentKind));
    case "account":
      return resolve(ctx, expression, { kind: "handle", symbol }, handleType("account"));
    case "sequence":
    case "externSequence":
      return resolve(ctx, expression, { kind: "handle", symbol }, handleType("sequence"));
    case "fleet":
      if (ctx.stage === "fleet") return resolve(ctx, expression, { kind: "handle", symbol }, errorType);
      break;
    case "label":
      if (ctx.stage === "test" || (expected !== undefined && isHandle(expected, "step"))) {
        return resolve(ctx, expression, { kind: "handle", symbol }, handleType("step"));
      }
      reportNotValue(ctx, expression, symbol, `write ${symbol.name}.succeeded, .code, .reason or .output`);
      return resolveError(ctx, expression);
    case "fn": {
      const details = changeTo(locate(ctx, expression), `${symbol.name}()`, symbol.node.parameters.length === 0);
      const call = `${symbol.name}(${symbol.node.parameters.length === 0 ? "" : "…"})`;
      report(ctx, expression, typeDiagnostics.SEQ3202, { name: symbol.name, call }, details);
      return resolveError(ctx, expression);
    }
    case "type":
    case "namespace":
    case "deployment":
    case "scriptAction":
      break;
  }
  reportNotValue(ctx, expression, symbol);
  return resolveError(ctx, expression);
}

function isHandle(type: Type, handle: string): boolean {
  const present = withoutOptional(type);
  return present.kind === "handle" && present.handle === handle;
}

function reportNotValue(ctx: CheckContext, expression: Expression, symbol: Symbol, hint?: string): void {
  const args = { name: symbol.name, is: describeSymbol(symbol) };
  const details = declaredHere(symbol);
  report(ctx, expression, typeDiagnostics.SEQ3201, args, hint === undefined ? details : { ...details, hint });
}

function checkVariable(ctx: CheckContext, expression: Expression, symbol: VariableSymbol): Type {
  if (!checkStage(ctx, expression, symbol)) return resolveError(ctx, expression);
  const type = variableType(ctx.program, symbol);
  if (ctx.flow !== undefined) checkAssigned(ctx, ctx.flow, expression, symbol);
  const isNarrowed = type.kind === "optional" && isPresent(ctx, symbol, "");
  const present = isNarrowed ? withoutOptional(type) : type;
  return resolve(ctx, expression, { kind: "variable", symbol }, present);
}

function checkGlobal(
  ctx: CheckContext,
  expression: Expression,
  symbol: GlobalSymbol,
  expected: Type | undefined,
): Type {
  checkForeignGlobal(ctx, expression, symbol);
  if (expected !== undefined && isHandle(expected, "variable")) {
    return resolve(ctx, expression, { kind: "handle", symbol }, handleType("variable"));
  }
  if (!checkStage(ctx, expression, symbol)) return resolveError(ctx, expression);
  return resolve(ctx, expression, { kind: "global", symbol }, globalType(symbol));
}

function resolve(ctx: CheckContext, expression: Expression, resolution: Resolution, type: Type): Type {
  ctx.program.resolutions.set(expression, resolution);
  return type;
}

function resolveError(ctx: CheckContext, expression: Expression): Type {
  return resolve(ctx, expression, { kind: "error" }, errorType);
}

// ---- members --------------------------------------------------------------------------------------------------------

/** The type of `object.property`; `error` where it was reported. */
export function checkMember(ctx: CheckContext, expression: Member): Type {
  const { object, property } = expression;
  const root = object.kind === "reference" ? object.name.text : undefined;
  const symbol = root === undefined ? undefined : lookup(ctx, root);
  if (root !== undefined && symbol === undefined && !ctx.module.unresolved.has(root)) {
    const known = checkBuiltinMember(ctx, expression, root);
    if (known !== undefined) return known;
  }
  if (symbol?.kind === "namespace") return checkNamespaceMember(ctx, expression, symbol);
  if (symbol?.kind === "label") return checkStepField(ctx, expression, symbol);
  const fact = object.kind === "invocation" ? factOfCall(ctx, object) : undefined;
  if (fact !== undefined && object.kind === "invocation") {
    if (property.kind === "missing") return resolveError(ctx, expression);
    const name = fact.get(property.text);
    if (name !== undefined) return checkFact(ctx, expression, name, object.arguments);
    return reportUnknownMember(ctx, expression, property, calleeText(object.callee), [...fact.keys()]);
  }
  return checkFieldOf(ctx, expression, ctx.program.checkExpression(ctx, object));
}

function calleeText(callee: Expression): string {
  return callee.kind === "reference" ? `${callee.name.text}(…)` : "this";
}

/** `device.name`, `last.code`, `run.id`; undefined: the name is no fact and no state. */
function checkBuiltinMember(ctx: CheckContext, expression: Member, root: string): Type | undefined {
  const { property } = expression;
  const fact = factRoots.get(root);
  const state = stateRoots.get(root);
  if (fact === undefined && state === undefined) return undefined;
  if (property.kind === "missing") return resolveError(ctx, expression);
  if (state !== undefined) return checkState(ctx, expression, root, property, [...state.keys()]);
  const name = fact?.get(property.text);
  if (name !== undefined) {
    const [first] = fact?.values() ?? [];
    return checkFact(ctx, expression, name, undefined, first);
  }
  const fields = [...(fact?.keys() ?? [])].filter((field) => field !== "");
  return reportUnknownMember(ctx, expression, property, `"${root}"`, fields);
}

function checkState(
  ctx: CheckContext,
  expression: Member,
  root: string,
  property: Name,
  fields: readonly string[],
): Type {
  if (ctx.stage === "test" && root === "run" && property.text === "succeeded") {
    return resolve(ctx, expression, { kind: "error" }, boolType);
  }
  if (root === "error" && ctx.place === "none") {
    report(ctx, expression.object, flowDiagnostics.SEQ4003, {});
    return resolveError(ctx, expression);
  }
  const field = `${root === "error" && ctx.place === "finally" ? "pending" : root}.${property.text}`;
  if (!isStateField(field)) return reportUnknownMember(ctx, expression, property, `"${root}"`, fields);
  if (!checkStage(ctx, expression, undefined)) return resolveError(ctx, expression);
  return resolve(ctx, expression, { kind: "state", field }, typeOfPlanType(stateFields[field].type));
}

function isStateField(name: string): name is keyof typeof stateFields {
  return Object.hasOwn(stateFields, name);
}

function reportUnknownMember(
  ctx: CheckContext,
  expression: Member,
  property: Name,
  owner: string,
  fields: readonly string[],
): Type {
  const details = suggestText(
    locate(ctx, property),
    property.text,
    fields.map((name) => ({ name })),
  );
  const list = fields.join(", ");
  report(ctx, property, nameDiagnostics.SEQ2108, { name: property.text, owner, fields: list }, details);
  return resolveError(ctx, expression);
}

/** `drivers.site`: what an imported file declares. */
function checkNamespaceMember(ctx: CheckContext, expression: Member, namespace: NamespaceSymbol): Type {
  const symbol = namespaceMember(ctx, expression, namespace);
  return symbol === undefined ? resolveError(ctx, expression) : checkSymbol(ctx, expression, symbol, undefined);
}

/** The symbol that `namespace.name` means; undefined where there is none, which is reported. */
export function namespaceMember(ctx: CheckContext, expression: Member, namespace: NamespaceSymbol): Symbol | undefined {
  const { property } = expression;
  const { target } = namespace;
  if (target === undefined || property.kind === "missing") return undefined;
  const symbol = target.declared.get(property.text);
  if (symbol === undefined || symbol.kind === "namespace") {
    const details = suggestName(locate(ctx, property), property.text, exportsOf(target));
    report(ctx, property, nameDiagnostics.SEQ2009, { name: property.text, path: target.path }, details);
    return undefined;
  }
  if (property.text.startsWith("_")) {
    report(ctx, property, nameDiagnostics.SEQ2008, { name: property.text }, declaredHere(symbol));
    return undefined;
  }
  return symbol;
}

/** `format.succeeded`. */
function checkStepField(ctx: CheckContext, expression: Member, symbol: LabelSymbol): Type {
  const { property } = expression;
  if (property.kind === "missing") return resolveError(ctx, expression);
  if (!isStepField(property.text)) {
    return reportUnknownMember(ctx, expression, property, `the step "${symbol.name}"`, Object.keys(stepFields));
  }
  if (!checkStage(ctx, expression, symbol)) return resolveError(ctx, expression);
  const type = stepFieldType(ctx, expression, symbol, property.text);
  if (type === undefined) return resolveError(ctx, expression);
  return resolve(ctx, expression, { kind: "step", symbol, field: property.text }, type);
}

function isStepField(name: string): name is StepField {
  return Object.hasOwn(stepFields, name);
}

/** A field of a record, or a property such as `.length` or `.seconds`. */
function checkFieldOf(ctx: CheckContext, expression: Member, objectType: Type): Type {
  const { object, property, optional } = expression;
  if (objectType.kind === "error" || property.kind === "missing") return resolveError(ctx, expression);
  if (objectType.kind === "optional" && !optional) {
    const dot = { ...locate(ctx, expression), start: object.end, end: property.start };
    const fixes = [{ title: 'Change to "?."', safe: false, edits: [{ ...dot, text: "?." }] }];
    const hint = "`?.` is absent where the value is, and `??` gives one";
    report(ctx, object, typeDiagnostics.SEQ3002, { type: printType(objectType) }, { hint, fixes });
    return resolveError(ctx, expression);
  }
  const present = withoutOptional(objectType);
  const lift = (type: Type): Type => (objectType.kind === "optional" ? optionalOf(type) : type);
  if (present.kind === "record") {
    const type = present.fields.get(property.text);
    if (type === undefined)
      return reportUnknownMember(ctx, expression, property, describeOwner(present), [...present.fields.keys()]);
    resolve(ctx, expression, { kind: "field", field: property.text }, type);
    const found = subjectOf(ctx, expression);
    const known = found !== undefined && isPresent(ctx, found.subject, found.path);
    return known ? withoutOptional(type) : lift(type);
  }
  const base = widened(present).kind;
  const name = `${base}.${property.text}`;
  if (!isFunction(name)) {
    const known = Object.keys(functions).filter((key) => key.startsWith(`${base}.`));
    const fields = known.map((key) => key.slice(base.length + 1));
    return reportUnknownMember(ctx, expression, property, describeOwner(present), fields);
  }
  const resolution: Resolution = { kind: "function", function: name, arguments: [object] };
  return resolve(ctx, expression, resolution, lift(typeOfPlanType(functions[name].result)));
}

function describeOwner(type: Type): string {
  if (type.kind === "record") return "this record";
  return describeType(widened(type));
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(functions, name) && functions[name as FunctionName].form === "property";
}
