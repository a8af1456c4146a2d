// Texts that nobody would write: generated ones, mutated ones, and every example cut off behind and without each of its
// tokens. What holds: nothing throws, findings lie in the text, and tokens join to it. SEQUITUR_FUZZ_RUNS=100000 runs
// longer, and looks at every token; a failure prints the seed that leads to it again.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "@sequitur/grammar";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkFiles } from "../test-support/check.ts";

const asked = process.env["SEQUITUR_FUZZ_RUNS"];
const numRuns = asked === undefined ? 300 : Number(asked);
const seed = asked === undefined ? 7 : Date.now() % 2 ** 31;

const root = join(import.meta.dirname, "../..");
const examples = ["examples", "cli/templates"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".seq"))
    .map((path) => ({ path: `${folder}/${path}`, text: readFileSync(join(root, folder, path), "utf8") })),
);

function holds(text: string): void {
  const parsed = parse(text, "fuzz.seq");
  expect(
    parsed
      .tokens()
      .map((token) => text.slice(token.start, token.end))
      .join(""),
  ).toBe(text);
  for (const { start, end, code } of checkFiles(text).diagnostics) {
    if (start < 0 || end < start || end > text.length) expect.fail(`${code} at ${start} to ${end} of ${text.length}`);
  }
}

/** Offsets of the tokens that mean something. */
function tokensOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  return parse(text, "example.seq")
    .tokens()
    .filter(({ kind }) => kind !== "whitespace" && kind !== "newline");
}

const words = fc.constantFrom(
  ...[
    "sequence",
    "step",
    "run",
    "group",
    "if",
    "else",
    "for",
    "in",
    "set",
    "use",
    "call",
    "log",
    "when",
    "on",
    "error",
  ],
  ...["const", "type", "fn", "param", "var", "secret", "output", "import", "test", "of", "finally", "timeout", "retry"],
  ...["a", "b", "main", "device", "name", "list", "string", "int", "not", "and", "or", "then", "true", "error", "file"],
  ...["{", "}", "(", ")", "[", "]", "<", ">", ",", ":", ".", "?", "??", "?.", "=", "==", "+", "-", "*", "/", "|"],
  ...['"', "'", '"a"', '"${', "'''\n", '"""\n', "`", "\\", "1", "5m", "1GB", "9".repeat(20), "0x", "1.5", "//", "/*"],
  ...["///", "#", ";", "@", "\n", "\r\n", "\r", "\0", "\u202e", "\ud800", "é", "“", "__proto__", "constructor"],
);

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  length: fc.integer({ min: 0, max: 12 }),
  text: fc.oneof(words, fc.string({ unit: "binary", maxLength: 8 })),
});

const options = { numRuns, seed, verbose: 1 } as const;

test("texts of words in any order", () => {
  const texts = fc.array(words, { maxLength: 80 }).map((list) => list.join(" "));
  fc.assert(fc.property(texts, holds), options);
});

test("sequences of words in any order", () => {
  const bodies = fc.array(words, { maxLength: 60 });
  fc.assert(
    fc.property(bodies, (body) => holds(`sequence main {\n  ${body.join(" ")}\n}\n`)),
    options,
  );
});

test("texts of any characters", () => {
  fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), holds), options);
});

test("examples in which stretches are replaced", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...examples),
      fc.array(mutation, { minLength: 1, maxLength: 4 }),
      (example, changes) => {
        let { text } = example;
        for (const { at, length, text: other } of changes) {
          const start = Math.floor(at * text.length);
          text = text.slice(0, start) + other + text.slice(start + length);
        }
        holds(text);
      },
    ),
    options,
  );
});

describe.each(examples)("$path", ({ text }) => {
  const tokens = tokensOf(text);
  /** Every token when there is time, else some hundred of all examples. */
  const step = asked === undefined ? Math.max(1, Math.floor(tokens.length / 25)) : 1;
  const looked = tokens.filter((_, index) => index % step === 0);

  test("cut off behind its tokens", () => {
    for (const { end } of looked) holds(text.slice(0, end));
  });

  test("without one of its tokens", () => {
    for (const { start, end } of looked) holds(text.slice(0, start) + text.slice(end));
  });
});
