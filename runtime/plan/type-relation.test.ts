import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseType } from "./test/assemble.ts";
import type { PlanType } from "./plan-type.ts";
import {
  arithmeticType,
  commonType,
  fits,
  holdsSecret,
  isComparable,
  optionalOf,
  typeDepth,
  typeText,
} from "./type-relation.ts";

describe("fits", () => {
  test.each([
    ["string", "string", true],
    ["string", "string?", true],
    ["string?", "string", false],
    ["string?", "string?", true],
    ["string", "secret", true],
    ["secret", "string", false],
    ["list<string>", "list<secret>", true],
    ["list<secret>", "list<string>", false],
    ["never", "int", true],
    ["int", "never", false],
    ["list<never>", "list<int>", true],
    ["never?", "int?", true],
    ["int", "duration", false],
    ["size", "extent", false],
    ["package", "image", false],
    ["{a:int}", "{a:int,b:string?}", true],
    ["{a:int}", "{a:int,b:string}", false],
    ["{a:int,c:int}", "{a:int}", false],
    ["{a:string}", "{a:secret?}", true],
    ["{}", "{toString:int}", false],
    ["{toString:int}", "{}", false],
  ])("%s in place of %s: %s", (from, to, expected) => {
    expect(fits(parseType(from), parseType(to))).toBe(expected);
  });
});

describe("what two branches have in common", () => {
  test.each([
    ["string", "secret", "secret"],
    ["never?", "int", "int?"],
    ["int", "string", null],
    ["int?", "string?", null],
    ["list<never>", "list<int>", "list<int>"],
    ["list<string>", "list<secret>", "list<secret>"],
    ["{a:int}", "{b:int}", "{ a: int?, b: int? }"],
    ["{a:int}", "{a:string}", null],
  ])("%s and %s: %s", (a, b, expected) => {
    const common = commonType(parseType(a), parseType(b));
    expect(common === null ? null : typeText(common)).toBe(expected);
  });
});

const { type: anyType } = fc.letrec<{ type: PlanType }>((tie) => ({
  type: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<PlanType>("string", "int", "secret", "never", "bool"),
    tie("type").map((list): PlanType => ({ list })),
    tie("type").map(optionalOf),
    fc
      .dictionary(fc.constantFrom("a", "b"), tie("type"), { noNullPrototype: true })
      .map((record): PlanType => ({ record })),
  ),
}));

test("the relation is an order, and the common type an upper bound", () => {
  fc.assert(
    fc.property(anyType, anyType, anyType, (a, b, c) => {
      expect(fits(a, a)).toBe(true);
      if (fits(a, b) && fits(b, c)) expect(fits(a, c)).toBe(true);
      const common = commonType(a, b);
      if (common !== null) expect(fits(a, common) && fits(b, common)).toBe(true);
      if (holdsSecret(a) && fits(a, b)) expect(holdsSecret(b)).toBe(true);
      expect(typeDepth(a)).toBeGreaterThan(0);
    }),
    { numRuns: 2000 },
  );
});

test("arithmetic keeps units", () => {
  const of = (text: string): string => {
    const [a, operator, b] = text.split(" ") as [PlanType, "+", PlanType];
    const type = arithmeticType(operator, a, b);
    return type === null ? "none" : typeText(type);
  };
  expect(
    ["int + int", "duration + duration", "duration + int", "duration * int", "int * size", "size * size"].map(of),
  ).toEqual(["int", "duration", "none", "duration", "size", "none"]);
  expect(["size / size", "size / int", "int / size", "duration - size", "string + string"].map(of)).toEqual([
    "int",
    "size",
    "none",
    "none",
    "none",
  ]);
});

test("comparisons never see a secret, and only the left side may be absent", () => {
  expect(isComparable("==", "string", "secret", "string")).toBe(false);
  expect(isComparable("==", "string", { optional: "string" }, "string")).toBe(true);
  expect(isComparable("==", "string", "string", { optional: "string" })).toBe(false);
  expect(isComparable("<", "value", { list: "int" }, { list: "int" })).toBe(false);
  expect(isComparable("!=", "value", { list: "int" }, { list: "never" })).toBe(true);
});
