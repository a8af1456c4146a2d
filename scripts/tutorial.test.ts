// The tutorial is followed line by line with the shipped command, and what it shows is what is written.
// ```sh                 commands that end with 0; the block of text after it, if any, is their output
// ```sh exits 1         the same for another exit code
// ```sh elsewhere       commands that are not called here
// ```LANGUAGE file x    a file to save, again if it was shown before
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "sequitur-tutorial-"));
/** Stands in for the folder of the text, which may be somebody's. */
const desk = join(scratch, "desk-itself");
const state = join(scratch, "state");
const commands = join(scratch, "commands");

interface Block {
  /** Line of the document. */
  readonly line: number;
  readonly language: string;
  readonly label: string;
  readonly text: string;
}

const blocks = blocksOf(readFileSync(join(root, "docs/tutorial.md"), "utf8"));

function blocksOf(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)([^\n]*)\n(.*?)^```$/gms)].map((match) => ({
    line: text.slice(0, match.index).split("\n").length,
    language: match[1] ?? "",
    label: (match[2] ?? "").trim(),
    text: match[3] ?? "",
  }));
}

beforeAll(() => {
  mkdirSync(commands);
  const command = join(commands, "sequitur");
  const shipped = `exec "${process.execPath}" "${join(root, "dist/sequitur.mjs")}"`;
  writeFileSync(command, `#!/bin/sh\n[ "$1" != run ] || set -- "$@" --state "${state}"\n${shipped} "$@"\n`);
  chmodSync(command, 0o755);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Where the commands of the text are. */
let folder = scratch;

function save(path: string, text: string): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text.replaceAll("/tmp/desk", desk));
}

function callShell(text: string): { readonly exits: number | null; readonly output: string } {
  const left = join(scratch, "left");
  const script = `exec 2>&1\ntrap 'pwd > "${left}"' EXIT\n${text.replaceAll("/tmp/desk", desk)}`;
  const path = `${commands}:${process.env["PATH"] ?? ""}`;
  const { status, stdout } = spawnSync("sh", ["-ec", script], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: path, HOME: scratch, NO_COLOR: "1" },
  });
  folder = readFileSync(left, "utf8").trimEnd();
  return { exits: status, output: stdout };
}

/** Folders of this test under the names of the text; run ids, durations, digests and columns alike. */
function alike(text: string): string {
  return text
    .replaceAll(desk, "/tmp/desk")
    .replaceAll(state, "~/.local/state/sequitur")
    .replaceAll(/[0-9a-f]{64}/g, "DIGEST")
    .replaceAll(/\d{8}-\d{6}-[0-9a-f]{4}/g, "ID")
    .replaceAll(/\d+\.\ds/g, "0.0s")
    .replaceAll(/(?<=\S) +/g, " ");
}

it("is followed to its end", { timeout: 240_000 }, () => {
  for (const [index, { language, label, text, line }] of blocks.entries()) {
    const path = /^file (\S+)/.exec(label)?.[1];
    if (path !== undefined) save(path, text);
    else if (language === "sh" && label !== "elsewhere") {
      const { exits, output } = callShell(text);
      const next = blocks[index + 1];
      const shown = next?.language === "text" ? alike(next.text) : "";
      expect({ line, exits, output: alike(output) }).toEqual({
        line,
        exits: Number(/^exits (\d+)$/.exec(label)?.[1] ?? 0),
        output: shown,
      });
    }
  }
  expect(blocks.filter(({ language }) => language === "sh").length).toBeGreaterThan(10);
});
