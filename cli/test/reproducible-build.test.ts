// The same sources give the same plan: in another folder, and with other line ends.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";

const examples = join(import.meta.dirname, "../../examples");

let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "sequitur-reproducible-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Builds a copy of an example in a folder of that name; the texts are changed before. */
async function buildCopy(
  example: string,
  file: string,
  sequence: string,
  place: string,
  change: (text: string) => string,
) {
  const folder = join(work, place, example);
  cpSync(join(examples, example), folder, { recursive: true });
  for (const name of sourcesOf(example)) {
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  }
  const built = await callCli(["build", file, "--sequence", sequence, "-o", "plan.json"], { folder });
  expect(built).toMatchObject({ code: 0 });
  return readFileSync(join(folder, "plan.json"));
}

function sourcesOf(example: string): readonly string[] {
  return (
    { "first-sequence": ["first.seq"], "child-sequences": ["enrol.seq", "inventory.seq", "label.seq"] }[example] ?? []
  );
}

const same = (text: string): string => text;
const windowsLineEnds = (text: string): string => text.replaceAll("\n", "\r\n");

describe.each([
  ["first-sequence", "first.seq", "first"],
  ["child-sequences", "enrol.seq", "enrol"],
])("%s", (example, file, sequence) => {
  it("gives the same bytes in two folders, from LF and CRLF", async () => {
    const here = await buildCopy(example, file, sequence, "here", same);
    const there = await buildCopy(example, file, sequence, "over/there", same);
    const windows = await buildCopy(example, file, sequence, "windows", windowsLineEnds);
    expect(there.equals(here)).toBe(true);
    expect(windows.equals(here)).toBe(true);
  });
});
