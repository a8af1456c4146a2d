// `check`, `config` and `explain` on real files.
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const good = `/// Does nothing much.
sequence main "Main" {
  step "Say hello"
    log "hello"
}
`;
const unknown = good.replace('log "hello"', "log greeting");

describe("check", () => {
  test("says nothing is wrong, and exits with 0", async () => {
    const folder = temporaryFolder({ "a.seq": good, "lib/b.seq": good, "c.txt": "no sequence" });
    expect(await callCli(["check"], { folder })).toEqual({ code: 0, stdout: "no findings in 2 files\n", stderr: "" });
  });

  test("shows findings with the place as seen from the current folder, and exits with 1", async () => {
    const folder = temporaryFolder({ "sequitur.json": "{}", "site/a.seq": unknown, "other/x.txt": "" });
    const { code, stdout, stderr } = await callCli(["check", "../site"], { folder: join(folder, "other") });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^error SEQ\d{4}: .*greeting.*\n --> \.\.\/site\/a\.seq:4:9\n/);
    expect(stdout).toContain("4 |     log greeting\n  |         ^^^^^^^^");
    expect(stdout).toMatch(/\n\n1 error in 1 file\n$/);
  });

  test("reads standard input for -", async () => {
    const folder = temporaryFolder({});
    const { code, stdout } = await callCli(["check", "-"], { folder, input: unknown });
    expect(code).toBe(1);
    expect(stdout).toContain("--> <stdin>:4:9");
    expect((await callCli(["check", "-"], { folder, input: good })).code).toBe(0);
  });

  test("resolves the imports of standard input from the current folder", async () => {
    const folder = temporaryFolder({ "lib.seq": 'const greeting = "hello"\n' });
    const input = `import { greeting } from "./lib.seq"\n${unknown}`;
    expect(await callCli(["check", "-"], { folder, input })).toMatchObject({ code: 0 });
  });

  test("has forms for programs", async () => {
    const folder = temporaryFolder({ "a.seq": unknown, "b.seq": good });
    const outputOf = async (format: string) => (await callCli(["check", "--format", format], { folder })).stdout;
    expect(JSON.parse(await outputOf("json"))).toMatchObject([
      { file: "a.seq", range: { start: { line: 4, column: 9 } } },
    ]);
    expect(JSON.parse(await outputOf("sarif"))).toMatchObject({ runs: [{ results: [{ level: "error" }] }] });
    expect(await outputOf("github")).toMatch(/^::error file=a\.seq,line=4,endLine=4,col=9,endColumn=17,title=SEQ/);
    expect(await outputOf("junit")).toContain('<testcase name="no findings" classname="b.seq"/>');
  });

  test("finds each mistake once, though two files import the one with it", async () => {
    const importer = `import "./lib/bad.seq" as bad\n${good}`;
    const folder = temporaryFolder({ "a.seq": importer, "b.seq": importer, "lib/bad.seq": "const x = nowhere\n" });
    const { stdout } = await callCli(["check", "a.seq", "b.seq", "lib"], { folder });
    expect(stdout.match(/--> lib\/bad\.seq:1:11/g)).toHaveLength(1);
  });

  test("says which path can't be read, and exits with 2", async () => {
    const folder = temporaryFolder({ "empty/x.txt": "" });
    const wrong = async (...args: string[]) => {
      const { code, stdout, stderr } = await callCli(["check", ...args], { folder });
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      return stderr;
    };
    expect(await wrong("no.seq")).toBe("sequitur: can't read no.seq: there is no such file or folder.\n");
    expect(await wrong("empty")).toBe("sequitur: there are no .seq files in empty.\n");
    expect(await wrong("-", "a.seq")).toContain("- is standard input");
    expect(await wrong("--fix", "-")).toContain("--fix needs a file");
  });

  test("names the byte that is not UTF-8", async () => {
    const folder = temporaryFolder({ "a.seq": new Uint8Array([0x61, 0x62, 0xff, 0x63]) });
    const { code, stdout } = await callCli(["check"], { folder });
    expect(code).toBe(1);
    expect(stdout).toContain("(byte 2)");
    expect((await callCli(["check", "-"], { input: new Uint8Array([0xc0, 0x80]) })).stderr).toContain("(byte 0)");
  });

  test("is not led astray by links in a circle, pipes of folders or folders with a source's name", async () => {
    const folder = temporaryFolder({ "a.seq": good, "folder.seq/b.seq": good, "node_modules/c.seq": unknown });
    symlinkSync(".", join(folder, "circle"));
    symlinkSync("loop.seq", join(folder, "loop.seq"));
    expect(await callCli(["check"], { folder })).toMatchObject({ code: 0, stdout: "no findings in 2 files\n" });
  });

  test("--max-warnings turns warnings into a failure", async () => {
    const folder = temporaryFolder({ "a.seq": good, "sequitur.json": '{ "rules": { "SEQ9999": "off" } }' });
    const all = await callCli(["check"], { folder });
    expect(all).toMatchObject({ code: 0, stderr: "" });
    expect(all.stdout).toMatch(/^warning SEQ7104: [^]*\n1 warning in 1 file\n$/);
    expect((await callCli(["check", "--max-warnings", "1"], { folder })).code).toBe(0);
    expect(await callCli(["check", "--max-warnings", "0"], { folder })).toMatchObject({
      code: 1,
      stderr: "sequitur: 1 warning, and --max-warnings allows 0\n",
    });
  });
});

