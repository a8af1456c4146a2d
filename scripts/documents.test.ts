// Sequences shown in the documents that people read first are checked like any other.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { check, memoryHost } from "@sequitur/compiler";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** The texts of the ```seq blocks of a document. */
function sequencesIn(document: string): readonly string[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```seq\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
}

it.each(["README.md"])("every sequence in %s is clean", (document) => {
  const sequences = sequencesIn(document);
  expect(sequences.length).toBeGreaterThan(0);
  for (const text of sequences) {
    const { diagnostics } = check(memoryHost({ "shown.seq": text }), ["shown.seq"]);
    expect(diagnostics).toEqual([]);
  }
});
