// Actions in TypeScript, from the text to what happened on this machine: built, taken along with the runtime alone, run, cut,
// failed and cancelled. What their types mean to a sequence is compiler/typescript's test.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterAll, describe, expect, it } from "vitest";
import type { Plan } from "@sequitur/runtime/plan";
import { callCli } from "../test-support/call-cli.ts";

const work = mkdtempSync(join(tmpdir(), "sequitur-typescript-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

/** A project of its own folder. */
function project(files: { readonly [path: string]: string }): string {
  count += 1;
  const folder = join(work, `project${count}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const sequence = (statements: string, names = "act"): string =>
  `import { ${names} } from "./act.ts"\nsequence main {\n${statements}\n}\n`;

interface Ran {
  readonly code: number;
  readonly output: string;
  /** The folder of the run's state. */
  readonly state: string;
}

async function run(files: { readonly [path: string]: string }, ...options: string[]): Promise<Ran> {
  const folder = project(files);
  const state = join(folder, "state");
  const args = ["run", "main.seq", "--state", state, ...options];
  const { code, stdout, stderr } = await callCli(args, { folder, typescript: true });
  return { code, output: stdout + stderr, state };
}

async function build(folder: string, file = "main.seq"): Promise<Buffer> {
  const plan = join(folder, "plan.json");
  const { code, stderr } = await callCli(["build", file, "-o", plan], { folder, typescript: true });
  expect(`${code} ${stderr}`).toMatch(/^0 /);
  return readFileSync(plan);
}

/** All that lies in a folder, as one text. */
function everythingIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1")).join("\n");
}

/** Does a process with this text in its command line live? */
function lives(text: string): boolean {
  return spawnSync("pgrep", ["-f", text]).status === 0;
}

const loud = {
  "node_modules/loud/package.json": '{ "name": "loud", "version": "1.0.0", "main": "index.js", "types": "index.d.ts" }',
  "node_modules/loud/index.js": 'exports.shout = (text) => require("os").EOL.trim() + text.toUpperCase();\n',
  "node_modules/loud/index.d.ts": "export function shout(text: string): string;\n",
};

const shouting = {
  ...loud,
  "act.ts":
    'import { shout } from "loud";\nimport { twice } from "./lib/twice";\n' +
    "export function act(input: { text: string }): string {\n  return shout(twice(input.text));\n}\n",
  "lib/twice.ts": "export const twice = (text: string): string => text + text;\n",
  "main.seq": sequence('  step s "Shout" use act { text: "ab" }\n  log "said ${s.output}"'),
};

describe("a plan", () => {
  it("has the same bytes wherever the project lies, and none of its place", async () => {
    const [first, second] = [project(shouting), project(shouting)];
    const plan = await build(first);
    expect((await build(second)).equals(plan)).toBe(true);
    expect(plan.toString()).not.toContain(work);
    const modules = (JSON.parse(plan.toString()) as Plan).modules ?? [];
    expect(modules.map(({ source }) => source)).toEqual(["act.ts"]);
    const [, map = ""] = /base64,(.*)/.exec(modules[0]?.text ?? "") ?? [];
    expect((JSON.parse(Buffer.from(map, "base64").toString()) as { sources: unknown }).sources).toEqual([
      "node_modules/loud/index.js",
      "act.ts",
      "lib/twice.ts",
    ]);
  });

  it("needs nothing but the runtime: packages are in it", async () => {
    const folder = project(shouting);
    await build(folder);
    const alone = join(work, "alone");
    mkdirSync(alone);
    const runtime = join(import.meta.dirname, "../../dist/runtime.mjs");
    expect(existsSync(runtime), "npm run build comes before this test").toBe(true);
    copyFileSync(runtime, join(alone, "runtime.mjs"));
    copyFileSync(join(folder, "plan.json"), join(alone, "plan.json"));
    const args = ["runtime.mjs", "run", "plan.json", "--state", "state"];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: alone, encoding: "utf8" });
    expect(stdout + stderr).toContain("said ABAB");
    expect(status).toBe(0);
  });

  it("whose module was changed is refused", async () => {
    const folder = project(shouting);
    const plan = JSON.parse((await build(folder)).toString()) as { modules: { text: string }[] };
    const [module] = plan.modules;
    if (module !== undefined) module.text = `${module.text}\nprocess.exit(0);`;
    writeFileSync(join(folder, "plan.json"), JSON.stringify(plan));
    expect(await callCli(["verify", "plan.json"], { folder })).toMatchObject({ code: 4 });
  });

  it("of imports that leave the project through a package is refused", async () => {
    const outside = project({ "x.js": "export const x = 1;\n" });
    const files = {
      "act.ts": `// @ts-expect-error no types\nimport { x } from "${outside}/x.js";\nexport function act(): number {\n  return x;\n}\n`,
      "main.seq": sequence("  use act {}"),
    };
    const folder = project(files);
    const { code, stderr } = await callCli(["build", "main.seq", "-o", "p.json"], { folder, typescript: true });
    expect(code).toBe(1);
    expect(stderr).toMatch(/SEQ2155|SEQ2158/);
    expect(stderr).toContain("outside of the project");
  });
});

