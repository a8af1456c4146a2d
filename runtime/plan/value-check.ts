// Is a value of a type? For constants of plans, parameters that come from outside, and output that was read as JSON.
import { limits } from "./limits.ts";
import type { PlanType } from "./plan-type.ts";
import type { Value } from "./value.ts";
import { isVersion } from "./version.ts";

/**
 * Why the value is not of the type, as the end of a sentence (`is no int`), with the place inside it; null: it is. Handles
 * count as integers from 0: whether the plan has that many is the caller's matter.
 */
export function valueProblem(value: Value, type: PlanType): string | null {
  return problemAt(value, type, "", 1);
}

function problemAt(value: Value, type: PlanType, place: string, depth: number): string | null {
  const where = place === "" ? "" : ` at ${place}`;
  if (depth > limits.valueDepth) return `is nested deeper than ${limits.valueDepth}`;
  if (typeof type === "string") return isScalar(value, type) ? lengthProblem(value, where) : `is no ${type}${where}`;
  if ("optional" in type) return value === null ? null : problemAt(value, type.optional, place, depth);
  if (value === null || typeof value !== "object") return `is no ${"list" in type ? "list" : "record"}${where}`;
  if ("list" in type) return isList(value) ? listProblem(value, type.list, place, depth) : `is no list${where}`;
  return isList(value) ? `is no record${where}` : recordProblem(value, type.record, place, depth);
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

function isScalar(value: Value, type: Extract<PlanType, string>): boolean {
  switch (type) {
    case "string":
    case "secret":
      return typeof value === "string";
    case "version":
      return typeof value === "string" && isVersion(value);
    case "extent":
      return typeof value === "string" && /^(?:0|[1-9][0-9]{0,15})$|^(?:0|[1-9][0-9]{0,2})%$/.test(value);
    case "bool":
      return typeof value === "boolean";
    case "int":
    case "duration":
    case "size":
    case "percent":
      return Number.isSafeInteger(value);
    case "package":
    case "image":
    case "application":
    case "file":
    case "account":
    case "sequence":
    case "step":
    case "variable":
      return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
    case "never":
      return false;
  }
}

function lengthProblem(value: Value, where: string): string | null {
  const tooLong = typeof value === "string" && value.length > limits.stringLength;
  return tooLong ? `is longer than ${limits.stringLength} UTF-16 units${where}` : null;
}

function listProblem(list: readonly Value[], item: PlanType, place: string, depth: number): string | null {
  if (list.length > limits.listItems) return `has more than ${limits.listItems} items`;
  for (const [i, member] of list.entries()) {
    const problem = problemAt(member, item, `${place}[${i}]`, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}

function recordProblem(
  record: { readonly [field: string]: Value },
  fields: { readonly [field: string]: PlanType },
  place: string,
  depth: number,
): string | null {
  for (const name of Object.keys(record))
    if (!Object.hasOwn(fields, name)) return `has the unknown field ${place}.${name}`;
  for (const [name, type] of Object.entries(fields)) {
    const member = Object.hasOwn(record, name) ? (record[name] ?? null) : null;
    const problem = problemAt(member, type, `${place}.${name}`, depth + 1);
    if (problem !== null) return problem;
  }
  return null;
}
