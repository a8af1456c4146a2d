// How a value that does not fit its place is reported: which finding it is, and the way out that goes with it.
import type { DiagnosticDetails, Expression } from "@sequitur/grammar";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import { baseOfLiteral, membersOf, widened, withoutOptional } from "../types/constructors.ts";
import { explainMismatch } from "../types/explain-mismatch.ts";
import { describeType, printType } from "../types/print-type.ts";
import { fits } from "../types/relation.ts";
import type { Mismatch } from "../types/relation.ts";
import type { Type } from "../types/type.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";

/** Reports that a value of type `from` stands where `to` is needed. */
export function reportMismatch(
  ctx: CheckContext,
  expression: Expression,
  from: Type,
  to: Type,
  mismatch: Mismatch,
): void {
  const inner = mismatch.kind === "member" ? mismatch.inner : mismatch;
  if (inner.kind === "optional") {
    report(ctx, expression, typeDiagnostics.SEQ3002, { type: printType(from) }, withDefault(ctx, expression, to));
  } else if (withoutOptional(from).kind === "secret") {
    report(ctx, expression, secretDiagnostics.SEQ6001, { place: describeType(to) });
  } else if (isLiteralMiss(from, to)) {
    const value = printType(from);
    report(
      ctx,
      expression,
      typeDiagnostics.SEQ3017,
      { value, choices: printType(to) },
      nearLiteral(ctx, expression, to),
    );
  } else {
    const explanation = explainMismatch(from, to, mismatch);
    report(ctx, expression, typeDiagnostics.SEQ3001, { explanation }, wayOut(ctx, expression, from, to));
  }
}

/** A literal of the right base that is none of those listed. */
function isLiteralMiss(from: Type, to: Type): boolean {
  if (from.kind !== "literal") return false;
  const members = membersOf(to);
  const base = baseOfLiteral(from.value).kind;
  return members.every((member) => member.kind === "literal" && baseOfLiteral(member.value).kind === base);
}

function nearLiteral(ctx: CheckContext, expression: Expression, to: Type): DiagnosticDetails {
  const [part] = expression.kind === "string" ? expression.parts : [];
  if (part?.kind !== "stringText") return {};
  const candidates = membersOf(to).flatMap((member) =>
    member.kind === "literal" && typeof member.value === "string" ? [{ name: member.value }] : [],
  );
  return suggestText(locate(ctx, part), part.value, candidates);
}

/** `?? …` with the neutral value of the type. */
function withDefault(ctx: CheckContext, expression: Expression, to: Type): DiagnosticDetails {
  const hint = "give a value for when it is absent, as in `?? …`";
  const neutral = neutralText(widened(withoutOptional(to)));
  if (neutral === undefined) return { hint };
  const end = { ...locate(ctx, expression), start: expression.end };
  const edits = needsParentheses(expression)
    ? [
        { ...locate(ctx, expression), end: expression.start, text: "(" },
        { ...end, text: `) ?? ${neutral}` },
      ]
    : [{ ...end, text: ` ?? ${neutral}` }];
  return { hint, fixes: [{ title: `Add "?? ${neutral}"`, safe: false, edits }] };
}

function needsParentheses(expression: Expression): boolean {
  return expression.kind === "conditional" || expression.kind === "binary" || expression.kind === "unary";
}

function neutralText(type: Type): string | undefined {
  switch (type.kind) {
    case "bool":
      return "false";
    case "string":
      return '""';
    case "int":
      return "0";
    default:
      return undefined;
  }
}

function wayOut(ctx: CheckContext, expression: Expression, from: Type, to: Type): DiagnosticDetails {
  const target = widened(withoutOptional(to));
  if (from.kind === "literal" && typeof from.value === "number") {
    if (target.kind === "duration") return { hint: "a duration has a unit: 500ms, 30s, 10m, 2h, 1d" };
    if (target.kind === "size" || target.kind === "extent") return { hint: "a size has a unit: 512MB, 40GB" };
  }
  if (target.kind === "string" && hasText(from)) return asText(ctx, expression);
  if (target.kind === "int" && fits(from, { kind: "string" })) return { hint: "int(…) reads a number from a text" };
  if (target.kind === "version" && fits(from, { kind: "string" }))
    return { hint: "version(…) reads a version from a text" };
  return {};
}

function hasText(type: Type): boolean {
  const { kind } = widened(type);
  return ["int", "bool", "duration", "size", "percent", "version"].includes(kind);
}

function asText(ctx: CheckContext, expression: Expression): DiagnosticDetails {
  const written = ctx.module.parsed.text.slice(expression.start, expression.end);
  const isPlain = expression.kind === "number" || expression.kind === "boolean";
  const text = isPlain ? `"${written}"` : `"\${${written}}"`;
  return {
    hint: `write ${text} for its text`,
    fixes: [{ title: `Change to ${text}`, safe: false, edits: [{ ...locate(ctx, expression), text }] }],
  };
}
