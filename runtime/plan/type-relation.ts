// How types of plans relate: what may stand where, what two branches have in common, what arithmetic gives.
import type { ArithmeticOperator, ComparedType, ComparisonOperator } from "./instructions.ts";
import type { HandleName, PlanType } from "./plan-type.ts";

/**
 * May a value of type `from` stand where `to` is expected? `never` fits everywhere, T fits optional T, and a string
 * fits a secret (never the other way round). A record may lack fields that are optional, and has no others.
 */
export function fits(from: PlanType, to: PlanType): boolean {
  if (from === "never" || from === to) return true;
  if (typeof to === "object" && "optional" in to) {
    return typeof from === "object" && "optional" in from ? fits(from.optional, to.optional) : fits(from, to.optional);
  }
  if (typeof from === "string" || typeof to === "string") return from === "string" && to === "secret";
  if ("list" in from && "list" in to) return fits(from.list, to.list);
  if ("record" in from && "record" in to) return recordFits(from.record, to.record);
  return false;
}

type Fields = { readonly [field: string]: PlanType };

function fieldOf(fields: Fields, name: string): PlanType | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function recordFits(from: Fields, to: Fields): boolean {
  for (const name of Object.keys(from)) if (fieldOf(to, name) === undefined) return false;
  for (const [name, wanted] of Object.entries(to)) {
    const given = fieldOf(from, name);
    if (given === undefined ? !isOptional(wanted) : !fits(given, wanted)) return false;
  }
  return true;
}

/** Is it T? for some T? */
export function isOptional(type: PlanType): type is { readonly optional: PlanType } {
  return typeof type === "object" && "optional" in type;
}

/** T? for T; an optional type stays as it is. */
export function optionalOf(type: PlanType): PlanType {
  return isOptional(type) ? type : { optional: type };
}

/** The type of a field of a record; null: the type is no record, or has no such field. */
export function fieldType(type: PlanType, field: string): PlanType | null {
  if (typeof type !== "object" || !("record" in type)) return null;
  return fieldOf(type.record, field) ?? null;
}

/** The least type that both fit; null: there is none. */
export function commonType(a: PlanType, b: PlanType): PlanType | null {
  if (fits(a, b)) return b;
  if (fits(b, a)) return a;
  if (isOptional(a) || isOptional(b)) {
    const inner = commonType(isOptional(a) ? a.optional : a, isOptional(b) ? b.optional : b);
    return inner === null ? null : optionalOf(inner);
  }
  if (typeof a === "string" || typeof b === "string") return null;
  if ("list" in a && "list" in b) {
    const item = commonType(a.list, b.list);
    return item === null ? null : { list: item };
  }
  return "record" in a && "record" in b ? commonRecord(a.record, b.record) : null;
}

function commonRecord(a: Fields, b: Fields): PlanType | null {
  const record: { [field: string]: PlanType } = Object.create(null) as { [field: string]: PlanType };
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const left = fieldOf(a, name);
    const right = fieldOf(b, name);
    const common = commonType(left ?? { optional: "never" }, right ?? { optional: "never" });
    if (common === null) return null;
    record[name] = common;
  }
  return { record };
}

/** Is a secret somewhere in it? */
export function holdsSecret(type: PlanType): boolean {
  if (typeof type === "string") return type === "secret";
  if ("list" in type) return holdsSecret(type.list);
  if ("optional" in type) return holdsSecret(type.optional);
  return Object.values(type.record).some(holdsSecret);
}

/** The type of `a operator b`; null: there is no such arithmetic. Durations and sizes may be scaled by integers. */
export function arithmeticType(operator: ArithmeticOperator, a: PlanType, b: PlanType): PlanType | null {
  if (!isQuantity(a) || !isQuantity(b)) return null;
  switch (operator) {
    case "+":
    case "-":
      return a === b ? a : null;
    case "*":
      return a === "int" ? b : b === "int" ? a : null;
    case "/":
      return b === "int" ? a : a === b ? "int" : null;
  }
}

function isQuantity(type: PlanType): type is "int" | "duration" | "size" {
  return type === "int" || type === "duration" || type === "size";
}

/**
 * May CMP compare these? The left side may be optional. Strings, integers, durations, sizes and versions by their own
 * order; `value` compares all others, and only with == and !=. Secrets are never compared.
 */
export function isComparable(operator: ComparisonOperator, compared: ComparedType, a: PlanType, b: PlanType): boolean {
  if (holdsSecret(a) || holdsSecret(b) || isOptional(b)) return false;
  const left = isOptional(a) ? a.optional : a;
  if (compared !== "value") return fits(left, compared) && fits(b, compared);
  return (operator === "==" || operator === "!=") && commonType(left, b) !== null;
}

const handleNames: { readonly [name in HandleName]: true } = {
  ...{ package: true, image: true, application: true, file: true },
  ...{ account: true, sequence: true, step: true, variable: true },
};

/** Does a value of the type name an entry of the plan's tables, itself or in a part of it? */
export function holdsHandle(type: PlanType): boolean {
  if (typeof type === "string") return Object.hasOwn(handleNames, type);
  if ("optional" in type) return holdsHandle(type.optional);
  return "list" in type ? holdsHandle(type.list) : Object.values(type.record).some(holdsHandle);
}

/** How deep a value of the type nests: 1 for a scalar. */
export function typeDepth(type: PlanType): number {
  if (typeof type === "string") return 1;
  if ("optional" in type) return typeDepth(type.optional);
  if ("list" in type) return 1 + typeDepth(type.list);
  return 1 + Object.values(type.record).reduce((deepest, field) => Math.max(deepest, typeDepth(field)), 0);
}

/** How many parts the type is made of: 1 for a scalar. */
export function typeParts(type: PlanType): number {
  if (typeof type === "string") return 1;
  if ("optional" in type) return 1 + typeParts(type.optional);
  if ("list" in type) return 1 + typeParts(type.list);
  return Object.values(type.record).reduce((sum, field) => sum + typeParts(field), 1);
}

/** The type as people write it: `list<string>`, `{ name: string, size: extent? }`. */
export function typeText(type: PlanType): string {
  if (typeof type === "string") return type;
  if ("list" in type) return `list<${typeText(type.list)}>`;
  if ("optional" in type) return `${typeText(type.optional)}?`;
  const fields = Object.entries(type.record).map(([name, field]) => `${name}: ${typeText(field)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}
