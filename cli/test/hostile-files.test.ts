// Files that are not what their name says: configurations, locks, parameters, baselines and plans that are broken, huge, deep
// or no files at all. Each is answered with a sentence; nothing waits for a pipe or reads a device to its end.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callBounded, endedWell } from "../test-support/bounded-command.ts";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const main = `package tools "./tools"\nsequence main {\n  param site: string = "a"\n  log "at \${site}"\n}\n`;
const files = { "main.seq": main, "tools/a.txt": "a" };
const onPosix = process.platform !== "win32";

/** A call in process: what was written, and the exit code, which says that it was no defect. */
async function called(folder: string, args: readonly string[], input?: string | Uint8Array): Promise<string> {
  const given = input === undefined ? { folder } : { folder, input };
  const { code, stdout, stderr } = await callCli(args, given);
  expect([0, 1, 2, 4]).toContain(code);
  expect(stderr).not.toContain("internal error");
  return stdout + stderr;
}

const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000);
const wide = `{${Array.from({ length: 20_000 }, (_, index) => `"k${index}": 1`).join(",")}}`;

describe("sequitur.json", () => {
  const cases: readonly [string, string][] = [
    ["", "a value is due here"],
    ["null", "must be an object"],
    ["[1]", "must be an object"],
    ["{", "a name in double quotes is due here"],
    ["{}{}", "something follows after its end"],
    ["\0", "a value is due here"],
    [deep("[", "]"), "nested too deep"],
    [deep('{"rules":', "}"), "nested too deep"],
    [wide, 'there is no setting "k0"'],
    [`{"rules": "${"x".repeat(1_000_000)}"}`, '"rules" must be an object'],
    ['{"rules": [1], "plugins": {}, "targets": 5, "language": "x"}', '"plugins" must be a list'],
    ['{"root": true, "root": false}', '"root" stands there twice'],
    ['{"__proto__": {"root": true}}', 'there is no setting "__proto__"'],
    ['{"extends": ["./sequitur.json"]}', '"./sequitur.json" extends this file'],
    ['{"extends": ["./a0.json", "./a0.json"]}', "more than 100 files are extended"],
  ];
  const chain = Array.from({ length: 30 }, (_, index) => {
    const next = `"./a${index + 1}.json"`;
    return [`a${index}.json`, `{"extends": [${next}, ${next}]}`] as const;
  });
  test.each(cases.map(([text, says], index) => [index, says, text] as const))("%i: %s", async (_, says, text) => {
    const folder = temporaryFolder({ ...files, ...Object.fromEntries(chain), "a30.json": "{}", "sequitur.json": text });
    expect(await called(folder, ["check"])).toContain(says);
    await called(folder, ["config", "--format", "json"]);
  });
});

test("sequitur.lock that is none", async () => {
  for (const text of ["", "null", "[]", '{"content": 5}', deep("[", "]"), "\0", wide]) {
    const folder = temporaryFolder({ ...files, "sequitur.lock": text });
    expect(await called(folder, ["build", "main.seq"]), text.slice(0, 40)).toContain("SEQ7012");
    await called(folder, ["build", "main.seq", "--locked"]);
  }
});

describe("parameters", () => {
  const cases: readonly [string, string][] = [
    ["", "is not valid JSON"],
    ["null", "must hold a JSON object"],
    ["[1]", "must hold a JSON object"],
    [`{"site": ${deep("[", "]")}}`, "is nested more than 32 deep"],
    ['{"site": {"a": 1e999}}', "has a number that is too large"],
    ['{"site": {"a": 1}}', "takes string"],
    ['{"__proto__": {"site": "x"}}', "no such parameter"],
    [`{"site": "${"x".repeat(2_000_000)}"}`, "is longer than"],
    ["\xff", "is not valid JSON"],
  ];
  test.each(cases.map(([text, says], index) => [index, says, text] as const))("%i: %s", async (_, says, text) => {
    const folder = temporaryFolder({ ...files, "p.json": text });
    const args = ["run", "main.seq", "--params", "p.json", "--state", join(folder, "state")];
    expect(await called(folder, args)).toContain(says);
  });
});

test("a baseline that is none", async () => {
  for (const text of ["{", "[]", '{"baseline": 2}', deep("[", "]"), '{"baseline": 1, "findings": [1]}']) {
    const folder = temporaryFolder({ ...files, "known.json": text });
    const said = await called(folder, ["check", "--baseline", "known.json"]);
    expect(said, text.slice(0, 40)).toContain("can't use known.json");
  }
});

