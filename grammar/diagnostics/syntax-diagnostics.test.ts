// Every entry of the catalogue holds: its wrong example gives this code alone, its right one nothing.
import { describe, expect, test } from "vitest";
import { parse, syntaxDiagnostics } from "../index.ts";

const codesOf = (text: string): string[] => parse(text, "example.seq").diagnostics.map((diagnostic) => diagnostic.code);

describe("the catalogue of syntax errors", () => {
  for (const [code, entry] of Object.entries(syntaxDiagnostics)) {
    test(`${code} ${entry.name}: the wrong example gives it alone`, () => {
      expect(codesOf(entry.wrong)).toEqual([code]);
    });
    test(`${code} ${entry.name}: the right example gives nothing`, () => {
      expect(codesOf(entry.right)).toEqual([]);
    });
  }

  test("names are unique", () => {
    const names = Object.values(syntaxDiagnostics).map((entry) => entry.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