describe("values", () => {
  it("of every type arrive as what they are, and come back", async () => {
    const files = {
      "act.ts":
        'import type { ContentFile, Duration, PackageFolder, Size, Version } from "@sequitur/sdk";\n' +
        'import { milliseconds, version } from "@sequitur/sdk";\nimport { readFileSync } from "node:fs";\n' +
        "export function act(input: {\n  text: string; count: number; on: boolean; wait: Duration; size: Size; v: Version;\n" +
        "  list: string[]; record: { a?: string; b: number }; left?: string; tools: PackageFolder; readme: ContentFile;\n" +
        "}): { json: string; wait: Duration; v: Version; seen: string } {\n" +
        "  const { tools, readme, ...rest } = input;\n" +
        '  const seen = readFileSync(`${tools}/tool.txt`, "utf8").trim() + readFileSync(readme, "utf8").trim();\n' +
        '  return { json: JSON.stringify(rest), wait: milliseconds(input.wait * 2), v: version("2.1"), seen };\n}\n',
      "tools/tool.txt": "tool\n",
      "README.txt": "read me\n",
      "main.seq":
        'import { act } from "./act.ts"\npackage tools "./tools"\nfile readme "./README.txt"\nsequence main {\n' +
        '  step s "All" use act { text: "a\\"b ${"c"}", count: -3, on: true, wait: 90s, size: 1KB, v: "10.0.1", list: ["x", "y"],\n' +
        "    record: { b: 1 }, tools: tools, readme: readme }\n" +
        '  log "${s.output.json} ${s.output.wait} ${s.output.v} ${s.output.seen}"\n}\n',
    };
    const { code, output } = await run(files);
    expect(output).toContain(
      '{"text":"a\\"b c","count":-3,"on":true,"wait":90000,"size":1024,"v":"10.0.1","list":["x","y"],"record":{"b":1}}' +
        " 3m 2.1 toolread me",
    );
    expect(code).toBe(0);
  });

  it("that are not what the type says fail the step", async () => {
    const act = (text: string): string => `export function act(): { n: number } {\n  ${text}\n}\n`;
    const outcome = async (text: string): Promise<string> => {
      const { output } = await run({ "act.ts": act(text), "main.seq": sequence("  use act {}") });
      return output;
    };
    expect(await outcome('return JSON.parse(\'{"n":"1"}\');')).toContain("the output of act is no int at .n");
    expect(await outcome("return { n: 1.5 };")).toContain("the output of act is no int at .n");
    expect(await outcome("return JSON.parse('{}');")).toContain("the output of act is no int at .n");
    expect(await outcome('return JSON.parse(`{"n":1,"more":"${"x".repeat(2000000)}"}`);')).toContain(
      "the output of act has more than 1048576 bytes",
    );
    expect(await outcome("const o: { n: number; o?: object } = { n: 1 };\n  o.o = o;\n  return o;")).toContain(
      "circular structure",
    );
  });

  it("beyond the type are left out", async () => {
    const files = {
      "act.ts": "export function act(): { n: number } {\n  const more = { n: 1, o: 2 };\n  return more;\n}\n",
      "main.seq": sequence('  step s "N" use act {}\n  log "n is ${s.output.n}"'),
    };
    const { code, output } = await run(files);
    expect(output).toContain("n is 1");
    expect(code).toBe(0);
  });

  it("that are secret stand nowhere in the clear", async () => {
    const canary = "canary-7f3a91-secret";
    const files = {
      "act.ts":
        'import type { ActionContext, Secret } from "@sequitur/sdk";\nimport { secret } from "@sequitur/sdk";\n' +
        'import { execFileSync } from "node:child_process";\n' +
        "export function act(input: { key: Secret }, context: ActionContext): { made: Secret; length: number } {\n" +
        "  context.log(`log ${input.key}`);\n  context.progress(`progress ${input.key}`);\n" +
        "  console.log(`out ${input.key}`);\n  console.error(`err ${input.key}`);\n" +
        '  const processes = execFileSync("sh", ["-c", "cat /proc/$PPID/cmdline /proc/$PPID/environ | tr \'\\\\0\' \' \'"]).toString();\n' +
        '  if (processes.includes(input.key)) throw new Error("others can see it");\n' +
        "  return { made: secret(`made-${input.key}`), length: input.key.length };\n}\n" +
        "export function tell(input: { key: Secret }): void {\n  throw new Error(`it was ${input.key}`);\n}\n",
      "main.seq":
        'import { act, tell } from "./act.ts"\nsequence main {\n  secret key: string\n' +
        '  step s "Take it" use act { key: key }\n  log "${s.output.length} characters"\n' +
        '  step "Tell it" use tell { key: s.output.made }\n}\n',
      "given.json": JSON.stringify({ key: canary }),
    };
    const { code, output, state } = await run(files, "--params", "given.json");
    expect(output).toContain("20 characters");
    expect(output).toContain("tell failed: it was ***");
    expect(code).toBe(1);
    expect(output).not.toContain(canary);
    const kept = everythingIn(state);
    expect(kept).toContain("log ***");
    expect(kept).toContain("out ***");
    expect(kept).not.toContain(canary);
  });
});

