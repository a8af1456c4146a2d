// Walks a sequence in the order it runs: declarations, steps, groups, branches and loops, with what is certain at each
// place (flow-state.ts). What a single action or clause may say is actions.ts and clauses.ts.
import type {
  Block,
  For,
  Group,
  If,
  Name,
  SequenceMember,
  Statement,
  Step,
  VariableDeclaration,
} from "@sequitur/grammar";
import { again, declareLocal, forgetLocal, loopVariableSymbol } from "../bind/sequence-scope.ts";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import {
  branchEnd,
  certaintyOf,
  createFlowState,
  join,
  markOf,
  rewind,
  setCertainty,
  weaken,
} from "../flow/flow-state.ts";
import type { FlowState } from "../flow/flow-state.ts";
import { unreachable } from "../invariant.ts";
import type { LabelSymbol, LocalSymbol, LoopVariableSymbol, SequenceSymbol } from "../model/symbol.ts";
import { checkAction } from "./actions.ts";
import { createContext, report } from "./check-context.ts";
import type { CheckContext, HandlerPlace } from "./check-context.ts";
import { checkClauses, clausesByKind } from "./clauses.ts";
import type { Clauses } from "./clauses.ts";
import { checkCondition, checkIterable } from "./condition.ts";
import { reportExhausted } from "./decided-conditions.ts";
import { checkGlobalType, globalType, scopeOf, variableType } from "./definitions.ts";
import { assume, forget, narrowingMark } from "./narrowing.ts";
import { checkPlainText } from "./plain-texts.ts";
import type { ProgramContext } from "./program-context.ts";
import { checkSettings, optionSettings } from "./settings.ts";

/** A context with a sequence and its flow around. */
export type SequenceContext = CheckContext & { readonly flow: FlowState };

/** Checks a sequence from its first line to its outputs. Cost linear in its text, times its nesting. */
export function checkSequence(program: ProgramContext, symbol: SequenceSymbol): void {
  const scope = scopeOf(program, symbol);
  const flow = createFlowState();
  const ctx: SequenceContext = { ...createContext(program, symbol.module, { sequence: scope, flow }), flow };
  checkPlainText(ctx, symbol.node.title, "a title");
  const statements = walkOrder(symbol.node.members);
  let reported = false;
  for (const member of statements) {
    if (member.kind === "options") checkSettings(ctx, member.settings, optionSettings);
    else if (member.kind === "variable") checkVariable(ctx, member);
    else {
      reported = checkReached(ctx, member, reported);
      learnFromFailure(ctx, member, symbol.node.end);
    }
  }
  for (const member of symbol.node.members) {
    if (member.kind === "variable" && member.role === "output") checkOutput(ctx, member);
  }
}

/** Parameters are computed before the first step, wherever they stand. */
function walkOrder(members: readonly SequenceMember[]): readonly SequenceMember[] {
  const isGiven = (member: SequenceMember): boolean =>
    member.kind === "variable" && (member.role === "param" || member.role === "secret");
  return [...members.filter(isGiven), ...members.filter((member) => !isGiven(member))];
}

// ---- variables ------------------------------------------------------------------------------------------------------

function checkVariable(ctx: SequenceContext, node: VariableDeclaration): void {
  const symbol = ctx.sequence?.symbols.get(node);
  if (symbol === undefined) return;
  if (symbol.kind === "global") {
    checkGlobalType(ctx.program, ctx.module, node);
    if (node.value !== undefined) ctx.program.checkExpression(ctx, node.value, globalType(symbol));
    return;
  }
  if (symbol.kind !== "variable" || node.role === "output") return;
  const type = variableType(ctx.program, symbol);
  if (node.role === "var") {
    if (node.value !== undefined) ctx.program.checkExpression(ctx, node.value, type);
    // An optional variable without a value starts absent.
    if (node.value !== undefined || type.kind === "optional") setCertainty(ctx.flow, symbol, 3);
    return;
  }
  if (node.value === undefined) return;
  if (node.role === "secret" && node.value.kind === "string") {
    report(ctx, node.value, secretDiagnostics.SEQ6003, {});
    return;
  }
  ctx.stage = "start";
  ctx.purpose = `the default of "${symbol.name}"`;
  ctx.program.checkExpression(ctx, node.value, type);
  ctx.stage = "run";
}

