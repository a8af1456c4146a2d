// What an action asks of its arguments beyond their types: ranges, one parameter of several, secrets that are none any more.
import type { Field, Path, Record } from "@sequitur/grammar";
import { holdsSecret } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import { actionDiagnostics } from "../diagnostics/actions.ts";
import { report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { constantValue } from "./program-context.ts";
import { fieldName } from "./records.ts";

/** After the types of the arguments were checked. */
export function checkActionRules(
  ctx: CheckContext,
  name: string,
  declaration: ActionDeclaration,
  args: Record | undefined,
  place: Path,
): void {
  const fields = new Map<string, Field>();
  for (const field of args?.fields ?? []) fields.set(fieldName(field) ?? "", field);
  for (const [parameter, field] of fields) {
    const declared = Object.hasOwn(declaration.parameters, parameter) ? declaration.parameters[parameter] : undefined;
    if (declared === undefined) continue;
    if (declared.range !== undefined) checkRange(ctx, parameter, declared.range, field);
    if (holdsSecret(declared.type)) checkSecret(ctx, parameter, field);
  }
  for (const names of declaration.exactlyOne ?? []) checkExactlyOne(ctx, name, names, fields, place);
}

function checkRange(ctx: CheckContext, name: string, range: readonly [number, number], { value }: Field): void {
  const [least, greatest] = range;
  const known = constantValue(ctx.program, ctx.module, value);
  if (typeof known !== "number" || (known >= least && known <= greatest)) return;
  report(ctx, value, actionDiagnostics.SEQ5202, { name, least, greatest, value: known });
}

function checkSecret(ctx: CheckContext, name: string, { value }: Field): void {
  const known = constantValue(ctx.program, ctx.module, value);
  if (typeof known === "string" && known !== "") report(ctx, value, actionDiagnostics.SEQ5204, { name });
}

function checkExactlyOne(
  ctx: CheckContext,
  action: string,
  names: readonly string[],
  fields: ReadonlyMap<string, Field>,
  place: Path,
): void {
  const given = names.filter((name) => fields.has(name));
  // What is given on a condition may be the one where another is not.
  const sure = given.filter((name) => fields.get(name)?.when === undefined);
  if (sure.length === 1 ? given.length === 1 : sure.length === 0 && given.length > 0) return;
  if (sure.length < 2 && given.length > 0) return;
  const list = (words: readonly string[]): string => words.map((word) => `"${word}"`).join(", ");
  const args = { action, names: list(names), given: given.length === 0 ? "none" : list(given) };
  report(ctx, place, actionDiagnostics.SEQ5203, args);
}
