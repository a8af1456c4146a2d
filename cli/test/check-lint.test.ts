// What `check` does around the linter, through the command line: baseline, changes since a revision, plugins, fixes.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const step = (title: string): string => `  step "${title}" run "enable.exe" retry 3\n`;
const sequence = (body: string): string => `sequence main {\n${body}}\n`;

/** `line CODE` of what is reported, the exit code in front, what is said beside it behind. */
async function reported(folder: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { code, stdout, stderr } = await callCli(["check", ".", "--format", "json", ...args], { folder });
  if (code === 2) return [`exit 2`, stderr.split("\n")[0] ?? ""];
  const found = JSON.parse(stdout) as readonly {
    readonly code: string;
    readonly file: string;
    readonly range: { readonly start: { readonly line: number } };
  }[];
  const said = stderr === "" ? [] : [stderr.trimEnd()];
  return [`exit ${code}`, ...found.map((each) => `${each.file}:${each.range.start.line} ${each.code}`), ...said];
}

describe("a baseline", () => {
  it("notes what is there, and what comes after is reported", async () => {
    const folder = temporaryFolder({ "main.seq": sequence(step("One")) });
    expect(await reported(folder, "--baseline", "known.json", "--update-baseline")).toEqual([
      "exit 0",
      "known.json notes 1 finding",
    ]);
    expect(await reported(folder, "--baseline", "known.json", "--max-warnings", "0")).toEqual(["exit 0"]);
    writeFileSync(join(folder, "main.seq"), `// Moved.\n\n${sequence(`  log "first"\n${step("One")}${step("Two")}`)}`);
    expect(await reported(folder, "--baseline", "known.json")).toEqual(["exit 0", "main.seq:6 SEQ8003"]);
  });

  it("counts findings that are alike, and tells when some are gone", async () => {
    const folder = temporaryFolder({ "main.seq": sequence(step("One") + step("One")) });
    await reported(folder, "--baseline", "known.json", "--update-baseline");
    expect(readFileSync(join(folder, "known.json"), "utf8")).toBe(
      `{\n  "baseline": 1,\n  "findings": [\n    {"file":"main.seq","code":"SEQ8003","within":"main / One","text":"retry 3","count":2}\n  ]\n}\n`,
    );
    writeFileSync(join(folder, "main.seq"), sequence(step("One")));
    expect(await reported(folder, "--baseline", "known.json")).toEqual([
      "exit 0",
      "1 finding of known.json is gone: --update-baseline forgets what is gone",
    ]);
    writeFileSync(join(folder, "main.seq"), sequence(step("One") + step("One") + step("One")));
    expect(await reported(folder, "--baseline", "known.json")).toEqual(["exit 0", "main.seq:4 SEQ8003"]);
  });

  it("never holds an error", async () => {
    const folder = temporaryFolder({ "main.seq": sequence("  log nothing\n") });
    await reported(folder, "--baseline", "known.json", "--update-baseline");
    expect(await reported(folder, "--baseline", "known.json")).toEqual(["exit 1", "main.seq:2 SEQ2101"]);
  });

  it("that can't be used is a wrong call", async () => {
    const folder = temporaryFolder({ "main.seq": sequence(step("One")), "a.json": "{", "b.json": `{"baseline":2}` });
    expect(await reported(folder, "--baseline", "a.json")).toEqual([
      "exit 2",
      "sequitur: can't use a.json: it is not JSON.",
    ]);
    expect(await reported(folder, "--baseline", "b.json")).toEqual([
      "exit 2",
      "sequitur: can't use b.json: it is no baseline of this version.",
    ]);
    expect(await reported(folder, "--update-baseline")).toEqual([
      "exit 2",
      "sequitur: --update-baseline needs --baseline.",
    ]);
  });
});

