// The type of a value that comes from one of several places: the sides of an `if`, the items of a list. Literals are
// kept as unions; records are merged field by field, since a plan has one record type for all of them.
import { listOf, neverType, optionalOf, recordOf, unionOf } from "./constructors.ts";
import { planTypeOf } from "./plan-type.ts";
import type { Type } from "./type.ts";

/** Null: nothing has all of these types, as with an int and a string. Cost linear in the types. */
export function joinTypes(types: readonly Type[]): Type | null {
  const joined = mergeRecords(types);
  return planTypeOf(joined) === null ? null : joined;
}

function mergeRecords(types: readonly Type[]): Type {
  const optional = types.some((type) => type.kind === "optional");
  const inner = types
    .map((type) => (type.kind === "optional" ? type.inner : type))
    .filter((type) => type !== neverType);
  const [first] = inner;
  if (first?.kind === "record" && inner.every((type) => type.kind === "record")) {
    const merged = mergeFields(inner);
    return optional ? optionalOf(merged) : merged;
  }
  if (first?.kind === "list" && inner.every((type) => type.kind === "list")) {
    const merged = listOf(mergeRecords(inner.map((type) => type.item)));
    return optional ? optionalOf(merged) : merged;
  }
  return unionOf(types);
}

function mergeFields(records: readonly Extract<Type, { kind: "record" }>[]): Type {
  const found = new Map<string, Type[]>();
  for (const record of records) {
    for (const [name, type] of record.fields) {
      const types = found.get(name);
      if (types === undefined) found.set(name, [type]);
      else types.push(type);
    }
  }
  return recordOf(
    [...found].map(([name, types]) => {
      const merged = mergeRecords(types);
      return [name, types.length === records.length ? merged : optionalOf(merged)] as const;
    }),
  );
}
