// Makes a constant into what its place asks for: text into a version, duration or size, a size or percentage into an extent.
// The checker has decided that it fits; nothing is reported here.
import type { Value } from "@sequitur/runtime/plan";
import { parseQuantity } from "../types/quantity.ts";
import type { Type } from "../types/type.ts";

/** Can a value of type `from` only become `to` by a conversion at run time? */
export function needsConversion(from: Type, to: Type): "extent.size" | "extent.percent" | null {
  const target = to.kind === "optional" ? to.inner : to;
  const source = from.kind === "optional" ? from.inner : from;
  if (target.kind !== "extent") return null;
  if (source.kind === "size") return "extent.size";
  return source.kind === "percent" ? "extent.percent" : null;
}

/** The constant `value` of type `from` as a value of type `to`. */
export function fitConstant(value: Value, from: Type, to: Type): Value {
  if (value === null) return value;
  if (to.kind === "optional") return fitConstant(value, from, to.inner);
  if (from.kind === "optional") return fitConstant(value, from.inner, to);
  if (to.kind === "extent") {
    if (typeof value === "number") return from.kind === "percent" ? `${value}%` : String(value);
    return typeof value === "string" ? extentOfText(value) : value;
  }
  if ((to.kind === "duration" || to.kind === "size") && typeof value === "string") {
    return parseQuantity(value, to.kind) ?? value;
  }
  if (to.kind === "list" && isList(value)) {
    return value.map((item) => fitConstant(item, from.kind === "list" ? from.item : to.item, to.item));
  }
  if (to.kind === "record" && typeof value === "object" && !isList(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, field]) => {
        const wanted = to.fields.get(name);
        const given = from.kind === "record" ? from.fields.get(name) : wanted;
        return [name, wanted === undefined ? field : fitConstant(field, given ?? wanted, wanted)];
      }),
    );
  }
  return value;
}

function extentOfText(text: string): string {
  const size = parseQuantity(text, "size");
  return size === undefined ? text : String(size);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}
