import { expect, test } from "vitest";
import { actions } from "./actions.ts";
import { facts } from "./facts.ts";
import { planFormatDocument } from "./format-document.ts";
import { functions } from "./functions.ts";
import { instructions } from "./instructions.ts";
import { limits } from "./limits.ts";
import { verifierRules } from "./plan-problem.ts";

test("the reference page has a row for everything in the tables", () => {
  const page = planFormatDocument();
  const rows = page.split("\n").filter((line) => line.startsWith("| "));
  for (const table of [actions, facts, functions, instructions, limits, verifierRules]) {
    for (const name of Object.keys(table)) {
      expect(
        rows.some((row) => new RegExp(`^\\| \`?${name.replaceAll(".", "\\.")}\\b`).test(row)),
        name,
      ).toBe(true);
    }
  }
  expect(page).not.toContain("undefined");
});
