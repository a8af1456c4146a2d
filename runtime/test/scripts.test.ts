import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { scriptBytes } from "../script/interpreter.ts";
import { parseSettings } from "../script/settings.ts";
import { composeCommandLine } from "../system/run-command-line.ts";
import {
  contentOf,
  emptyPlan,
  openWorld,
  operand,
  stepOf,
  type World,
  type WorldOptions,
} from "./system-host.test-support.ts";

let world: World | null = null;
const open = async (options: WorldOptions = {}): Promise<World> => (world = await openWorld(options));
afterEach(async () => {
  await world?.close();
  world = null;
});

const words = (...values: readonly string[]): { operands: ReturnType<typeof operand>[] } => ({
  operands: values.map((value) => operand("word", value)),
});

describe("scripts", () => {
  it("run with their interpreter, arguments and environment", async () => {
    const { script, stdout } = await open();
    await script("sh", 'printf "%s|" "$@" "$A"\n', {
      operands: [...words("a b", "'", "").operands, operand("environment", "v", "A")],
    });
    expect(stdout()).toBe("a b|'||v|");
    await script("python", "import sys\nprint(sys.argv[1:])\n", words("x y"));
    expect(stdout()).toBe("['x y']\n");
  });

  it("end at the first command that fails", async () => {
    const { script, stdout } = await open();
    expect(await script("sh", "echo a\nfalse\necho b\n")).toMatchObject({ code: 1, reason: "exit" });
    expect(stdout()).toBe("a\n");
    expect(await script("bash", "false | cat\necho b\n")).toMatchObject({ code: 1, reason: "exit" });
    expect(stdout()).toBe("");
  });

  it("lie in a folder of their own that goes with them, and run in an empty one", async () => {
    const { script, stdout } = await open();
    await script("sh", 'ls -A | wc -l; stat -c "%a %U" "$0"; stat -c %a "$(dirname "$0")"; echo "$0"\n');
    const [count, rights, folder, path = ""] = stdout().split("\n");
    expect([count?.trim(), rights, folder]).toEqual(["0", "600 root", "700"]);
    expect(existsSync(path)).toBe(false);
  });

  it("set globals by name, whatever their exit code is", async () => {
    const { script } = await open({
      globals: [
        { name: "SiteCode", secret: false },
        { name: "Notes", secret: false },
      ],
    });
    const text =
      'echo sitecode=P01 >> "$SEQUITUR_SET"\nprintf "Notes<<E\\na=b\\n\\nc\\nE\\n" >> "$SEQUITUR_SET"\nexit 7\n';
    expect(await script("sh", text)).toMatchObject({ code: 7, globals: { SiteCode: "P01", Notes: "a=b\n\nc" } });
  });

  it("fail when they set what can't be set", async () => {
    const { script } = await open({ globals: [{ name: "Site", secret: false }] });
    const outcome = await script("sh", 'echo PATH=/evil >> "$SEQUITUR_SET"\n');
    expect(outcome).toMatchObject({ succeeded: false, reason: "output", code: 0 });
    expect(outcome.message).toContain(
      'Line 1 of the file that SEQUITUR_SET names sets "PATH", which is no global variable',
    );
    expect(await script("sh", 'echo rubbish >> "$SEQUITUR_SET"\n')).toMatchObject({ reason: "output" });
  });

  it("may be a file of a package, and run there", async () => {
    const { host, folder } = await open({
      content: { tools: { "bin/go.sh": "cat ../data.txt; pwd\n", "data.txt": "data\n" } },
    });
    const action = { kind: "script", language: "sh", script: { content: 0, path: "bin/go.sh" } } as const;
    const operands = [operand("from", 0), operand("workdir", "bin")];
    const request = { execution: 9, attempt: 1, node: 0, step: stepOf({ action }), operands, globals: {} };
    const outcome = await host.act(
      request,
      { spawned: () => undefined, progress: () => undefined, output: () => undefined },
      { requested: null, onRequest: () => undefined },
    );
    expect(outcome.succeeded).toBe(true);
    const [data, where = ""] = readFileSync(join(folder, "state/runs/r1/out/9.stdout"), "utf8").split("\n");
    expect(data).toBe("data");
    expect(where.startsWith(join(folder, "state/content"))).toBe(true);
  });

  it("say so where their language has no interpreter", async () => {
    const { script } = await open();
    expect(await script("cmd", "exit 0")).toMatchObject({ reason: "unsupported", code: -1 });
  });

  it("have the form that PowerShell on Windows needs", () => {
    const plain = scriptBytes("powershell", "Write-Host 'ä'\n", true).toString("utf8");
    expect(plain).toMatch(/^\ufeff\$ErrorActionPreference='Stop'; .*Write-Host 'ä'\r\n$/);
    expect(scriptBytes("powershell", "# note\nparam([string]$A)\n", true).toString("utf8")).toBe(
      "\ufeff# note\r\nparam([string]$A)\r\n",
    );
    expect(
      scriptBytes("powershell", "(New-Object -ComObject Microsoft.SMS.TSEnvironment)", true).toString("utf8"),
    ).toContain("Add-Type");
  });
});

