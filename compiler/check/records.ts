// Record literals: against the fields that their place asks for, or by themselves.
import type { Expression, Field, Record } from "@sequitur/grammar";
import { plainText } from "../bind/plain-text.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { Symbol } from "../model/symbol.ts";
import { errorType, optionalOf, recordOf } from "../types/constructors.ts";
import { printType } from "../types/print-type.ts";
import type { Type } from "../types/type.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { checkCondition } from "./condition.ts";
import { lookup } from "./lookup.ts";
import { assume, forget, narrowingMark } from "./narrowing.ts";

type RecordType = Extract<Type, { kind: "record" }>;

/** The name of a field; undefined where it lacks or is no plain text. */
export function fieldName(field: Field): string | undefined {
  return field.key.kind === "name" ? field.key.text : plainText(field.key);
}

/** Reports keys that can't be: twice the same, or with a value in them. Gives those that are left, by name. */
export function fieldsByName(ctx: CheckContext, record: Record): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>();
  for (const field of record.fields) {
    const name = fieldName(field);
    if (name === undefined) {
      if (field.key.kind === "string") report(ctx, field.key, typeDiagnostics.SEQ3018, { what: "the name of a field" });
      checkAlone(ctx, field);
    } else if (fields.has(name)) {
      report(ctx, field.key, nameDiagnostics.SEQ2204, { name });
      checkAlone(ctx, field);
    } else fields.set(name, field);
  }
  return fields;
}

/** A field that belongs to nothing is looked at by itself, for what else is wrong in it. */
export function checkAlone(ctx: CheckContext, field: Field): void {
  const before = narrowingMark(ctx);
  if (field.when !== undefined) {
    checkCondition(ctx, field.when);
    assume(ctx, field.when, true);
  }
  checkUnplaced(ctx, field.value);
  forget(ctx, before);
}

/** The record after a `use` or `call` that names nothing: what its fields take is not known. */
export function checkUnplacedRecord(ctx: CheckContext, record: Record | undefined): void {
  if (record === undefined) return;
  for (const field of fieldsByName(ctx, record).values()) checkAlone(ctx, field);
}

/**
 * A value whose place is not known. A bare word may be a choice, a label or the name of an account there, and items of
 * a list may differ: nothing of that is reported, so that a misspelt name is one mistake.
 */
function checkUnplaced(ctx: CheckContext, expression: Expression): void {
  switch (expression.kind) {
    case "reference":
      if (isPlainValue(lookup(ctx, expression.name.text))) ctx.program.checkExpression(ctx, expression);
      else ctx.program.types.set(expression, errorType);
      return;
    case "parenthesized":
      return checkUnplaced(ctx, expression.expression);
    case "list":
      for (const item of expression.items) checkUnplaced(ctx, item);
      return;
    case "record":
      return checkUnplacedRecord(ctx, expression);
    default:
      ctx.program.checkExpression(ctx, expression);
  }
}

function isPlainValue(symbol: Symbol | undefined): boolean {
  switch (symbol?.kind) {
    case "variable":
    case "loopVariable":
    case "fnParameter":
    case "global":
    case "const":
      return true;
    default:
      return false;
  }
}

/** A field's value, with its condition holding. */
export function checkFieldValue(ctx: CheckContext, field: Field, type?: Type): Type {
  const before = narrowingMark(ctx);
  if (field.when !== undefined) {
    checkCondition(ctx, field.when);
    assume(ctx, field.when, true);
  }
  const given = ctx.program.checkExpression(ctx, field.value, type);
  forget(ctx, before);
  return given;
}

/** The type of a record literal: the one its place asks for, where it does. */
export function checkRecord(ctx: CheckContext, record: Record, expected: RecordType | undefined): Type {
  const fields = fieldsByName(ctx, record);
  if (expected === undefined) {
    return recordOf(
      [...fields].map(([name, field]) => {
        const type = checkFieldValue(ctx, field);
        return [name, field.when === undefined ? type : optionalOf(type)] as const;
      }),
    );
  }
  for (const [name, field] of fields) {
    const type = expected.fields.get(name);
    if (type === undefined) {
      reportUnknownField(ctx, field, name, expected);
      checkAlone(ctx, field);
      continue;
    }
    checkFieldValue(ctx, field, type);
    if (field.when !== undefined && type.kind !== "optional") reportConditionalField(ctx, field, name);
  }
  reportMissing(ctx, record, expected, fields);
  return expected;
}

/** A field that may be left out where it must not. */
export function reportConditionalField(ctx: CheckContext, field: Field, name: string): void {
  const hint = "give it a value in every case, as in `if … then … else …`";
  const place = field.when ?? field;
  report(ctx, place, typeDiagnostics.SEQ3003, { owner: "this record", names: `"${name}" in every case` }, { hint });
}

function reportUnknownField(ctx: CheckContext, field: Field, name: string, expected: RecordType): void {
  const candidates = [...expected.fields.keys()].map((known) => ({ name: known }));
  const details = suggestText(locate(ctx, field.key), name, candidates);
  const fields = listFields(expected.fields);
  report(ctx, field.key, nameDiagnostics.SEQ2108, { name, owner: "this record", fields }, details);
}

function reportMissing(
  ctx: CheckContext,
  record: Record,
  expected: RecordType,
  given: ReadonlyMap<string, Field>,
): void {
  const missing = [...expected.fields].filter(([name, type]) => !given.has(name) && type.kind !== "optional");
  // A misspelt field was reported as unknown: that it lacks under its right name is the same mistake.
  const unknown = [...given.keys()].filter((name) => !expected.fields.has(name)).length;
  if (missing.length <= unknown) return;
  const names = listFields(new Map(missing));
  report(ctx, record, typeDiagnostics.SEQ3003, { owner: "this record", names });
}

/** `name: string, size: int?`: the shape that exists, for messages. */
export function listFields(fields: ReadonlyMap<string, Type>): string {
  const texts = [...fields].map(([name, type]) => `"${name}" (${printType(type)})`);
  const shown = texts.length > 12 ? [...texts.slice(0, 12), "…"] : texts;
  return shown.join(", ");
}
