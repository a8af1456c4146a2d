// What reviewers call: `diff` and `graph`, over files and over what git has.
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const library = 'sequence part "A part" { step "Inner" run "inner" }\n';
const before = 'import { part } from "./lib/part.seq"\nsequence main { step "One" run "one"\n step "Two" call part }\n';
const after = before.replace('run "one"', 'run "one" timeout 5m');

function git(folder: string, ...args: readonly string[]): void {
  const identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"];
  execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "pipe" });
}

/** A repository with a project in a folder of its own: one commit, a tag on it, and a change in the work tree. */
function repository(): string {
  const folder = temporaryFolder({
    "osd/sequitur.json": "{}\n",
    "osd/main.seq": before,
    "osd/lib/part.seq": library,
  });
  git(folder, "init", "--quiet");
  git(folder, "add", ".");
  git(folder, "commit", "--quiet", "--message", "start");
  git(folder, "tag", "start");
  writeFileSync(join(folder, "osd/main.seq"), after);
  return folder;
}

const expected = [
  "1 step changed",
  "",
  "Sequence main in main.seq",
  '  ~ step "One" changed (line 2)',
  "    time limit is new: 5m",
  "",
].join("\n");

describe("diff", () => {
  it("compares a revision with the work tree, from the top and from a folder within", async () => {
    const folder = repository();
    const fromTop = await callCli(["diff", "start:osd/main.seq", "osd/main.seq"], { folder });
    expect(fromTop).toMatchObject({ code: 0, stdout: expected, stderr: "" });
    const within = await callCli(["diff", "start:main.seq", "main.seq", "--exit-code"], {
      folder: join(folder, "osd"),
    });
    expect(within).toMatchObject({ code: 1, stdout: expected, stderr: "" });
  });

  it("compares two revisions, the sequences of imported files included", async () => {
    const folder = repository();
    git(folder, "commit", "--quiet", "--all", "--message", "limit");
    writeFileSync(join(folder, "osd/lib/part.seq"), library.replace("Inner", "Renamed"));
    git(folder, "commit", "--quiet", "--all", "--message", "rename");
    rmSync(join(folder, "osd/lib/part.seq"));
    const { code, stdout } = await callCli(["diff", "start..", "osd/main.seq"], { folder });
    expect(code).toBe(0);
    expect(stdout).toContain("1 step changed, 1 step renamed\n");
    expect(stdout).toContain('~ step "Inner" renamed to "Renamed" (line 1)');
    const nothing = await callCli(["diff", "HEAD..HEAD", join(folder, "osd/main.seq"), "--exit-code"], { folder });
    expect(nothing).toMatchObject({ code: 0, stderr: "" });
    expect(nothing.stdout).toMatch(/^Both mean the same plan/);
  });

  it("writes Markdown and JSON", async () => {
    const folder = temporaryFolder({
      "a.seq": 'sequence main { step "One" run "one" }',
      "b.seq": 'sequence main { step "One" run "two" }',
    });
    const markdown = await callCli(["diff", "a.seq", "b.seq", "--format", "markdown"], { folder });
    expect(markdown.stdout).toContain("**1 step changed**");
    const json = await callCli(["diff", "a.seq", "b.seq", "--format", "json"], { folder });
    expect(JSON.parse(json.stdout)).toMatchObject({
      version: 1,
      before: "a.seq",
      after: "b.seq",
      samePlan: false,
      summary: "1 step changed",
      sequences: [
        {
          kind: "changed",
          name: "main",
          nodes: [
            {
              kind: "changed",
              name: "One",
              fields: [
                { name: "action", before: "run one", after: "run two" },
                { name: "command", before: '"one"', after: '"two"' },
              ],
            },
          ],
        },
      ],
    });
  });

  it("takes no revision for an option, and says what is wrong with one", async () => {
    const folder = repository();
    const wrong = async (...args: readonly string[]): Promise<string> => {
      const { code, stderr } = await callCli(["diff", ...args], { folder });
      expect(code).toBe(2);
      return stderr.split("\n")[0] ?? "";
    };
    expect(await wrong("--", "--output=stolen:osd/main.seq", "osd/main.seq")).toBe(
      'sequitur: can\'t read --output=stolen:osd/main.seq: "--output=stolen" is no revision: it begins with a hyphen.',
    );
    expect(await wrong("nothing:osd/main.seq", "osd/main.seq")).toBe(
      'sequitur: can\'t read nothing:osd/main.seq: git knows no revision "nothing".',
    );
    expect(await wrong("start:osd/other.seq", "osd/main.seq")).toBe(
      "sequitur: can't read start:osd/other.seq: there is no such file in this revision.",
    );
  });

  it("says what broken syntax is in the way", async () => {
    const folder = temporaryFolder({ "a.seq": "sequence main {", "b.seq": 'sequence main { log "a" }' });
    const { code, stderr, stdout } = await callCli(["diff", "a.seq", "b.seq"], { folder });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("a.seq:1:");
  });
});

describe("graph", () => {
  it("writes the form that the name of the output says", async () => {
    const folder = repository();
    for (const [name, start] of [
      ["out.svg", "<svg "],
      ["out.mmd", "flowchart TB"],
      ["out.dot", "digraph "],
    ] as const) {
      expect(await callCli(["graph", "osd/main.seq", "-o", name], { folder })).toMatchObject({ code: 0, stdout: "" });
      expect(readFileSync(join(folder, name), "utf8").startsWith(start)).toBe(true);
    }
    const { stdout } = await callCli(["graph", "start:osd/main.seq", "--format", "mermaid"], { folder });
    expect(stdout).toContain("A part");
    expect(stdout).not.toContain("at most 5m");
  });

  it("colours what changed", async () => {
    const folder = repository();
    const { stdout } = await callCli(["graph", "osd/main.seq", "--diff", "start:osd/main.seq"], { folder });
    expect(stdout).toContain('class="step command changed"');
    expect(stdout).toContain("time limit is new: 5m");
  });
});

describe.runIf(process.env["SEQUITUR_SYSTEM_TESTS"] === "1")("with the tools of the system", () => {
  it("xmllint reads the diagrams of all examples", async () => {
    const folder = new URL("../../examples/", import.meta.url).pathname;
    for (const file of ["windows-laptop/deploy.seq", "user-state/user-state.seq", "disk-image/disk-image.seq"]) {
      const { stdout } = await callCli(["graph", file], { folder });
      const read = spawnSync("xmllint", ["--noout", "--nonet", "-"], { input: stdout, encoding: "utf8" });
      expect([read.status, read.stderr]).toEqual([0, ""]);
    }
  });
});
