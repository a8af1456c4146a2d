// What `check --fix` does to texts.
import { expect, test } from "vitest";
import type { Fix } from "@sequitur/grammar";
import { finding } from "../test-support/sample-findings.ts";
import { applyFixes } from "./apply-fixes.ts";

const file = "a.seq";
const edit = (start: number, end: number, text: string, of = file) => ({ file: of, start, end, text });
const fixable = (...fixes: Fix[]) => finding("m", { file, start: 0, end: 0 }, { fixes });
const safe = (...edits: Fix["edits"]): Fix => ({ title: "t", safe: true, edits });
const apply = (
  diagnostics: ReturnType<typeof fixable>[],
  texts: { [path: string]: string } = { [file]: "0123456789" },
) => {
  const result = applyFixes(diagnostics, new Map(Object.entries(texts)), "safe");
  return { ...result, texts: Object.fromEntries(result.texts) };
};

test("applies safe fixes in any order", () => {
  expect(apply([fixable(safe(edit(5, 6, "five"))), fixable(safe(edit(0, 0, "<"), edit(9, 10, "")))])).toEqual({
    texts: { [file]: "<01234five678" },
    applied: 2,
    deferred: 0,
  });
});

test("leaves unsafe ones alone", () => {
  expect(apply([fixable({ ...safe(edit(0, 1, "x")), safe: false })]).texts).toEqual({});
});

test("takes the first safe one of several", () => {
  const unsafe = { ...safe(edit(0, 1, "u")), safe: false };
  expect(apply([fixable(unsafe, safe(edit(0, 1, "s")), safe(edit(0, 1, "t")))]).texts).toEqual({
    [file]: "s123456789",
  });
});

test("puts off what overlaps, and applies a fix whole or not at all", () => {
  const result = apply([fixable(safe(edit(2, 5, "x"))), fixable(safe(edit(8, 9, "y"), edit(4, 6, "z")))]);
  expect(result).toEqual({ texts: { [file]: "01x56789" }, applied: 1, deferred: 1 });
});

test("takes what two findings offer alike once", () => {
  expect(apply([fixable(safe(edit(3, 3, "+"))), fixable(safe(edit(3, 3, "+")))])).toMatchObject({
    texts: { [file]: "012+3456789" },
    applied: 1,
    deferred: 0,
  });
});

test("does not guess the order of two insertions in one place", () => {
  expect(apply([fixable(safe(edit(3, 3, "a"))), fixable(safe(edit(3, 3, "b")))])).toMatchObject({
    applied: 1,
    deferred: 1,
  });
});

test("reaches every file of a fix", () => {
  const both = fixable(safe(edit(0, 1, "A"), edit(0, 1, "B", "b.seq")));
  expect(apply([both], { [file]: "xx", "b.seq": "yy" }).texts).toEqual({ [file]: "Ax", "b.seq": "By" });
  expect(apply([both]).texts).toEqual({});
});
