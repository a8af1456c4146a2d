// One law: after any edits an incremental file is what parsing its text from the start gives, places and findings included.
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { sample } from "../test/sample.ts";
import { IncrementalFile } from "./incremental.ts";
import { parse } from "./parse.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const texts: readonly string[] = [
  sample,
  ...readdirSync(examples, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".seq"))
    .sort()
    .map((name) => readFileSync(`${examples}/${name}`, "utf8")),
];

/** What people type, and what breaks most of the text behind it. */
const snippets: readonly string[] = [
  '  step format "Format" run "mkfs.ext4 ${disk}" when firmware.isUefi timeout 5m\n',
  'group "More" {\n  log "a"\n} on error {\n  log "b"\n}\n',
  "if a == 1 { log a } else if b { log b } else { fail }\n",
  'const x = [for i in 1..3: "${i}"]\n',
  "}\n",
  "{",
  '"',
  "'",
  '"""\n',
  "'''\n  text\n  '''",
  "${",
  "}",
  "/*",
  "*/",
  "// a comment\n",
  "/// What it is for.\n",
  "sequence other {\n",
  "elseif x {",
  "`",
  ";",
  "é",
  "“a b”",
  "’",
  "'''x\n",
  "foreach a in b { }",
  "\r\n",
  " ",
  "finally { log 1 }",
  "on error {",
  "param a: string\n",
  "timeout 5m timeout",
  "stepp",
  ")",
  "(",
  "[",
  "\u0000",
  "\n\n",
];

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
  readonly typed: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(120)),
  insert: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...snippets) },
    { weight: 1, arbitrary: fc.string({ maxLength: 4 }) },
  ),
  typed: fc.boolean(),
});

function expectSame(file: IncrementalFile): void {
  const fresh = parse(file.parsed.text, "x.seq");
  const { tree, diagnostics } = file.parsed;
  expect(diagnostics).toEqual(fresh.diagnostics);
  // As text: comparing is many times faster than walking both.
  const [mine, theirs] = [JSON.stringify(tree), JSON.stringify(fresh.tree)];
  if (mine !== theirs) expect(tree).toEqual(fresh.tree);
  expect(mine).toBe(theirs);
}

function apply(file: IncrementalFile, { at, remove, insert, typed }: Edit): void {
  const { text } = file.parsed;
  const start = Math.floor(at * text.length);
  const end = Math.min(text.length, start + remove);
  if (!typed) {
    file.change({ start, end, text: insert });
    return expectSame(file);
  }
  if (end > start) file.change({ start, end, text: "" });
  for (let typedSoFar = 0; typedSoFar < insert.length; typedSoFar++) {
    const place = start + typedSoFar;
    file.change({ start: place, end: place, text: insert.charAt(typedSoFar) });
    expectSame(file);
  }
}

const runs = Number(process.env["SEQUITUR_FUZZ_RUNS"] ?? 60);

describe("an incremental file", () => {
  test("equals parsing from the start after any edits", () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.array(edit, { minLength: 1, maxLength: 8 }), (which, edits) => {
        const file = new IncrementalFile("x.seq", texts[which] ?? "");
        expectSame(file);
        for (const each of edits) apply(file, each);
      }),
      { numRuns: runs },
    );
  });

  test("becomes another text, and that one again", () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(texts.length - 1), edit, (from, to, last) => {
        const file = new IncrementalFile("x.seq", texts[from] ?? "");
        file.replace(texts[to] ?? "");
        expectSame(file);
        apply(file, last);
        file.replace(texts[to] ?? "");
        expectSame(file);
      }),
      { numRuns: Math.ceil(runs / 3) },
    );
  });

  test("keeps the nodes that an edit leaves alone", () => {
    const file = new IncrementalFile(
      "x.seq",
      'sequence a {\n  log "1"\n  log "2"\n  log "3"\n  log "4"\n  log "5"\n}\n',
    );
    const membersOf = (): readonly unknown[] => {
      const [sequence] = file.parsed.tree.declarations;
      return sequence?.kind === "sequence" ? sequence.members : [];
    };
    const before = membersOf();
    file.change({ start: file.parsed.text.indexOf("1"), end: file.parsed.text.indexOf("1") + 1, text: "one" });
    expectSame(file);
    expect(membersOf()[0]).not.toBe(before[0]);
    expect(membersOf().slice(2)).toEqual(before.slice(2));
    membersOf()
      .slice(2)
      .forEach((member, index) => expect(member).toBe(before[index + 2]));
  });
});
