// Makes types in their one normal form: unions are flat, without doubles and without an optional inside, an optional
// holds no optional. Everything that builds a type goes through here, so that nothing else has to think of other forms.
import type { HandleName } from "@sequitur/runtime/plan";
import type { Type } from "./type.ts";

/** Of what was reported already. */
export const errorType: Type = { kind: "error" };
export const neverType: Type = { kind: "never" };
export const stringType: Type = { kind: "string" };
export const intType: Type = { kind: "int" };
export const boolType: Type = { kind: "bool" };
export const durationType: Type = { kind: "duration" };
export const sizeType: Type = { kind: "size" };
export const percentType: Type = { kind: "percent" };
export const extentType: Type = { kind: "extent" };
export const versionType: Type = { kind: "version" };
export const secretType: Type = { kind: "secret" };

/** One value. */
export function literalType(value: string | number | boolean): Type {
  return { kind: "literal", value };
}

/** A list of such items. */
export function listOf(item: Type): Type {
  return { kind: "list", item };
}

/** A record of these fields. */
export function recordOf(fields: Iterable<readonly [string, Type]>): Type {
  return { kind: "record", fields: new Map(fields) };
}

/** A handle, such as a package. */
export function handleType(handle: HandleName): Type {
  return { kind: "handle", handle };
}

/** T? for T. */
export function optionalOf(type: Type): Type {
  return type.kind === "optional" || type.kind === "error" ? type : { kind: "optional", inner: type };
}

/** The type of a value that is known to be present. */
export function withoutOptional(type: Type): Type {
  return type.kind === "optional" ? type.inner : type;
}

/** The base type of a literal, of a union of literals, of the items of a list of them; every other type as it is. */
export function widened(type: Type): Type {
  switch (type.kind) {
    case "literal":
      return baseOfLiteral(type.value);
    case "union":
      return unionOf(type.members.map(widened));
    case "optional":
      return optionalOf(widened(type.inner));
    case "list":
      return listOf(widened(type.item));
    default:
      return type;
  }
}

/** The type that a literal is a value of. */
export function baseOfLiteral(value: string | number | boolean): Type {
  return typeof value === "string" ? stringType : typeof value === "number" ? intType : boolType;
}

/**
 * The union of types, cost linear in their members. A literal beside its base type disappears; `error` swallows all.
 */
export function unionOf(types: readonly Type[]): Type {
  const members: Type[] = [];
  const literals = new Set<string | number | boolean>();
  const bases = new Set<string>();
  let optional = false;
  const pending = [...types].reverse();
  for (let type = pending.pop(); type !== undefined; type = pending.pop()) {
    if (type.kind === "error") return errorType;
    if (type.kind === "never") continue;
    if (type.kind === "optional") {
      optional = true;
      pending.push(type.inner);
    } else if (type.kind === "union") {
      for (let index = type.members.length - 1; index >= 0; index--) pending.push(type.members[index] ?? neverType);
    } else if (type.kind === "literal") {
      if (literals.has(type.value)) continue;
      literals.add(type.value);
      members.push(type);
    } else if (!bases.has(type.kind) || !members.some((member) => sameType(member, type))) {
      bases.add(type.kind);
      members.push(type);
    }
  }
  const kept = members.filter((member) => member.kind !== "literal" || !bases.has(baseOfLiteral(member.value).kind));
  const [first] = kept;
  const joined: Type = first === undefined ? neverType : kept.length === 1 ? first : { kind: "union", members: kept };
  return optional ? optionalOf(joined) : joined;
}

/** Do two types have the same values, written the same? */
export function sameType(left: Type, right: Type): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === "literal") return right.kind === "literal" && left.value === right.value;
  if (left.kind === "optional") return right.kind === "optional" && sameType(left.inner, right.inner);
  if (left.kind === "list") return right.kind === "list" && sameType(left.item, right.item);
  if (left.kind === "handle") return right.kind === "handle" && left.handle === right.handle;
  if (left.kind === "union") {
    if (right.kind !== "union" || left.members.length !== right.members.length) return false;
    return left.members.every((member) => right.members.some((other) => sameType(member, other)));
  }
  if (left.kind === "record") {
    if (right.kind !== "record" || left.fields.size !== right.fields.size) return false;
    for (const [name, type] of left.fields) {
      const other = right.fields.get(name);
      if (other === undefined || !sameType(type, other)) return false;
    }
  }
  return true;
}

/** The members of a union, or the one type; those of an optional are its inner type's. */
export function membersOf(type: Type): readonly Type[] {
  if (type.kind === "optional") return membersOf(type.inner);
  return type.kind === "union" ? type.members : [type];
}