describe("settings of scripts", () => {
  it.each([
    ["A=1\nB=\n", { globals: { A: "1", B: "" } }],
    ["a=x=y\r\n", { globals: { A: "x=y" } }],
    ["A<<E\nE\n", { globals: { A: "" } }],
    [
      "A<<E\nopen\n",
      { problem: 'Line 1 of the file that SEQUITUR_SET names begins a text whose end mark "E" does not follow' },
    ],
  ])("reads %j", (text, result) => {
    expect(parseSettings(text, ["A", "B"])).toEqual(result);
  });
});

describe("command lines", () => {
  const compose = (text: string, environment = {}, unchecked = false): unknown =>
    composeCommandLine(
      text.split("§").map((piece, i) => ({ text: piece, isValue: i % 2 === 1 })),
      environment,
      unchecked,
    );
  it("take the first word as the program and keep the rest as it stands", () => {
    expect(compose('"C:\\Program Files\\a.exe"  /q  "x y"')).toEqual({
      program: "C:\\Program Files\\a.exe",
      rest: '/q  "x y"',
    });
  });
  it("expand names once; what comes from a value is not looked at again", () => {
    expect(compose("a.exe %x% %no% 100%", { X: "%y%", Y: "deep" })).toEqual({
      program: "a.exe",
      rest: "%y% %no% 100%",
    });
  });
  it.each([
    ['a.exe "§x"y§"', /holds a quote/],
    ['a.exe "§C:\\§" b', /ends in \\ before a quote/],
    ["cmd.exe /c echo §a&b§", /character that the shell reads/],
  ])("refuse a value that would become syntax: %s", (text, problem) => {
    expect(compose(text)).toEqual({ problem: expect.stringMatching(problem) });
    expect(compose(text, {}, true)).not.toHaveProperty("problem");
  });
});

const asRoot = it.runIf(process.getuid?.() === 0 && existsSync("/usr/bin/setpriv"));

describe("steps as another account", () => {
  asRoot("run with its ids, groups and home, in a folder of its own (needs root and setpriv)", async () => {
    const { script, stdout, folder } = await open({ accounts: [{ name: "worker", user: "nobody" }] });
    const text =
      'id -un; echo "$USER $HOME"; touch here; stat -c %U "$0"; grep CapEff /proc/self/status; ls / >/dev/null; pwd\n';
    const outcome = await script("sh", text, { step: { account: 0 } });
    expect(outcome.message).toBe("");
    const [user, variables, owner, capabilities, where = ""] = stdout().split("\n");
    expect([user, variables, owner]).toEqual(["nobody", "nobody /nonexistent", "nobody"]);
    expect(capabilities).toMatch(/^CapEff:\s0+$/);
    expect(existsSync(where)).toBe(false);
    expect(readdirSync(join(folder, "state/work"))).toEqual([]);
  });

  asRoot("can't read the journal or other steps' output (needs root and setpriv)", async () => {
    const { script, folder, run } = await open({ accounts: [{ name: "worker", user: "nobody" }] });
    await run(["/bin/echo", "private"]);
    const outcome = await script("sh", `cat ${join(folder, "state/runs/r1/out/1.stdout")}\n`, { step: { account: 0 } });
    expect(outcome.message).toContain("Permission denied");
  });

  it("fail when there is no such account", async () => {
    const { run } = await open({ accounts: [{ name: "worker", user: "no-such-user" }] });
    const outcome = await run(["/bin/true"], { step: { account: 0 } });
    expect(outcome).toMatchObject({ reason: "account", message: "there is no account no-such-user on this machine" });
  });
});

