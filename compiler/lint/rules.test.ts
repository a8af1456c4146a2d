// Every rule proves itself: with the rule on, its `wrong` gives exactly its code, its `right` gives nothing.
import { describe, expect, test } from "vitest";
import { allDiagnostics } from "../all-diagnostics.ts";
import { check } from "../check.ts";
import { memoryHost } from "../memory-host.ts";
import { lintRules } from "./rules.ts";
import type { LintRule } from "./rule.ts";

/** Findings of an example, with the rule that it is for turned on. */
function findings(rule: LintRule, text: string): readonly string[] {
  const settings = rule.off ? { "sequitur.json": JSON.stringify({ rules: { [rule.code]: rule.severity } }) } : {};
  const host = memoryHost({ ...settings, ...rule.files, "main.seq": text });
  return check(host, ["main.seq"]).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe.each(lintRules)("$code $name", (rule) => {
  test("the wrong example gives exactly this", () => {
    expect(findings(rule, rule.wrong).map((text) => text.slice(0, rule.code.length))).toEqual([rule.code]);
  });
  test("the right example gives nothing", () => {
    expect(findings(rule, rule.right)).toEqual([]);
  });
});

test("codes and names are unique in the whole catalogue", () => {
  expect(lintRules.map((rule) => rule.code)).toEqual([...new Set(lintRules.map((rule) => rule.code))].sort());
  const names = Object.values(allDiagnostics).map((declaration) => declaration.name);
  const isClash = (rule: LintRule): boolean => names.indexOf(rule.name) !== names.lastIndexOf(rule.name);
  expect(lintRules.filter(isClash).map((rule) => rule.name)).toEqual([]);
});