describe("failures", () => {
  it("tell the message and the place in TypeScript, and take a number along", async () => {
    const files = {
      "act.ts":
        'import { ActionFailure } from "@sequitur/sdk";\n\nfunction deep(): never {\n' +
        '  throw new ActionFailure("the disk is full", 28);\n}\n\nexport async function act(): Promise<void> {\n' +
        "  await Promise.resolve();\n  deep();\n}\n",
      "main.seq": sequence('  step s "Fail" use act {} continue on error\n  log "code ${s.code}, ${s.reason}"'),
    };
    const { output, state } = await run(files);
    expect(output).toContain("code 28, exit");
    expect(everythingIn(state)).toContain("act failed: the disk is full (act.ts:4:9)");
  });

  it.each([
    ["process.exit(7);", "it did not return: its process ended with code 7", 7],
    ["await new Promise(() => undefined);", "it did not return: nothing was left to wait for", 1],
    [
      "setTimeout(() => { throw new Error('later'); }, 5);\n  await new Promise((r) => setTimeout(r, 5000));",
      "later",
      1,
    ],
    ["throw 'a text';", "a text", 1],
    [
      'process.kill(process.pid, "SIGKILL");\n  await new Promise((r) => setTimeout(r, 5000));',
      "was killed by signal 9",
      137,
    ],
  ])("%s", async (text, message, number) => {
    const files = {
      "act.ts": `export async function act(): Promise<void> {\n  ${text}\n}\n`,
      "main.seq": sequence('  step s "Fail" use act {} continue on error\n  log "code ${s.code}"'),
    };
    const { output, state } = await run(files);
    expect(everythingIn(state)).toContain(message);
    expect(output).toContain(`code ${number}`);
  });

  it("can be tried again", async () => {
    const files = {
      "act.ts":
        'import { appendFileSync, readFileSync } from "node:fs";\nexport function act(input: { path: string }): void {\n' +
        '  appendFileSync(input.path, "x");\n  if (readFileSync(input.path, "utf8").length < 3) throw new Error("too few");\n}\n',
      "main.seq": sequence(`  use act { path: "${join(work, "tries")}" } retry 3 every 10ms`),
    };
    expect(await run(files)).toMatchObject({ code: 0 });
    expect(readFileSync(join(work, "tries"), "utf8")).toBe("xxx");
  });
});

