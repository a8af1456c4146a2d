// What ships: dist/runtime.mjs, copied alone with a plan into an empty folder, runs it with nothing but Node.js; a plan of
// which any byte was changed does not run.
import { execFile } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";

const root = join(import.meta.dirname, "../..");
const shipped = join(root, "dist/runtime.mjs");

let folder: string;
let plan: Buffer;

beforeAll(async () => {
  if (!existsSync(shipped)) throw new Error("dist/runtime.mjs is not there: run `npm run build` first");
  folder = mkdtempSync(join(tmpdir(), "sequitur-shipped-"));
  copyFileSync(shipped, join(folder, "runtime.mjs"));
  writeFileSync(
    join(folder, "tiny.seq"),
    `sequence tiny { param mark: string step "Touch" run "touch \${mark}" log "touched \${mark}" }\n`,
  );
  expect(await callCli(["build", "tiny.seq", "-o", "plan.json"], { folder })).toMatchObject({ code: 0 });
  rmSync(join(folder, "tiny.seq"));
  plan = readFileSync(join(folder, "plan.json"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function runtime(...args: string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const environment = { PATH: process.env["PATH"] ?? "" };
    execFile(process.execPath, ["runtime.mjs", ...args], { cwd: folder, env: environment }, (error, stdout, stderr) => {
      resolve({
        code: typeof error?.code === "number" ? error.code : error === null ? 0 : -1,
        output: stdout + stderr,
      });
    });
  });
}

describe("dist/runtime.mjs", () => {
  it("is one file under 150 KB", () => {
    expect(statSync(shipped).size).toBeLessThan(150 * 1024);
  });

  it("runs a plan in an otherwise empty folder", async () => {
    const { code, output } = await runtime(
      "run",
      "plan.json",
      "--set",
      `mark=${join(folder, "one")}`,
      "--state",
      "state",
    );
    expect(output).toContain(`touched ${join(folder, "one")}`);
    expect(code).toBe(0);
    expect(existsSync(join(folder, "one"))).toBe(true);
  });

  it("does not run a plan with one byte changed, wherever the byte is", async () => {
    const offsets = [2, Math.floor(plan.length / 3), Math.floor(plan.length / 2), plan.length - 3];
    for (const offset of offsets) {
      const changed = Buffer.from(plan);
      changed.writeUInt8(changed.readUInt8(offset) ^ 1, offset);
      writeFileSync(join(folder, "changed.json"), changed);
      const { code } = await runtime("run", "changed.json", "--set", `mark=${join(folder, "two")}`, "--state", "state");
      expect({ offset, code }).toEqual({ offset, code: 4 });
    }
    expect(existsSync(join(folder, "two"))).toBe(false);
  });
});
