// Fixes: applying the safe ones gives what was meant.
import { expect, test } from "vitest";
import type { Diagnostic } from "@sequitur/grammar";
import { checkFiles } from "../test-support/check.ts";

const around = (statement: string): string =>
  `package office "./office"
fn isLarge(): bool = true
type Site = "AMS" | "RTM"
sequence a {
  param site: Site = "AMS"
  var count: int = 0
  ${statement}
}
`;

function apply(text: string, diagnostics: readonly Diagnostic[]): string {
  const edits = diagnostics.flatMap((diagnostic) => diagnostic.fixes.slice(0, 1).flatMap((fix) => fix.edits));
  let changed = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) {
    changed = changed.slice(0, edit.start) + edit.text + changed.slice(edit.end);
  }
  return changed;
}

const safe: readonly (readonly [wrong: string, right: string])[] = [
  [`run "setup.exe" from ofice`, `run "setup.exe" from office`],
  [`log "x" when isLarge`, `log "x" when isLarge()`],
  [`log "x" when isLrge()`, `log "x" when isLarge()`],
  [`log devise.name`, `log device.name`],
  [`log device.naem`, `log device.name`],
  [`log "x" when site == AMS`, `log "x" when site == "AMS"`],
  [`log "x" when site == "ASM"`, `log "x" when site == "AMS"`],
  [`set cuont = 1`, `set count = 1`],
  [`use file.wirte { path: "/a", text: "b" }`, `use file.write { path: "/a", text: "b" }`],
  [`use folder.create { pth: "/a" }`, `use folder.create { path: "/a" }`],
  [`log now`, `log now()`],
];

test.each(safe)("%s", (wrong, right) => {
  const files = { "office/setup.exe": "" };
  const { diagnostics } = checkFiles({ "main.seq": around(wrong), ...files });
  expect(diagnostics).toHaveLength(1);
  expect(diagnostics[0]?.fixes[0]?.safe).toBe(true);
  const fixed = apply(around(wrong), diagnostics);
  expect(fixed).toBe(around(right));
  expect(checkFiles({ "main.seq": fixed, ...files }).diagnostics).toEqual([]);
});

const unsafe: readonly (readonly [wrong: string, right: string])[] = [
  [`log upper(env("A"))`, `log upper(env("A") ?? "")`],
  [`use folder.create { path: count }`, `use folder.create { path: "\${count}" }`],
  [`wait until isLarge()`, `wait until isLarge() timeout 10m`],
];

test.each(unsafe)("offered, not applied by itself: %s", (wrong, right) => {
  const files = { "office/setup.exe": "" };
  const { diagnostics } = checkFiles({ "main.seq": around(wrong), ...files });
  expect(diagnostics[0]?.fixes[0]?.safe).toBe(false);
  expect(apply(around(wrong), diagnostics)).toBe(around(right));
});

test("a near name leads to where it is declared", () => {
  const { diagnostics } = checkFiles({ "main.seq": around(`run "x" from ofice`), "office/setup.exe": "" });
  const [diagnostic] = diagnostics;
  expect(diagnostic?.hint).toBe('did you mean "office"?');
  expect(diagnostic?.related).toEqual([{ file: "main.seq", start: 8, end: 14, message: "office is declared here" }]);
});

test("content that is not there names its neighbour in the folder", () => {
  const { diagnostics } = checkFiles({ "main.seq": 'package a "./packages/ofice"\n', "packages/office/x": "" });
  expect(diagnostics.map((diagnostic) => diagnostic.hint)).toEqual(['did you mean "office"?']);
});
