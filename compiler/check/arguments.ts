// The record after `use` and `call`: against the parameters that the action or sequence declares.
import type { Field, Record, Span } from "@sequitur/grammar";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestName } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { Location } from "@sequitur/grammar";
import type { Type } from "../types/type.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { checkAlone, checkFieldValue, fieldsByName, listFields, reportConditionalField } from "./records.ts";

/** What an action or sequence declares under one name. */
export interface Parameter {
  readonly type: Type;
  readonly required: boolean;
  /** May an argument have a `when`? It is then absent where the condition is false. */
  readonly omissible: boolean;
  /** Where it is declared; absent for those of the catalogue. */
  readonly at?: Location;
}

/** `owner` begins a sentence; `place` is where the action or sequence is named. */
export function checkArguments(
  ctx: CheckContext,
  record: Record | undefined,
  parameters: ReadonlyMap<string, Parameter>,
  owner: string,
  place: Span,
): void {
  const fields = record === undefined ? new Map<string, Field>() : fieldsByName(ctx, record);
  let unknown = 0;
  for (const [name, field] of fields) {
    const parameter = parameters.get(name);
    if (parameter === undefined) {
      unknown += 1;
      reportUnknown(ctx, field, name, parameters, owner);
      checkAlone(ctx, field);
      continue;
    }
    const before = ctx.program.diagnostics.length;
    checkFieldValue(ctx, field, parameter.type);
    if (parameter.at !== undefined) pointTo(ctx, before, field, name, parameter.at);
    if (field.when !== undefined && !parameter.omissible) reportConditionalField(ctx, field, name);
  }
  const missing = [...parameters].filter(([name, parameter]) => parameter.required && !fields.has(name));
  // A misspelt name was reported as unknown: that the right one lacks is the same mistake.
  if (missing.length <= unknown) return;
  const names = listFields(new Map(missing.map(([name, parameter]) => [name, parameter.type])));
  const related = missing.flatMap(([name, { at }]) =>
    at === undefined ? [] : [{ ...at, message: `${name} is declared here` }],
  );
  report(ctx, place, typeDiagnostics.SEQ3003, { owner, names }, { related });
}

/** Mismatches of this argument point to where the parameter is declared. */
function pointTo(ctx: CheckContext, from: number, field: Field, name: string, at: Location): void {
  const { diagnostics } = ctx.program;
  for (let i = from; i < diagnostics.length; i += 1) {
    const found = diagnostics[i];
    if (found === undefined || !mismatches.has(found.code) || found.start < field.value.start) continue;
    diagnostics[i] = { ...found, related: [...found.related, { ...at, message: `${name} is declared here` }] };
  }
}

const mismatches: ReadonlySet<string> = new Set(["SEQ2108", "SEQ2113", "SEQ3001", "SEQ3003", "SEQ6001"]);

function reportUnknown(
  ctx: CheckContext,
  field: Field,
  name: string,
  parameters: ReadonlyMap<string, Parameter>,
  owner: string,
): void {
  const candidates = [...parameters].map(([known, { at }]) =>
    at === undefined ? { name: known } : { name: known, at },
  );
  const types = new Map([...parameters].map(([known, parameter]) => [known, parameter.type]));
  const args = { name, owner, parameters: listFields(types) };
  report(ctx, field.key, nameDiagnostics.SEQ2109, args, suggestName(locate(ctx, field.key), name, candidates));
}
