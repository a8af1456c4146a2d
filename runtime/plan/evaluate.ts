// Pure evaluation: what ARITH, CMP, CONCAT and BUILTIN compute, for the interpreter and for the compiler's constants alike.
// Operands have the types that the catalogue of functions says; the verifier, or the checker, has seen to it.
import { foldCase, lowerCase, upperCase } from "./case-mapping.ts";
import { comparison, equalValues } from "./compare.ts";
import type { FunctionName } from "./functions.ts";
import type { ArithmeticOperator, ComparedType, ComparisonOperator } from "./instructions.ts";
import { matchesWildcards } from "./like.ts";
import { limits } from "./limits.ts";
import type { Value } from "./value.ts";
import { durationText, parseInteger, sizeText, valueText } from "./value-text.ts";
import { isVersion } from "./version.ts";

/** A value, or why there is none: a failure with reason `value` and this message. */
export type Evaluation = { readonly value: Value } | { readonly failure: string };

const yes = { value: true } as const;
const no = { value: false } as const;

/** Checked integer arithmetic; `/` truncates towards zero. Never wraps, never gives a fraction. */
export function arithmetic(operator: ArithmeticOperator, a: number, b: number): Evaluation {
  if (operator === "/" && b === 0) return { failure: `${a} / 0: division by zero` };
  const result = integerResult(operator, a, b);
  if (!Number.isSafeInteger(result)) {
    return { failure: `${a} ${operator} ${b} is beyond ±9007199254740991, the largest number that there is` };
  }
  // Adding 0 turns −0, which JSON can't carry, into 0.
  return { value: result + 0 };
}

function integerResult(operator: ArithmeticOperator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return (a - (a % b)) / b;
  }
}

/** Typed comparison; with an absent side only `!=` is true. Never fails. */
export function compare(
  operator: ComparisonOperator,
  type: ComparedType,
  a: Value,
  b: Value,
): { readonly value: boolean } {
  return comparison(operator, type, a, b) ? yes : no;
}

/** Texts joined. */
export function concat(parts: readonly string[]): Evaluation {
  let length = 0;
  for (const part of parts) length += part.length;
  if (length > limits.stringLength) return tooLong(length);
  return { value: parts.join("") };
}

/** The list with one more item, as a new list. */
export function append(list: readonly Value[], item: Value): Evaluation {
  return list.length >= limits.listItems ? tooMany() : { value: [...list, item] };
}

/** A pure function of the catalogue. */
export function builtin(name: FunctionName, operands: readonly Value[]): Evaluation {
  return builtins[name](operands);
}

function tooLong(length: number): Evaluation {
  return {
    failure: `a text of ${length} UTF-16 units is longer than the ${limits.stringLength} that a value may have`,
  };
}

function tooMany(): Evaluation {
  return { failure: `a list may have ${limits.listItems} items at most` };
}

const text = (operands: readonly Value[], i: number): string => String(operands[i] ?? "");
const number = (operands: readonly Value[], i: number): number => Number(operands[i] ?? 0);
const list = (operands: readonly Value[], i: number): readonly Value[] => {
  const operand = operands[i] ?? null;
  return Array.isArray(operand) ? (operand as readonly Value[]) : [];
};
const truth = (value: boolean): Evaluation => (value ? yes : no);
const ofUnit =
  (unit: number) =>
  (operands: readonly Value[]): Evaluation =>
    arithmetic("/", number(operands, 0), unit);
const listOf = (items: readonly string[]): Evaluation =>
  items.length > limits.listItems ? tooMany() : { value: items };

function replaceAll(subject: string, wanted: string, replacement: string): Evaluation {
  if (wanted === "") return { failure: "replace: the text to look for is empty" };
  const parts = subject.split(wanted);
  const length = subject.length + (parts.length - 1) * (replacement.length - wanted.length);
  return length > limits.stringLength ? tooLong(length) : { value: parts.join(replacement) };
}

function joined(items: readonly string[], separator: string): Evaluation {
  let length = separator.length * Math.max(0, items.length - 1);
  for (const item of items) length += item.length;
  return length > limits.stringLength ? tooLong(length) : { value: items.join(separator) };
}

function linesOf(subject: string): Evaluation {
  const lines = subject.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return listOf(lines);
}

function characterCount(subject: string): number {
  let count = 0;
  for (const _ of subject) count += 1;
  return count;
}

const builtins: { readonly [name in FunctionName]: (operands: readonly Value[]) => Evaluation } = {
  "text.int": (o) => ({ value: String(number(o, 0)) }),
  "text.bool": (o) => ({ value: o[0] === true ? "true" : "false" }),
  "text.duration": (o) => ({ value: durationText(number(o, 0)) }),
  "text.size": (o) => ({ value: sizeText(number(o, 0)) }),
  "text.percent": (o) => ({ value: `${number(o, 0)}%` }),
  "text.version": (o) => ({ value: text(o, 0) }),
  "extent.size": (o) => ({ value: String(number(o, 0)) }),
  "extent.percent": (o) => ({ value: `${number(o, 0)}%` }),
  "text.value": (o) => concat([valueText(o[0] ?? null)]),
  equalsFolded: (o) => truth(typeof o[0] === "string" && foldCase(o[0]) === foldCase(text(o, 1))),
  like: (o) => (typeof o[0] === "string" ? matchesWildcards(o[0], text(o, 1)) : no),
  in: ([item = null, ...rest]) => truth(item !== null && list(rest, 0).some((member) => equalValues(item, member))),
  inVersions: ([item = null, ...rest]) =>
    truth(item !== null && list(rest, 0).some((member) => comparison("==", "version", item, member))),
  nonEmpty: (o) => ({ value: text(o, 0) === "" ? null : text(o, 0) }),
  contains: (o) => truth(text(o, 0).includes(text(o, 1))),
  startsWith: (o) => truth(text(o, 0).startsWith(text(o, 1))),
  endsWith: (o) => truth(text(o, 0).endsWith(text(o, 1))),
  lower: (o) => ({ value: lowerCase(text(o, 0)) }),
  upper: (o) => ({ value: upperCase(text(o, 0)) }),
  trim: (o) => ({ value: text(o, 0).trim() }),
  replace: (o) => replaceAll(text(o, 0), text(o, 1), text(o, 2)),
  split: (o) =>
    text(o, 1) === "" ? { failure: "split: the separator is empty" } : listOf(text(o, 0).split(text(o, 1))),
  lines: (o) => linesOf(text(o, 0)),
  join: (o) => joined(list(o, 0).map(String), text(o, 1)),
  int: (o) => ({ value: parseInteger(text(o, 0)) }),
  version: (o) => ({ value: isVersion(text(o, 0)) ? text(o, 0) : null }),
  reveal: (o) => ({ value: text(o, 0) }),
  "string.length": (o) => ({ value: characterCount(text(o, 0)) }),
  "list.length": (o) => ({ value: list(o, 0).length }),
  "duration.milliseconds": ofUnit(1),
  "duration.seconds": ofUnit(1000),
  "duration.minutes": ofUnit(60_000),
  "duration.hours": ofUnit(3_600_000),
  "size.bytes": ofUnit(1),
  "size.kilobytes": ofUnit(1024),
  "size.megabytes": ofUnit(1024 ** 2),
  "size.gigabytes": ofUnit(1024 ** 3),
};
