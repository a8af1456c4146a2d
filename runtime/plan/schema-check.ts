// Does a value have the shape that a schema describes? For the subset of JSON Schema in schema.ts, over values that come
// from outside and may be any JSON, however deep.
import { schemaDefinitions } from "./schema.ts";
import type { Schema } from "./schema.ts";
import { predicateOf } from "./schema-predicate.ts";

/** Deeper than any plan that the limits allow; keeps hostile nesting from exhausting the call stack. */
const deepest = 200;
const enough = 20;

interface ShapeProblems {
  readonly found: string[];
}

/** What is wrong, each with the place (`nodes[3].retry.count: …`); empty: the value has the shape. At most 20. */
export function shapeProblems(value: unknown, schema: Schema): readonly string[] {
  return predicateOf(schema, deepest)(value, 0) ? [] : explainedProblems(value, schema);
}

/** The same, found place by place. */
export function explainedProblems(value: unknown, schema: Schema): readonly string[] {
  const problems: ShapeProblems = { found: [] };
  check(value, schema, "", 0, problems);
  return problems.found;
}

function report(problems: ShapeProblems, place: string, message: string): void {
  if (problems.found.length < enough) problems.found.push(`${place === "" ? "the plan" : place}: ${message}`);
}

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (schemaDefinitions[schema.$ref.slice("#/$defs/".length)] ?? {});
}

function check(value: unknown, reference: Schema, place: string, depth: number, problems: ShapeProblems): void {
  const schema = resolve(reference);
  if (depth > deepest) return report(problems, place, "nested too deeply");
  if (schema.anyOf !== undefined) return checkAlternatives(value, schema.anyOf, place, depth, problems);
  if (schema.const !== undefined && value !== schema.const) {
    return report(problems, place, `must be ${JSON.stringify(schema.const)}`);
  }
  if (schema.enum !== undefined && !(typeof value === "string" && schema.enum.includes(value))) {
    return report(problems, place, `must be one of ${schema.enum.join(", ")}`);
  }
  if (schema.type !== undefined && !hasType(value, schema.type)) {
    return report(problems, place, `must be ${schema.type === "null" ? "null" : `of type ${schema.type}`}`);
  }
  if (typeof value === "number") return checkNumber(value, schema, place, problems);
  if (typeof value === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    return report(problems, place, `must look like ${schema.pattern}`);
  }
  if (Array.isArray(value)) return checkList(value, schema, place, depth, problems);
  if (isObject(value)) return checkObject(value, schema, place, depth, problems);
}

function hasType(value: unknown, type: NonNullable<Schema["type"]>): boolean {
  switch (type) {
    case "integer":
      return Number.isInteger(value);
    case "null":
      return value === null;
    case "array":
      return Array.isArray(value);
    case "object":
      return isObject(value);
    case "string":
    case "boolean":
      return typeof value === type;
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One alternative must hold. The problems reported are those of the one that the value's tag chooses. */
function checkAlternatives(
  value: unknown,
  alternatives: readonly Schema[],
  place: string,
  depth: number,
  problems: ShapeProblems,
): void {
  for (const alternative of alternatives) {
    if (!tagFits(value, alternative)) continue;
    const attempt: ShapeProblems = { found: [] };
    check(value, alternative, place, depth + 1, attempt);
    if (attempt.found.length === 0) return;
    if (alternative.properties?.["kind"] !== undefined) {
      for (const problem of attempt.found) if (problems.found.length < enough) problems.found.push(problem);
      return;
    }
  }
  report(problems, place, "has none of the shapes that are allowed here");
}

/** A quick no for alternatives told apart by `kind`, or by the first item of a list. */
function tagFits(value: unknown, alternative: Schema): boolean {
  const kind = alternative.properties?.["kind"]?.const;
  if (kind !== undefined) return isObject(value) && value["kind"] === kind;
  const first = alternative.prefixItems?.[0]?.const;
  return first === undefined || (Array.isArray(value) && value[0] === first);
}

function checkNumber(value: number, schema: Schema, place: string, problems: ShapeProblems): void {
  if (schema.minimum !== undefined && value < schema.minimum)
    report(problems, place, `must be ${schema.minimum} or more`);
  if (schema.maximum !== undefined && value > schema.maximum)
    report(problems, place, `must be ${schema.maximum} or less`);
}

function checkList(
  value: readonly unknown[],
  schema: Schema,
  place: string,
  depth: number,
  problems: ShapeProblems,
): void {
  const prefix = schema.prefixItems ?? [];
  const least = schema.minItems ?? 0;
  const most = schema.items === false ? prefix.length : (schema.maxItems ?? Infinity);
  if (value.length < least || value.length > most) {
    return report(problems, place, `must have ${least === most ? least : `${least} to ${most}`} items`);
  }
  for (let i = 0; i < value.length && problems.found.length < enough; i += 1) {
    const item = prefix[i] ?? schema.items;
    if (item !== undefined && item !== false) check(value[i], item, `${place}[${i}]`, depth + 1, problems);
  }
}

function checkObject(
  value: { readonly [name: string]: unknown },
  schema: Schema,
  place: string,
  depth: number,
  problems: ShapeProblems,
): void {
  for (const name of schema.required ?? []) if (!Object.hasOwn(value, name)) report(problems, place, `lacks "${name}"`);
  for (const name of Object.keys(value)) {
    const known = schema.properties !== undefined && Object.hasOwn(schema.properties, name);
    const member = known ? schema.properties?.[name] : schema.additionalProperties;
    const memberPlace = place === "" ? name : `${place}.${name}`;
    if (member === false) report(problems, memberPlace, "is not known here");
    else if (member !== undefined) check(value[name], member, memberPlace, depth + 1, problems);
  }
}
