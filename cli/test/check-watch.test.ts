// `check --watch` with real changes of real files.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test, vi } from "vitest";
import { callCli, keepingOutput } from "../test-support/call-cli.ts";
import type { Controls } from "../test-support/call-cli.ts";
import { watchFiles } from "../commands/check-watch.ts";
import { silentSurroundings } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const good = `/// Says hello.
sequence main "Main" {
  step "Say hello"
    log "hello"
}
`;
const unknown = good.replace('log "hello"', "log greeting");

/** Watches a folder: the texts of the checks so far, and a way to end it. */
function watching(folder: string) {
  const checks: string[] = [];
  const listeners: (() => void)[] = [];
  const surroundings = {
    ...silentSurroundings(),
    folder,
    onInterrupt(listener: () => void) {
      listeners.push(listener);
      return () => undefined;
    },
  };
  const ended = watchFiles(
    ["."],
    async (stdout) => {
      const called = await callCli(["check", "--no-cache"], { folder });
      checks.push(called.stdout);
      stdout.write(called.stdout);
      return called.code === 0 ? 0 : 1;
    },
    surroundings,
  );
  return { checks, ended, interrupt: () => listeners.forEach((listener) => listener()) };
}

describe("check --watch", () => {
  test("checks again when files change, come and go, and ends with what was found last", async () => {
    const folder = temporaryFolder({ "sequitur.json": "{}", "a.seq": good });
    const { checks, ended, interrupt } = watching(folder);
    const says = (text: string): Promise<void> =>
      vi.waitFor(() => expect(checks.at(-1)).toContain(text), { timeout: 15_000, interval: 30 });
    await says("no findings in 1 file");
    writeFileSync(join(folder, "a.seq"), unknown);
    await says("1 error in 1 file");
    mkdirSync(join(folder, "lib"));
    writeFileSync(join(folder, "lib/b.seq"), unknown);
    await says("2 errors in 2 files");
    rmSync(join(folder, "lib"), { recursive: true });
    await says("1 error in 1 file");
    writeFileSync(join(folder, "sequitur.json"), '{ "rules": { "SEQ2101": 3 } }');
    await says("sequitur.json");
    interrupt();
    expect(await ended).toBe(1);
  });

  test("does not check for what no source can depend on", async () => {
    const folder = temporaryFolder({ "a.seq": good, ".git/index": "", "node_modules/x/y.js": "" });
    const { checks, ended, interrupt } = watching(folder);
    await vi.waitFor(() => expect(checks).toHaveLength(1), { timeout: 15_000 });
    writeFileSync(join(folder, ".git/index"), "x");
    writeFileSync(join(folder, "node_modules/x/y.js"), "x");
    await wait(400);
    expect(checks).toHaveLength(1);
    interrupt();
    expect(await ended).toBe(0);
  });

  test("shows what is said once, and the exit code is that of the last check", async () => {
    const folder = temporaryFolder({ "a.seq": unknown });
    let controls: Controls | undefined;
    const ended = callCli(["check", "--watch", "a.seq"], { folder, onSurroundings: (given) => (controls = given) });
    await wait(1500);
    writeFileSync(join(folder, "a.seq"), unknown);
    await wait(1500);
    controls?.interrupt();
    const { code, stdout, stderr } = await ended;
    expect(code).toBe(1);
    expect(stdout.match(/1 error in 1 file/g)).toHaveLength(1);
    expect(stderr).toBe("watching for changes; Ctrl-C ends\n");
  });

  test("clears a terminal before it says something else", async () => {
    const folder = temporaryFolder({ "a.seq": good });
    const stdout = keepingOutput(80);
    let round = 0;
    const stop: (() => void)[] = [];
    const surroundings = {
      ...silentSurroundings(),
      stdout,
      folder,
      onInterrupt(listener: () => void) {
        stop.push(listener);
        return () => undefined;
      },
    };
    const ended = watchFiles(
      ["."],
      async (output) => {
        output.write(`round ${++round}\n`);
        return 0;
      },
      surroundings,
    );
    await vi.waitFor(() => expect(stdout.text()).toBe("round 1\n"));
    writeFileSync(join(folder, "a.seq"), unknown);
    await vi.waitFor(() => expect(stdout.text()).toContain("round 2"), { timeout: 15_000 });
    expect(stdout.text()).toMatch(/^round 1\n\u001b\[2J.*round 2\n/s);
    stop.forEach((each) => each());
    expect(await ended).toBe(0);
  });

  test("stands with nothing that writes, and not with standard input", async () => {
    const folder = temporaryFolder({ "a.seq": good });
    expect((await callCli(["check", "--watch", "--fix"], { folder })).code).toBe(2);
    expect((await callCli(["check", "--watch", "-"], { folder, input: good })).code).toBe(2);
  });
});
