// Literals: escapes, interpolation, multi-line strings, units.
import { describe, expect, test } from "vitest";
import { parse } from "../index.ts";
import { cooked, nodesOf, problems } from "./syntax-check.ts";

describe("strings", () => {
  const cases: [string, string][] = [
    [String.raw`"a\n\t\"\\\$\u{41}"`, 'a\n\t"\\$A'],
    [String.raw`'C:\new ''dir'''`, "C:\\new 'dir'"],
    ['"a ${b} c"', "a ${…} c"],
    ['"${ f("x", "${y}") }!"', "${…}!"],
    ['"${ { a: "}" } }"', "${…}"],
    ['"$5 $"', "$5 $"],
    ['""', ""],
    ["''", ""],
    ["'''\n  one\n    two\n\n  three\n  '''", "one\n  two\n\nthree"],
    ["'''\r\n  one\r\n  two\r\n  '''", "one\ntwo"],
    ["'''\n  '''", ""],
    ["'''\n\n  '''", ""],
    ["''''\n  a '''\n  '''\n  ''''", "a '''\n'''"],
    ['"""\n  a ${b}\n  \\t${c}\n  """', "a ${…}\n\t${…}"],
    ["'''\n  ${a} \\n\n  '''", "${a} \\n"],
  ];
  for (const [literal, value] of cases) {
    test(JSON.stringify(literal), () => {
      expect(problems(`const a = ${literal}\n`)).toEqual([]);
      expect(cooked(literal)).toBe(value);
    });
  }

  const wrong: [string, string[]][] = [
    ['const a = "x\nconst b = 1\n', ['SEQ1002 at ""x"']],
    ['const a = "x ${b"\nconst c = 1\n', ['SEQ1016 at "${"']],
    ['const a = "x ${b\nconst c = 1\n', ['SEQ1016 at "${"']],
    ["const a = '''x'\nconst b = 1\n", ["SEQ1004 at \"'''x'\""]],
    ['const a = "${}"\n', ['SEQ1102 behind ""${"']],
    ['const a = "${b c}"\n', ['SEQ1110 at "c"']],
    [String.raw`const a = "\d\u{0}"` + "\n", [String.raw`SEQ1006 at "\d"`, String.raw`SEQ1006 at "\u{0}"`]],
    ["const a = '''\n    x\n  y\n    '''\n", ['SEQ1005 at "y"']],
    ["const a = '''\n  x\nconst b = 1\n", ["SEQ1003 at \"'''\""]],
  ];
  for (const [text, expected] of wrong) {
    test(JSON.stringify(text), () => {
      expect(problems(text)).toEqual(expected);
    });
  }

  test("an unclosed string leaves the next line alone", () => {
    for (const text of [
      'const a = "x ${b\nconst c = 1\n',
      'const a = "x\nconst c = 1\n',
      "const a = '''\n  x\nconst c = 1\n",
    ]) {
      expect(nodesOf(text, "const").length).toBe(2);
    }
  });
});

describe("numbers", () => {
  const cases: [string, string, number][] = [
    ["0", "int", 0],
    ["9007199254740991", "int", 9007199254740991],
    ["0xC1900210", "int", 0xc1900210],
    ["500ms", "duration", 500],
    ["30s", "duration", 30_000],
    ["45m", "duration", 2_700_000],
    ["2h", "duration", 7_200_000],
    ["1d", "duration", 86_400_000],
    ["1KB", "size", 1024],
    ["300MB", "size", 314572800],
    ["40GB", "size", 42949672960],
    ["1TB", "size", 1099511627776],
    ["100%", "percent", 100],
  ];
  for (const [text, unit, value] of cases) {
    test(text, () => {
      expect(problems(`const a = ${text}\n`)).toEqual([]);
      expect(nodesOf(`const a = ${text}\n`, "number")).toMatchObject([{ unit, value, text }]);
    });
  }

  const fixes: [string, string | undefined][] = [
    ["10min", "10m"],
    ["10mb", "10MB"],
    ["1.5h", "90m"],
    ["1h30m", "90m"],
    ["1.5GB", "1536MB"],
    ["1_000", "1000"],
    ["0XFF", "0xFF"],
    ["30sec", "30s"],
    ["2days", "2d"],
    ["5x", undefined],
    ["1.5", undefined],
  ];
  for (const [text, meant] of fixes) {
    test(`${text} is one wrong number`, () => {
      const [diagnostic, ...others] = parse(`const a = ${text}\n`, "test.seq").diagnostics;
      expect(others).toEqual([]);
      expect(diagnostic?.code).toBe("SEQ1011");
      expect(diagnostic?.fixes[0]?.edits[0]?.text).toBe(meant);
    });
  }
});