describe("check --fix", () => {
  const fixable = good.replace('log "hello"', 'log "hello"\n    when device.cpus > 1 && device.memory > 1GB');

  test("applies what is safe, keeps the rest of the file and its mode", async () => {
    const folder = temporaryFolder({ "a.seq": `\ufeff${fixable}` });
    const path = join(folder, "a.seq");
    chmodSync(path, 0o640);
    const { code, stdout, stderr } = await callCli(["check", "--fix"], { folder });
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: "no findings in 1 file\n",
      stderr: "fixed 1 finding in 1 file\n",
    });
    expect(readFileSync(path, "utf8")).toBe(`\ufeff${fixable.replace("&&", "and")}`);
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  test("reports what is left, and writes nothing beside the files", async () => {
    const folder = temporaryFolder({ "a.seq": fixable.replace("device.memory > 1GB", "nowhere"), "b.seq": fixable });
    const { code, stdout, stderr } = await callCli(["check", "--fix"], { folder });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "fixed 2 findings in 2 files\n" });
    expect(stdout).toContain("5 |     when device.cpus > 1 and nowhere\n");
    expect(stdout).toMatch(/\n1 error in 1 file\n$/);
    expect(readdirSync(folder).sort()).toEqual(["a.seq", "b.seq"]);
  });

  test("leaves files above the project alone", async () => {
    const folder = temporaryFolder({ "up.seq": `const yes = true && true\n`, "p/sequitur.json": "{}" });
    writeFileSync(join(folder, "p/a.seq"), `import "../up.seq" as up\n${good}`);
    await callCli(["check", "--fix"], { folder: join(folder, "p") });
    expect(readFileSync(join(folder, "up.seq"), "utf8")).toContain("&&");
  });

  test("writes nothing where nothing is to be fixed", async () => {
    const folder = temporaryFolder({ "a.seq": good });
    const before = statSync(join(folder, "a.seq")).mtimeMs;
    expect(await callCli(["check", "--fix"], { folder })).toMatchObject({ code: 0, stderr: "" });
    expect(statSync(join(folder, "a.seq")).mtimeMs).toBe(before);
  });
});

describe("config", () => {
  test("shows each value and the file that says it", async () => {
    const folder = temporaryFolder({
      "sequitur.json": '{ "rules": { "SEQ2004": "warning" } }',
      "inner/sequitur.json": '{ "targets": ["mdt"] }',
      "inner/a.seq": good,
    });
    const { code, stdout } = await callCli(["config", "inner/a.seq"], { folder });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^language = 1 +\(default\)$/m);
    expect(stdout).toMatch(/^rules\.SEQ2004 = "warning" +\(sequitur\.json\)$/m);
    expect(stdout).toMatch(/^targets = \["mdt"\] +\(inner\/sequitur\.json\)$/m);
    const json = JSON.parse((await callCli(["config", "inner", "--format", "json"], { folder })).stdout);
    expect(json).toContainEqual({ name: "targets", value: ["mdt"], from: "inner/sequitur.json" });
    expect(json).toContainEqual({ name: "language", value: 1, from: null });
  });

  test("reports a configuration that is wrong", async () => {
    const folder = temporaryFolder({ "sequitur.json": '{ "rulez": {} }' });
    const { code, stderr } = await callCli(["config"], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain("--> sequitur.json:1:3");
  });
});

describe("explain", () => {
  test("takes code and name alike", async () => {
    const page = await callCli(["explain", "SEQ2004"]);
    expect(page).toMatchObject({ code: 0, stderr: "" });
    expect(page.stdout).toContain("unknown-package");
    expect(await callCli(["explain", "unknown-package"])).toEqual(page);
    expect(await callCli(["explain", "seq2004"])).toEqual(page);
  });

  test("names the nearest for one that there is not", async () => {
    const { code, stderr } = await callCli(["explain", "unknown-pakage"]);
    expect(code).toBe(2);
    expect(stderr).toContain("Did you mean unknown-package?");
  });
});

