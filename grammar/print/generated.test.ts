// The printer's laws on generated programs, written in whatever layout, with comments in whatever places.
import fc from "fast-check";
import { expect, test } from "vitest";
import { equalTrees, parse, print, printRange, type ParsedFile } from "../index.ts";

/** The tokens of a piece of text; what stands between them is chosen apart. */
type Piece = readonly string[];

const separated = (pieces: readonly Piece[], separator: string): Piece =>
  pieces.flatMap((piece, index) => (index === 0 ? piece : [separator, ...piece]));

const name = fc.constantFrom("a", "site", "maybe", "`case`", "longerNameOfSomething");
const leaf = fc.constantFrom(
  ...[
    '"a"',
    '"x${a}y"',
    "'raw'",
    "0",
    "5s",
    "2GB",
    "true",
    "site",
    "device.name",
    "a?.b",
    "'''\n  one\n\n    two \n  '''",
  ],
  '"""\n  ${a}\n  """',
);
const { expression } = fc.letrec<{ expression: Piece }>((tie) => {
  const inner = tie("expression");
  const list = fc.array(inner, { maxLength: 3 });
  return {
    expression: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      { weight: 4, arbitrary: leaf.map((text) => [text]) },
      fc
        .tuple(inner, fc.constantFrom("or", "and", "==", "+", "*", "??", "in", "like"), inner)
        .map(([left, operator, right]) => ["(", ...left, operator, ...right, ")"]),
      fc.tuple(inner, inner).map(([left, right]) => [...left, "and", ...right]),
      inner.map((operand) => ["not", ...operand]),
      fc.tuple(inner, inner, inner).map(([c, a, b]) => ["(", "if", ...c, "then", ...a, "else", ...b, ")"]),
      list.map((items) => ["[", ...separated(items, ","), "]"]),
      list.map((items) => ["upper", "(", ...separated(items, ","), ")"]),
      fc.tuple(name, inner, inner).map(([item, all, each]) => ["[", "for", item, "in", ...all, ":", ...each, "]"]),
      fc.array(fc.tuple(name, inner), { maxLength: 3 }).map((fields) => record(fields)),
    ),
  };
});

function record(fields: readonly (readonly [string, Piece])[]): Piece {
  const pieces = fields.map(([key, value], index) => [`${key}${index}`.replaceAll("`", ""), ":", ...value]);
  return ["{", ...separated(pieces, ","), "}"];
}

const action: fc.Arbitrary<Piece> = fc.oneof(
  fc.constant(["run", '"tool"']),
  fc.constant(["sh", "'''\n    echo a\n      echo b\n    '''"]),
  fc.array(fc.tuple(name, expression), { maxLength: 3 }).map((fields) => ["use", "disk.format", ...record(fields)]),
  expression.map((value) => ["set", "a", "=", ...value]),
  fc
    .array(expression, { minLength: 1, maxLength: 3 })
    .map((values) => ["set", "{", ...values.flatMap((value) => ["a", "=", ...value, "\n"]), "}"]),
  expression.map((value) => ["log", ...value]),
);
const clauses: fc.Arbitrary<Piece> = fc
  .tuple(
    ...[
      fc.constant(["from", "tools"]),
      expression.map((value) => ["when", ...value]),
      fc.constant(["success", "0", ",", "3010"]),
      fc.constant(["retry", "3", "every", "5s", "doubling"]),
      fc.constant(["timeout", "5m"]),
      fc.constant(["continue", "on", "error"]),
    ].map((clause: fc.Arbitrary<Piece>) => fc.option(clause, { nil: [] as Piece })),
  )
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }))
  .map((all) => all.flat());

const { statement } = fc.letrec<{ statement: Piece }>((tie) => {
  const block = fc
    .array(tie("statement"), { maxLength: 3 })
    .map((all) => ["{", ...all.flatMap((one) => [...one, "\n"]), "}"]);
  return {
    statement: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      { weight: 3, arbitrary: fc.tuple(action, clauses).map((parts) => parts.flat()) },
      { weight: 3, arbitrary: fc.tuple(action, clauses).map((parts) => ["step", '"Step"', ...parts.flat()]) },
      fc.tuple(expression, block).map(([value, body]) => ["group", '"Group"', "when", ...value, ...body]),
      fc.tuple(block, block, block).map(([body, error, last]) => {
        return ["group", ...body, "on", "error", ...error, "finally", ...last];
      }),
      fc.tuple(expression, block, block).map(([value, body, other]) => ["if", ...value, ...body, "else", ...other]),
      fc.tuple(expression, block).map(([value, body]) => ["for", "item", "in", ...value, ...body]),
    ),
  };
});

