// What ships for Prettier: dist/prettier.mjs, loaded by the prettier command in a project that has nothing else of Sequitur.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const prettier = join(root, "node_modules/prettier/bin/prettier.cjs");
const plugin = join(root, "dist/prettier.mjs");

test("prettier checks and writes .seq files, and sequitur fmt leaves what it wrote", () => {
  const folder = temporaryFolder({ "a.seq": "const  a=1\nsequence s { log   'x' }\n", "good.seq": "const a = 1\n" });
  const run = (...args: string[]): { status: number | null; text: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return { status, text: stdout + stderr };
  };
  const checked = run(prettier, "--plugin", plugin, "--check", ".");
  expect(checked.status).toBe(1);
  expect(checked.text).toContain("a.seq");
  expect(checked.text).not.toContain("good.seq");
  expect(run(prettier, "--plugin", plugin, "--write", ".").status).toBe(0);
  expect(readFileSync(join(folder, "a.seq"), "utf8")).toBe("const a = 1\n\nsequence s {\n  log 'x'\n}\n");
  expect(run(join(root, "dist/sequitur.mjs"), "fmt", "--check").status).toBe(0);
});
