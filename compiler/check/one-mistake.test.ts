// One mistake is one finding: what hangs on a name that is not known is not reported too.
import { describe, expect, test } from "vitest";
import { findings } from "../test-support/check.ts";

const codesIn = (statement: string): readonly string[] =>
  findings(`sequence main {\n  param site: string\n  var answer: int\n  ${statement}\n}\n`).map((finding) =>
    finding.replace(/^\S+ \^+ (SEQ\d+) .*$/, "$1"),
  );

describe("a misspelt name is the only finding", () => {
  test.each([
    ['use disk.fromat { device: "/dev/sda", style: gpt, partitions: [] }', "SEQ2102"],
    ['use disk.fromat { partitions: [{ size: 1GB }, { size: "rest", type: efi }], style: (gpt) }', "SEQ2102"],
    ['use disk.format { device: "/dev/sda", styel: gpt, partitions: [{ name: "a", size: 100% }] }', "SEQ2109"],
    ["call othr { ring: pilot, list: [1, two] }", "SEQ2103"],
    ["call othr into answer", "SEQ2103"],
    ['use fil.raed { path: "/a" } into answer', "SEQ2102"],
    ['step read use fil.raed { path: "/a" }\n  log read.output', "SEQ2102"],
    ["step other call othr\n  log other.output.size", "SEQ2103"],
    ["set answr = device.cpus", "SEQ2107"],
    ["log devise.name.length", "SEQ2101"],
    ["for item in lits { log item.name }", "SEQ2101"],
  ])("%s", (statement, code) => {
    expect(codesIn(statement)).toEqual([code]);
  });
});

test("what else is wrong with the arguments of an unknown action is found", () => {
  expect(codesIn("use disk.fromat { style: gpt, device: devise.name, device: site, label: answer }")).toEqual([
    "SEQ2102",
    "SEQ2101",
    "SEQ2204",
    "SEQ4001",
  ]);
});
