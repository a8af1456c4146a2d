import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { limits } from "../plan/limits.ts";
import { cancelledAfter, openWorld, operand, type World } from "./system-host.test-support.ts";

/** Is a process of this id alive, and no zombie? */
const alive = (id: number): boolean =>
  existsSync(`/proc/${id}/stat`) && !/\) [ZX] /.test(readFileSync(`/proc/${id}/stat`, "utf8"));

describe.each(["launcher", "direct"] as const)("programs, started by the way called %s", (start) => {
  let world: World;
  beforeEach(async () => {
    world = await openWorld({ start, globals: [{ name: "Site", secret: false }] });
  });
  afterEach(() => world.close());

  it("gives exit code 0 and keeps the output in the step's files", async () => {
    const outcome = await world.run(["/bin/sh", "-c", "echo out; echo err >&2"]);
    expect(outcome).toEqual({ succeeded: true, code: 0, reason: "none", message: "" });
    expect(world.stdout()).toBe("out\n");
    expect(world.stderr()).toBe("err\n");
  });

  it("gives the raw exit code and the last words of a program that fails", async () => {
    const outcome = await world.run(["/bin/sh", "-c", "echo first >&2; echo 'no such share' >&2; exit 5"]);
    expect(outcome).toMatchObject({ succeeded: false, code: 5, reason: "exit" });
    expect(outcome.message).toBe("sh ended with exit code 5; its last error line: no such share");
  });

  it.each([1, 2, 3, 6, 9, 11, 13, 15])(
    "tells a death by signal %i from an exit code of the same number",
    async (signal) => {
      const killed = await world.run(["/bin/sh", "-c", `ulimit -c 0; kill -${signal} $$; sleep 5`]);
      expect(killed).toMatchObject({ succeeded: false, code: 128 + signal, reason: "signal" });
      const exited = await world.run(["/bin/sh", "-c", `exit ${128 + signal}`]);
      expect(exited).toMatchObject({ succeeded: false, code: 128 + signal, reason: "exit" });
    },
  );

  it("says which program is not there, and starts nothing", async () => {
    const bare = await world.run(["no-such-program-here"]);
    expect(bare).toMatchObject({ succeeded: false, code: -1, reason: "start" });
    expect(bare.message).toBe("there is no program no-such-program-here in the folders of PATH");
    const absolute = await world.run(["/no/such/program"]);
    expect(absolute.message).toBe("there is no program /no/such/program");
    expect(world.spawned).toEqual([]);
  });

  it("says that a program whose interpreter lacks could not be started", async () => {
    await world.use("file.write", {
      path: join(world.folder, "broken"),
      text: "#!/no/such/interpreter\n",
      executable: true,
    });
    expect(await world.run([join(world.folder, "broken")])).toMatchObject({ code: -1, reason: "start" });
    expect(await world.run(["/bin/true"])).toMatchObject({ succeeded: true });
  });

  it("never looks into the current folder for a bare name", async () => {
    await world.use("file.write", { path: join(world.folder, "tool"), text: "#!/bin/sh\n", executable: true });
    const operands = [operand("workdir", world.folder)];
    expect(await world.run(["tool"], { operands })).toMatchObject({ reason: "start" });
    expect(await world.run(["./tool"], { operands })).toMatchObject({ succeeded: true });
    expect(await world.run(["../tool"], { operands })).toMatchObject({ reason: "start" });
  });

  it("gives the machine's base environment, globals, the step's variables and the mark, and nothing of the caller's", async () => {
    process.env["CALLERS_OWN"] = "1";
    const outcome = await world.run(["/usr/bin/env"], {
      globals: { Site: "A b", Unset: "" },
      operands: [operand("environment", "x\ny'\"$(id)", "EXTRA"), operand("environment", "C", "LC_ALL")],
    });
    delete process.env["CALLERS_OWN"];
    expect(outcome.succeeded).toBe(true);
    const text = world.stdout();
    for (const line of [
      "Site=A b",
      "EXTRA=x",
      "y'\"$(id)",
      "LC_ALL=C",
      `SEQUITUR_EXECUTION=${basename(world.folder)}/1`,
      "LANG=C.UTF-8",
      "TMPDIR=/tmp",
    ]) {
      expect(text.split("\n")).toContain(line);
    }
    expect(text).not.toMatch(/CALLERS_OWN|Unset|OLDPWD|SHLVL/);
  });

  it("runs in an empty folder, whatever earlier steps have left in theirs", async () => {
    for (const text of ["touch left", "rm -r $PWD", "mkdir -p a/b; chmod 500 a", "true", "true"]) {
      await world.run(["/bin/sh", "-c", `pwd; ls -A | wc -l; ${text}`]);
      const [folder = "", count] = world.stdout().split("\n");
      expect(folder.startsWith(join(world.folder, "state", "runs", "r1", "work", "/"))).toBe(true);
      expect(count?.trim()).toBe("0");
      await expect.poll(() => (existsSync(folder) ? readdirSync(folder) : [])).toEqual([]);
    }
  });

  it("runs in the folder of workdir, and says when there is none", async () => {
    await world.run(["/bin/pwd"], { operands: [operand("workdir", "/usr/lib")] });
    expect(world.stdout()).toBe("/usr/lib\n");
    const outcome = await world.run(["/bin/pwd"], { operands: [operand("workdir", "/no/where")] });
    expect(outcome).toMatchObject({
      reason: "start",
      message: "the working folder /no/where can't be used: it does not exist",
    });
  });

  it("has an empty standard input, an own process group and no terminal", async () => {
    const text = "cat; read pid comm state ppid pgrp sid tty rest < /proc/self/stat; echo $pgrp $tty; echo $$";
    await world.run(["/bin/sh", "-c", text]);
    const [state = "", shell = ""] = world.stdout().split("\n");
    expect(state).toBe(`${shell} 0`);
  });

  it("survives a program that kills its own process group", async () => {
    expect(await world.run(["/bin/sh", "-c", "kill -9 0"])).toMatchObject({ code: 137, reason: "signal" });
    expect(await world.run(["/bin/true"])).toMatchObject({ succeeded: true });
  });

  it("does not ignore signals that a program expects", async () => {
    await world.run(["/bin/sh", "-c", "grep -E 'Sig(Ign|Blk)' /proc/self/status"]);
    const [blocked = "", ignored = ""] = world
      .stdout()
      .split("\n")
      .map((line) => line.split("\t")[1] ?? "");
    expect(BigInt(`0x${blocked}`)).toBe(0n);
    // SIGPIPE (bit 12), SIGINT (1) and SIGQUIT (2) are what launchers and shells like to ignore.
    expect(BigInt(`0x${ignored}`) & 0x1006n).toBe(0n);
  });

  it("leaves no descriptors open in the program", async () => {
    await world.run(["/bin/sh", "-c", "ls /proc/self/fd | sort -n | tr '\\n' ' '"]);
    // Descriptors far up are those that the test runner's own parent left open.
    const low = world
      .stdout()
      .trim()
      .split(" ")
      .filter((descriptor) => Number(descriptor) < 100);
    expect(low.join(" ")).toMatch(/^0 1 2( 3)?$/);
  });

  it("passes arguments and variables byte for byte, whatever is in them", async () => {
    const odd = [
      "",
      " ",
      "a b",
      "'",
      '"',
      "\\",
      "$HOME",
      "`id`",
      "*",
      "~",
      "-n",
      "a\nb",
      "\n",
      "\t",
      "\u0001\u007f",
      "ä€😀",
      ":",
      "\r",
    ];
    await world.run(["/usr/bin/printf", "<%s>", ...odd]);
    expect(world.stdout()).toBe(odd.map((text) => `<${text}>`).join(""));
  });

  it("refuses a NUL and an argument that is too long before anything starts", async () => {
    expect(await world.run(["/bin/echo", "a\0b"])).toMatchObject({ reason: "value", code: -1 });
    expect(await world.run(["/bin/echo", "x".repeat(limits.argumentLength + 1)])).toMatchObject({ reason: "value" });
    expect(world.spawned).toEqual([]);
  });

  it("gives output as a value of the type that the step asks for", async () => {
    const ask = async (
      text: string,
      output: "int" | "bool" | "string" | "version" | "size" | "duration",
    ): Promise<unknown> => (await world.run(["/usr/bin/printf", "%s", text], { step: { output } })).output;
    expect(await ask("42\n", "int")).toBe(42);
    expect(await ask("true", "bool")).toBe(true);
    expect(await ask(" two lines\nhere \n\r\n\n", "string")).toBe(" two lines\nhere ");
    expect(await ask("10.0.1\n", "version")).toBe("10.0.1");
    expect(await ask("300MB\n", "size")).toBe(300 * 1024 ** 2);
    expect(await ask("90s", "duration")).toBe(90_000);
  });

  it("reads lists and records as JSON against the type", async () => {
    const type = { list: { record: { name: "string", size: { optional: "int" } } } } as const;
    const good = await world.run(["/bin/echo", '[{"name":"a","size":1},{"name":"b"}]'], { step: { output: type } });
    expect(good.output).toEqual([{ name: "a", size: 1 }, { name: "b" }]);
    const bad = await world.run(["/bin/echo", '[{"name":1}]'], { step: { output: type } });
    expect(bad).toMatchObject({ succeeded: false, reason: "output", code: 0 });
    expect(bad.message).toBe("its output is no string at [0].name; what it did has happened");
  });

  it("fails a step whose output does not fit, whose effect has happened", async () => {
    const outcome = await world.run(["/bin/echo", "4 2"], { step: { output: "int" } });
    expect(outcome).toMatchObject({ succeeded: false, reason: "output", code: 0 });
    expect(outcome.message).toBe('its output is "4 2", not a whole number; what it did has happened');
    const failing = await world.run(["/bin/sh", "-c", "echo 4 2; exit 9"], { step: { output: "int" } });
    expect(failing).toMatchObject({ reason: "exit", code: 9 });
  });

  it("never cuts output that is too big", async () => {
    const size = limits.outputBytes;
    const big = await world.run(["/usr/bin/head", "-c", String(size + 1), "/dev/zero"], { step: { output: "string" } });
    expect(big).toMatchObject({ succeeded: false, reason: "output" });
    const fits = await world.run(["/bin/sh", "-c", `head -c ${size} /dev/zero | tr '\\0' x`], {
      step: { output: "string" },
    });
    expect(fits.output).toHaveLength(size);
  });

  it("takes the output of the last attempt alone", async () => {
    await world.run(["/bin/echo", "1"], { step: { output: "int" } });
    const second = await world.run(["/bin/echo", "2"], { step: { output: "int" }, attempt: 2 });
    expect(second.output).toBe(2);
    expect(world.stdout()).toBe("1\n2\n");
  });

  it("turns invalid bytes into U+FFFD in values and keeps them in the file", async () => {
    const outcome = await world.run(["/usr/bin/printf", "a\\377b"], { step: { output: "string" } });
    expect(outcome.output).toBe("a\ufffdb");
    expect(statSync(join(world.folder, "state/runs/r1/out/1.stdout")).size).toBe(3);
  });

  it("ends the whole tree when the time is up, with the grandchildren that left the group", async () => {
    const text = "sleep 300 & echo $!; setsid sleep 300 & echo $!; (setsid setsid sleep 300 &) ; wait";
    const began = performance.now();
    const outcome = await world.run(["/bin/sh", "-c", text], { step: { timeout: 500 } });
    expect(outcome).toMatchObject({ succeeded: false, code: -1, reason: "timeout" });
    expect(outcome.message).toBe("sh did not end within 0.5 s; it and its processes were ended");
    expect(performance.now() - began).toBeLessThan(5000);
    for (const line of world.stdout().trim().split("\n")) expect(alive(Number(line))).toBe(false);
  });

  it("kills what does not listen, after asking for ten seconds", { timeout: 30_000 }, async () => {
    const began = performance.now();
    const outcome = await world.run(["/bin/sh", "-c", "trap '' TERM; while :; do sleep 0.2; done"], {
      step: { timeout: 200 },
    });
    expect(outcome).toMatchObject({ reason: "timeout" });
    expect(performance.now() - began).toBeGreaterThan(9900);
    expect(alive(world.spawned[0] ?? 0)).toBe(false);
  });

  it("is cut when the run is cancelled or a group's time is up", async () => {
    const cancelled = await world.run(["/bin/sleep", "60"], { cancellation: cancelledAfter(200) });
    expect(cancelled).toMatchObject({ reason: "cancelled", code: -1 });
    const late = await world.run(["/bin/sleep", "60"], { cancellation: cancelledAfter(200, "deadline") });
    expect(late).toMatchObject({ reason: "deadline", code: -1 });
  });

  it("leaves a service that the step started running", async () => {
    const outcome = await world.run(["/bin/sh", "-c", "sleep 60 & echo $!"]);
    expect(outcome.succeeded).toBe(true);
    const service = Number(world.stdout());
    await delay(50);
    expect(alive(service)).toBe(true);
    expect(await world.run(["/bin/true"])).toMatchObject({ succeeded: true });
    process.kill(service, "SIGKILL");
  });

  it("tells the process before it ends, and says what goes on", async () => {
    await world.run(["/bin/sh", "-c", "echo halfway; sleep 2.2"]);
    expect(world.spawned).toHaveLength(1);
    expect(world.progress).toEqual(["halfway"]);
  });
});

describe("after a crash", () => {
  it("ends what the open execution left running, and nothing else", async () => {
    const first = await openWorld();
    await first.run(["/bin/sh", "-c", "setsid sleep 300 & echo $!"]);
    const service = Number(first.stdout());
    await first.run(["/bin/sh", "-c", "setsid sleep 300 & echo $!"]);
    const orphan = Number(first.stdout());
    await first.host.endLeftovers(first.execution(), [{ id: service, started: "1" }]);
    expect([alive(service), alive(orphan)]).toEqual([true, false]);
    process.kill(service, "SIGKILL");
    await first.close();
  });
});
