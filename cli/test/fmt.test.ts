// `sequitur fmt` as it is called: what it writes, lists, shows and answers with.
import { chmodSync, mkdirSync, readFileSync, lstatSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";
import { unifiedDiff } from "../render/unified-diff.ts";

const loose = "const  a=1\n\n\nsequence s { log   'x' }\n";
const laidOut = "const a = 1\n\nsequence s {\n  log 'x'\n}\n";

const textIn = (folder: string, name: string): string => readFileSync(join(folder, name), "utf8");

describe("files", () => {
  test("what is not in the layout is written and listed", async () => {
    const folder = temporaryFolder({
      "a.seq": loose,
      "lib/b.seq": laidOut,
      "lib/c.seq": loose,
      "note.txt": "const  a=1",
    });
    const called = await callCli(["fmt"], { folder });
    expect(called).toEqual({
      code: 0,
      stdout: "a.seq\nlib/c.seq\n",
      stderr: "2 files laid out anew, 1 file already in the layout\n",
    });
    expect(textIn(folder, "a.seq")).toBe(laidOut);
    expect(textIn(folder, "lib/c.seq")).toBe(laidOut);
    expect(textIn(folder, "note.txt")).toBe("const  a=1");
    expect(await callCli(["fmt", "--check"], { folder })).toMatchObject({ code: 0, stdout: "" });
  });

  test("--check lists and writes nothing", async () => {
    const folder = temporaryFolder({ "a.seq": loose, "b.seq": laidOut });
    const called = await callCli(["fmt", "--check", "a.seq", "b.seq"], { folder });
    expect(called).toMatchObject({ code: 1, stdout: "a.seq\n" });
    expect(textIn(folder, "a.seq")).toBe(loose);
  });

  test("--diff shows a patch that git applies", async () => {
    const folder = temporaryFolder({ "lib/a.seq": loose });
    const called = await callCli(["fmt", "--diff"], { folder });
    expect(called.code).toBe(1);
    expect(called.stdout).toBe(
      "--- a/lib/a.seq\n+++ b/lib/a.seq\n@@ -1,4 +1,5 @@\n-const  a=1\n-\n-\n" +
        "-sequence s { log   'x' }\n+const a = 1\n+\n+sequence s {\n+  log 'x'\n+}\n",
    );
    expect(textIn(folder, "lib/a.seq")).toBe(loose);
    const applied = spawnSync("git", ["apply", "-"], { cwd: folder, input: called.stdout, encoding: "utf8" });
    expect(applied.stderr).toBe("");
    expect(textIn(folder, "lib/a.seq")).toBe(laidOut);
  });

  test("mode, links, byte order marks and line ends of Windows are kept", async () => {
    const folder = temporaryFolder({ "a.seq": `\uFEFF${loose.replaceAll("\n", "\r\n")}` });
    chmodSync(join(folder, "a.seq"), 0o640);
    mkdirSync(join(folder, "linked"));
    symlinkSync("../a.seq", join(folder, "linked", "b.seq"));
    expect(await callCli(["fmt", "linked/b.seq"], { folder })).toMatchObject({ code: 0 });
    expect(textIn(folder, "a.seq")).toBe(`\uFEFF${laidOut.replaceAll("\n", "\r\n")}`);
    expect(statSync(join(folder, "a.seq")).mode & 0o777).toBe(0o640);
    expect(lstatSync(join(folder, "linked", "b.seq")).isSymbolicLink()).toBe(true);
  });

  test("what can't be read is said, and all others are done", async () => {
    const folder = temporaryFolder({ "a.seq": loose });
    writeFileSync(join(folder, "b.seq"), Uint8Array.of(0x63, 0xff));
    const called = await callCli(["fmt"], { folder });
    expect(called.code).toBe(2);
    expect(called.stderr).toContain("sequitur: b.seq is not valid UTF-8.");
    expect(textIn(folder, "a.seq")).toBe(laidOut);
  });

  test("the good parts of a broken file are laid out, and the mistake is said", async () => {
    const folder = temporaryFolder({ "a.seq": "const  a\nconst  b=1\n" });
    const called = await callCli(["fmt"], { folder });
    expect(called.code).toBe(0);
    expect(called.stderr).toMatch(/^sequitur: a\.seq:1:\d+: .*; what is broken stays as it was written\.$/m);
    expect(textIn(folder, "a.seq")).toBe("const  a\nconst b = 1\n");
  });

  test("--lines lays out the statements there and no others", async () => {
    const folder = temporaryFolder({ "a.seq": "const  a=1\nconst  b=1\nconst  c=1\n" });
    await callCli(["fmt", "--lines", "2", "a.seq"], { folder });
    expect(textIn(folder, "a.seq")).toBe("const  a=1\nconst b = 1\nconst  c=1\n");
    await callCli(["fmt", "--lines", "2-3", "a.seq"], { folder });
    expect(textIn(folder, "a.seq")).toBe("const  a=1\nconst b = 1\nconst c = 1\n");
  });
});

describe("standard input", () => {
  test("goes to standard output, laid out", async () => {
    expect(await callCli(["fmt", "-"], { input: loose })).toEqual({ code: 0, stdout: laidOut, stderr: "" });
  });

  test("is called what --stdin-name says", async () => {
    const called = await callCli(["fmt", "-", "--check", "--stdin-name", "x/y.seq"], { input: loose });
    expect(called).toEqual({ code: 1, stdout: "x/y.seq\n", stderr: "" });
  });
});

describe("wrong calls", () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ["another kind of file", ["fmt", "note.txt"], "note.txt is no .seq file, so it is left as it is."],
    ["- beside a file", ["fmt", "-", "a.seq"], "- is standard input, and can't stand beside other files."],
    ["a file that is not there", ["fmt", "gone.seq"], "can't read gone.seq: "],
    ["lines that are none", ["fmt", "--lines", "9-3", "a.seq"], "--lines takes two line numbers such as 10-20"],
    ["lines of many files", ["fmt", "--lines", "1"], "--lines needs one file."],
    ["a name without standard input", ["fmt", "--stdin-name", "x", "a.seq"], "--stdin-name names what comes in"],
  ];
  for (const [name, args, said] of cases) {
    test(name, async () => {
      const folder = temporaryFolder({ "a.seq": loose, "b.seq": loose, "note.txt": "x" });
      const called = await callCli(args, { folder });
      expect(called.code).toBe(2);
      expect(called.stderr).toContain(`sequitur: ${said}`);
      expect(textIn(folder, "a.seq")).toBe(loose);
    });
  }
});

describe("patches", () => {
  /** The second text, as git makes it of the first one and the patch. */
  function applied(before: string, after: string): string {
    const folder = temporaryFolder({ "a.seq": before });
    const input = unifiedDiff("a.seq", before, after);
    const { stderr } = spawnSync("git", ["apply", "--unidiff-zero", "-"], { cwd: folder, input, encoding: "utf8" });
    expect(stderr).toBe("");
    return textIn(folder, "a.seq");
  }

  const many = Array.from({ length: 60 }, (_, index) => `line ${index}\n`).join("");
  const cases: readonly (readonly [string, string, string])[] = [
    ["a line break at the end that lacks", "a\nb", "a\nb\n"],
    ["one that is taken away", "a\nb\n", "a\nc"],
    ["places far from each other", many, many.replace("line 5\n", "").replace("line 40\n", "x\ny\n")],
    ["lines that are there often", "a\na\nb\na\na\n", "a\nb\na\nb\na\n"],
    ["lines that changed places", "a\nb\nc\nd\n", "c\nd\na\nb\n"],
    ["everything", "a\nb\n", "c\nd\n"],
  ];
  for (const [name, before, after] of cases) {
    test(name, () => {
      expect(applied(before, after)).toBe(after);
    });
  }
});
