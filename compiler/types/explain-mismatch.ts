// The words for a mismatch that relation.ts found: what stands there, what was asked for, and why the one is not the
// other.
import { describeType, printType } from "./print-type.ts";
import type { Mismatch, ReadableKind } from "./relation.ts";
import { membersOf, widened, withoutOptional } from "./constructors.ts";
import type { Type } from "./type.ts";

/** One clause for the middle of a message: `an int, but a string is needed`. */
export function explainMismatch(from: Type, to: Type, mismatch: Mismatch): string {
  const detail = detailOf(mismatch);
  const target = withoutOptional(to);
  const given = describeType(showsLiteral(target) || mismatch.kind === "unreadable" ? from : widened(from));
  return `${given}, but ${describeType(target)} is needed${detail === undefined ? "" : `: ${detail}`}`;
}

/** Against a union of literals the very value matters; against `int` its type says enough. */
function showsLiteral(to: Type): boolean {
  return to.kind === "version" || membersOf(to).some((member) => member.kind === "literal");
}

/** How a text must look to be read as one. */
const formOf: { readonly [K in ReadableKind]: string } = {
  version: "a version is one to eight numbers between dots, such as 10.0.22631",
  duration: "a duration is a number and its unit, such as 500ms, 30s, 10m, 2h or 1d",
  size: "a size is a number and its unit, such as 512MB or 40GB",
  extent: "it is a size, such as 512MB or 40GB, or a share, such as 100%",
};

function detailOf(mismatch: Mismatch): string | undefined {
  switch (mismatch.kind) {
    case "different":
    case "optional":
    case "secret":
      return undefined;
    case "unreadable":
      return formOf[mismatch.as];
    case "missingField":
      return `the field "${mismatch.field}" (${printType(mismatch.type)}) is missing`;
    case "extraField":
      return `there is no field "${mismatch.field}"; it has ${mismatch.fields.join(", ")}`;
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