describe("--changed-since", () => {
  const files = {
    "old.seq": sequence(step("Old")),
    "main.seq": `import "./lib/parts.seq" as parts\n\n${sequence(`${step("One")}  log parts.name\n`)}`,
    "lib/parts.seq": `import "./deep.seq" as deep\n\nconst name = deep.name\n`,
    "lib/deep.seq": `const name = "deep"\n`,
    "tools/a.sh": "true\n",
    "tool.seq": `package tools "./tools"\n\n${sequence(`  step "Two" run "a.sh" from tools retry 3\n`)}`,
  };
  const git = (folder: string, ...args: readonly string[]): void => {
    const identity = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
    execFileSync("git", [...identity, ...args], { cwd: folder, stdio: "pipe" });
  };
  function repository(): string {
    const folder = temporaryFolder(files);
    git(folder, "init", "--quiet");
    git(folder, "add", ".");
    git(folder, "commit", "--quiet", "--message", "start");
    return folder;
  }

  it("reports what is in changed and new files", async () => {
    const folder = repository();
    expect(await reported(folder, "--changed-since", "HEAD")).toEqual(["exit 0"]);
    writeFileSync(join(folder, "old.seq"), `// Changed.\n${files["old.seq"]}`);
    writeFileSync(join(folder, "new.seq"), sequence(step("New")));
    expect(await reported(folder, "--changed-since", "HEAD")).toEqual([
      "exit 0",
      "new.seq:2 SEQ8003",
      "old.seq:3 SEQ8003",
    ]);
  });

  it("and in files that import one, or take content that changed", async () => {
    const folder = repository();
    rmSync(join(folder, "lib/deep.seq"));
    const broken = await reported(folder, "--changed-since", "HEAD");
    expect(broken).toContain("lib/parts.seq:1 SEQ2001");
    expect(broken).toContain("main.seq:4 SEQ8003");
    expect(broken).not.toContain("old.seq:2 SEQ8003");
    git(folder, "checkout", "--", "lib");
    writeFileSync(join(folder, "tools/a.sh"), "false\n");
    expect(await reported(folder, "--changed-since", "HEAD")).toEqual(["exit 0", "tool.seq:4 SEQ8003"]);
  });

  it("and below a configuration that changed", async () => {
    const folder = repository();
    writeFileSync(join(folder, "lib/sequitur.json"), "{}");
    expect(await reported(folder, "--changed-since", "HEAD")).toEqual(["exit 0", "main.seq:4 SEQ8003"]);
  });

  it("says why git can't tell", async () => {
    const folder = repository();
    expect(await reported(folder, "--changed-since", "nothing")).toEqual([
      "exit 2",
      `sequitur: can't tell what has changed: git knows no revision "nothing".`,
    ]);
    expect(await reported(folder, "--changed-since=--output=x")).toEqual([
      "exit 2",
      `sequitur: can't tell what has changed: "--output=x" is no revision: it begins with a hyphen.`,
    ]);
    const outside = temporaryFolder({ "main.seq": sequence(step("One")) });
    const [code, why] = await reported(outside, "--changed-since", "HEAD");
    expect([code, why?.startsWith("sequitur: can't tell what has changed: not a git repository")]).toEqual([
      "exit 2",
      true,
    ]);
  });
});

describe("rules of a project's own", () => {
  const rule = (code: string): string => `{
    code: "${code}", name: "own-${code.toLowerCase()}", severity: "warning", off: false, absence: false, options: {},
    message: () => "logs are loud", why: "x", wrong: "", right: "",
    visit: { log(node, ctx) { ctx.report(node, {}); } },
  }`;
  const files = {
    "sequitur.json": `{ "plugins": ["./rules.mjs", "acme-rules"], "rules": { "own-acme1": "error" } }`,
    "main.seq": sequence(`  log "x"\n`),
    "rules.mjs": `export const rules = [${rule("ACME1")}];\n`,
    "node_modules/acme-rules/package.json": `{ "name": "acme-rules", "exports": "./index.cjs" }`,
    "node_modules/acme-rules/index.cjs": `exports.rules = [${rule("ACME2")}];\n`,
  };

  it("come from files and packages", async () => {
    expect(await reported(temporaryFolder(files))).toEqual(["exit 1", "main.seq:2 ACME1", "main.seq:2 ACME2"]);
  });

  it.each([
    ["export const nothing = 1;\n", "it exports no list `rules`"],
    ["export const rules = [1];\n", "something in `rules` is no rule"],
    [`export const rules = [${rule("SEQ8003")}];\n`, "the code SEQ8003 is taken"],
    [`throw new Error("broken inside");\n`, "broken inside"],
  ])("that can't be used are an error at the setting: %s", async (text, why) => {
    const folder = temporaryFolder({ ...files, "rules.mjs": text });
    const { code, stdout } = await callCli(["check", "main.seq"], { folder });
    expect(code).toBe(1);
    expect(stdout).toContain(`the rules of "./rules.mjs" can't be used: ${why}`);
  });
});

describe("fixes", () => {
  const text = `import "./other.seq" as other\n\n${sequence(step("One"))}`;

  it("that may change the meaning wait for --fix-unsafe", async () => {
    const folder = temporaryFolder({ "main.seq": text, "other.seq": "const a = 1\n" });
    expect(await reported(folder, "--fix")).toEqual(["exit 0", "main.seq:3 SEQ8003", "fixed 1 finding in 1 file"]);
    expect(readFileSync(join(folder, "main.seq"), "utf8")).toBe(`\n${sequence(step("One"))}`);
    expect(await reported(folder, "--fix-unsafe")).toEqual(["exit 0", "fixed 1 finding in 1 file"]);
    expect(readFileSync(join(folder, "main.seq"), "utf8")).toContain("retry 3 every 30s");
  });
});

it("a comment that is over wakes what it silenced", async () => {
  const comment = (day: string): string => `  // sequitur-ignore SEQ8003 until ${day}: soon\n`;
  const folder = temporaryFolder({ "main.seq": sequence(comment("2999-01-01") + step("One")) });
  expect(await reported(folder)).toEqual(["exit 0"]);
  writeFileSync(join(folder, "main.seq"), sequence(comment("2020-01-01") + step("One")));
  expect(await reported(folder)).toEqual(["exit 0", "main.seq:2 SEQ7304", "main.seq:3 SEQ8003"]);
});
