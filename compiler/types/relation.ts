// Does a value of one type fit where another is asked for? The answer is a tree of reasons; words come last
// (explain-mismatch.ts). Conversions happen at the outermost level alone: a literal text to a version, duration, size or
// extent, a size or percentage to an extent, a text to a secret. Within a list or record that exists already nothing can
// be converted.
import { isVersion } from "@sequitur/runtime/plan";
import { parseQuantity } from "./quantity.ts";
import type { Type } from "./type.ts";

/** Why a value does not fit. */
export type Mismatch =
  | { readonly kind: "different"; readonly from: Type; readonly to: Type }
  /** The value may be absent. */
  | { readonly kind: "optional"; readonly from: Type; readonly to: Type }
  /** A secret where it would be shown. */
  | { readonly kind: "secret"; readonly from: Type; readonly to: Type }
  /** A literal text that can't be read as what its place asks for. */
  | { readonly kind: "unreadable"; readonly as: ReadableKind; readonly text: string }
  | { readonly kind: "missingField"; readonly field: string; readonly type: Type }
  | { readonly kind: "extraField"; readonly field: string; readonly fields: readonly string[] }
  | { readonly kind: "field"; readonly field: string; readonly inner: Mismatch }
  | { readonly kind: "item"; readonly inner: Mismatch }
  /** One member of a union does not fit. */
  | { readonly kind: "member"; readonly member: Type; readonly inner: Mismatch };

/** The types that a literal text is read as where a place asks for them. */
export type ReadableKind = "version" | "duration" | "size" | "extent";

/** Undefined: a literal text is never read as this type. */
export function readableKind(type: Type): ReadableKind | undefined {
  switch (type.kind) {
    case "version":
    case "duration":
    case "size":
    case "extent":
      return type.kind;
    default:
      return undefined;
  }
}

/** Undefined: it fits. */
export function relate(from: Type, to: Type): Mismatch | undefined {
  return relateAt(from, to, true);
}

/** Does it fit? */
export function fits(from: Type, to: Type): boolean {
  return relateAt(from, to, true) === undefined;
}

function relateAt(from: Type, to: Type, converts: boolean): Mismatch | undefined {
  if (from === to || from.kind === "error" || to.kind === "error" || from.kind === "never") return undefined;
  if (from.kind === "optional") {
    if (to.kind === "optional") return relateAt(from.inner, to.inner, converts);
    return relateAt(from.inner, to, converts) ?? { kind: "optional", from, to };
  }
  if (to.kind === "optional") return relateAt(from, to.inner, converts);
  if (from.kind === "union") {
    for (const member of from.members) {
      const inner = relateAt(member, to, converts && readableKind(to) === undefined);
      if (inner !== undefined) return { kind: "member", member, inner };
    }
    return undefined;
  }
  if (to.kind === "union") {
    const { literals, others } = partsOf(to);
    if (from.kind === "literal" && literals.has(from.value)) return undefined;
    // A literal fits no other literal.
    const members = from.kind === "literal" ? others : to.members;
    const accepted = members.some((member) => relateAt(from, member, converts) === undefined);
    return accepted ? undefined : different(from, to);
  }
  return relateSingle(from, to, converts);
}

type Union = Extract<Type, { kind: "union" }>;

interface UnionParts {
  readonly literals: ReadonlySet<string | number | boolean>;
  readonly others: readonly Type[];
}

const partsByUnion = new WeakMap<Union, UnionParts>();

/** Unions can list thousands of literals, which are looked up rather than compared one by one. */
function partsOf(union: Union): UnionParts {
  const known = partsByUnion.get(union);
  if (known !== undefined) return known;
  const literals = new Set<string | number | boolean>();
  const others: Type[] = [];
  for (const member of union.members) {
    if (member.kind === "literal") literals.add(member.value);
    else others.push(member);
  }
  const parts = { literals, others };
  partsByUnion.set(union, parts);
  return parts;
}

function relateSingle(from: Type, to: Type, converts: boolean): Mismatch | undefined {
  if (from.kind === "literal") return relateLiteral(from.value, from, to, converts);
  if (from.kind === "list" && to.kind === "list") {
    const inner = relateAt(from.item, to.item, false);
    return inner === undefined ? undefined : { kind: "item", inner };
  }
  if (from.kind === "record" && to.kind === "record") return relateFields(from.fields, to.fields);
  if (from.kind === "handle" && to.kind === "handle")
    return from.handle === to.handle ? undefined : different(from, to);
  if (converts && to.kind === "extent" && (from.kind === "size" || from.kind === "percent")) return undefined;
  if (converts && to.kind === "secret" && from.kind === "string") return undefined;
  return from.kind === to.kind ? undefined : different(from, to);
}

function relateLiteral(
  value: string | number | boolean,
  from: Type,
  to: Type,
  converts: boolean,
): Mismatch | undefined {
  if (to.kind === "literal") return value === to.value ? undefined : different(from, to);
  if (to.kind === typeLetter(value)) return undefined;
  if (converts && typeof value === "string") {
    if (to.kind === "secret") return undefined;
    const as = readableKind(to);
    if (as !== undefined) return canRead(value, as) ? undefined : { kind: "unreadable", as, text: value };
  }
  return different(from, to);
}

function canRead(text: string, as: ReadableKind): boolean {
  switch (as) {
    case "version":
      return isVersion(text);
    case "duration":
    case "size":
      return parseQuantity(text, as) !== undefined;
    case "extent":
      return /^(?:[0-9]|[1-9][0-9]|100)%$/.test(text) || parseQuantity(text, "size") !== undefined;
  }
}

function typeLetter(value: string | number | boolean): Type["kind"] {
  return typeof value === "string" ? "string" : typeof value === "number" ? "int" : "bool";
}

function relateFields(from: ReadonlyMap<string, Type>, to: ReadonlyMap<string, Type>): Mismatch | undefined {
  for (const [field, type] of to) {
    const given = from.get(field);
    if (given === undefined) {
      if (type.kind === "optional") continue;
      return { kind: "missingField", field, type };
    }
    const inner = relateAt(given, type, false);
    if (inner !== undefined) return { kind: "field", field, inner };
  }
  for (const field of from.keys()) if (!to.has(field)) return { kind: "extraField", field, fields: [...to.keys()] };
  return undefined;
}

function different(from: Type, to: Type): Mismatch {
  return from.kind === "secret" ? { kind: "secret", from, to } : { kind: "different", from, to };
}

/** May a value of one type ever equal a value of the other? Decides whether `==` and `in` make sense. */
export function overlap(left: Type, right: Type): boolean {
  if (left.kind === "optional") return overlap(left.inner, right);
  if (right.kind === "optional") return overlap(left, right.inner);
  if (left.kind === "union") return left.members.some((member) => overlap(member, right));
  if (right.kind === "union") {
    const { literals, others } = partsOf(right);
    if (left.kind !== "literal") return right.members.some((member) => overlap(left, member));
    return literals.has(left.value) || others.some((member) => overlap(left, member));
  }
  if (left.kind === "list" && right.kind === "list") return overlap(left.item, right.item);
  if (left.kind === "never" || right.kind === "never") return true;
  if (left.kind === "extent" || right.kind === "extent") return left.kind === right.kind;
  return relateAt(left, right, false) === undefined || relateAt(right, left, false) === undefined;
}
