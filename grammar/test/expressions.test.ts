// Expressions and types: precedence, gates, and what is no expression.
import { describe, expect, test } from "vitest";
import { dump, parse } from "../index.ts";
import { grouped, inSequence, nodesOf, problems } from "./syntax-check.ts";

describe("operators bind as the language says", () => {
  const cases: [string, string][] = [
    ["a or b and c", "(a or (b and c))"],
    ["not a in b", "(not (a in b))"],
    ["not a and b", "((not a) and b)"],
    ["x ?? 0 > 3", "((x ?? 0) > 3)"],
    ["a + b * c - d", "((a + (b * c)) - d)"],
    ["a - b - c", "((a - b) - c)"],
    ["-a * b", "((- a) * b)"],
    ["- a.b(c).d", "(- a.b(c).d)"],
    ["a ?? b + c", "(a ?? (b + c))"],
    ["not not a", "(not (not a))"],
    ["if a then b else c or d", "(if a then b else (c or d))"],
    ["if a then b else if c then d else e", "(if a then b else (if c then d else e))"],
    ["a == (if b then c else d)", "(a == <(if b then c else d)>)"],
    ["a?.b.c", "a?.b.c"],
    ["a.step.when.b", "a.step.when.b"],
    ["run.succeeded", "run.succeeded"],
    ["timeout + 1", "(timeout + 1)"],
    ["f(a, b,)", "f(a, b)"],
    ["[1, -1, 2,]", "[1, (- 1), 2]"],
    ["[10\n-1]", "[(10 - 1)]"],
    ["a ~= b", "(a ~= b)"],
    ["a matches 'x'", "(a matches string)"],
  ];
  for (const [text, expected] of cases) test(text, () => expect(grouped(text)).toBe(expected));
});

describe("what is no expression", () => {
  const cases: [string, string[]][] = [
    ["a < b < c", ['SEQ1125 at "<"']],
    ["a == not b", ['SEQ1127 at "not"']],
    ["a or if b then c else d", ['SEQ1127 at "if"']],
    ["a[0]", ['SEQ1126 at "[0]"']],
    ["a <> b", ['SEQ1013 at "<>"']],
    ["a === b", ['SEQ1013 at "==="']],
    ["!a", ['SEQ1013 at "!"']],
    ["a || b", ['SEQ1013 at "||"']],
    ["a.", ['SEQ1103 behind "a."']],
    ["[1 2]", ['SEQ1101 behind "[1"']],
    ["f(1 2)", ['SEQ1101 behind "f(1"']],
    ["(1", ['SEQ1101 behind "(1"']],
    ["a = b", ['SEQ1013 at "="']],
  ];
  for (const [text, expected] of cases) test(text, () => expect(problems(`const x = ${text}\n`)).toEqual(expected));
});

test("a property stands on the line of its dot, so half-typed text leaves the next line alone", () => {
  const text = inSequence("  log device.\n  set count = 1");
  expect(problems(text)).toEqual(['SEQ1103 behind "device."']);
  expect(nodesOf(text, "set").length).toBe(1);
});

test("a comparison chain is mended by its fix", () => {
  const text = "const x = 1 < a < 5\n";
  const edit = parse(text, "test.seq").diagnostics[0]?.fixes[0]?.edits[0];
  const mended = text.slice(0, edit?.start) + (edit?.text ?? "") + text.slice(edit?.end);
  expect(mended).toBe("const x = 1 < a and a < 5\n");
});

test("records: commas are optional, keys are any word or a text", () => {
  const text = `const a = { step: 1 when: 2, "a b": 3\n in: x in: y }`;
  expect(problems(text)).toEqual([]);
  expect(nodesOf(text, "field").length).toBe(5);
});

test("a contextual word is a value too, also before the next field", () => {
  const text = `const a = { kind: test size: 5, style: file }`;
  expect(problems(text)).toEqual([]);
  expect(nodesOf(text, "field").length).toBe(3);
});

test("types", () => {
  const text = `type A = | "a" | -1 | list<list<int>>? | { a: b, step: secret c: (d | e)? } | x.Y\nfn f(a: list<int>= []): step = a\n`;
  expect(problems(text)).toEqual([]);
  expect(dump(parse(text, "test.seq").tree)).toMatchInlineSnapshot(`
    "file 0-115
      typeDeclaration 0-81
        name "A" 5-6
        unionType 9-81
          literalType 11-14
            string interpolated 11-14
              stringText "a" 12-13
          literalType negative 17-19
            number int 1 18-19
          optionalType 22-38
            namedType 22-37
              path 22-26
                name "list" 22-26
              namedType 27-36
                path 27-31
                  name "list" 27-31
                namedType 32-35
                  path 32-35
                    name "int" 32-35
          recordType 41-75
            typeField 43-47
              name "a" 43-44
              namedType 46-47
                path 46-47
                  name "b" 46-47
            typeField 49-61
              name "step" 49-53
              namedType 55-61
                path 55-61
                  name "secret" 55-61
            typeField 62-73
              name "c" 62-63
              optionalType 65-73
                parenthesizedType 65-72
                  unionType 66-71
                    namedType 66-67
                      path 66-67
                        name "d" 66-67
                    namedType 70-71
                      path 70-71
                        name "e" 70-71
          namedType 78-81
            path 78-81
              name "x" 78-79
              name "Y" 80-81
      fn 82-114
        name "f" 85-86
        fnParameter 87-103
          name "a" 87-88
          namedType 90-99
            path 90-94
              name "list" 90-94
            namedType 95-98
              path 95-98
                name "int" 95-98
          list 101-103
        namedType 106-110
          path 106-110
            name "step" 106-110
        reference 113-114
          name "a" 113-114
    "
  `);
});
