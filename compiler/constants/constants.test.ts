// What is known before the run has the very value that the run would compute: both go through the same functions.
import { arithmetic, builtin, compare, matchPattern, compilePattern } from "@sequitur/runtime/plan";
import type { Evaluation, Value } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

/** The constants of a sequence that sets a variable to the expression, or the findings. */
function constantOf(type: string, expression: string, declarations = ""): unknown {
  const source = `${declarations}\nsequence main {\n  var result: ${type} = ${expression}\n  log result\n}\n`;
  const { plan, diagnostics } = compile(memoryHost({ "main.seq": source }), "main.seq");
  if (plan === undefined) {
    return diagnostics.map(({ code, message, start, end }) => `${code} [${source.slice(start, end)}] ${message}`);
  }
  const [first, second] = plan.code;
  expect([first?.[0], second?.[0]]).toEqual(["PUSH", "STORE"]);
  return plan.constants[Number(first?.[1])]?.value;
}

function valueOf(evaluation: Evaluation): Value {
  return "value" in evaluation ? evaluation.value : evaluation.failure;
}

const pattern = compilePattern("^a+b$");
const matched = "pattern" in pattern ? matchPattern(pattern.pattern, "aab") : { failure: "" };

describe("constants", () => {
  it.each([
    ["int", "7 / 2", arithmetic("/", 7, 2)],
    ["int", "-7 / 2", arithmetic("/", -7, 2)],
    ["int", "2 + 3 * 4 - 1", { value: 13 }],
    ["duration", "90s * 2", arithmetic("*", 90_000, 2)],
    ["size", "1GB / 4", arithmetic("/", 1024 ** 3, 4)],
    ["bool", '"a" < "b"', compare("<", "string", "a", "b")],
    ["bool", "2GB > 2048MB", compare(">", "size", 2 * 1024 ** 3, 2048 * 1024 ** 2)],
    ["bool", '"Straße" ~= "STRASSE"', builtin("equalsFolded", ["Straße", "STRASSE"])],
    ["bool", '"PC-17" like "pc-*"', builtin("like", ["PC-17", "pc-*"])],
    ["bool", "'aab' matches '^a+b$'", matched],
    ["bool", "1 + 2 in [1, 2, 3]", builtin("in", [3, [1, 2, 3]])],
    ["int", '"häuser".length', builtin("string.length", ["häuser"])],
    ["string", 'replace("a-b-c", "-", "+")', builtin("replace", ["a-b-c", "-", "+"])],
    ["string", '"${90s} ${300MB} ${1 + 1} ${true} ${[1, 2].length}"', { value: "90s 300MB 2 true 2" }],
    ["list<string>", 'split("a,b", ",")', builtin("split", ["a,b", ","])],
    ["list<int>", "[for x in [1, 2, 3, 4] if x > 2: x * x]", { value: [9, 16] }],
    ["int", 'int("x") ?? 5', { value: 5 }],
    ["version", '"10.0"', { value: "10.0" }],
    ["string", 'if 1 == 1 then "yes" else "no"', { value: "yes" }],
    ["bool", "not (true and false) or 1 / 1 == 2", { value: true }],
    ["{ a: int, b: string? }", '{ a: 1, b: "x" when 2 > 3 }', { value: { a: 1 } }],
  ] as const)("%s: %s", (type, expression, expected) => {
    expect(constantOf(type, expression)).toEqual(valueOf(expected));
  });

  it("go through constants and functions of other names", () => {
    const declarations = "const base = 10\nconst twice = base * 2\nfn plus(a: int, b: int = twice): int = a + b";
    expect(constantOf("int", "plus(base) + plus(1, 2)", declarations)).toBe(33);
  });

  it.each([
    ["100 / 0", "SEQ7201 [/] this can't be computed: 100 / 0: division by zero"],
    ["100 / (5 - 5)", "SEQ7201 [/] this can't be computed: 100 / 0: division by zero"],
    [
      "9007199254740991 + 1",
      "SEQ7201 [+] this can't be computed: 9007199254740991 + 1 is beyond ±9007199254740991, the largest number that there is",
    ],
  ])("that can't be computed are findings at the operator: %s", (expression, finding) => {
    expect(constantOf("int", expression)).toEqual([finding]);
  });

  it("are reported once, also where a function is called again and again", () => {
    const declarations = "fn half(x: int): int = x / 0";
    expect(constantOf("int", "half(1) + half(2)", declarations)).toEqual([
      "SEQ7201 [/] this can't be computed: 1 / 0: division by zero",
    ]);
  });
});
