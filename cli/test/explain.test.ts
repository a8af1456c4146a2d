// `explain` answers for every code: its page names the finding, says why, and shows its mistake and its correction.
import { allDiagnostics } from "@sequitur/compiler";
import { expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";

test.each(Object.entries(allDiagnostics))("%s", async (code, { name, why }) => {
  const { code: ended, stdout, stderr } = await callCli(["explain", code], { typescript: code.startsWith("SEQ215") });
  expect({ ended, stderr }).toEqual({ ended: 0, stderr: "" });
  expect(stdout).toContain(code);
  expect(stdout).toContain(name);
  // Lines are broken to the terminal's width.
  expect(stdout.replaceAll(/\s+/g, " ")).toContain(why.replaceAll(/\s+/g, " ").slice(0, 60));
});

test("a name stands for one code alone", () => {
  const names = Object.values(allDiagnostics).map((declaration) => declaration.name);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
