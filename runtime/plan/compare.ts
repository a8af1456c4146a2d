// Order and equality of values, as CMP, `in` and the compiler's constants see them.
import type { ComparedType, ComparisonOperator } from "./instructions.ts";
import type { Value } from "./value.ts";
import { compareVersions } from "./version.ts";

/** Negative, zero or positive: by code point, which UTF-16 units do not give once a text leaves the first plane. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i += 1) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) {
      const leftAstral = left >= 0xd800 && left < 0xe000;
      const rightAstral = right >= 0xd800 && right < 0xe000;
      return leftAstral === rightAstral ? left - right : leftAstral ? 1 : -1;
    }
  }
  return a.length - b.length;
}

/** Equal in structure: lists item by item, records field by field. */
export function equalValues(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return false;
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    return a.every((item, i) => equalValues(item, b[i] ?? null));
  }
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every((name) => Object.hasOwn(b, name) && equalValues(a[name] ?? null, b[name] ?? null))
  );
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}

const order: { readonly [type in ComparedType]: (a: Value, b: Value) => number } = {
  string: (a, b) => compareText(String(a), String(b)),
  version: (a, b) => compareVersions(String(a), String(b)),
  int: (a, b) => Number(a) - Number(b),
  duration: (a, b) => Number(a) - Number(b),
  size: (a, b) => Number(a) - Number(b),
  value: (a, b) => (equalValues(a, b) ? 0 : 1),
};

/** The answer of a comparison. With an absent side only `!=` is true. `value` knows `==` and `!=` alone. */
export function comparison(operator: ComparisonOperator, type: ComparedType, a: Value, b: Value): boolean {
  if (a === null || b === null) return operator === "!=";
  const difference = order[type](a, b);
  switch (operator) {
    case "==":
      return difference === 0;
    case "!=":
      return difference !== 0;
    case "<":
      return difference < 0;
    case "<=":
      return difference <= 0;
    case ">":
      return difference > 0;
    case ">=":
      return difference >= 0;
  }
}