describe("plans", () => {
  async function planIn(folder: string): Promise<string> {
    expect((await callCli(["build", "main.seq", "-o", "plan.json"], { folder })).code).toBe(0);
    return readFileSync(join(folder, "plan.json"), "utf8");
  }

  test("cut after any byte", async () => {
    const folder = temporaryFolder(files);
    const plan = (await planIn(folder)).trimEnd();
    for (let end = 0; end < plan.length; end++) {
      const { code, stderr } = await callCli(["verify", "-"], { folder, input: plan.slice(0, end) });
      if (code !== 4 || !stderr.includes("does not verify")) expect({ end, code, stderr }).toBe("refused");
    }
    expect((await callCli(["verify", "-"], { folder, input: plan })).code).toBe(0);
  });

  test("with any byte changed", async () => {
    const folder = temporaryFolder(files);
    const plan = Buffer.from((await planIn(folder)).trimEnd());
    for (let index = 0; index < plan.length; index++) {
      const changed = Buffer.from(plan);
      changed[index] = (changed[index] ?? 0) ^ 0x41;
      const { code } = await callCli(["verify", "-"], { folder, input: changed });
      if (code !== 4) expect({ index, code }).toBe("refused");
    }
  });

  test("of another version, or something else altogether", async () => {
    const folder = temporaryFolder(files);
    const plan = await planIn(folder);
    const journal = `{"k":"open","id":"20260101-000000-0000"}\n{"k":"close"}\n`;
    const others: readonly (string | Uint8Array)[] = [
      plan.replace('"format":1', '"format":2'),
      plan.replace('"format":1', '"format":1e400'),
      plan + plan,
      journal,
      "null",
      "[]",
      '"plan"',
      '{"format":1}',
      deep("[", "]"),
      deep('{"code":', "}"),
      wide,
      main,
      Uint8Array.of(0xff, 0xfe, 0x00),
    ];
    for (const [index, other] of others.entries()) {
      writeFileSync(join(folder, `p${index}.json`), other);
      for (const command of ["verify", "disassemble", "run"]) {
        const args = [command, `p${index}.json`, ...(command === "run" ? ["--state", join(folder, "state")] : [])];
        const { code, stderr } = await callCli(args, { folder });
        expect({ index, code, stderr: stderr.slice(0, 200) }).toMatchObject({ code: 4 });
        expect(stderr).toContain("does not verify");
      }
    }
    expect((await callCli(["verify", "p0.json"], { folder })).stderr).toMatch(/format|version/);
  });
});

test("odd arguments are answered", async () => {
  const folder = temporaryFolder({ ...files, "state/runs/x": "a" });
  const state = ["--state", join(folder, "main.seq")];
  const calls: readonly (readonly [readonly string[], string])[] = [
    [["explain", ""], "no finding has the code"],
    [["explain", "__proto__"], "no finding has the code"],
    [["explain", "constructor"], "no finding has the code"],
    [["explain", "\u001b[2J"], "<U+001B>[2J"],
    [["explain", "--"], "missing required argument"],
    [["verify", ""], "it is a folder"],
    [["verify", "tools"], "it is a folder"],
    [["disassemble", "x".repeat(5_000)], "can't read"],
    [["config", "nope"], "there is no such file"],
    [["check", "main.seq/x"], "can't read"],
    [["run", "main.seq", "--set", "=1"], "--set takes name=value"],
    [["run", "main.seq", "--set", "__proto__=1"], "no such parameter"],
    [["run", "main.seq", ...state], "can't be used"],
    [["build", "main.seq", "-o", "tools"], "it is a folder"],
    [["build", "main.seq", "-o", "no/plan.json"], "can't write"],
    [["runs", "show", "../../etc", "--state", join(folder, "state")], "there is no run"],
    [["completion", ""], "there is no completion"],
  ];
  for (const [args, says] of calls) expect(await called(folder, args), args.join(" ").slice(0, 80)).toContain(says);
});

describe.runIf(onPosix)("what is no file", () => {
  const noFiles = {
    pipe: (path: string): unknown => execFileSync("mkfifo", [path]),
    device: (path: string): void => symlinkSync("/dev/zero", path),
    circle: (path: string): void => symlinkSync(path, path),
    folder: (path: string): unknown => mkdirSync(path),
  };

  test.each(Object.entries(noFiles))("a %s wherever a file is read", (kind, make) => {
    const folder = temporaryFolder(files);
    for (const name of ["in.seq", "p.json", "plan", "base"]) make(join(folder, name));
    const imported = `import "./in.seq" as a\nimport { b } from "./b.ts"\nfile c "./p.json"\n${main}`;
    writeFileSync(join(folder, "imports.seq"), imported);
    make(join(folder, "b.ts"));
    const calls: readonly (readonly string[])[] = [
      ["check", "in.seq"],
      ["check", "imports.seq"],
      ["verify", "plan"],
      ["run", "main.seq", "--params", "p.json"],
      ["check", "--baseline", "base", "main.seq"],
    ];
    for (const args of calls) {
      const answer = callBounded(folder, args);
      expect(endedWell(answer) ? "well" : answer).toBe("well");
      if (kind !== "folder") expect(answer.output).toMatch(/device or pipe|circle|there is nothing|there is no/);
    }
  });

  test.each(Object.entries(noFiles))("a %s as configuration and lock", (_kind, make) => {
    const folder = temporaryFolder(files);
    make(join(folder, "sequitur.json"));
    make(join(folder, "sequitur.lock"));
    for (const args of [["build", "main.seq", "--locked"], ["config"]]) {
      const answer = callBounded(folder, args);
      expect(endedWell(answer) ? "well" : answer).toBe("well");
    }
  });

  test("a device is written to and stays one", async () => {
    const folder = temporaryFolder(files);
    symlinkSync("/dev/null", join(folder, "out"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    expect((await callCli(["build", "main.seq", "-o", "out"], { folder })).code).toBe(0);
    expect(readFileSync("/dev/null", "utf8")).toBe("");
    const { stderr } = await callCli(["build", "main.seq", "-o", "pipe"], { folder });
    expect(stderr).toContain("nothing reads from this pipe");
  });
});