/** Outputs are computed when all steps have run. */
function checkOutput(ctx: SequenceContext, node: VariableDeclaration): void {
  const symbol = ctx.sequence?.symbols.get(node);
  if (symbol?.kind !== "variable") return;
  const type = variableType(ctx.program, symbol);
  if (node.value === undefined) report(ctx, node.name, typeDiagnostics.SEQ3012, { name: symbol.name });
  else ctx.program.checkExpression(ctx, node.value, type);
}

// ---- statements -----------------------------------------------------------------------------------------------------

function checkBlock(ctx: SequenceContext, block: Block): void {
  let reported = false;
  const narrowings = narrowingMark(ctx);
  for (const statement of block.statements) {
    reported = checkReached(ctx, statement, reported);
    learnFromFailure(ctx, statement, block.end);
  }
  forget(ctx, narrowings);
}

/** After `fail … when condition` the condition is false for the rest of the block. */
function learnFromFailure(ctx: SequenceContext, statement: Statement, end: number): void {
  if (statement.kind !== "step" || statement.action.kind !== "fail") return;
  const when = statement.clauses.find((clause) => clause.kind === "when");
  const isKept = statement.clauses.some(({ kind }) => kind === "continueOnError" || kind === "disabled");
  if (when !== undefined && !isKept) assume(ctx, when.condition, false, { start: statement.end, end });
}

/** One finding for all statements of a block that are never reached, and all that is in them. */
function checkReached(ctx: SequenceContext, statement: Statement, reported: boolean): boolean {
  const isFirst = ctx.flow.dead && !reported && !ctx.flow.unreached;
  if (isFirst) report(ctx, headOf(statement), flowDiagnostics.SEQ4005, {});
  const { flow } = ctx;
  const { dead, unreached } = flow;
  flow.unreached = dead;
  checkStatement(ctx, statement);
  flow.unreached = unreached;
  if (dead) flow.dead = true;
  return reported || isFirst;
}

function headOf(statement: Statement): { readonly start: number; readonly end: number } {
  switch (statement.kind) {
    case "step":
      return statement.title ?? statement.label ?? statement.action;
    case "group":
      return statement.title ?? statement.label ?? { start: statement.start, end: statement.start + "group".length };
    case "if":
      return statement.condition;
    case "for":
      return statement.variable;
  }
}

function checkStatement(ctx: SequenceContext, statement: Statement): void {
  switch (statement.kind) {
    case "step":
      checkStep(ctx, statement);
      return;
    case "group":
      checkGroup(ctx, statement);
      return;
    case "if":
      checkIf(ctx, statement);
      return;
    case "for":
      checkFor(ctx, statement);
      return;
    default:
      unreachable(statement);
  }
}

function checkStep(ctx: SequenceContext, step: Step): void {
  const { flow } = ctx;
  const clauses = clausesByKind(ctx, step.clauses);
  enterDisabled(ctx, clauses);
  const mark = markOf(flow);
  const narrowings = narrowingMark(ctx);
  const { memory } = ctx.program;
  if (memory?.recall(ctx, step) !== true) {
    ctx.program.step = { module: ctx.module, step };
    checkPlainText(ctx, step.title, "a title");
    checkGuard(ctx, clauses, step);
    checkClauses(ctx, step, clauses);
    checkAction(ctx, step, clauses);
    ctx.program.step = undefined;
    forget(ctx, narrowings);
    memory?.remember(ctx, step, mark);
  }
  if (step.action.kind === "fail") flow.dead = true;
  leave(ctx, step, clauses, mark, false);
}

function checkGroup(ctx: SequenceContext, group: Group): void {
  const { flow } = ctx;
  const clauses = clausesByKind(ctx, group.clauses);
  enterDisabled(ctx, clauses);
  const mark = markOf(flow);
  const narrowings = narrowingMark(ctx);
  checkPlainText(ctx, group.title, "a title");
  checkGuard(ctx, clauses, group);
  checkClauses(ctx, group, clauses);
  checkBlock(ctx, group.body);
  if (group.onError !== undefined) {
    const end = branchEnd(flow, mark);
    // The body's failure may come anywhere in it.
    weaken(flow, mark);
    flow.dead = flow.unreached;
    inPlace(ctx, "handler", group.onError);
    join(flow, mark, end);
  }
  if (group.finally !== undefined) checkFinally(ctx, group.finally, mark);
  forget(ctx, narrowings);
  leave(ctx, group, clauses, mark, group.onError !== undefined);
}