describe("an end before its time", () => {
  const sleeping = (seconds: string, signal: boolean): string =>
    'import type { ActionContext } from "@sequitur/sdk";\nimport { spawn } from "node:child_process";\n' +
    'import { writeFileSync } from "node:fs";\n' +
    "export async function act(input: { mark: string }, context: ActionContext): Promise<void> {\n" +
    `  spawn("sh", ["-c", "setsid sleep ${seconds} & sleep ${seconds}"]);\n` +
    (signal
      ? '  await new Promise((resolve) => context.signal.addEventListener("abort", resolve));\n' +
        '  writeFileSync(input.mark, "tidied up");\n}\n'
      : "  for (;;) await new Promise((resolve) => setTimeout(resolve, 1000));\n}\n");

  it("takes all its processes along, at once if it does not look", async () => {
    const began = performance.now();
    const { code, output } = await run({
      "act.ts": sleeping("7301", false),
      "main.seq": sequence('  use act { mark: "" } timeout 2s'),
    });
    expect(code).toBe(1);
    expect(output).toContain("timed out after 2s");
    expect(lives("sleep 7301")).toBe(false);
    expect(performance.now() - began).toBeLessThan(9000);
  });

  it("is told to one that looks at its signal, which may tidy up", async () => {
    const mark = join(work, "tidied");
    const { code, output } = await run({
      "act.ts": sleeping("7302", true),
      "main.seq": sequence(`  use act { mark: "${mark}" } timeout 2s`),
    });
    expect(code).toBe(1);
    expect(output).toContain("timed out after 2s");
    expect(readFileSync(mark, "utf8")).toBe("tidied up");
    expect(lives("sleep 7302")).toBe(false);
  });

  it("comes with a cancel too", async () => {
    const folder = project({ "act.ts": sleeping("7303", false), "main.seq": sequence('  use act { mark: "" }') });
    const state = join(folder, "state");
    let interrupt: (() => void) | undefined;
    const running = callCli(["run", "main.seq", "--state", state], {
      ...{ folder, typescript: true },
      onSurroundings: (controls) => (interrupt = controls.interrupt),
    });
    await expect.poll(() => lives("sleep 7303"), { timeout: 30_000 }).toBe(true);
    const cancelled = await callCli(["cancel", "--now", "--state", state], { folder });
    expect(cancelled.code).toBe(0);
    expect(interrupt).toBeDefined();
    const { code, stdout, stderr } = await running;
    expect(code).toBe(1);
    expect(stdout + stderr).toContain("cancelled");
    expect(lives("sleep 7303")).toBe(false);
  });
});

describe("what people see", () => {
  it("a mismatch shows the call and the declaration in TypeScript", async () => {
    const folder = project({
      "act.ts": "export function act(input: {\n  /** A letter. */\n  drive: string;\n}): void {}\n",
      "main.seq": sequence("  use act { drive: 3 }"),
    });
    const { code, stdout } = await callCli(["check", "main.seq"], { folder, typescript: true });
    expect(code).toBe(1);
    expect(stdout).toContain("main.seq:3:20");
    expect(stdout).toContain("drive is declared at act.ts:3:3");
  });

  it("one that destroys data asks first", async () => {
    const files = {
      "act.ts": "/** @destroys */\nexport function act(): void {}\n",
      "main.seq": sequence('  step "Wipe" use act {}'),
    };
    const { code, output } = await run(files);
    expect(code).toBe(1);
    expect(output).toContain("Wipe (act, main.seq:3)");
    expect(await run(files, "--yes")).toMatchObject({ code: 0 });
  });

  it("one for Windows PE does not run in the full system", async () => {
    const files = {
      "act.ts": "/** @needs winpe */\nexport function act(): void {}\n",
      "main.seq": sequence("  use act {}"),
    };
    const { code, output } = await run(files);
    expect(code).toBe(1);
    expect(output).toContain("Windows PE");
  });
});

describe("the shipped command", () => {
  const command = join(import.meta.dirname, "../../dist/sequitur.mjs");
  const shipped = (folder: string, ...args: string[]): string => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [command, ...args], {
      cwd: folder,
      encoding: "utf8",
    });
    return `${status} ${stdout}${stderr}`;
  };

  it("loads its part for TypeScript, and runs what it read", () => {
    const folder = project(shouting);
    expect(shipped(folder, "check", "main.seq")).toMatch(/^0 /);
    expect(shipped(folder, "run", "main.seq", "--state", join(folder, "state"))).toMatch(/^0 /);
    expect(everythingIn(join(folder, "state"))).toContain("said ABAB");
    expect(shipped(folder, "explain", "SEQ2153")).toContain("it is of type Date, which has no counterpart");
  });

  it("says so where the packages for it are not installed", () => {
    const folder = project(shouting);
    const alone = join(folder, "alone");
    cpSync(dirname(command), alone, { recursive: true });
    const args = [join(alone, "sequitur.mjs"), "check", "main.seq"];
    const { stdout, status } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    expect(stdout).toContain("SEQ2157");
    expect(status).toBe(1);
  });
});