describe("secrets", () => {
  it.each(["launcher", "direct"] as const)("never reach the disk or a message (%s)", async (start) => {
    const { host, run, stdout, stderr } = await open({ start, globals: [{ name: "Token", secret: true }] });
    host.addSecret("s3cret-value");
    const text =
      'for i in 1 2 3; do printf %s s3cret-; sleep 0.05; echo value; done; echo "no s3cret-value" >&2; exit 4';
    const outcome = await run(["/bin/sh", "-c", text]);
    expect(stdout()).toBe("***\n***\n***\n");
    expect(stderr()).toBe("no ***\n");
    expect(outcome.message).toBe("sh ended with exit code 4; its last error line: no ***");
    expect(host.mask('{"a":"s3cret-value"}')).toBe('{"a":"***"}');
  });

  it("leave a service alive that still writes, and do not wait for it", async () => {
    const { host, run, stdout } = await open();
    host.addSecret("s3cret-value");
    const began = performance.now();
    await run(["/bin/sh", "-c", "echo $$; (while :; do echo x; sleep 0.1; done) & echo $!"]);
    expect(performance.now() - began).toBeLessThan(4000);
    const service = Number(stdout().split("\n")[1]);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(existsSync(`/proc/${service}`)).toBe(true);
    process.kill(service, "SIGKILL");
  });
});

describe("preflight", () => {
  const plan = {
    nodes: [stepOf({ action: { kind: "script", language: "sh", script: { content: 0, path: "a.sh" } }, account: 0 })],
  };
  it("finds nothing wrong with content and accounts that are there", async () => {
    const { host } = await open({
      content: { tools: { "a.sh": "true\n" } },
      accounts: [{ name: "worker", user: "nobody" }],
    });
    const content = (await import("./system-host.test-support.ts")).contentOf(
      join(world?.folder ?? "", "project"),
      "tools",
      { "a.sh": "true\n" },
    );
    expect(
      await host.preflight(emptyPlan({ ...plan, content: [content], accounts: [{ name: "worker", user: "nobody" }] })),
    ).toEqual([]);
  });

  it("says all that is wrong at once", async () => {
    const { host, folder } = await open({ content: { tools: { "a.sh": "true\n" } } });
    writeFileSync(join(folder, "project/tools/a.sh"), "evil\n");
    const accounts = [{ name: "worker", user: "no-such-user", password: "NOT_SET_ANYWHERE" }];
    const problems = await host.preflight(emptyPlan({ ...plan, accounts }));
    expect(problems.map(({ reason, nodes }) => [reason, nodes])).toEqual([
      ["content", [0]],
      ["account", [0]],
      ["account", [0]],
    ]);
    expect(problems[0]?.message).toBe(
      `The package tools is not as the plan knows it: ${join(folder, "project/tools/a.sh")}: its contents differ.`,
    );
  });
});

