// Every example is clean, compiles to the committed plan listing, verifies, and really runs. Those that change the machine or
// need its tools run when SEQUITUR_SYSTEM_TESTS=1.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";

const examples = join(import.meta.dirname, "../../examples");
const systemTests = process.env["SEQUITUR_SYSTEM_TESTS"] === "1";

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "sequitur-examples-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const sequences: readonly { readonly file: string; readonly sequence: string }[] = [
  { file: "first-sequence/first.seq", sequence: "first" },
  { file: "linux-workstation/workstation.seq", sequence: "workstation" },
  { file: "disk-image/disk-image.seq", sequence: "diskImage" },
  { file: "user-state/user-state.seq", sequence: "refresh" },
  { file: "child-sequences/enrol.seq", sequence: "enrol" },
  { file: "application-rollout/rollout.seq", sequence: "rollout" },
  { file: "windows-laptop/deploy.seq", sequence: "deploy" },
  { file: "typescript-action/inventory.seq", sequence: "inventory" },
];

it("knows every example", () => {
  const listed = new Set(sequences.map(({ file }) => file.split("/")[0]));
  const folders = readdirSync(examples).filter((name) => statSync(join(examples, name)).isDirectory());
  expect(folders.filter((folder) => !listed.has(folder))).toEqual([]);
});

const usesTypeScript = (file: string): boolean => file.startsWith("typescript-action/");

describe.each(sequences)("$file", ({ file, sequence }) => {
  it("has no finding", async () => {
    const settings = { folder: examples, typescript: usesTypeScript(file) };
    const { code, stdout } = await callCli(["check", "--max-warnings", "0", file], settings);
    expect(`${code}\n${stdout}`).toMatch(/^0\n/);
  });

  it("compiles to the plan that is written down, which verifies", async () => {
    const plan = join(work, `${sequence}.json`);
    const settings = { folder: examples, typescript: usesTypeScript(file) };
    const built = await callCli(["build", file, "--sequence", sequence, "-o", plan], settings);
    expect(built).toMatchObject({ code: 0 });
    expect(await callCli(["verify", plan])).toMatchObject({ code: 0 });
    const folder = join(examples, dirname(file));
    const listing = await callCli(["disassemble", plan], { folder });
    expect(listing.code).toBe(0);
    await expect(listing.stdout).toMatchFileSnapshot(join(folder, `${sequence}.plan.txt`));
  });
});

/** Runs an example with a state folder of its own. */
async function run(file: string, ...options: string[]): Promise<{ code: number; output: string; state: string }> {
  const state = mkdtempSync(join(work, "state-"));
  const settings = { folder: examples, typescript: usesTypeScript(file) };
  const { code, stdout, stderr } = await callCli(["run", file, "--state", state, ...options], settings);
  return { code, output: stdout + stderr, state };
}

