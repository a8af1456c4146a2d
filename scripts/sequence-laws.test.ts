// What holds for every .seq text in the repository, for whatever purpose it is there.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { equalTrees, parse, print } from "@sequitur/grammar";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

/** Paths of the .seq files below these folders. */
function sequenceFiles(...folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".seq") && !path.includes("node_modules"))
      .map((path) => join(folder, path)),
  );
}

const shown = sequenceFiles("examples", "cli/templates");
const all = [...shown, ...sequenceFiles("grammar", "compiler")];

describe.each(all)("%s", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  const parsed = parse(text, path);

  it("is its tokens, joined", () => {
    const tokens = parsed.tokens().map((token) => text.slice(token.start, token.end));
    expect(tokens.join("")).toBe(text);
  });

  it("keeps its tree when it is printed, and printing twice is printing once", () => {
    const printed = print(parsed);
    const again = parse(printed, path);
    expect(equalTrees(parsed.tree, again.tree)).toBe(true);
    expect(print(again)).toBe(printed);
  });

  it("is parsed as far as it goes, wherever it is cut off", () => {
    for (let end = 0; end < text.length; end += 1 + Math.floor(text.length / 400)) {
      const cut = parse(text.slice(0, end), path);
      expect(cut.tree.kind).toBe("file");
    }
  });
});

it.each(shown)("%s stands in the canonical layout", (path) => {
  const text = readFileSync(join(root, path), "utf8");
  expect(print(parse(text, path))).toBe(text);
});