describe("what a run can rely on", () => {
  it("refuses restarts for which nothing is set up, before anything is touched", async () => {
    const { host } = await open();
    const nodes = (["system", "winpe", "image"] as const).map((to) =>
      stepOf({ action: { kind: "restart", to }, name: to }),
    );
    const problems = await host.preflight(emptyPlan({ nodes }));
    expect(
      problems.filter(({ reason }) => reason === "restart").map(({ nodes: at, message }) => [at, message]),
    ).toEqual([
      [[1], "winpe can't be done: this machine can't restart to Windows PE: nothing is set up to boot it."],
      [[2], "image can't be done: this machine can't restart to a boot image: nothing is set up to boot it."],
    ]);
  });

  it("needs no source while a verified copy is there, and the source again when somebody wrote into the copy", async () => {
    const { host, run, folder, stdout } = await open({ content: { tools: { go: "#!/bin/sh\npwd\n" } } });
    expect(await run(["go"], { operands: [operand("from", 0)] })).toMatchObject({ succeeded: true });
    const cached = stdout().trim();
    rmSync(join(folder, "project/tools"), { recursive: true });
    const content = contentOf(join(folder, "project"), "tools", { go: "#!/bin/sh\npwd\n" });
    rmSync(join(folder, "project/tools"), { recursive: true });
    const action = { kind: "script", language: "sh", script: { content: 0, path: "go" } } as const;
    const checked = emptyPlan({ nodes: [stepOf({ action })], content: [content] });
    expect(await host.preflight(checked)).toEqual([]);
    chmodSync(join(cached, "go"), 0o755);
    writeFileSync(join(cached, "go"), "#!/bin/sh\necho evil\n");
    expect((await host.preflight(checked)).map(({ reason }) => reason)).toEqual(["content"]);
  });

  it("hears what a program writes, hidden where it is secret", async () => {
    const { run, told, host } = await open();
    await run(["/bin/sh", "-c", "echo out; echo err >&2"]);
    expect([...told].sort()).toEqual(["stderr err\n", "stdout out\n"]);
    told.length = 0;
    host.addSecret("hunter22");
    await run(["/bin/echo", "a hunter22 b"]);
    expect(told.join("")).toMatch(/^stdout a \S+ b\n$/);
    expect(told.join("")).not.toContain("hunter22");
  });
});

describe("content", () => {
  it("is copied, read-only, and taken anew when somebody wrote into it", async () => {
    const { run, folder, stdout } = await open({ content: { tools: { go: "#!/bin/sh\npwd\n" } } });
    const operands = [operand("from", 0)];
    expect(await run(["go"], { operands })).toMatchObject({ succeeded: true });
    const cached = stdout().trim();
    expect(cached.startsWith(join(folder, "state/content/"))).toBe(true);
    chmodSync(join(cached, "go"), 0o755);
    writeFileSync(join(cached, "go"), "#!/bin/sh\necho evil\n");
    await run(["go"], { operands });
    expect(stdout().trim()).toBe(cached);
    expect(execFileSync("stat", ["-c", "%a", cached, join(cached, "go")], { encoding: "utf8" })).toBe("555\n555\n");
  });

  it("is never run when it is not what the plan knows", async () => {
    const { run, folder } = await open({ content: { tools: { go: "#!/bin/sh\n" } } });
    writeFileSync(join(folder, "project/tools/go"), "#!/bin/sh\necho evil\n");
    const outcome = await run(["go"], { operands: [operand("from", 0)] });
    expect(outcome).toMatchObject({ reason: "content", code: -1 });
    expect(existsSync(join(folder, "state/content"))).toBe(true);
    expect(readdirSync(join(folder, "state/content"))).toEqual([]);
  });

  it("may not climb out of its folder", async () => {
    const evil = { path: "../../etc/passwd", size: 1, sha256: "0".repeat(64), executable: false };
    const contents = [
      { name: "evil", kind: "package", source: "evil", digest: "0".repeat(64), files: [evil] },
    ] as const;
    const { run } = await open({ contents });
    const outcome = await run(["go"], { operands: [operand("from", 0)] });
    expect(outcome.message).toBe(
      'The package evil lists a file whose path has an empty, . or .. name: "../../etc/passwd".',
    );
  });
});
