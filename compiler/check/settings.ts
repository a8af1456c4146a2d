// Declarations that are records of settings: options of a sequence, of content, accounts, collections, windows,
// deployments. What each takes stands in a table here; nothing of it runs yet but accounts and boot images.
import type { Field, Missing, Record } from "@sequitur/grammar";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { secretDiagnostics } from "../diagnostics/secrets.ts";
import { suggestText } from "../diagnostics/suggestion.ts";
import { typeDiagnostics } from "../diagnostics/types.ts";
import type { FleetSymbol } from "../model/symbol.ts";
import {
  boolType,
  durationType,
  handleType,
  intType,
  listOf,
  optionalOf,
  percentType,
  recordOf,
  stringType,
  versionType,
  widened,
} from "../types/constructors.ts";
import { choicesOf } from "../types/plan-type.ts";
import { describeType } from "../types/print-type.ts";
import type { Type } from "../types/type.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { checkCondition } from "./condition.ts";
import { noteType } from "./note-type.ts";
import { checkPlainText } from "./plain-texts.ts";
import { constantValue } from "./program-context.ts";
import { checkAlone, fieldsByName } from "./records.ts";
import { describeSymbol } from "./symbols.ts";

/** `text`: a plain text · `password`: `env("…")` · others: an expression of that type. */
export type SettingKind =
  | { readonly kind: "text" }
  | { readonly kind: "password" }
  | { readonly kind: "condition" }
  /** Known before the run. */
  | { readonly kind: "value"; readonly type: Type }
  /** The name of a collection or window. */
  | { readonly kind: "fleet"; readonly fleet: FleetSymbol["node"]["fleetKind"] }
  /** Texts, and names of collections. */
  | { readonly kind: "machines" }
  /** Looked at by the caller. */
  | { readonly kind: "parameters" };

/** What one kind of declaration takes. */
export interface SettingTable {
  readonly owner: string;
  readonly settings: { readonly [name: string]: { readonly is: SettingKind; readonly required?: true } };
}

const text: SettingKind = { kind: "text" };
const value = (type: Type): SettingKind => ({ kind: "value", type });
const days = choicesOf(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]);
const wave = recordOf([
  ["share", percentType],
  ["wait", optionalOf(durationType)],
]);

/** `options { … }` at the head of a sequence. */
export const optionSettings: SettingTable = {
  owner: "the record of `options`",
  settings: {
    bootImage: { is: value(handleType("image")) },
    progress: { is: text },
    maxRunTime: { is: value(durationType) },
    category: { is: text },
    enabled: { is: value(boolType) },
    platforms: { is: value(listOf(stringType)) },
  },
};

/** After the source of content. */
export const contentSettings: SettingTable = {
  owner: "content",
  settings: { version: { is: value(versionType) }, pin: { is: value(boolType) } },
};

/** `account name { … }`. */
export const accountSettings: SettingTable = {
  owner: "an account",
  settings: { user: { is: text, required: true }, password: { is: { kind: "password" } } },
};

/** `collection name { … }`. */
export const collectionSettings: SettingTable = {
  owner: "a collection",
  settings: {
    where: { is: { kind: "condition" } },
    include: { is: { kind: "machines" } },
    exclude: { is: { kind: "machines" } },
  },
};

/** `window name { … }`. */
export const windowSettings: SettingTable = {
  owner: "a window",
  settings: {
    start: { is: text, required: true },
    duration: { is: value(durationType), required: true },
    every: { is: value(choicesOf(["day", "week", "month"])) },
    on: { is: value(listOf(days)) },
    zone: { is: text },
  },
};

/** `deployment name of sequence { … }`. */
export const deploymentSettings: SettingTable = {
  owner: "a deployment",
  settings: {
    with: { is: { kind: "parameters" } },
    to: { is: { kind: "fleet", fleet: "collection" }, required: true },
    available: { is: text },
    required: { is: text },
    expires: { is: text },
    during: { is: { kind: "fleet", fleet: "window" } },
    fetch: { is: value(choicesOf(["needed", "ahead", "source"])) },
    machines: { is: value(intType) },
    waves: { is: value(listOf(wave)) },
    stop: { is: value(percentType) },
  },
};

