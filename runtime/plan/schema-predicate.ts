// The quick yes or no of schema-check.ts: the same rules, made into functions once, without the places and words that only a
// refusal needs. What they refuse, schema-check.ts looks at again and explains.
import { schemaDefinitions } from "./schema.ts";
import type { Schema } from "./schema.ts";

/** Has the value, at this depth of nesting, the shape? */
type Predicate = (value: unknown, depth: number) => boolean;

const made = new WeakMap<Schema, Predicate>();

/** The schema as a function; nested deeper than `deepest` is a no. */
export function predicateOf(schema: Schema, deepest: number): Predicate {
  const known = made.get(schema);
  if (known !== undefined) return known;
  // Shapes may hold themselves: what is being made is reached through this until it is there.
  let check: Predicate = () => false;
  const bounded: Predicate = (value, depth) => depth <= deepest && check(value, depth);
  made.set(schema, bounded);
  check = makePredicate(schema, deepest);
  return bounded;
}

function makePredicate(schema: Schema, deepest: number): Predicate {
  if (schema.$ref !== undefined) {
    return predicateOf(schemaDefinitions[schema.$ref.slice("#/$defs/".length)] ?? {}, deepest);
  }
  if (schema.anyOf !== undefined) return someOf(schema.anyOf, deepest);
  if (schema.const !== undefined) {
    const wanted = schema.const;
    return (value) => value === wanted;
  }
  if (schema.enum !== undefined) {
    const names = new Set<unknown>(schema.enum);
    return (value) => typeof value === "string" && names.has(value);
  }
  switch (schema.type) {
    case "string":
      return textPredicate(schema);
    case "integer":
      return integerPredicate(schema);
    case "boolean":
      return (value) => typeof value === "boolean";
    case "null":
      return (value) => value === null;
    case "array":
      return listPredicate(schema, deepest);
    case "object":
      return objectPredicate(schema, deepest);
    default:
      return () => true;
  }
}

function textPredicate({ pattern }: Schema): Predicate {
  if (pattern === undefined) return (value) => typeof value === "string";
  const expression = new RegExp(pattern, "u");
  return (value) => typeof value === "string" && expression.test(value);
}

function integerPredicate({ minimum = -Infinity, maximum = Infinity }: Schema): Predicate {
  return (value) => typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum;
}

/** A tag, where there is one, chooses; else one alternative must hold. */
function someOf(alternatives: readonly Schema[], deepest: number): Predicate {
  const kinds = new Map<unknown, Predicate>();
  const others: Predicate[] = [];
  for (const alternative of alternatives) {
    const kind = alternative.properties?.["kind"]?.const;
    const predicate = predicateOf(alternative, deepest);
    if (kind === undefined) others.push(predicate);
    else kinds.set(kind, predicate);
  }
  return (value, depth) => {
    if (kinds.size > 0 && isObject(value) && kinds.get(value["kind"])?.(value, depth + 1) === true) return true;
    for (const predicate of others) if (predicate(value, depth + 1)) return true;
    return false;
  };
}

function listPredicate(schema: Schema, deepest: number): Predicate {
  const prefix = (schema.prefixItems ?? []).map((item) => predicateOf(item, deepest));
  const items = schema.items === false || schema.items === undefined ? null : predicateOf(schema.items, deepest);
  const least = schema.minItems ?? 0;
  const most = schema.items === false ? prefix.length : (schema.maxItems ?? Infinity);
  return (value, depth) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) return false;
    const list: readonly unknown[] = value;
    for (let i = 0; i < list.length; i += 1) {
      const item = prefix[i] ?? items;
      if (item !== null && !item(list[i], depth + 1)) return false;
    }
    return true;
  };
}

function objectPredicate(schema: Schema, deepest: number): Predicate {
  const required = schema.required ?? [];
  const others = schema.additionalProperties;
  const known = new Map(
    Object.entries(schema.properties ?? {}).map(([name, member]) => [name, predicateOf(member, deepest)]),
  );
  const unknown = others === undefined || others === false ? null : predicateOf(others, deepest);
  return (value, depth) => {
    if (!isObject(value)) return false;
    for (const name of required) if (!Object.hasOwn(value, name)) return false;
    for (const name of Object.keys(value)) {
      const predicate = known.get(name) ?? unknown;
      if (predicate === null ? others === false : !predicate(value[name], depth + 1)) return false;
    }
    return true;
  };
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
