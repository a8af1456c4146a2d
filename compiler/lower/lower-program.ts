// Makes a plan of a checked program without errors: the sequence to start, and what it calls, in order of first call.
// Same program, same content → same plan: nothing here depends on where the sources lie or in what order a host lists them.
import type { Comprehension, Diagnostic, For, Group, Span, Step, VariableDeclaration } from "@sequitur/grammar";
import { createDiagnostic } from "@sequitur/grammar";
import { holdsHandle, isOptional, limits, planFormat, planSemantics } from "@sequitur/runtime/plan";
import type {
  PlanAccount,
  PlanActionParameter,
  PlanContent,
  PlanModule,
  PlanParameter,
  UndigestedPlan,
} from "@sequitur/runtime/plan";
import { ConstantEvaluator, fieldKey } from "../constants/constant-evaluator.ts";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import { invariant } from "../invariant.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Module } from "../model/module.ts";
import type { ProjectParameter } from "../model/project-action.ts";
import type {
  AccountSymbol,
  ContentSymbol,
  LoopVariableSymbol,
  ScriptActionSymbol,
  SequenceSymbol,
  VariableSymbol,
} from "../model/symbol.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerStatement } from "./lower-statements.ts";
import { writtenText } from "./node-name.ts";
import { PlanBuilder } from "./plan-builder.ts";
import { choicesOf, planTypeOf, presentPlanType } from "./plan-type-of.ts";
import { SequenceContext } from "./sequence-context.ts";
import type { ProgramContext } from "./sequence-context.ts";

/** What content is, as lowering asks for it; reading and hashing it is content/. */
export interface ContentReader {
  declared(symbol: ContentSymbol): PlanContent;
  /** A file beside a module, such as a script. */
  file(module: Module, path: string, place: Span): PlanContent;
  /** The code of a TypeScript file; `symbol`: an import of it. */
  bundle(path: string, symbol: ScriptActionSymbol): PlanModule;
}

export interface Lowered {
  readonly plan: UndigestedPlan;
  /** What can't be in a plan. With an error among them the plan is of no use. */
  readonly diagnostics: readonly Diagnostic[];
}

export function lowerProgram(program: CheckedProgram, entry: SequenceSymbol, content: ContentReader): Lowered {
  const diagnostics: Diagnostic[] = [];
  const constants = new ConstantEvaluator(program);
  const builder = new PlanBuilder();
  const queue: SequenceSymbol[] = [entry];
  const shared = shareContext(program, entry, content, { builder, constants, queue, diagnostics });
  // The queue grows while its sequences are lowered.
  for (let index = 0; index < queue.length; index += 1) {
    const symbol = queue[index];
    if (symbol !== undefined) lowerSequence(new SequenceContext(shared, symbol, index));
  }
  if (builder.full) diagnostics.push(tooLarge(entry));
  return {
    plan: { format: planFormat, semantics: planSemantics, ...builder.finish() },
    diagnostics: [...diagnostics, ...constants.diagnostics],
  };
}

function tooLarge(entry: SequenceSymbol): Diagnostic {
  const { start, end } = entry.nameNode ?? entry.node;
  const place = { file: entry.module.path, start, end };
  return createDiagnostic(loweringDiagnostics.SEQ7203, place, { sequence: entry.name, limit: limits.instructions });
}

interface Parts {
  readonly builder: PlanBuilder;
  readonly constants: ConstantEvaluator;
  readonly queue: SequenceSymbol[];
  readonly diagnostics: Diagnostic[];
}

function shareContext(
  program: CheckedProgram,
  entry: SequenceSymbol,
  content: ContentReader,
  { builder, constants, queue, diagnostics }: Parts,
): ProgramContext {
  const indexes = new Map<SequenceSymbol, number>([[entry, 0]]);
  const contentIndex = (symbol: ContentSymbol): number => builder.content(symbol.node, () => content.declared(symbol));
  return {
    program,
    builder,
    constants,
    loopVariables: loopVariablesOf(program),
    outputsRead: outputsReadIn(program),
    lineMaps: new Map(),
    lowerExpression,
    sequenceIndex(symbol) {
      const known = indexes.get(symbol);
      if (known !== undefined) return known;
      indexes.set(symbol, queue.length);
      return queue.push(symbol) - 1;
    },
    contentIndex,
    fileIndex: (module, path, place) => {
      const read = content.file(module, path, place);
      return builder.content(`file ${read.source}`, () => read);
    },
    accountIndex: (symbol) => builder.account(symbol.node, () => accountOf(program, constants, symbol)),
    projectActionIndex: (symbol) => projectActionIndex(builder, content, symbol),
    bootImage() {
      const symbol = bootImageOf(program, entry);
      return symbol === undefined ? undefined : contentIndex(symbol);
    },
    report: (diagnostic) => void diagnostics.push(diagnostic),
  };
}

