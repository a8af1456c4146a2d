// What the README shows of its examples is what they print.
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const root = join(import.meta.dirname, "../..");
const shown = [...readFileSync(join(root, "README.md"), "utf8").matchAll(/^```text\n(.*?)^```$/gms)].map(
  (match) => match[1] ?? "",
);

/** Run ids and durations differ from run to run. */
function alike(text: string): string {
  return text.replaceAll(/\d{8}-\d{6}-[0-9a-f]{4}/g, "ID").replaceAll(/\d+\.\ds/g, "0.0s");
}

it("shows the run of the first example", async () => {
  rmSync("/tmp/sequitur-first", { recursive: true, force: true });
  const state = temporaryFolder();
  const file = join(root, "examples/first-sequence/first.seq");
  const { stdout, stderr } = await callCli(["run", file, "--state", state]);
  const summary = stdout.split("\n")[0] ?? "";
  expect(alike(`${stderr}${summary}\n`)).toBe(alike(shown[0] ?? ""));
});

it("shows the finding of a misspelt package", async () => {
  const folder = temporaryFolder();
  cpSync(join(root, "examples/application-rollout"), folder, { recursive: true });
  const file = join(folder, "rollout.seq");
  writeFileSync(file, readFileSync(file, "utf8").replace("from notes", "from notse"));
  const { code, stdout } = await callCli(["check", "rollout.seq"], { folder });
  expect(code).toBe(1);
  expect(stdout.startsWith(`${shown[1]}\n`)).toBe(true);
});
