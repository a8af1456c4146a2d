import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDirectStarter } from "./direct-start.ts";
import { createLauncher } from "./launcher.ts";
import { launcherScript } from "./launcher-script.ts";
import type { ProcessStarter } from "./start.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sequitur-launcher-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const alive = (id: number): boolean =>
  existsSync(`/proc/${id}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, "latin1"));

async function printed(starter: ProcessStarter, name: string, args: readonly string[], value: string): Promise<Buffer> {
  const stdout = join(folder, name);
  const text = 'printf "%s\\0" "$@"; cat /proc/self/environ';
  const started = await starter.start({
    ...{
      program: "/bin/sh",
      args: ["-c", text, "sh", ...args],
      workdir: "/",
      environment: { "odd name(x)": value, UID: value },
    },
    output: { kind: "files", stdout, stderr: join(folder, "stderr") },
  });
  if ("problem" in started) throw new Error(started.problem);
  expect(await started.ended).toEqual({ code: 0, signal: 0 });
  const bytes = readFileSync(stdout);
  rmSync(stdout);
  return bytes;
}

describe("the launcher", () => {
  it("gives every text to a program as a direct start does, byte for byte", { timeout: 120_000 }, async () => {
    const direct = createDirectStarter();
    const launcher = createLauncher(direct, folder);
    expect(launcher).not.toBe(direct);
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({
        unit: fc.constantFrom("'", '"', "\\", "\n", "\r", "$", "`", " ", "=", "\u0001", "\u007f", "\ud800", "é", "%"),
      }),
    );
    const sane = text.map((value) => value.replaceAll("\0", ""));
    const check = fc.asyncProperty(fc.array(sane, { maxLength: 6 }), sane, async (args, value) => {
      const there = await printed(launcher, "launcher", args, value);
      expect(there.equals(await printed(direct, "direct", args, value))).toBe(true);
    });
    await fc.assert(check, { numRuns: 60 });
    await launcher.close();
  });

  it("ends what runs, wherever it went, when the runtime dies", async () => {
    const launcher = spawn("/usr/bin/perl", ["-e", launcherScript, folder], {
      stdio: ["pipe", "pipe", "inherit"],
      detached: true,
    });
    const exited = new Promise((resolve) => launcher.once("exit", resolve));
    const out = join(folder, "out");
    const mark = "SEQUITUR_EXECUTION=test/launcher";
    const text = "setsid sleep 300 & echo $!; sleep 300 & echo $!; (setsid sh -c 'echo $$; exec sleep 300' &); wait";
    const fields = [
      "start",
      out,
      join(folder, "err"),
      "/",
      mark,
      "2",
      mark,
      "PATH=/usr/bin:/bin",
      "/bin/sh",
      "-c",
      text,
    ];
    const body = Buffer.from(fields.map((field) => `${field}\0`).join(""));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(body.length);
    launcher.stdin.write(Buffer.concat([length, body]));
    while (!existsSync(out) || readFileSync(out, "utf8").split("\n").length < 4) await delay(20);
    const ids = readFileSync(out, "utf8").trim().split("\n").map(Number);
    expect(ids.map(alive)).toEqual([true, true, true]);
    launcher.stdin.destroy();
    await exited;
    expect(ids.map(alive)).toEqual([false, false, false]);
  });

  it("keeps what programs write apart, and makes no files for those that write nothing", async () => {
    const launcher = createLauncher(createDirectStarter(), folder);
    const out = join(folder, "out");
    mkdirSync(out);
    const run = async (name: string, text: string): Promise<void> => {
      const output = {
        kind: "files",
        stdout: join(out, `${name}.stdout`),
        stderr: join(out, `${name}.stderr`),
      } as const;
      const request = { program: "/bin/sh", args: ["-c", text], workdir: "/", environment: {}, output };
      const started = await launcher.start(request);
      expect("problem" in started ? started : await started.ended).toEqual({ code: 0, signal: 0 });
    };
    const gate = join(folder, "gate");
    await run("silent", ":");
    // It leaves somebody behind who writes when later programs have run.
    await run("leaving", `(while ! test -e ${gate}; do sleep 0.02; done; echo late; echo later >&2) &`);
    for (let turn = 1; turn <= 6; turn += 1) await run(`after-${turn}`, turn % 3 === 0 ? `echo ${turn}` : ":");
    await run("again", "echo one");
    await run("again", "echo two >&2; echo two");
    writeFileSync(gate, "");
    await expect.poll(() => readFileSync(join(out, "leaving.stderr"), "utf8")).toBe("later\n");
    await run("last", "echo last >&2");
    const found = readdirSync(out).map((name) => [name, readFileSync(join(out, name), "utf8")]);
    expect(Object.fromEntries(found)).toEqual({
      ...{ "leaving.stdout": "late\n", "leaving.stderr": "later\n", "after-3.stdout": "3\n", "after-6.stdout": "6\n" },
      ...{ "again.stdout": "one\ntwo\n", "again.stderr": "two\n", "last.stderr": "last\n" },
    });
    await launcher.close();
    expect(readdirSync(folder).sort()).toEqual(["gate", "out"]);
  });

  it("goes on when somebody killed its spare process", async () => {
    const launcher = createLauncher(createDirectStarter(), folder);
    const output = { kind: "files", stdout: join(folder, "out"), stderr: join(folder, "err") } as const;
    const start = (text: string): ReturnType<ProcessStarter["start"]> =>
      launcher.start({ program: "/bin/sh", args: ["-c", text], workdir: "/", environment: {}, output });
    const children = (id: number): readonly number[] =>
      readFileSync(`/proc/${id}/task/${id}/children`, "utf8").trim().split(" ").filter(Boolean).map(Number);
    const first = await start("echo $PPID; sleep 0.5");
    if ("problem" in first) throw new Error(first.problem);
    await expect.poll(() => existsSync(output.stdout)).toBe(true);
    const resident = Number(readFileSync(output.stdout, "utf8"));
    const spares = children(resident).filter((id) => id !== first.id);
    expect(spares).toHaveLength(1);
    for (const id of spares) process.kill(id, "SIGKILL");
    expect(await first.ended).toEqual({ code: 0, signal: 0 });
    await expect.poll(() => children(resident)).toHaveLength(1);
    for (const id of children(resident)) process.kill(id, "SIGKILL");
    const second = await start("echo $PPID; exit 3");
    expect("problem" in second ? second : await second.ended).toEqual({ code: 3, signal: 0 });
    expect(readFileSync(output.stdout, "utf8")).toBe(`${resident}\n${resident}\n`);
    await launcher.close();
  });

  it("comes up again after somebody killed it", async () => {
    const launcher = createLauncher(createDirectStarter(), folder);
    const output = { kind: "files", stdout: join(folder, "out"), stderr: join(folder, "err") } as const;
    const start = (text: string): ReturnType<ProcessStarter["start"]> =>
      launcher.start({ program: "/bin/sh", args: ["-c", text], workdir: "/", environment: {}, output });
    const first = await start("sleep 0.2; kill -9 $PPID; sleep 60");
    expect("problem" in first ? first : await first.ended).toEqual({ code: 137, signal: 9 });
    const second = await start("exit 3");
    expect("problem" in second ? second : await second.ended).toEqual({ code: 3, signal: 0 });
    await launcher.close();
  });
});
