// The shipped command with its cache: it says and writes what it does without one, in every format, while other processes
// use the cache and while somebody deletes it.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const command = fileURLToPath(new URL("../../dist/sequitur.mjs", import.meta.url));
const files = {
  "wrong.seq": 'sequence wrong {\n  step a run "true"\n  step a run "false" when b.succeeded\n  step run\n}\n',
  "right.seq": 'package tools "./tools"\nsequence right {\n  step a "One" run "tool" from tools timeout 5m\n}\n',
  "tools/tool": "#!/bin/sh\n",
};
const formats = ["text", "json", "sarif", "github", "junit"];

beforeAll(() => {
  if (!existsSync(command)) throw new Error("dist is not there: run `npm run build` first");
});

interface Place {
  readonly folder: string;
  readonly cache: string;
}

function place(): Place {
  return { folder: temporaryFolder(files), cache: join(temporaryFolder(), "cache") };
}

function call({ folder, cache }: Place, ...args: readonly string[]) {
  const env = { ...process.env, XDG_CACHE_HOME: cache };
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...args], {
    cwd: folder,
    env,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

function keptIn({ cache }: Place): number {
  const folder = join(cache, "sequitur");
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".entry")).length : 0;
}

describe("check", () => {
  test("says the same from its cache, in every format and from every folder", () => {
    const at = place();
    for (const format of formats) {
      const expected = call(at, "check", "--format", format, "--no-cache");
      expect(expected.status).toBe(1);
      expect(call(at, "check", "--format", format)).toEqual(expected);
      expect(call(at, "check", "--format", format)).toEqual(expected);
      const below = { ...at, folder: join(at.folder, "tools") };
      expect(call(below, "check", "--format", format, "..")).toEqual(
        call(below, "check", "--format", format, "--no-cache", ".."),
      );
    }
    expect(keptIn(at)).toBe(1);
  });

  test("keeps nothing with --no-cache, and nothing of standard input", () => {
    const at = place();
    call(at, "check", "--no-cache");
    spawnSync(process.execPath, [command, "check", "-"], {
      cwd: at.folder,
      env: { ...process.env, XDG_CACHE_HOME: at.cache },
      input: files["right.seq"],
    });
    expect(keptIn(at)).toBe(0);
  });

  test("is right while others use the cache and somebody deletes it", async () => {
    const at = place();
    const expected = call(at, "check", "--no-cache", "--format", "json").stdout;
    const started = Array.from({ length: 12 }, async (_, index) => {
      const child = spawn(process.execPath, [command, "check", "--format", "json"], {
        cwd: at.folder,
        env: { ...process.env, XDG_CACHE_HOME: at.cache },
        stdio: ["ignore", "pipe", "pipe"],
      });
      if (index % 4 === 3) rmSync(at.cache, { recursive: true, force: true });
      let written = "";
      child.stdout.on("data", (chunk: Buffer) => (written += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (written += chunk.toString()));
      const status = await new Promise((resolve) => child.on("close", resolve));
      return { status, written };
    });
    for (const each of await Promise.all(started)) expect(each).toEqual({ status: 1, written: expected });
  });
});

describe("build", () => {
  test("writes the same plan and lock from its cache, and another plan when only content changes", () => {
    const at = place();
    const built = (...args: readonly string[]) => {
      const { status, stderr } = call(at, "build", "right.seq", "-o", "plan.json", ...args);
      const read = (name: string): string => readFileSync(join(at.folder, name), "utf8");
      return { status, stderr, plan: read("plan.json"), lock: read("sequitur.lock") };
    };
    const first = built();
    expect(first.status).toBe(0);
    expect(built()).toEqual(first);
    expect(built()).toEqual(first);
    rmSync(join(at.folder, "sequitur.lock"));
    expect(built()).toEqual(first);
    writeFileSync(join(at.folder, "tools/tool"), "#!/bin/no\n");
    const changed = built();
    expect(changed.plan).not.toBe(first.plan);
    expect(changed).toEqual(built("--no-cache"));
  });
});