describe("run", () => {
  it("prepares a folder, handles the failure, and counts", async () => {
    const folder = join(work, "first");
    const { code, output } = await run("first-sequence/first.seq", "--set", `folder=${folder}`);
    expect(output).toContain("2 files in");
    expect(output).toContain('site == "RTM" is false: site = "AMS"');
    expect(code).toBe(0);
    expect(readdirSync(folder)).toEqual(["machine.txt"]);
  });

  it("writes the notice where the site asks for it", async () => {
    const folder = join(work, "first-rotterdam");
    const { code } = await run("first-sequence/first.seq", "--set", `folder=${folder}`, "--set", "site=RTM");
    expect(code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(["machine.txt", "notice.txt"]);
  });

  it("saves a home, empties it, and brings every file back", async () => {
    const home = join(work, "home");
    for (const folder of ["Documents/2026", "Pictures", ".config/editor"])
      mkdirSync(join(home, folder), { recursive: true });
    writeFileSync(join(home, "Documents/2026/plan 'a' $b.txt"), "plan\n");
    writeFileSync(join(home, "Pictures/one.jpg"), Buffer.from([0xff, 0xd8, 0, 1]));
    writeFileSync(join(home, ".config/editor/settings"), "tab=2\n");
    const before = join(work, "home-before");
    cpSync(home, before, { recursive: true });
    const { code, output } = await run("user-state/user-state.seq", "--sequence", "refresh", "--set", `home=${home}`);
    expect(output).toContain("3 files are back");
    expect(code).toBe(0);
    expect(filesBelow(home)).toEqual(filesBelow(before));
  });

  it("refuses to restore where nothing was saved", async () => {
    const empty = join(work, "nothing");
    const options = ["--sequence", "restore", "--set", `home=${empty}`, "--set", `store=${empty}`];
    const { code, output } = await run("user-state/user-state.seq", ...options);
    expect(output).toContain("there is no saved state in");
    expect(code).toBe(1);
    expect(existsSync(empty)).toBe(false);
  });

  it("passes values down to child sequences and takes their outputs back", async () => {
    const folder = join(work, "enrol");
    const { code, output } = await run(
      "child-sequences/enrol.seq",
      "--set",
      "name=srv-one",
      "--set",
      `folder=${folder}`,
    );
    expect(output).toContain("srv-one is a server");
    expect(output).toContain("printed SRV-ONE SERVER CHARGER");
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "case.txt"), "utf8")).toBe("SRV-ONE SERVER CASE\n");
    expect(readFileSync(join(folder, "rack.txt"), "utf8")).toMatch(/^\d+ GB\n$/);
  });

  it("installs once, detects it the next time, and upgrades", async () => {
    const prefix = join(work, "notes");
    const set = ["--set", `prefix=${prefix}`];
    const first = await run("application-rollout/rollout.seq", ...set);
    expect(first).toMatchObject({ code: 0 });
    const again = await run("application-rollout/rollout.seq", ...set);
    expect(again.code).toBe(0);
    expect(again.output).toMatch(/Install.*false/s);
    const upgrade = await run("application-rollout/rollout.seq", ...set, "--set", "wanted=3.0.1");
    expect(upgrade.code).toBe(0);
    expect(readFileSync(join(prefix, "version"), "utf8")).toBe("3.0.1\n");
  });

  it("takes stock with actions in TypeScript", async () => {
    const folder = join(work, "stock");
    mkdirSync(folder);
    writeFileSync(join(folder, "large.md"), "x".repeat(3 * 1024));
    writeFileSync(join(folder, "small.txt"), "x");
    writeFileSync(join(folder, "other.bin"), "x".repeat(9 * 1024));
    const report = join(work, "stock.txt");
    const params = join(work, "stock.json");
    writeFileSync(params, JSON.stringify({ folder, report, token: "example-token" }));
    const { code, output } = await run("typescript-action/inventory.seq", "--params", params);
    expect(output).toContain("the largest is large.md");
    expect(code).toBe(0);
    expect(readFileSync(report, "utf8")).toBe("1 files\n3KB in all\n");
    const asJson = await run("typescript-action/inventory.seq", "--params", params, "--set", "form=json");
    expect(asJson.code).toBe(0);
    expect(readFileSync(report, "utf8")).toBe('{"lines":["2 files","3073B in all"],"signed":true}\n');
  });

  it("says with exit status 3 that a restart is due", async () => {
    const prefix = join(work, "notes-with-driver");
    const set = ["--set", `prefix=${prefix}`, "--set", "withDriver=true"];
    const { code } = await run("application-rollout/rollout.seq", ...set, "--no-restart");
    expect(code).toBe(3);
  });

  it.runIf(systemTests)("sets up a workstation (system test)", { timeout: 300_000 }, async () => {
    const { code, output } = await run("linux-workstation/workstation.seq", "--set", "user=sequitur-example");
    expect(output).toContain("0 steps failed");
    expect(code).toBe(0);
    expect(readFileSync("/etc/workstation", "utf8")).toBe("department=Research\nuser=sequitur-example\n");
    expect(readFileSync("/etc/passwd", "utf8")).toContain("sequitur-example:");
  });

  it.runIf(systemTests)("builds a disk image and checks it (system test)", { timeout: 300_000 }, async () => {
    const folder = join(work, "disk-image");
    const { code, output } = await run("disk-image/disk-image.seq", "--set", `folder=${folder}`, "--yes");
    expect(output).toContain("the disk image is");
    expect(code).toBe(0);
    expect(statSync(join(folder, "disk.img")).size).toBe(512 * 1024 * 1024);
  });

  it("asks before a step that destroys data", async () => {
    const folder = join(work, "not-agreed");
    const { code, output } = await run("disk-image/disk-image.seq", "--set", `folder=${folder}`);
    expect(code).toBe(1);
    expect(output).toContain("--yes");
    expect(existsSync(folder)).toBe(false);
  });
});

/** Paths and contents of all files below a folder. */
function filesBelow(folder: string): { [path: string]: string } {
  const files: { [path: string]: string } = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length)] = readFileSync(path).toString("base64");
  }
  return files;
}