/** Runs from every end of body and handler; then goes on from where those ended well. */
function checkFinally(ctx: SequenceContext, block: Block, mark: number): void {
  const { flow } = ctx;
  const end = branchEnd(flow, mark);
  weaken(flow, mark);
  flow.dead = flow.unreached;
  inPlace(ctx, "finally", block);
  flow.dead = flow.dead || end.dead;
  for (const [symbol, level] of end.changed) {
    // What was certain stays so; what this block has made certain too.
    if (certaintyOf(flow, symbol) < level) setCertainty(flow, symbol, level);
  }
}

function inPlace(ctx: SequenceContext, place: HandlerPlace, block: Block): void {
  const before = ctx.place;
  ctx.place = place;
  checkBlock(ctx, block);
  ctx.place = before;
}

/** The condition in front, which holds in all that it guards. */
function checkGuard(ctx: SequenceContext, clauses: Clauses, guarded: Step | Group): void {
  const when = clauses.get("when");
  if (when?.kind !== "when") return;
  checkCondition(ctx, when.condition);
  assume(ctx, when.condition, true, guarded);
}

function enterDisabled(ctx: SequenceContext, clauses: Clauses): void {
  if (clauses.has("disabled")) ctx.program.disabledDepth += 1;
}

/** What is certain after a step or group, by its clauses; also marks it as ended. */
function leave(ctx: SequenceContext, node: Step | Group, clauses: Clauses, mark: number, handled: boolean): void {
  const { flow } = ctx;
  const label = labelOf(ctx.sequence?.symbols.get(node));
  if (clauses.has("disabled")) {
    takeBackDisabled(flow, mark);
    if (label !== undefined) setCertainty(flow, label, 1);
    ctx.program.disabledDepth -= 1;
    return;
  }
  const kept = clauses.has("continueOnError");
  if (kept) {
    weaken(flow, mark);
    flow.dead = flow.unreached;
  }
  if (label !== undefined) setCertainty(flow, label, kept || handled ? 2 : 3);
  if (clauses.has("when")) {
    weaken(flow, mark);
    flow.dead = flow.unreached;
  }
}

/** Nothing of it runs; its steps may still be asked for, and are absent. */
function takeBackDisabled(flow: FlowState, mark: number): void {
  const { changed } = branchEnd(flow, mark);
  rewind(flow, mark);
  flow.dead = flow.unreached;
  for (const symbol of changed.keys()) if (symbol.kind === "label") setCertainty(flow, symbol, 1);
}

function labelOf(symbol: LocalSymbol | undefined): LabelSymbol | undefined {
  return symbol?.kind === "label" ? symbol : undefined;
}

function checkIf(ctx: SequenceContext, statement: If): void {
  const { flow } = ctx;
  checkCondition(ctx, statement.condition);
  const mark = markOf(flow);
  const narrowings = assume(ctx, statement.condition, true, statement.body);
  checkBlock(ctx, statement.body);
  forget(ctx, narrowings);
  const end = branchEnd(flow, mark);
  const wasDead = flow.dead;
  rewind(flow, mark);
  flow.dead = flow.unreached;
  if (statement.otherwise !== undefined) {
    reportExhausted(ctx, statement.condition, statement.otherwise);
    assume(ctx, statement.condition, false, statement.otherwise);
    if (statement.otherwise.kind === "if") checkIf(ctx, statement.otherwise);
    else checkBlock(ctx, statement.otherwise);
    forget(ctx, narrowings);
  }
  join(flow, mark, { changed: end.changed, dead: wasDead });
}

function loopSymbol(ctx: SequenceContext, statement: For, variable: Name): LoopVariableSymbol {
  return again(ctx.program.memory?.symbols, statement, loopVariableSymbol(ctx.module, statement, variable));
}

function checkFor(ctx: SequenceContext, statement: For): void {
  const { flow } = ctx;
  const itemType = checkIterable(ctx, statement.iterable);
  const { variable } = statement;
  const symbol = variable.kind === "missing" ? undefined : loopSymbol(ctx, statement, variable);
  if (symbol !== undefined) {
    ctx.program.symbolTypes.set(symbol, itemType);
    declareLocal(ctx, ctx.module, symbol, ctx.program.report);
  }
  const mark = markOf(flow);
  checkBlock(ctx, statement.body);
  weaken(flow, mark);
  flow.dead = flow.unreached;
  if (symbol !== undefined) forgetLocal(ctx, symbol);
}
