// What an effect takes: the operands of ACT and CALL, pushed in written order, each with its role in the step's descriptor.
import type {
  ArgsClause,
  CallAction,
  Clause,
  CommandLineAction,
  EnvClause,
  Expression,
  FromClause,
  RestartAction,
  RunAction,
  Step,
  UseAction,
} from "@sequitur/grammar";
import { optionalOf } from "@sequitur/runtime/plan";
import type { PlanOperand, PlanType } from "@sequitur/runtime/plan";
import { splitCommand } from "../check/command-words.ts";
import { fieldKey } from "../constants/constant-evaluator.ts";
import { invariant } from "../invariant.ts";
import type { SequenceSymbol } from "../model/symbol.ts";
import { catalogueActionOf, lowerTemplate } from "./lower-catalogue-action.ts";
import { lowerExpression, lowerOptionalValue } from "./lower-expression.ts";
import { lowerPieces, lowerTextOf } from "./lower-text.ts";
import type { TextPiece } from "./lower-text.ts";
import { constantType, planTypeOf } from "./plan-type-of.ts";
import type { SequenceContext } from "./sequence-context.ts";

const listOfStrings: PlanType = { list: "string" };

/** Operands of the action itself, then those of its clauses. */
export function lowerOperands(ctx: SequenceContext, step: Step): readonly PlanOperand[] {
  const operands: PlanOperand[] = [];
  const { action } = step;
  switch (action.kind) {
    case "run":
      lowerRun(ctx, action, operands);
      break;
    case "commandline":
      lowerCommandLine(ctx, action, operands);
      break;
    case "use": {
      const known = catalogueActionOf(ctx, step);
      if (known?.run === undefined || known.run === null) lowerUse(ctx, action, operands);
      else operands.push(...lowerTemplate(ctx, action, known, known.run));
      break;
    }
    case "wait":
      lowerExpression(ctx, action.duration);
      operands.push({ role: "duration", type: "duration" });
      break;
    case "restart":
      lowerRestart(ctx, action, operands);
      break;
    default:
      break;
  }
  for (const clause of step.clauses) lowerClause(ctx, clause, operands);
  return operands;
}

function lowerRun(ctx: SequenceContext, action: RunAction, operands: PlanOperand[]): void {
  invariant(action.command.kind === "string", "a missing command was reported");
  for (const [i, word] of splitCommand(action.command).words.entries()) {
    ctx.at(word);
    const [only] = word.pieces;
    if (word.pieces.length === 1 && only?.kind === "value" && ctx.typeOf(only.expression).kind === "list") {
      lowerExpression(ctx, only.expression);
      operands.push({ role: "words", type: listOfStrings });
      continue;
    }
    const pieces = word.pieces.map((piece): TextPiece => {
      if (piece.kind === "text") return piece.text;
      return ctx.shared.constants.textOf(piece.expression, ctx.module.path) ?? piece.expression;
    });
    lowerPieces(ctx, word, pieces);
    operands.push({ role: i === 0 ? "program" : "word", type: "string" });
  }
}

function lowerCommandLine(ctx: SequenceContext, action: CommandLineAction, operands: PlanOperand[]): void {
  invariant(action.command.kind === "string", "a missing command was reported");
  for (const part of action.command.parts) {
    ctx.at(part);
    if (part.kind === "stringText") {
      ctx.builder.push("string", part.value);
      operands.push({ role: "commandText", type: "string" });
    } else {
      // A `%` in a value is no variable, so values stay apart from text even where they are known.
      lowerTextOf(ctx, part.expression);
      operands.push({ role: "commandValue", type: "string" });
    }
  }
  if (operands.some((operand) => operand.role === "commandText")) return;
  ctx.builder.push("string", "");
  operands.push({ role: "commandText", type: "string" });
}

function lowerUse(ctx: SequenceContext, action: UseAction, operands: PlanOperand[]): void {
  for (const field of action.arguments?.fields ?? []) {
    const name = fieldKey(field.key);
    if (name === undefined) continue;
    lowerOptionalValue(ctx, field);
    operands.push({ role: "argument", name, type: operandType(ctx, field.value, field.when !== undefined) });
  }
}

