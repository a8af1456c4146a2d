// Every entry of the catalogue proves itself: `wrong` gives exactly its code, `right` gives nothing.
import { describe, expect, test } from "vitest";
import type { DiagnosticDeclaration } from "@sequitur/grammar";
import { checkFiles } from "../test-support/check.ts";
import { clauseDiagnostics } from "./clauses.ts";
import { flowDiagnostics } from "./flow.ts";
import { nameDiagnostics } from "./names.ts";
import { secretDiagnostics } from "./secrets.ts";
import { typeDiagnostics } from "./types.ts";

const catalogues: Readonly<{ [code: string]: DiagnosticDeclaration }> = {
  ...nameDiagnostics,
  ...typeDiagnostics,
  ...flowDiagnostics,
  ...clauseDiagnostics,
  ...secretDiagnostics,
};

function codesOf(text: string, files: DiagnosticDeclaration["files"] = {}): readonly string[] {
  const { diagnostics } = checkFiles({ "main.seq": text, ...files });
  return diagnostics.map((diagnostic) => `${diagnostic.code} ${diagnostic.message}`);
}

describe("the examples of the catalogue", () => {
  for (const [code, declaration] of Object.entries(catalogues)) {
    test(`${code} ${declaration.name}: the wrong example gives exactly this`, () => {
      const found = codesOf(declaration.wrong, declaration.files);
      expect(found.map((text) => text.slice(0, code.length))).toEqual([code]);
    });
    test(`${code} ${declaration.name}: the right example gives nothing`, () => {
      expect(codesOf(declaration.right, declaration.files)).toEqual([]);
    });
  }
});

test("names are unique", () => {
  const names = Object.values(catalogues).map((declaration) => declaration.name);
  expect(new Set(names).size).toBe(names.length);
});