function projectActionIndex(builder: PlanBuilder, content: ContentReader, symbol: ScriptActionSymbol): number {
  const { action } = symbol;
  invariant(action !== undefined, "what is used is an action in a program without errors");
  return builder.projectAction(action, () => ({
    name: action.name,
    module: builder.module(action.path, () => content.bundle(action.path, symbol)),
    parameters: Object.fromEntries([...action.parameters].map(([name, parameter]) => [name, parameterOf(parameter)])),
    output: action.output === null ? null : planTypeOf(action.output),
    phases: action.phases,
    destroys: action.destroys,
    repeatable: action.repeatable,
  }));
}

/** A parameter's type is what it is when it is given: that it may be left out is another field. */
function parameterOf({ type, required }: ProjectParameter): PlanActionParameter {
  const texts = (choicesOf(type) ?? []).filter((choice) => typeof choice === "string");
  return { type: presentPlanType(planTypeOf(type)), required, ...(texts.length === 0 ? {} : { choices: texts }) };
}

function loopVariablesOf(program: CheckedProgram): ReadonlyMap<For | Comprehension, LoopVariableSymbol> {
  const variables = new Map<For | Comprehension, LoopVariableSymbol>();
  for (const symbol of program.symbolTypes.keys()) {
    if (symbol.kind === "loopVariable") variables.set(symbol.node, symbol);
  }
  return variables;
}

function outputsReadIn(program: CheckedProgram): ReadonlySet<Step | Group> {
  const steps = new Set<Step | Group>();
  for (const resolution of program.resolutions.values()) {
    if (resolution.kind === "step" && resolution.field === "output") steps.add(resolution.symbol.node);
  }
  return steps;
}

function accountOf(program: CheckedProgram, constants: ConstantEvaluator, symbol: AccountSymbol): PlanAccount {
  const { settings } = symbol.node;
  let user = "";
  let password: string | undefined;
  for (const field of settings.kind === "record" ? settings.fields : []) {
    const key = fieldKey(field.key);
    if (key === "user") {
      const value = constants.valueOf(field.value, symbol.module.path);
      if (typeof value === "string") user = value;
    } else if (key === "password") {
      const resolution = program.resolutions.get(field.value);
      const [name] = resolution?.kind === "fact" && resolution.fact === "env" ? resolution.arguments : [];
      const value = name === undefined ? undefined : constants.valueOf(name, symbol.module.path);
      if (typeof value === "string") password = value;
    }
  }
  return { name: symbol.name, user, ...(password === undefined ? {} : { password }) };
}

function bootImageOf(program: CheckedProgram, entry: SequenceSymbol): ContentSymbol | undefined {
  for (const member of entry.node.members) {
    if (member.kind !== "options" || member.settings.kind !== "record") continue;
    for (const field of member.settings.fields) {
      if (fieldKey(field.key) !== "bootImage") continue;
      const resolution = program.resolutions.get(field.value);
      if (resolution?.kind === "handle" && resolution.symbol.kind === "content") return resolution.symbol;
    }
  }
  return undefined;
}

// ---- One sequence ---------------------------------------------------------------------------------------------------