/** The type of what lies on the stack. */
function operandType(ctx: SequenceContext, expression: Expression, optional: boolean): PlanType {
  const whole = planTypeOf(ctx.shared.program.expected.get(expression) ?? ctx.typeOf(expression));
  const constant = ctx.constantOf(expression);
  // What folds to an absent value is pushed as one: its place takes that by its type.
  const known = constant === undefined || constant === null ? whole : constantType(whole);
  return optional ? optionalOf(known) : known;
}

function lowerRestart(ctx: SequenceContext, action: RestartAction, operands: PlanOperand[]): void {
  if (action.after === undefined) ctx.builder.push("duration", 0);
  else lowerExpression(ctx, action.after);
  operands.push({ role: "delay", type: "duration" });
  if (action.message?.kind === "string") lowerExpression(ctx, action.message);
  else ctx.builder.push("string", "");
  operands.push({ role: "message", type: "string" });
}

function lowerClause(ctx: SequenceContext, clause: Clause, operands: PlanOperand[]): void {
  switch (clause.kind) {
    case "from":
      return lowerFrom(ctx, clause, operands);
    case "workdir":
      lowerExpression(ctx, clause.folder);
      operands.push({ role: "workdir", type: "string" });
      return;
    case "env":
      return lowerEnv(ctx, clause, operands);
    case "args":
      return lowerArgs(ctx, clause, operands);
    default:
      return;
  }
}

function lowerFrom(ctx: SequenceContext, clause: FromClause, operands: PlanOperand[]): void {
  const content = contentOf(ctx, clause);
  ctx.at(clause);
  ctx.builder.push(content.type, content.index);
  operands.push({ role: "from", type: content.type });
}

/** What `from` names: its index in the plan, and the type of its handle. */
export function contentOf(
  ctx: SequenceContext,
  clause: FromClause,
): { readonly index: number; readonly type: PlanType } {
  const resolution =
    clause.package.kind === "path" ? ctx.shared.program.paths.get(clause.package) : ({ kind: "error" } as const);
  invariant(resolution?.kind === "content", "`from` names content in a program without errors");
  return { index: ctx.shared.contentIndex(resolution.symbol), type: resolution.symbol.node.contentKind };
}

function lowerEnv(ctx: SequenceContext, clause: EnvClause, operands: PlanOperand[]): void {
  if (clause.variables.kind === "missing") return;
  for (const field of clause.variables.fields) {
    const name = fieldKey(field.key);
    if (name === undefined) continue;
    lowerOptionalValue(ctx, field);
    operands.push({ role: "environment", name, type: operandType(ctx, field.value, field.when !== undefined) });
  }
}

function lowerArgs(ctx: SequenceContext, clause: ArgsClause, operands: PlanOperand[]): void {
  const { value } = clause;
  if (value.kind === "missing") return;
  if (value.kind === "list") {
    for (const item of value.items) {
      lowerExpression(ctx, item);
      operands.push({ role: "word", type: "string" });
    }
    return;
  }
  lowerExpression(ctx, value);
  operands.push(
    value.kind === "string" ? { role: "rawArguments", type: "string" } : { role: "words", type: listOfStrings },
  );
}

/** The arguments of a call, and the child's slots that they go to. */
export function lowerArguments(
  ctx: SequenceContext,
  action: CallAction,
  callee: SequenceSymbol,
): { readonly operands: readonly PlanOperand[]; readonly parameters: readonly number[] } {
  const slots = new Map((ctx.shared.program.variables.get(callee) ?? []).map((symbol, slot) => [symbol.name, slot]));
  const operands: PlanOperand[] = [];
  const parameters: number[] = [];
  for (const field of action.arguments?.fields ?? []) {
    const name = fieldKey(field.key);
    const slot = name === undefined ? undefined : slots.get(name);
    if (slot === undefined) continue;
    lowerOptionalValue(ctx, field);
    operands.push({ role: "parameter", type: operandType(ctx, field.value, field.when !== undefined) });
    parameters.push(slot);
  }
  return { operands, parameters };
}
