// Which names conditions ask about, by their text alone. Conditions without a name in common say nothing about each other,
// since no name can hide another one: most are done with after this look, before anything is worked out.
import type { Expression } from "@sequitur/grammar";

/** More than this is not looked through: the answer is yes then. Keeps the cost of a look constant. */
const mostConditions = 8;
const mostParts = 16;

/** May what these conditions say be about what this single comparison asks for? Conditions that are undefined may. */
export function mayConcern(
  conditions: readonly { readonly condition: Expression | undefined }[],
  comparison: Expression,
): boolean {
  if (conditions.length > mostConditions) return true;
  const name = askedName(comparison);
  for (const { condition } of conditions) {
    if (name === undefined || condition === undefined || mayMention(condition, name)) return true;
  }
  return false;
}

/** The name that a comparison with a literal, or a flag, is about; undefined: it may be about any. */
function askedName(comparison: Expression): string | undefined {
  if (comparison.kind !== "binary") return rootName(comparison);
  return isLiteral(comparison.left) ? rootName(comparison.right) : rootName(comparison.left);
}

function mayMention(condition: Expression, name: string): boolean {
  let rest = condition;
  // A loop: a chain leans to the left.
  for (let parts = 0; rest.kind === "binary"; parts += 1) {
    const { right } = rest;
    const isFound = right.kind === "binary" ? mayCompare(right.left, right.right, name) : isAbout(right, name);
    if (parts === mostParts || isFound) return true;
    rest = rest.left;
  }
  return isAbout(rest, name);
}

function mayCompare(left: Expression, right: Expression, name: string): boolean {
  return isAbout(left, name) || isAbout(right, name);
}

/** A single operand; what is not plain may be about any name. */
function isAbout(operand: Expression, name: string): boolean {
  if (isLiteral(operand)) return false;
  const root = rootName(operand);
  return root === undefined || root === name;
}

function isLiteral({ kind }: Expression): boolean {
  return kind === "string" || kind === "number" || kind === "boolean";
}

/** `a` of `a` and of `a.b.c`. */
function rootName(expression: Expression): string | undefined {
  let inner = expression;
  while (inner.kind === "member") inner = inner.object;
  return inner.kind === "reference" ? inner.name.text : undefined;
}
