// Recovery: one mistake gives one diagnostic, and what stands around it is read whole.
import { describe, expect, test } from "vitest";
import { parse } from "../index.ts";
import { sample } from "./sample.ts";
import { codes, inSequence, nodesOf, problems } from "./syntax-check.ts";

describe("one mistake, one diagnostic", () => {
  const statements: [string, string[]][] = [
    // What lacks is assumed.
    [`step "a" run timeout 5m`, ['SEQ1104 behind "run"']],
    [`step "a" run "x" timeout when b`, ['SEQ1102 behind "timeout"']],
    [`step "a" timeout 5m`, ['SEQ1106 at "step "a""']],
    [`step "a"\nstep "b" run "x"`, ['SEQ1106 at "step "a""']],
    [`run "x" success 0 -1`, ['SEQ1101 behind "0"']],
    [`run "x" continue error`, ['SEQ1101 behind "continue"']],
    [`run "x" needs windows`, ['SEQ1101 behind "needs"']],
    [`run "x" needs winpr`, ['SEQ1111 at "winpr"']],
    [`run "x" on interruption rerum`, ['SEQ1111 at "rerum"']],
    [`use a.b { c: d: 1 }`, ['SEQ1102 behind "c:"']],
    [`use a.b { c 1 d: 2 }`, ['SEQ1101 behind "c"']],
    [`use a.b { c: 1\nrun "x"`, ['SEQ1101 behind "1"']],
    [`set { a = b = 2 }`, ['SEQ1102 behind "="']],
    [`set a 1`, ['SEQ1101 behind "a"']],
    [`if { run "x" }`, ['SEQ1102 behind "if"']],
    [`log\nif a { run "x" }`, ['SEQ1102 behind "log"']],
    [`for a b { run "x" }`, ['SEQ1101 behind "a"']],
    [`group "a" run "x" }`, ['SEQ1101 behind ""a""']],
    // Misspelt words.
    [`runn "x"`, ['SEQ1111 at "runn"']],
    [`step "a" runn "x"`, ['SEQ1111 at "runn"']],
    [`step runn "x"`, ['SEQ1111 at "runn"']],
    [`run "x" tiemout 5m`, ['SEQ1111 at "tiemout"']],
    [`grop "a" { run "x" }`, ['SEQ1111 at "grop"']],
    [`stpe "a" run "x"`, ['SEQ1111 at "stpe"']],
    // Error productions.
    [`step "a" timeout 5m when b run "x"`, ['SEQ1120 at "timeout"']],
    [`step "a" run "x" on error { log "b" }`, ['SEQ1121 at "on error"']],
    [`group "a" on error { run "x" }`, ['SEQ1122 at "on error"']],
    [`group "a" { run "x" } retry 3`, ['SEQ1130 at "retry"']],
    [`group "a" as b { run "x" }`, ['SEQ1129 at "as"']],
    [`{ run "x" }`, ['SEQ1123 at "{"']],
    [`a = 1`, ['SEQ1124 at "a"']],
    [`let a = 1`, ['SEQ1124 at "let a"']],
    [`if a { run "x" } elif b { run "y" }`, ['SEQ1136 at "elif"']],
    [`if a && b { run "x" }`, ['SEQ1013 at "&&"']],
    [`foreach a in b { log a }`, ['SEQ1136 at "foreach"']],
    [`for (a in b) { log a }`, ['SEQ1110 at "("']],
    [`run “x y” timeout 5m`, ['SEQ1019 at "“x y”"']],
    [`log ‘x y’`, ['SEQ1019 at "‘x y’"']],
    // Strings without an end.
    [`run "x timeout 5m`, ['SEQ1002 at ""x timeout 5m"']],
    [`log x y"`, ['SEQ1002 at "\""']],
    [`sh '''\n  echo a\n  echo b`, ["SEQ1003 at \"'''\""]],
    [`sh '''echo a\necho b\n'''`, ["SEQ1004 at \"'''echo a\""]],
    // Braces.
    [`use a.b { c: [d: 1 }, { d: 2 }] }`, ['SEQ1101 behind "["']],
    [`use a.b { c: d: 1 } }`, ['SEQ1101 behind "c:"']],
    [`use a.b { c: 1 } } timeout 5m`, ['SEQ1110 at "}"']],
    [`use a.b { : 1 }`, ['SEQ1103 behind "{"']],
    [`use a.b { c: 1 2 when d }`, ['SEQ1110 at "2"']],
    [`set a = 1 when b, c = 2 }`, ['SEQ1101 behind "b"']],
    [`set { = 1 when b, c = 2 }`, ['SEQ1103 behind "{"']],
    [`if a { log b } else log c }`, ['SEQ1101 behind "else"']],
    // Junk.
    [`run "x" 5 6 timeout 5m`, ['SEQ1110 at "5 6"']],
    [`run "x" @ timeout 5m`, ['SEQ1001 at "@"']],
    [`run "x"; timeout 5m`, ['SEQ1014 at ";"']],
    [`fail fail fail`, []],
  ];
  for (const [text, expected] of statements) {
    test(text.replaceAll("\n", " ⏎ "), () => {
      const between = inSequence(`step "before" run "b"\n${text}\nstep "after" run "a"`);
      expect(problems(between)).toEqual(expected);
      const titles = nodesOf(between, "step").flatMap((step) => step.title?.parts ?? []);
      const names = titles.map((part) => (part.kind === "stringText" ? part.value : ""));
      expect(names).toEqual(expect.arrayContaining(["before", "after"]));
    });
  }

  const files: [string, string[]][] = [
    ["const a 1\nconst b = 2\n", ['SEQ1101 behind "a"']],
    ["const step = 1\n", ['SEQ1128 at "step"']],
    ["sequnce a {\n  run 'x'\n}\n", ['SEQ1111 at "sequnce"']],
    ["sequence a {\n  group {\n    run 'x'\n}\nsequence b { run 'y' }\n", ['SEQ1112 at "{"']],
    ["sequence a {\n  run 'x'\n}\n}\nsequence b { run 'y' }\n", ['SEQ1113 at "}"']],
    ["sequence a {\n  group {\n    run 'x'\n  }\n  }\n  run 'y'\n}\n", ['SEQ1113 at "}"']],
    ["run 'x'\nrun 'y'\n", ['SEQ1114 at "run"']],
    ["sequence a {\n  const b = 1\n  run 'x'\n}\n", ['SEQ1116 at "const"']],
    ["sequence a {\n  if b {\n    var c: int\n  }\n}\n", ['SEQ1115 at "var"']],
    ["import { a b } from './x.seq'\n", ['SEQ1101 behind "a"']],
    ["fn a(b: int c: int): int = 1\n", ['SEQ1101 behind "int"']],
    ["test 'a' of b {\n  exepct c\n  assert d\n}\n", ['SEQ1111 at "exepct"']],
    ["sequence a {\nsh '''\necho a\necho b\n}\nsequence b { run 'x' }\n", ["SEQ1003 at \"'''\""]],
    ["blah blah blah\nconst a = 1\n", ['SEQ1110 at "blah blah blah"']],
  ];
  for (const [text, expected] of files) {
    test(text.replaceAll("\n", " ⏎ "), () => {
      expect(problems(text)).toEqual(expected);
    });
  }
});

