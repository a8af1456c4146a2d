// The plan's view of the language's types, and what lowering and constants decide by it.
import type { ComparedType, FunctionName, PlanType, Value } from "@sequitur/runtime/plan";
import { membersOf } from "../types/constructors.ts";
import { planTypeOf as knownPlanTypeOf } from "../types/plan-type.ts";
import type { Type } from "../types/type.ts";

/** The type in the plan. A union whose members have nothing in common gives `never`: the checker has refused it. */
export function planTypeOf(type: Type): PlanType {
  return knownPlanTypeOf(type) ?? "never";
}

/** T for T?; any other type as it is. */
export function presentPlanType(type: PlanType): PlanType {
  return typeof type === "object" && "optional" in type ? type.optional : type;
}

/** By which order CMP compares two values of these types; the left one may be optional. */
export function comparedTypeOf(left: PlanType, right: PlanType): ComparedType {
  const a = presentPlanType(left);
  const type = a === "never" ? presentPlanType(right) : a;
  switch (type) {
    case "string":
    case "int":
    case "duration":
    case "size":
    case "version":
      return type;
    default:
      return "value";
  }
}

/** The function that gives a value's text in an interpolation; null: it is a text already. */
export function textFunctionOf(type: PlanType): FunctionName | null {
  switch (type) {
    case "string":
    case "secret":
      return null;
    case "int":
    case "bool":
    case "duration":
    case "size":
    case "percent":
    case "version":
      return `text.${type}`;
    default:
      return "text.value";
  }
}

/** The only values that a parameter of this type takes; undefined where any will do. */
export function choicesOf(type: Type): readonly (string | number | boolean)[] | undefined {
  const values: (string | number | boolean)[] = [];
  for (const member of membersOf(type)) {
    if (member.kind !== "literal") return undefined;
    values.push(member.value);
  }
  return values;
}

/** The type of a constant: a plan holds no secret, so text that stands where a secret is due is plain text. */
export function constantType(type: PlanType): PlanType {
  if (type === "secret") return "string";
  if (typeof type === "string") return type;
  if ("optional" in type) return constantType(type.optional);
  if ("list" in type) return { list: constantItemType(type.list) };
  return {
    record: Object.fromEntries(Object.entries(type.record).map(([name, field]) => [name, constantItemType(field)])),
  };
}

/** Within a list or record what is optional stays so. */
function constantItemType(type: PlanType): PlanType {
  return typeof type === "object" && "optional" in type ? { optional: constantType(type) } : constantType(type);
}

/** A value of the type, for a place that the checker has proved to be never reached. */
export function anyValueOf(type: PlanType): Value {
  if (typeof type !== "string") {
    if ("list" in type) return [];
    if ("optional" in type) return null;
    const fields = Object.entries(type.record).filter(
      ([, field]) => typeof field === "string" || !("optional" in field),
    );
    return Object.fromEntries(fields.map(([name, field]) => [name, anyValueOf(field)]));
  }
  switch (type) {
    case "string":
    case "secret":
      return "";
    case "bool":
      return false;
    case "version":
      return "0";
    case "extent":
      return "0";
    default:
      return 0;
  }
}
