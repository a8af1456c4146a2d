// An action of a project's catalogue becomes a program with its arguments: the plan needs no catalogue to run it.
import type { Expression, Step, UseAction } from "@sequitur/grammar";
import { durationText, sizeText } from "@sequitur/runtime/plan";
import type { ActionParameter, PlanOperand } from "@sequitur/runtime/plan";
import type { CatalogueAction, RunTemplate, TemplatePiece } from "../catalogue/catalogue-action.ts";
import { fieldKey } from "../constants/constant-evaluator.ts";
import { invariant } from "../invariant.ts";
import { lowerExpression } from "./lower-expression.ts";
import { lowerPieces } from "./lower-text.ts";
import type { TextPiece } from "./lower-text.ts";
import type { SequenceContext } from "./sequence-context.ts";

/** The action of a catalogue that a step uses; undefined: it does something else. */
export function catalogueActionOf(ctx: SequenceContext, { action }: Step): CatalogueAction | undefined {
  if (action.kind !== "use" || action.action.kind === "missing") return undefined;
  const resolution = ctx.shared.program.paths.get(action.action);
  return resolution?.kind === "catalogueAction" ? resolution.action : undefined;
}

/** The program, its arguments, its variables and the package it lies in, in this order. */
export function lowerTemplate(
  ctx: SequenceContext,
  use: UseAction,
  { declaration }: CatalogueAction,
  template: RunTemplate,
): readonly PlanOperand[] {
  const given = new Map<string, Expression>();
  for (const field of use.arguments?.fields ?? []) given.set(fieldKey(field.key) ?? "", field.value);
  const operands: PlanOperand[] = [];
  const textOf = (pieces: readonly TemplatePiece[]): readonly TextPiece[] | undefined => {
    const found = pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const expression = given.get(piece.parameter);
      if (expression === undefined) return usualText(declaration.parameters[piece.parameter]);
      return ctx.shared.constants.textOf(expression, ctx.module.path) ?? expression;
    });
    return found.every((piece) => piece !== undefined) ? found : undefined;
  };
  ctx.at(use);
  ctx.builder.push("string", template.program);
  operands.push({ role: "program", type: "string" });
  for (const argument of template.arguments) {
    if (argument.kind === "each") {
      const list = given.get(argument.parameter);
      if (list === undefined) continue;
      lowerExpression(ctx, list);
      operands.push({ role: "words", type: { list: "string" } });
      continue;
    }
    const pieces = textOf(argument.pieces);
    if (pieces === undefined) continue;
    lowerPieces(ctx, use, pieces);
    operands.push({ role: "word", type: "string" });
  }
  for (const [name, pieces] of Object.entries(template.environment)) {
    lowerVariable(ctx, use, name, textOf(pieces), operands);
  }
  const from = template.from === undefined ? undefined : given.get(template.from);
  if (from !== undefined) {
    lowerExpression(ctx, from);
    operands.push({ role: "from", type: "package" });
  }
  return operands;
}

function lowerVariable(
  ctx: SequenceContext,
  use: UseAction,
  name: string,
  pieces: readonly TextPiece[] | undefined,
  operands: PlanOperand[],
): void {
  if (pieces === undefined) return;
  const [only] = pieces;
  const isSecret =
    pieces.length === 1 && only !== undefined && typeof only !== "string" && ctx.typeOf(only).kind === "secret";
  lowerPieces(ctx, use, pieces);
  operands.push({ role: "environment", name, type: isSecret ? "secret" : "string" });
}

/** A default as the program gets it; undefined: there is none, and the argument is left out. */
function usualText(parameter: ActionParameter | undefined): string | undefined {
  invariant(parameter !== undefined, "a template names parameters of its action");
  const { type, default: usual } = parameter;
  if (usual === undefined) return undefined;
  if (typeof usual === "number" && type === "duration") return durationText(usual);
  return typeof usual === "number" && type === "size" ? sizeText(usual) : String(usual);
}
