// What a run stands on gives way, for real: a full disk, a folder that is read-only, another runtime, a program that a killed
// runtime left behind. Each is said, and the run goes on when it can.
import { build } from "esbuild";
import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildPlan, lit, log, loop, run, type PlanSource } from "./build-plan.ts";
import { removeTemporaryFolders, temporaryFolder } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

/** Mounting needs a name space of its own; where the system gives none, there is nothing to try this on. */
const mayMount = process.platform === "linux" && spawnSync("unshare", ["-rm", "true"]).status === 0;
const rerun = { interruption: "rerun" } as const;

describe.skipIf(process.platform !== "linux")("the shipped program on this machine", () => {
  const folder = temporaryFolder();
  const ledger = join(folder, "ledger");
  const path = (name: string): string => join(folder, name);

  beforeAll(async () => {
    const format = { platform: "node", format: "esm", target: "node20", bundle: true } as const;
    await build({ ...format, entryPoints: [join(import.meta.dirname, "../bin.ts")], outfile: path("runtime.mjs") });
    mkdirSync(path("state"));
  });

  function program(name: string, script: string): string {
    writeFileSync(path(name), `#!/bin/sh\n${script}\n`);
    chmodSync(path(name), 0o755);
    return path(name);
  }

  function plan(name: string, source: PlanSource): string {
    writeFileSync(path(name), buildPlan(source).text);
    return name;
  }

  const runtime = (...args: readonly string[]): readonly string[] => [process.execPath, "runtime.mjs", ...args];

  /** With a small disk of its own at `state`. */
  function onSmallDisk(script: string): string {
    const node = runtime().join(" ");
    const all = `mount -t tmpfs -o size=600k none state\nruntime() { ${node} "$@" 2>&1; echo "code $?"; }\n${script}`;
    return execFileSync("unshare", ["-rm", "sh", "-c", all], { cwd: folder, encoding: "utf8" });
  }

  function started(...args: readonly string[]): ChildProcess {
    const [command = "", ...rest] = runtime(...args);
    return spawn(command, rest, { cwd: folder, stdio: "ignore" });
  }

  async function until(what: () => boolean): Promise<void> {
    const end = Date.now() + 20_000;
    while (!what()) {
      if (Date.now() > end) throw new Error("it did not come to pass in 20 seconds");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  test.runIf(mayMount)(
    "a disk that is full: the run halts, and goes on when there is room",
    { timeout: 60_000 },
    () => {
      const fill = program(
        "fill",
        `[ -e ${path("filled")} ] || dd if=/dev/zero of=${path("state/fill")} bs=4k 2>/dev/null; touch ${path("filled")}`,
      );
      const after = program("after", `echo after >>${ledger}`);
      const items = Array.from({ length: 250 }, (_, i) => `${i}`);
      const source = plan("full.json", {
        slots: { item: "string" },
        body: [run(fill, rerun), loop("item", lit(items), [log("a text ".repeat(200))]), run(after, rerun)],
      });
      const told = onSmallDisk(`runtime run ${source} --state state
      rm state/fill; mount -o remount,size=8m state; echo now; runtime resume --state state`);
      const [before = "", later = ""] = told.split("now\n");
      expect(before).toMatch(/The journal can't be written, so the run can't go on: ENOSPC.*\ncode [1-9]/s);
      expect(later).toMatch(/succeeded .*\ncode 0\n$/s);
      expect(readFileSync(ledger, "utf8")).toBe("after\n");
    },
  );

  test.runIf(mayMount)("a folder that is read-only is said", { timeout: 60_000 }, () => {
    const source = plan("log.json", { body: [log("x")] });
    const told = onSmallDisk(`runtime run ${source} --state state; mount -o remount,ro state; echo now
      runtime run ${source} --state state`);
    expect(told.split("now\n")[1]).toMatch(/EROFS: read-only file system.*\ncode [1-9]/s);
  });

  test(
    "the second runtime on a folder is told who holds it; what a killed one left is ended first",
    { timeout: 60_000 },
    async () => {
      const left = path("left");
      const long = program(
        "long",
        `[ -e ${left} ] && exit 0\nsleep 300 & echo $! >${left}.new; mv ${left}.new ${left}; wait`,
      );
      const look = program("look", `grep -s State "/proc/$(cat ${left})/status" >${path("seen")}; exit 0`);
      const source = plan("long.json", { body: [run(long, rerun), run(look, rerun)] });
      const first = started("run", source, "--state", "held");
      await until(() => existsSync(left));
      const second = spawnSync(process.execPath, ["runtime.mjs", "run", source, "--state", "held"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(second.stderr).toContain(
        `Another run is under way with the state folder ${path("held")}: process ${first.pid} holds it.`,
      );
      const gone = new Promise((resolve) => first.once("exit", resolve));
      first.kill("SIGKILL");
      await gone;
      const resumed = spawnSync(process.execPath, ["runtime.mjs", "resume", "--state", "held"], {
        cwd: folder,
        encoding: "utf8",
      });
      expect(resumed.stderr).toContain("succeeded");
      // Nobody has waited for it yet, or it is gone altogether.
      expect(readFileSync(path("seen"), "utf8")).toMatch(/^$|Z \(zombie\)/);
    },
  );
});
