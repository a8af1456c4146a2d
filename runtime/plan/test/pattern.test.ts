import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { limits } from "../limits.ts";
import { matchPattern } from "../pattern-match.ts";
import { compilePattern } from "../pattern.ts";

function finds(source: string, text: string): unknown {
  const compiled = compilePattern(source);
  if ("problem" in compiled) return `${compiled.problem.offset}: ${compiled.problem.message}`;
  const result = matchPattern(compiled.pattern, text);
  return "value" in result ? result.value : result.failure;
}

describe("what a pattern finds", () => {
  test.each([
    ["Lat", "Latitude 5440", true],
    ["^lat", "Latitude", false],
    ["(?i)^lat", "LATITUDE", true],
    ["(?i)straße", "STRAẞE", true],
    ["^PC-[0-9]{4}$", "PC-0417", true],
    ["^PC-[0-9]{4}$", "PC-04172", false],
    ["^(?:a|bc)*$", "abcbca", true],
    ["\\bfoo\\b", "a foo.", true],
    ["\\bfoo\\b", "afoo", false],
    ["oo\\B", "foo", false],
    ["(?i)k", "\u212a", true],
    ["(?i)\\bk", "\u212a", false],
    ["^.$", "\u{1f600}", true],
    ["^.$", "\n", false],
    ["\\d\\D\\w\\W\\s\\S", "1aa. x", true],
    ["[^\\d-]", "1-2", false],
    ["[a-]$", "-", true],
    ["\\x41\\u0042\\u{43}", "ABC", true],
    ["", "", true],
    ["a??b+?", "b", true],
    ["(a*)*$", "aaab", true],
    ["(x+x+)+y", "x".repeat(2000), false],
  ])("%s in %j: %s", (source, text, expected) => {
    expect(finds(source, text)).toBe(expected);
  });

  test("an absent text has no match; a very long one fails", () => {
    const compiled = compilePattern("");
    if ("problem" in compiled) throw new Error("compiles");
    expect(matchPattern(compiled.pattern, null)).toEqual({ value: false });
    expect(matchPattern(compiled.pattern, "a".repeat(limits.patternText + 1))).toHaveProperty("failure");
  });
});

test.each([
  ["a(b", "1: The `(` is not closed: write `\\(` for the character."],
  ["a)", "1: A `)` closes nothing: write `\\)` for the character."],
  ["*a", "0: There is nothing to repeat before `*`: write `\\*` for the character."],
  ["a**", "2: A repetition can't be repeated: put it into parentheses."],
  ["^*", "0: A place can't be repeated."],
  ["a{2", "1: `{` starts a count like {2,5}: write `\\{` for the character."],
  ["a{3,2}", "1: The lower count is above the upper one."],
  ["a{1001}", "1: A count goes up to 1000."],
  ["(?=a)", "0: There is no look-around: it has no bound on its time."],
  ["(a)\\1", "3: There are no back-references: they have no bound on their time."],
  ["a(?i)b", "1: `(?i)` stands at the start and covers the whole pattern."],
  ["(?<n>a)", "0: Of the groups with `?` there is only `(?:…)`."],
  ["[]", "0: The class is empty."],
  ["[b-a]", "1: The range is empty: its start comes after its end."],
  ["[a-\\d]", "1: A range needs a character at both ends: write `\\-`."],
  ["[a", "0: The `[` is not closed: write `\\[` for the character."],
  ["\\q", "0: There is no escape `\\q`."],
  ["a\\", "1: A backslash at the end escapes nothing: write `\\\\`."],
  ["}", "0: Write `\\}` for the character."],
  ["((a{100}){100}){100}", "0: The pattern is too large: its counts multiply. Use smaller ones."],
  ["(".repeat(101), "100: Parentheses go 100 deep at most."],
])("%s is refused", (source, problem) => {
  expect(finds(source, "")).toBe(problem);
});

// Letters with interesting case: Greek sigma has two small forms. Without the Kelvin sign, which the engine, ignoring case,
// takes for a letter of \w and \b: here they are ASCII.
const letters = ["a", "b", "B", "k", "σ", "ς", "Σ", "1", "_", " ", "-", "\n", "é", "\u{10400}", "\u{10428}"];
const letter = fc.constantFrom(...letters);
const atom = fc.oneof(
  letter,
  fc.constantFrom(".", "\\d", "\\D", "\\s", "\\S", "\\b", "\\B", "^", "$", "[ab]", "[^aσ]", "[a-k1]", "[^\\s-]"),
);
const { pattern: anyPattern } = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small" },
    atom,
    fc.array(tie("pattern"), { maxLength: 4 }).map((parts) => parts.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map(([a, b]) => `(?:${a}|${b})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"))
      .map(([inner, quantifier]) => `(${inner})${quantifier}`),
  ),
}));

test("agrees with the engine's regular expressions", () => {
  fc.assert(
    fc.property(
      anyPattern,
      fc.array(letter, { maxLength: 12 }).map((characters) => characters.join("")),
      fc.boolean(),
      (source, text, ignoresCase) => {
        // The walk from the start keeps the engine from trying `\B` inside a surrogate pair.
        const expected = new RegExp(`^[^]*?(?:${source})`, ignoresCase ? "iu" : "u").test(text);
        expect(finds((ignoresCase ? "(?i)" : "") + source, text)).toBe(expected);
      },
    ),
    { numRuns: 3000 },
  );
});
