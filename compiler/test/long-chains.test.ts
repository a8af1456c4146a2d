// Long chains of operators: those that the grammar takes are checked, computed and compiled; those past its limit are one
// finding, and nothing runs out of stack on the way.
import { describe, expect, test } from "vitest";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";

const chain = (length: number, operator: string, operand: string): string =>
  Array(length).fill(operand).join(` ${operator} `);

function findingsIn(text: string): readonly string[] {
  return check(memoryHost({ "main.seq": text }), ["main.seq"]).diagnostics.map(({ code }) => code);
}

const chains = [
  ["or", 'os.version > "2"', "bool"],
  ["and", 'os.version > "2"', "bool"],
  ["and", '(env("A") ?? "") != ""', "bool"],
  ["and", "true", "bool"],
  ["+", "device.cpus", "int"],
  ["-", "1GB", "size"],
  ["+", "1", "int"],
  ["??", 'env("A")', "string?"],
  ["??", 'int("a")', "int?"],
] as const;

describe("a chain of operators", () => {
  test.each(chains)("of 20,000 operands is one finding: %s %s", (operator, operand, type) => {
    const text = `sequence main {\n  var x: ${type}\n  set x = ${chain(20_000, operator, operand)}\n}\n`;
    expect(findingsIn(text)).toEqual(["SEQ1137"]);
  });

  test.each(chains)("of 300 operands is compiled: %s %s", (operator, operand, type) => {
    const text = `sequence main {\n  var x: ${type}\n  set x = ${chain(300, operator, operand)}\n}\n`;
    expect(compile(memoryHost({ "main.seq": text }), "main.seq").diagnostics.map(({ message }) => message)).toEqual([]);
  });

  test.each([
    ["+", "1", 900],
    ["and", "true", true],
    ["or", "false", false],
    ["??", 'int("7")', 7],
    ["??", 'int("a")', null],
  ])("of constants is computed: %s %s", (operator, operand, result) => {
    const { program } = check(memoryHost({ "main.seq": `const x = ${chain(900, operator, operand)}\n` }), ["main.seq"]);
    expect([...program.constants.values()].at(-1)).toBe(result);
  });

  test("teaches the operands on its right what those on its left have shown", () => {
    const text = (operator: string, sign: string): string =>
      `sequence main {\n  param a: string?\n  param b: string?\n  log "x" when a ${sign} "" ${operator} b ${sign} "" ${operator} upper(a) ${sign} upper(b)\n}\n`;
    expect(findingsIn(text("and", "=="))).toEqual([]);
    expect(findingsIn(text("or", "!="))).toEqual([]);
    expect(findingsIn(text("or", "=="))).toEqual(["SEQ3002", "SEQ3002"]);
    expect(findingsIn(text("and", "!="))).toEqual(["SEQ3002", "SEQ3002"]);
  });
});

test("an argument that is known to be absent is given as such", () => {
  const text = `sequence child {
  param amount: int?
  param note: string?
  log "x" when amount == 3
}
sequence main {
  call child { amount: int("a"), note: env("A") }
  run "tool" env { A: "x" when int("a") == 3 }
}
`;
  const { plan, diagnostics } = compile(memoryHost({ "main.seq": text }), "main.seq", { sequence: "main" });
  expect(diagnostics).toEqual([]);
  expect(plan).toBeDefined();
});