describe("new", () => {
  test("lists the templates", async () => {
    const { code, stdout } = await callCli(["new"]);
    expect(code).toBe(0);
    for (const name of ["custom", "install-image", "build-and-capture", "upgrade"])
      expect(stdout).toContain(`  ${name} `);
  });

  test.each(["custom", "install-image", "build-and-capture", "upgrade"])(
    "%s is checked without a finding and builds",
    async (template) => {
      const folder = temporaryFolder();
      expect(await callCli(["new", "p", "--template", template], { folder })).toMatchObject({ code: 0 });
      expect(await callCli(["check", "p"], { folder })).toEqual({
        code: 0,
        stdout: "no findings in 1 file\n",
        stderr: "",
      });
      const built = await callCli(["build", `p/${template}.seq`, "-o", "-"], { folder });
      expect(built).toMatchObject({ code: 0 });
      expect(JSON.parse(built.stdout)).toMatchObject({ format: 1 });
    },
  );

  test("overwrites nothing", async () => {
    const folder = temporaryFolder({ "custom.seq": "mine" });
    const { code, stderr } = await callCli(["new", "--template", "custom"], { folder });
    expect(code).toBe(2);
    expect(stderr).toContain("this would be overwritten: custom.seq");
    expect(readFileSync(join(folder, "custom.seq"), "utf8")).toBe("mine");
    expect(existsSync(join(folder, "sequitur.json"))).toBe(false);
  });

  test("makes a script of a package executable", async () => {
    const folder = temporaryFolder();
    await callCli(["new", "--template", "install-image"], { folder });
    expect(statSync(join(folder, "packages/agent/install.sh")).mode & 0o111).not.toBe(0);
  });
});

describe("build, verify, disassemble", () => {
  test("give a plan that verifies and reads beside its source", async () => {
    const folder = temporaryFolder({ "a.seq": good });
    const built = await callCli(["build", "a.seq"], { folder });
    expect(built).toMatchObject({ code: 0, stdout: "" });
    expect(built.stderr).toMatch(/^wrote plan\.json \(sha256:[0-9a-f]{64}\)\n$/);
    const verified = await callCli(["verify", "plan.json"], { folder });
    expect(verified).toMatchObject({ code: 0, stderr: "" });
    expect(verified.stdout).toMatch(/^verified: "Main", \d+ instructions, 1 sequence, 0 content references\nsha256:/);
    const text = await callCli(["disassemble", "plan.json"], { folder });
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('; a.seq:4  log "hello"');
  });

  test("take and give standard streams", async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await callCli(["build", "-", "-o", "-"], { folder, input: good });
    expect(code).toBe(0);
    expect(await callCli(["verify", "-"], { folder, input: stdout })).toMatchObject({ code: 0 });
  });

  test("a plan that was changed does not verify: exit code 4", async () => {
    const folder = temporaryFolder({ "a.seq": good });
    await callCli(["build", "a.seq", "-o", "p.json"], { folder });
    const path = join(folder, "p.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("hello", "world"));
    const { code, stderr } = await callCli(["verify", "p.json"], { folder });
    expect(code).toBe(4);
    expect(stderr).toContain("p.json does not verify: 1 problem\n  V1: ");
    expect((await callCli(["run", "p.json"], { folder })).code).toBe(4);
    expect((await callCli(["disassemble", "p.json"], { folder })).code).toBe(4);
    expect((await callCli(["verify", "-"], { folder, input: "{}" })).code).toBe(4);
  });

  test("content is noted in sequitur.lock, and --locked refuses what changed", async () => {
    const source = `package tools "./tools"\n${good.replace('log "hello"', 'run "./x.sh" from tools')}`;
    const folder = temporaryFolder({ "a.seq": source, "tools/x.sh": "#!/bin/sh\n" });
    expect((await callCli(["build", "a.seq", "--locked"], { folder })).code).toBe(1);
    expect((await callCli(["build", "a.seq"], { folder })).code).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, "sequitur.lock"), "utf8"))).toMatchObject({ content: { tools: {} } });
    expect((await callCli(["build", "a.seq", "--locked"], { folder })).code).toBe(0);
    writeFileSync(join(folder, "tools/x.sh"), "#!/bin/sh\necho changed\n");
    const { code, stderr } = await callCli(["build", "a.seq", "--locked"], { folder });
    expect(code).toBe(1);
    expect(stderr).toContain("tools");
    expect((await callCli(["build", "a.seq"], { folder })).code).toBe(0);
  });

  test("with errors there is no plan", async () => {
    const folder = temporaryFolder({ "a.seq": unknown });
    const { code, stdout, stderr } = await callCli(["build", "a.seq"], { folder });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("1 error in 1 file");
    expect(existsSync(join(folder, "plan.json"))).toBe(false);
  });

  test("what can't be read or written is said, and exits with 2", async () => {
    const folder = temporaryFolder({ "a.seq": good, "d/x": "" });
    const said = async (...args: string[]) => {
      const { code, stderr } = await callCli(args, { folder });
      expect(code).toBe(2);
      return stderr;
    };
    expect(await said("build", "no.seq")).toBe("sequitur: can't read no.seq: there is no such file or folder.\n");
    expect(await said("build", "d")).toContain("d is a folder");
    expect(await said("build", "a.seq", "-o", "d")).toContain("can't write d: it is a folder.");
    expect(await said("build", "a.seq", "-o", "no/p.json")).toContain("there is no such file or folder");
    expect(await said("verify", "d")).toContain("it is a folder");
    expect(await said("verify", "no.json")).toContain("there is no such file");
  });
});