function lowerSequence(ctx: SequenceContext): void {
  const { builder, symbol, shared } = ctx;
  const start = builder.here;
  const variables = shared.program.variables.get(symbol) ?? [];
  const parameters = declareSlots(ctx, variables);
  declareGlobals(ctx);
  for (const variable of variables) {
    if (isParameter(variable.node)) lowerInitialiser(ctx, variable);
  }
  const byNode = new Map(variables.map((variable) => [variable.node, variable]));
  for (const member of symbol.node.members) {
    if (member.kind === "variable") {
      const variable = byNode.get(member);
      if (variable !== undefined && member.role === "var") lowerInitialiser(ctx, variable);
      else lowerGlobalInitialiser(ctx, member);
    } else if (member.kind !== "options") lowerStatement(ctx, member);
  }
  const outputs = variables.filter((variable) => variable.node.role === "output");
  for (const output of outputs) {
    if (output.node.value !== undefined) lowerExpression(ctx, output.node.value);
  }
  ctx.at({ start: symbol.node.end, end: symbol.node.end });
  builder.emit("RETURN", outputs.length);
  builder.addSequence({
    name: symbol.name,
    title: symbol.node.title === undefined ? "" : writtenText(ctx.module, symbol.node.title),
    slots: ctx.slots,
    parameters,
    outputs: outputs.map((output) => ({ name: output.name, type: planTypeOf(typeOf(ctx, output)) })),
    start,
    end: builder.here,
  });
}

function typeOf(ctx: SequenceContext, symbol: VariableSymbol) {
  return ctx.shared.program.symbolTypes.get(symbol) ?? ({ kind: "error" } as const);
}

/** Parameters come first, so that a caller knows their slots before this sequence is lowered. */
function declareSlots(ctx: SequenceContext, variables: readonly VariableSymbol[]): readonly PlanParameter[] {
  const parameters: PlanParameter[] = [];
  for (const variable of variables) {
    const { role, value } = variable.node;
    if (role === "output") continue;
    const { slot, type } = ctx.slotOfVariable(variable);
    if (!isParameter(variable.node)) continue;
    if (ctx.index === 0 && holdsHandle(type)) reportHandleFromOutside(ctx, variable);
    const choices = choicesOf(typeOf(ctx, variable));
    const required = value === undefined && !isOptional(type);
    parameters.push({ slot, required, ...(choices === undefined ? {} : { choices }) });
  }
  return parameters;
}

/** The sequence that is started gets its parameters from people, and what they type can't be a package or an account. */
function reportHandleFromOutside(ctx: SequenceContext, { name, node, nameNode }: VariableSymbol): void {
  const { start, end } = nameNode ?? node;
  const place = { file: ctx.module.path, start, end };
  ctx.shared.report(createDiagnostic(loweringDiagnostics.SEQ7207, place, { name, sequence: ctx.symbol.name }));
}

/** Globals that nothing here reads or sets are in the plan all the same: a script may set those that are declared. */
function declareGlobals(ctx: SequenceContext): void {
  for (const member of ctx.symbol.node.members) {
    if (member.kind !== "variable" || member.name.kind !== "name") continue;
    switch (member.role) {
      case "globalVar":
      case "externGlobalVar":
        ctx.builder.global(member.name.text, false);
        break;
      case "globalSecret":
      case "externGlobalSecret":
        ctx.builder.global(member.name.text, true);
        break;
      default:
        break;
    }
  }
}

function lowerGlobalInitialiser(ctx: SequenceContext, node: VariableDeclaration): void {
  const isGlobal = node.role === "globalVar" || node.role === "globalSecret";
  if (!isGlobal || node.value === undefined || node.name.kind === "missing") return;
  lowerExpression(ctx, node.value);
  ctx.at(node);
  ctx.builder.emit("GSTORE", ctx.builder.global(node.name.text, node.role === "globalSecret"));
}

function isParameter(node: VariableDeclaration): boolean {
  return node.role === "param" || node.role === "secret";
}

/** A parameter's default, where it was not given; a variable's value; absent, for an optional one that has neither. */
function lowerInitialiser(ctx: SequenceContext, variable: VariableSymbol): void {
  const { node } = variable;
  const { slot, type } = ctx.slotOfVariable(variable);
  if (node.value === undefined && !isOptional(type)) return;
  const { builder } = ctx;
  const given = builder.label();
  ctx.at(node);
  if (isParameter(node)) builder.emit("GIVEN", slot, given);
  if (node.value === undefined) builder.emit("ABSENT");
  else lowerExpression(ctx, node.value);
  ctx.at(node);
  builder.emit("STORE", slot);
  builder.place(given);
}