test("the group with the brace that lacks is found by its indentation", () => {
  const text = "sequence a {\n  group 'one' {\n    run 'x'\n  group 'two' {\n    run 'y'\n  }\n}\n";
  const [diagnostic] = parse(text, "test.seq").diagnostics;
  expect(diagnostic?.code).toBe("SEQ1112");
  expect(text.slice(0, diagnostic?.start).split("\n").length).toBe(2);
});

test("a handler behind a step is kept as its group's", () => {
  const groups = nodesOf(inSequence(`step "a" run "x" on error { log "b" }`), "group");
  expect(groups.map((group) => group.onError?.statements.length)).toEqual([1]);
});

test("a variable declared in a block belongs to the sequence", () => {
  const [sequence] = nodesOf(inSequence("group {\n  var a: int\n}"), "sequence");
  expect(sequence?.members.map((member) => member.kind)).toEqual(["group", "variable"]);
});

test("a file with twenty mistakes gets twenty diagnostics", () => {
  const text = `const a 1
const b = "open
type T =
fn f(x int): int = x
package p
account c
sequence s {
  param site
  step "1" run
  step "2" timeout 5m
  runn "3"
  run "4" tiemout 5m
  run "5" timeout
  run "6" success 0 1
  group "7" on error { run "x" }
  count = 8
  log 1 < 2 < 3
  log [1 2]
  wait 10min
  log "\\d"
  log 20 @
}
`;
  expect(codes(text).length).toBe(20);
});

describe("every token of the sample, one at a time", () => {
  const tokens = parse(sample, "sample.seq")
    .tokens()
    .filter((token) => !["whitespace", "newline", "comment", "docComment"].includes(token.kind));
  const speaksTwice = (change: (start: number, end: number) => string): string[] =>
    tokens
      .filter((token) => codes(change(token.start, token.end)).length > 1)
      .map((token) => sample.slice(token.start, token.end).replaceAll(/\s+/g, " "));

  test("deleted: one diagnostic at most, but for two quotes or braces at once and a brace that another can stand for", () => {
    const pieces = ['"setup.exe /configure ${', '"failed at ${', '""" print("${'];
    expect(speaksTwice((start, end) => sample.slice(0, start) + sample.slice(end))).toEqual([
      pieces[0],
      "}",
      ...pieces.slice(1),
    ]);
  });

  test("doubled: one diagnostic at most, but for two quotes or braces at once", () => {
    const pieces = ['}.xml"', '}"', '""" print("${', '}") """'];
    expect(speaksTwice((start, end) => `${sample.slice(0, end)} ${sample.slice(start)}`)).toEqual(pieces);
  });

  test("cut off: one diagnostic at most", () => {
    expect(speaksTwice((_start, end) => sample.slice(0, end))).toEqual([]);
  });
});
