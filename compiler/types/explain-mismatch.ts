// The words for a mismatch that relation.ts found: what stands there, what was asked for, and why the one is not the
// other.
import { describeType, printType } from "./print-type.ts";
import type { Mismatch } from "./relation.ts";
import { membersOf, widened, withoutOptional } from "./constructors.ts";
import type { Type } from "./type.ts";

/** One clause for the middle of a message: `an int, but a string is needed`. */
export function explainMismatch(from: Type, to: Type, mismatch: Mismatch): string {
  const detail = detailOf(mismatch);
  const target = withoutOptional(to);
  const given = describeType(showsLiteral(target) ? from : widened(from));
  return `${given}, but ${describeType(target)} is needed${detail === undefined ? "" : `: ${detail}`}`;
}

/** Against a union of literals the very value matters; against `int` its type says enough. */
function showsLiteral(to: Type): boolean {
  return to.kind === "version" || membersOf(to).some((member) => member.kind === "literal");
}

function detailOf(mismatch: Mismatch): string | undefined {
  switch (mismatch.kind) {
    case "different":
    case "optional":
    case "secret":
      return undefined;
    case "notVersion":
      return "a version is one to eight numbers between dots, such as 10.0.22631";
    case "missingField":
      return `the field "${mismatch.field}" (${printType(mismatch.type)}) is missing`;
    case "extraField":
      return `there is no field "${mismatch.field}"`;
    case "field":
      return `the field "${mismatch.field}" is ${innerText(mismatch.inner)}`;
    case "item":
      return `an item is ${innerText(mismatch.inner)}`;
    case "member":
      return `it may be ${describeType(mismatch.member)}`;
  }
}

function innerText(mismatch: Mismatch): string {
  if (mismatch.kind === "member") return innerText(mismatch.inner);
  if (mismatch.kind === "different" || mismatch.kind === "optional" || mismatch.kind === "secret") {
    const given = showsLiteral(mismatch.to) ? mismatch.from : widened(mismatch.from);
    return `${describeType(given)} in place of ${describeType(mismatch.to)}`;
  }
  return detailOf(mismatch) ?? "of another type";
}