/** Checks a record of settings against its table; gives the fields by name. */
export function checkSettings(
  ctx: CheckContext,
  record: Record | Missing | undefined,
  table: SettingTable,
): ReadonlyMap<string, Field> {
  if (record === undefined || record.kind === "missing") return new Map();
  const fields = fieldsByName(ctx, record);
  let unknown = 0;
  for (const [name, field] of fields) {
    const setting = Object.hasOwn(table.settings, name) ? table.settings[name] : undefined;
    if (setting !== undefined) checkSetting(ctx, field, setting.is, name);
    else {
      unknown += 1;
      const known = Object.keys(table.settings);
      const details = suggestText(
        locate(ctx, field.key),
        name,
        known.map((near) => ({ name: near })),
      );
      const args = { name, owner: table.owner, settings: known.join(", ") };
      report(ctx, field.key, nameDiagnostics.SEQ2110, args, details);
      checkAlone(ctx, field);
    }
  }
  const missing = Object.entries(table.settings).filter(
    ([name, { required }]) => required === true && !fields.has(name),
  );
  if (missing.length > unknown) {
    const names = missing.map(([name]) => `"${name}"`).join(", ");
    report(ctx, record, typeDiagnostics.SEQ3003, { owner: table.owner, names });
  }
  return fields;
}

function checkSetting(ctx: CheckContext, field: Field, kind: SettingKind, name: string): void {
  if (field.when !== undefined) checkCondition(ctx, field.when);
  switch (kind.kind) {
    case "text":
      checkTextSetting(ctx, field, name);
      return;
    case "password":
      checkPassword(ctx, field);
      return;
    case "condition":
      checkCondition(ctx, field.value);
      return;
    case "value":
      checkConstantSetting(ctx, field, kind.type, name);
      return;
    case "fleet":
      checkFleetName(ctx, field, kind.fleet);
      return;
    case "machines":
      checkMachines(ctx, field);
      return;
    case "parameters":
      return;
  }
}

function checkTextSetting(ctx: CheckContext, field: Field, name: string): void {
  if (field.value.kind === "string") {
    noteType(ctx, field.value, stringType);
    checkPlainText(ctx, field.value, `"${name}"`);
  } else checkConstantSetting(ctx, field, stringType, name);
}

function checkConstantSetting(ctx: CheckContext, field: Field, type: Type, name: string): void {
  const before = ctx.program.diagnostics.length;
  ctx.program.checkExpression(ctx, field.value, type);
  if (type.kind === "handle" || ctx.program.diagnostics.length > before || field.value.kind === "missing") return;
  if (constantValue(ctx.program, ctx.module, field.value) !== undefined) return;
  if (ctx.program.types.get(field.value)?.kind === "error") return;
  report(ctx, field.value, typeDiagnostics.SEQ3008, { what: `"${name}"` });
}

/** A password is read from the environment when the run starts, and stands nowhere in source. */
function checkPassword(ctx: CheckContext, field: Field): void {
  const { value: given } = field;
  if (given.kind === "missing") return;
  if (given.kind === "invocation" && given.callee.kind === "reference" && given.callee.name.text === "env") {
    ctx.program.checkExpression(ctx, given);
    return;
  }
  report(ctx, given, secretDiagnostics.SEQ6003, {});
}

function checkFleetName(ctx: CheckContext, field: Field, fleet: FleetSymbol["node"]["fleetKind"]): void {
  const type = ctx.program.checkExpression(ctx, field.value);
  const resolution = ctx.program.resolutions.get(field.value);
  if (resolution?.kind === "error") return;
  if (
    resolution?.kind === "handle" &&
    resolution.symbol.kind === "fleet" &&
    resolution.symbol.node.fleetKind === fleet
  ) {
    return;
  }
  const written = ctx.module.parsed.text.slice(field.value.start, field.value.end);
  const isFleet = resolution?.kind === "handle" && resolution.symbol.kind === "fleet";
  const is = isFleet ? describeSymbol(resolution.symbol) : describeType(widened(type));
  report(ctx, field.value, nameDiagnostics.SEQ2112, { name: written, is, needed: `a ${fleet}` });
}

function checkMachines(ctx: CheckContext, field: Field): void {
  if (field.value.kind !== "list") {
    ctx.program.checkExpression(ctx, field.value, listOf(stringType));
    return;
  }
  for (const item of field.value.items) {
    if (item.kind === "string") ctx.program.checkExpression(ctx, item, stringType);
    else checkFleetName(ctx, { ...field, value: item }, "collection");
  }
}
