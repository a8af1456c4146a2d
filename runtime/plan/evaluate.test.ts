import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldCase } from "./case-mapping.ts";
import { compareText } from "./compare.ts";
import { append, arithmetic, builtin, compare, concat } from "./evaluate.ts";
import type { Evaluation } from "./evaluate.ts";
import { functions } from "./functions.ts";
import type { FunctionDeclaration } from "./functions.ts";
import { matchesWildcards } from "./like.ts";
import { limits } from "./limits.ts";
import { arithmeticVectors, comparisonVectors, fails, functionVectors } from "./test/expression-vectors.ts";
import { valueProblem } from "./value-check.ts";
import { versionHead } from "./version.ts";

const outcome = (evaluation: Evaluation): unknown => ("value" in evaluation ? evaluation.value : fails);

test.each(arithmeticVectors)("%d %s %d", (a, operator, b, expected) => {
  expect(outcome(arithmetic(operator, a, b))).toBe(expected);
});

test.each(comparisonVectors)("%j %s %j as %s is %s", (a, operator, b, type, expected) => {
  expect(compare(operator, type, a, b).value).toBe(expected);
});

describe("functions", () => {
  test.each(functionVectors)("%s", (name, operands, expected) => {
    expect(outcome(builtin(name, operands))).toEqual(expected);
  });

  test("every function has vectors; results are of its type; only those fail that say so", () => {
    const catalogue: { readonly [name: string]: FunctionDeclaration } = functions;
    expect(new Set(functionVectors.map(([name]) => name))).toEqual(new Set(Object.keys(functions)));
    for (const [name, , expected] of functionVectors) {
      const declared = catalogue[name]!;
      if (expected === fails) expect(declared.fails, name).toBe(true);
      else expect(valueProblem(expected, declared.result), name).toBe(null);
    }
  });
});

test("texts and lists have limits", () => {
  const half = "x".repeat(limits.stringLength / 2);
  expect(concat([half, half])).toEqual({ value: half + half });
  expect(concat([half, half, "y"])).toHaveProperty("failure");
  expect(append([1], 2)).toEqual({ value: [1, 2] });
  expect(append(new Array<number>(limits.listItems).fill(0), 1)).toHaveProperty("failure");
});

test("division agrees with integer arithmetic of any size", () => {
  const safe = fc.maxSafeInteger();
  fc.assert(
    fc.property(safe, safe, (a, b) => {
      fc.pre(b !== 0);
      expect(outcome(arithmetic("/", a, b))).toBe(Number(BigInt(a) / BigInt(b)));
    }),
  );
});

test("text is ordered by code point", () => {
  const units = fc.constantFrom("a", "\ue000", "\uffff", "\u{10000}", "\u{10ffff}");
  const text = fc.array(units, { maxLength: 4 }).map((characters) => characters.join(""));
  const byCodePoint = (a: string, b: string): number => {
    const [left, right] = [Array.from(a), Array.from(b)];
    const at = left.findIndex((character, i) => character !== right[i]);
    if (at < 0) return left.length - right.length;
    return (left[at]!.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
  };
  fc.assert(fc.property(text, text, (a, b) => Math.sign(compareText(a, b)) === Math.sign(byCodePoint(a, b))));
});

test("wildcards agree with the regular expression that they stand for", () => {
  const text = fc.array(fc.constantFrom("a", "b", "A"), { maxLength: 8 }).map((characters) => characters.join(""));
  const pattern = fc.array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 6 }).map((symbols) => symbols.join(""));
  fc.assert(
    fc.property(text, pattern, (subject, wildcards) => {
      const expected = new RegExp(`^${wildcards.replaceAll("*", ".*").replaceAll("?", ".")}$`, "isu").test(subject);
      expect(outcome(matchesWildcards(subject, wildcards))).toBe(expected);
    }),
  );
});

test("many stars take no exponential time, and text × pattern has a limit", () => {
  expect(matchesWildcards("a".repeat(5000), `${"*a".repeat(50)}*b`)).toEqual({ value: false });
  const longest = "a".repeat(limits.stringLength);
  expect(matchesWildcards(longest, "*aaaaaaaaaaaab*")).toEqual({ value: false });
  expect(matchesWildcards(longest, longest)).toEqual({ value: true });
  const costly = builtin("like", [longest, `*${"a".repeat(limits.stringLength / 2)}b`]);
  expect(costly).toEqual({ failure: expect.stringContaining("like: a text of 1048576 UTF-16 units") as string });
});

test("case folding is that of the engine's regular expressions, for letters that every engine here knows", () => {
  // Up to U+1FFF and for Deseret the tables have not changed since Unicode 8.
  const blocks = [
    [0, 0x1c7f],
    [0x1cbf, 0x1fff],
    [0x10400, 0x1044f],
  ] as const;
  for (const [first, last] of blocks) {
    for (let code = first; code <= last; code += 1) {
      const character = String.fromCodePoint(code);
      const folded = foldCase(character);
      if (folded === character) continue;
      expect(new RegExp(`^\\u{${code.toString(16)}}$`, "iu").test(folded), `U+${code.toString(16)}`).toBe(true);
    }
  }
  for (const character of ["ß", "ı", "İ", "ŉ"]) expect(foldCase(character)).toBe(character);
});

test("the version that a machine reports is cut to its numeric head", () => {
  expect(versionHead("6.1.0-13-amd64")).toBe("6.1.0");
  expect(versionHead(" 10.0.19045 ")).toBe("10.0.19045");
  expect(versionHead("v1")).toBe(null);
});
