// Between the language's types and the plan's, which are coarser: a literal union has become its base type.
import { commonType } from "@sequitur/runtime/plan";
import type { ActionParameter, HandleName, PlanType } from "@sequitur/runtime/plan";
import {
  baseOfLiteral,
  boolType,
  durationType,
  extentType,
  handleType,
  intType,
  listOf,
  literalType,
  neverType,
  optionalOf,
  percentType,
  recordOf,
  secretType,
  sizeType,
  stringType,
  versionType,
} from "./constructors.ts";
import type { Type } from "./type.ts";

/** The language's type for one of a catalogue: of a fact, a function, an action's output. */
export function typeOfPlanType(type: PlanType): Type {
  if (typeof type === "object") {
    if ("list" in type) return listOf(typeOfPlanType(type.list));
    if ("optional" in type) return optionalOf(typeOfPlanType(type.optional));
    return recordOf(Object.entries(type.record).map(([name, field]) => [name, typeOfPlanType(field)] as const));
  }
  switch (type) {
    case "package":
    case "image":
    case "application":
    case "file":
    case "account":
    case "sequence":
    case "step":
    case "variable":
      return handleType(type);
    default:
      return plainTypes[type];
  }
}

/** Each is one object: a program asks for the same few again and again. */
const plainTypes: { readonly [kind in Exclude<Extract<PlanType, string>, HandleName>]: Type } = {
  string: stringType,
  int: intType,
  bool: boolType,
  duration: durationType,
  size: sizeType,
  percent: percentType,
  extent: extentType,
  version: versionType,
  secret: secretType,
  never: neverType,
};

/** The type of an action's parameter: its choices are bare words. */
export function typeOfParameter(parameter: ActionParameter): Type {
  if (parameter.choices !== undefined) return choicesOf(parameter.choices);
  const { type, fieldChoices } = parameter;
  if (fieldChoices === undefined) return typeOfPlanType(type);
  return withFieldChoices(typeOfPlanType(type), fieldChoices);
}

function withFieldChoices(type: Type, choices: { readonly [field: string]: readonly string[] }): Type {
  if (type.kind === "list") return listOf(withFieldChoices(type.item, choices));
  if (type.kind !== "record") return type;
  return recordOf(
    [...type.fields].map(([name, field]) => {
      const words = choices[name];
      if (words === undefined) return [name, field] as const;
      return [name, field.kind === "optional" ? optionalOf(choicesOf(words)) : choicesOf(words)] as const;
    }),
  );
}

/** A union of words that an author may write bare. */
export function choicesOf(words: readonly string[]): Type {
  return { kind: "union", members: words.map(literalType), words: true };
}

/** What the type is in a plan; null: it mixes bases, as `int | string` does, and no plan can hold it. */
export function planTypeOf(type: Type): PlanType | null {
  switch (type.kind) {
    case "literal":
      return planTypeOf(baseOfLiteral(type.value));
    case "union":
      return commonOf(type.members);
    case "optional": {
      const inner = planTypeOf(type.inner);
      return inner === null ? null : { optional: inner };
    }
    case "list": {
      const item = planTypeOf(type.item);
      return item === null ? null : { list: item };
    }
    case "record": {
      const record: { [field: string]: PlanType } = {};
      for (const [name, field] of type.fields) {
        const given = planTypeOf(field);
        if (given === null) return null;
        record[name] = given;
      }
      return { record };
    }
    case "handle":
      return type.handle;
    case "error":
      return "never";
    default:
      return type.kind;
  }
}

function commonOf(members: readonly Type[]): PlanType | null {
  let common: PlanType | null = "never";
  for (const member of members) {
    const given = planTypeOf(member);
    common = given === null || common === null ? null : commonType(common, given);
    if (common === null) return null;
  }
  return common;
}