const declaration: fc.Arbitrary<Piece> = fc.oneof(
  expression.map((value) => ["const", "c", "=", ...value]),
  fc.constant(["type", "T", "=", "{", "a", ":", "int", ",", "b", ":", "list<string>", "?", "}"]),
  expression.map((value) => ["fn", "f", "(", "a", ":", "int", ",", "b", ":", "string", ")", ":", "int", "=", ...value]),
  fc.array(statement, { maxLength: 4 }).map((all) => {
    return ["sequence", "s", '"Title"', "{", ...all.flatMap((one) => [...one, "\n"]), "}"];
  }),
);

const gap = fc.oneof(
  { weight: 12, arbitrary: fc.constant(" ") },
  { weight: 3, arbitrary: fc.constantFrom("  ", "\n", "\n\n\n", "\n      ", "\t") },
  { weight: 1, arbitrary: fc.constantFrom(" // here\n", "\n// there\n", " /* in */ ", "\n  /* a\n b */\n") },
);

/** A program in a layout of its own. */
const program = fc
  .array(declaration, { minLength: 1, maxLength: 3 })
  .map((all) => all.flatMap((one) => [...one, "\n"]))
  .chain((tokens) =>
    fc.tuple(fc.constant(tokens), fc.array(gap, { minLength: tokens.length, maxLength: tokens.length })),
  )
  .map(([tokens, gaps]) => tokens.map((token, index) => token + (gaps[index] ?? "")).join(""));

const parsed = (text: string): ParsedFile => parse(text, "generated.seq");
const codesOf = (file: ParsedFile): string[] => file.diagnostics.map(({ code }) => code);
const commentsOf = (file: ParsedFile): string[] =>
  file
    .tokens()
    .filter((token) => token.kind === "comment")
    .map((token) => file.text.slice(token.start, token.end).trimEnd())
    .sort();

/** Gives the printed text. */
function expectLaws(text: string): string {
  const before = parsed(text);
  const once = print(before);
  const after = parsed(once);
  expect(codesOf(after)).toEqual(codesOf(before));
  expect(equalTrees(before.tree, after.tree)).toBe(true);
  expect(commentsOf(after)).toEqual(commentsOf(before));
  expect(print(after)).toBe(once);
  return once;
}

test("tree, findings and comments stay, and printing twice is printing once", () => {
  let whole = 0;
  let untouched = 0;
  fc.assert(
    fc.property(program, (text) => {
      const once = expectLaws(text);
      if (parsed(text).diagnostics.length > 0) return;
      whole++;
      // The generator leaves blanks at the end of a line in nearly every text; the layout has none.
      if (once === text) untouched++;
    }),
    { numRuns: 250 },
  );
  expect(whole).toBeGreaterThan(200);
  expect(untouched).toBeLessThan(whole / 20);
});

test("so they do when a piece of the program is taken out", () => {
  fc.assert(
    fc.property(program, fc.nat(), fc.integer({ min: 1, max: 9 }), (text, place, length) => {
      const start = place % (text.length + 1);
      expectLaws(text.slice(0, start) + text.slice(start + length));
    }),
    { numRuns: 250 },
  );
});

test("laying out a part changes neither tree nor comments", () => {
  fc.assert(
    fc.property(program, fc.nat(), fc.integer({ min: 0, max: 60 }), (text, place, length) => {
      const start = place % (text.length + 1);
      const edit = printRange(parsed(text), { start, end: Math.min(text.length, start + length) });
      if (edit === undefined) return;
      const after = parsed(text.slice(0, edit.start) + edit.text + text.slice(edit.end));
      expect(equalTrees(parsed(text).tree, after.tree)).toBe(true);
      expect(commentsOf(after)).toEqual(commentsOf(parsed(text)));
    }),
    { numRuns: 200 },
  );
});
