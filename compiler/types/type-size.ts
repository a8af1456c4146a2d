// How large a type is, since comparing, showing and writing types goes through all of their parts. Aliases let a short
// text name a type of any size: each type here is measured once, however often it stands in others.
import { limits } from "@sequitur/runtime/plan";
import type { Type } from "./type.ts";

interface TypeSize {
  /** As a plan counts them: lists, records, optionals and scalars. */
  readonly parts: number;
  /** How deep its values nest. */
  readonly depth: number;
}

const scalar: TypeSize = { parts: 1, depth: 1 };
const measured = new WeakMap<Type, TypeSize>();

/** Whether a type keeps the limits that a plan sets for types. */
export function isTooLarge(type: Type): boolean {
  const { parts, depth } = sizeOf(type);
  return parts > limits.typeParts || depth > limits.valueDepth;
}

/** What a type is at most, as the end of a sentence. */
export const typeSizeRange: string = `of at most ${limits.typeParts} parts, nested at most ${limits.valueDepth} deep`;

function sizeOf(type: Type): TypeSize {
  const known = measured.get(type);
  if (known !== undefined) return known;
  const size = measure(type);
  measured.set(type, size);
  return size;
}

function measure(type: Type): TypeSize {
  switch (type.kind) {
    case "optional": {
      const { parts, depth } = sizeOf(type.inner);
      return { parts: parts + 1, depth };
    }
    case "list": {
      const { parts, depth } = sizeOf(type.item);
      return { parts: parts + 1, depth: depth + 1 };
    }
    case "record":
      return sum([...type.fields.values()], 1);
    case "union":
      // Literals are looked up, not gone through.
      return sum(
        type.members.filter((member) => member.kind !== "literal"),
        0,
      );
    default:
      return scalar;
  }
}

function sum(types: readonly Type[], levels: 0 | 1): TypeSize {
  let parts = 1;
  let depth = 0;
  for (const type of types) {
    const size = sizeOf(type);
    parts += size.parts;
    depth = Math.max(depth, size.depth);
  }
  return { parts, depth: Math.max(depth + levels, 1) };
}
