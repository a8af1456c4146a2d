// What ships: dist/sequitur.mjs, with the script it loads and V8's bytecode of that. It says what the source says, whether
// the bytecode is there, lacks or is of no use; and bytecode made by this Node.js is taken.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Script } from "node:vm";
import { beforeAll, describe, expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const wrongAndRight = {
  "wrong.seq": 'sequence wrong {\n  step a run "true"\n  step a run "false" when b.succeeded\n  step run\n}\n',
  "right.seq": 'sequence right {\n  param site: string\n  step a "One" run "/bin/true ${site}" timeout 5m\n}\n',
};

beforeAll(() => {
  if (!existsSync(join(root, "dist/sequitur.mjs"))) throw new Error("dist is not there: run `npm run build` first");
});

function partOf(folder: string, extension: string): string {
  const found = readdirSync(join(folder, "parts")).find((name) => name.endsWith(extension));
  return join(folder, "parts", found ?? `no file *${extension}`);
}

async function expectSameAs(dist: string): Promise<void> {
  const folder = temporaryFolder(wrongAndRight);
  const args = ["check", "--format", "json", "."];
  const expected = await callCli(args, { folder });
  expect(expected.code).toBe(1);
  const shipped = spawnSync(process.execPath, [join(dist, "sequitur.mjs"), ...args], { cwd: folder, encoding: "utf8" });
  expect({ code: shipped.status, stdout: shipped.stdout, stderr: shipped.stderr }).toEqual(expected);
}

describe("dist/sequitur.mjs", () => {
  test("finds what the source finds", () => expectSameAs(join(root, "dist")));

  test("needs no cache, and survives one that is of no use", async () => {
    const dist = join(temporaryFolder(), "dist");
    cpSync(join(root, "dist"), dist, { recursive: true });
    const cache = partOf(dist, ".cache");
    writeFileSync(cache, readFileSync(cache).subarray(0, 5000));
    await expectSameAs(dist);
    writeFileSync(cache, "");
    await expectSameAs(dist);
    rmSync(cache);
    await expectSameAs(dist);
  });

  test("has a cache that the Node.js of the build takes", () => {
    const cachedData = readFileSync(partOf(join(root, "dist"), ".cache"));
    const script = new Script(readFileSync(partOf(join(root, "dist"), ".js"), "latin1"), { cachedData });
    expect(script.cachedDataRejected).toBe(false);
  });

  test("loads what other commands need", () => {
    const folder = temporaryFolder(wrongAndRight);
    const call = (...args: string[]) =>
      spawnSync(process.execPath, [join(root, "dist/sequitur.mjs"), ...args], { cwd: folder, encoding: "utf8" });
    expect(call("new", "made", "--template", "custom").status).toBe(0);
    expect(call("build", "right.seq", "-o", "plan.json").status).toBe(0);
    expect(call("verify", "plan.json").status).toBe(0);
    expect(call("explain", "SEQ1101").stdout).toContain("SEQ1101");
  });
});
