// A type of TypeScript as one of the language. Only what is data, and means the same on both sides, has one.
import type { Node, Symbol as TypeScriptSymbol, Type as TypeScriptType } from "ts-morph";
import { limits } from "@sequitur/runtime/plan";
import {
  boolType,
  durationType,
  handleType,
  intType,
  listOf,
  literalType,
  optionalOf,
  recordOf,
  secretType,
  sizeType,
  stringType,
  versionType,
} from "../types/constructors.ts";
import type { Type } from "../types/type.ts";

/** `why` is a clause about what stands at `place`: `record.parts[].size`; empty: the whole. */
export type ReadType = { readonly type: Type } | { readonly why: string; readonly place?: string };

/** What is wrong with a type, as one clause. */
export function unfitText({ why, place = "" }: { readonly why: string; readonly place?: string }): string {
  if (place === "") return why;
  const shown = place.length > 60 ? `${place.slice(0, 59)}…` : place;
  return shown === "[]" ? `in its items, ${why}` : `in its field "${shown}", ${why}`;
}

/** The place of a part, from where its whole is looked at. */
function within(part: string, place = ""): string {
  return place === "" || place.startsWith("[]") ? part + place : `${part}.${place}`;
}

/** What the SDK's types are in a sequence, by their mark. */
const markedTypes: { readonly [mark: string]: Type } = {
  duration: durationType,
  size: sizeType,
  version: versionType,
  secret: secretType,
  package: handleType("package"),
  application: handleType("application"),
  file: handleType("file"),
  image: handleType("image"),
};
const mark = "~sequitur";

/** `at`: the place that symbols are looked at from. Unions of literals are bare words, as in built-in actions. */
export function readType(type: TypeScriptType, at: Node): ReadType {
  return new TypeReader(at).read(type);
}

class TypeReader {
  readonly #at: Node;
  /** Records that are being read: one of them again is a type that holds itself. */
  readonly #open = new Set<unknown>();
  #parts = 0;

  constructor(at: Node) {
    this.#at = at;
  }

  read(type: TypeScriptType): ReadType {
    this.#parts += 1;
    if (this.#parts > limits.typeParts) return { why: `its type has more than ${limits.typeParts} parts` };
    if (this.#open.size >= limits.valueDepth) return { why: `its type is nested deeper than ${limits.valueDepth}` };
    if (type.isAny()) return { why: "any says nothing of what it is" };
    if (type.isUnknown()) return { why: "unknown says nothing of what it is" };
    if (type.isString()) return { type: stringType };
    if (type.isNumber()) return { type: intType };
    if (type.isBoolean()) return { type: boolType };
    if (type.isUnion()) return this.#union(type);
    const literal = literalOf(type);
    if (literal !== undefined) return literalFits(literal) ? { type: literalType(literal) } : unfit(type, this.#at);
    const marked = this.#marked(type);
    if (marked !== undefined) return { type: marked };
    if (type.isArray() || type.isReadonlyArray()) return this.#list(type);
    return type.isObject() || type.isIntersection() ? this.#record(type) : unfit(type, this.#at);
  }

  #union(type: TypeScriptType): ReadType {
    const members = type.getUnionTypes();
    if (members.some((member) => member.isNull())) return { why: "null has no counterpart; make it optional with ?" };
    const present = members.filter((member) => !member.isUndefined());
    const inner = this.#members(type, present);
    return "why" in inner || present.length === members.length ? inner : { type: optionalOf(inner.type) };
  }

  #members(type: TypeScriptType, members: readonly TypeScriptType[]): ReadType {
    const [only] = members;
    if (only === undefined) return unfit(type, this.#at);
    if (members.length === 1) return this.read(only);
    if (members.every((member) => member.isBooleanLiteral())) return { type: boolType };
    const literals = members.map(literalOf).filter((literal) => literal !== undefined);
    if (literals.length !== members.length || !literals.every(literalFits)) {
      return { why: `it is of type ${textOf(type, this.#at)}; the members of a union must be literals` };
    }
    if (new Set(literals.map((literal) => typeof literal)).size > 1) {
      return { why: "it mixes texts and numbers; the members of a union must be of one kind" };
    }
    const areTexts = literals.every((literal) => typeof literal === "string");
    return { type: { kind: "union", members: literals.map(literalType), ...(areTexts ? { words: true } : {}) } };
  }

  #marked(type: TypeScriptType): Type | undefined {
    const property = type.isIntersection() ? type.getProperty(mark) : undefined;
    const name = property?.getTypeAtLocation(this.#at).getLiteralValue();
    return typeof name === "string" && Object.hasOwn(markedTypes, name) ? markedTypes[name] : undefined;
  }

  #list(type: TypeScriptType): ReadType {
    const item = this.read(type.getArrayElementTypeOrThrow());
    if ("why" in item) return { why: item.why, place: within("[]", item.place) };
    return item.type.kind === "optional" ? { why: "an item of a list can't be left out" } : { type: listOf(item.type) };
  }

  #record(type: TypeScriptType): ReadType {
    if (!isPlainRecord(type)) return unfit(type, this.#at);
    const identity = type.compilerType;
    if (this.#open.has(identity)) return { why: `its type ${textOf(type, this.#at)} holds itself` };
    this.#open.add(identity);
    const fields: [string, Type][] = [];
    for (const property of type.getProperties()) {
      const field = this.read(propertyType(property, this.#at));
      if ("why" in field) return { why: field.why, place: within(property.getName(), field.place) };
      fields.push([property.getName(), property.isOptional() ? optionalOf(field.type) : field.type]);
    }
    this.#open.delete(identity);
    return { type: recordOf(fields) };
  }
}

/** The type of a field, without the `undefined` that its `?` adds. */
export function propertyType(property: TypeScriptSymbol, at: Node): TypeScriptType {
  return property.getTypeAtLocation(at);
}

/** An object type with named fields alone, which the author or a package has written down. */
export function isPlainRecord(type: TypeScriptType): boolean {
  if (type.isTuple() || type.isTypeParameter() || type.getCallSignatures().length > 0) return false;
  if (type.getConstructSignatures().length > 0) return false;
  if (type.getStringIndexType() !== undefined || type.getNumberIndexType() !== undefined) return false;
  if (type.getProperties().length === 0 && !type.isAnonymous() && !type.isInterface()) return false;
  return !type.isClass() && !isOfTypeScript(type);
}

/** Date, Map, Promise: objects that are more than their fields. */
function isOfTypeScript(type: TypeScriptType): boolean {
  if (!type.isInterface() && !type.isClass()) return false;
  const declarations = type.getSymbol()?.getDeclarations() ?? [];
  return declarations.some((declaration) => {
    const path = declaration.getSourceFile().getFilePath();
    return path.includes("/node_modules/typescript/lib/") || path.includes("/node_modules/@types/node/");
  });
}

function literalOf(type: TypeScriptType): string | number | boolean | undefined {
  if (type.isBooleanLiteral()) return type.getText() === "true";
  const value = type.isLiteral() ? type.getLiteralValue() : undefined;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function literalFits(literal: string | number | boolean): boolean {
  return typeof literal !== "number" || Number.isSafeInteger(literal);
}

function unfit(type: TypeScriptType, at: Node): { readonly why: string } {
  return { why: `it is of type ${textOf(type, at)}, which has no counterpart` };
}

/** A type as its author wrote it, cut to a length that a message can take. */
export function textOf(type: TypeScriptType, at: Node): string {
  const text = type.getText(at).replace(/\s+/g, " ");
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
