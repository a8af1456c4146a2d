import { describe, expect, test } from "vitest";
import type { Plan } from "./format.ts";
import { limits } from "./limits.ts";
import type { VerifierRule } from "./plan-problem.ts";
import { assemble } from "./test/assemble.ts";
import { samplePlans } from "./test/sample-plans.ts";
import { verify } from "./verify.ts";

/** Problems as `V3@7 message`, the address being that of the instruction. */
function problems(plan: Plan): readonly string[] {
  return verify(plan).map(({ rule, instruction, message }) =>
    instruction === undefined ? `${rule} ${message}` : `${rule}@${instruction} ${message}`,
  );
}

/** A sequence `main` of these lines; `RETURN 0` ends it. Lines are separated by `;` too, to keep cases on one line. */
function inMain(lines: string): Plan {
  return assemble(`sequence main\n${lines.replaceAll(";", "\n")}\nRETURN 0`);
}

describe("plans that verify", () => {
  test.each(Object.entries(samplePlans))("%s", (_, text) => {
    expect(problems(assemble(text))).toEqual([]);
  });
});

type Case = readonly [lines: string, problem: string];

/** The code of a step that logs, so that a case can put one anywhere. */
const logStep = (name: string): string => `OPEN ${name}; PUSH "x"; LOG ${name}; DONE ${name}`;

const cases: { readonly [rule in VerifierRule]?: readonly Case[] } = {
  V2: [
    ['! ["PUSH", 7]; POP', "V2@0 PUSH: there is no constant 7."],
    ['! ["PUSH", "x"]; POP', 'V2@0 PUSH: there is no constant "x".'],
    ['! ["LOAD"]; POP', "V2@0 LOAD takes 1 operands, not 0."],
    ["slot a: int; LOAD #1; POP", "V2@0 LOAD: there is no slot 1."],
    ["JUMP #9", "V2@0 JUMP: there is no address 9."],
    ["PUSH 1; PUSH 2; ARITH %; POP", 'V2@2 ARITH: there is no operator "%".'],
    ["PUSH 1; PUSH 2; RECORD [a,a]; POP", "V2@2 RECORD: a field stands twice."],
    ['PUSH version:"1.x"; POP', "V2 Constant 0 is no version."],
    ["PUSH package:0; POP", "V2 Constant 0 names content 0, which is no package."],
    ["slot a: string; LOAD a; FACT env 1; POP", "V6@0 a is read, but is not set on every path."],
    ['PUSH "A"; PUSH "B"; CONCAT 2; FACT env 1; POP', "V2@3 The name of an environment variable must be a constant."],
    [
      "param p: string; step s: commandline commandText:string | end=L; OPEN s; LOAD p; ACT s; DONE s; L:",
      "V2@2 Literal text of a command line must be a constant: a value may not turn into syntax.",
    ],
    ["global PATH", 'V2 Global "PATH" is a name that the system itself reads.'],
    ["global Site; global SITE", "V2 Global SITE stands twice in the table."],
    [`group g: end=A parent=g; OPEN g; BODY g; LEAVE g; A:`, "V2 Node 0 is its own ancestor."],
  ],
  V3: [
    ["POP", "V3@0 The stack is empty where a value is taken."],
    ['PUSH "x"; NOT; POP', "V3@1 what is negated is string, not bool."],
    ['slot a: int; PUSH "x"; STORE a', "V3@1 a is string, not int."],
    ["PUSH 1", "V3@1 The stack holds 1 values where it must be empty."],
    ["PUSH 5; PUSH 90s; ARITH +; POP", "V3@2 There is no int + duration."],
    ['PUSH "a"; PUSH 5; CMP == string; POP', "V3@2 string == int can't be compared as string."],
    ["PUSH true; PUSH true; CMP < value; POP", "V3@2 bool < bool can't be compared as value."],
    ["ABSENT; BUILTIN text.int 1; POP", "V3@1 text.int gets never?, not int."],
    ['PUSH 5; PUSH "a"; LIST 2; POP', "V3@2 A list has string and int as items."],
    ["PUSH true; JFALSE L; PUSH 1; L:", "V3@3 Two paths reach 3 with different values on the stack."],
    [
      `PUSH true; JFALSE E; PUSH 1; JUMP L; E:; PUSH "x"; L:; POP`,
      "V3@5 Two paths reach 5 with different values on the stack.",
    ],
    ["PUSH 5; PUSH 5; APPEND; POP", "V3@2 APPEND finds no list."],
    [
      "slot v: string; for f; PUSH 5; ITER f; T:; NEXT f v L; JUMP T; L:",
      "V3@1 A loop goes over int, which is no list.",
    ],
    [`slot v: string; for f; PUSH list<int>:[]; ITER f; T:; NEXT f v L; JUMP T; L:`, "V3@2 v is int, not string."],
  ],
  V4: [
    ["T:; PUSH true; JFALSE T", "V4@1 The jump to 0 leads back, and not to its loop."],
    ["T:; JUMP T", "V4@0 The jump to 0 leads back, and not to its loop."],
    ["RETURN 0", "V4@0 RETURN stands before the end of main."],
    [`step s: log | end=#0; ${logStep("s")}`, "V4@0 The end of node 0 lies before its start."],
    [
      // The exit of the loop lies before its way back.
      "slot v: string; for f; PUSH list<string>:[]; ITER f; T:; NEXT f v L; JUMP B; L:; JUMP X; B:; JUMP T; X:",
      "V5@5 Node 0 is still open past the end of its code.",
    ],
  ],
  V5: [
    [`step s: log | end=L; OPEN s; L:`, "V5@1 Node 0 is still open past the end of its code."],
    [
      `step s: log | end=L; step t: log | end=L; OPEN s; ${logStep("t")}; DONE s; L:`,
      "V5@1 A statement begins inside node 0.",
    ],
    [`step s: log | end=L; OPEN s; DONE s; L:`, "V5@1 Step 0 is not the innermost frame, or not that far."],
    [
      `step s: run program:string | end=L; OPEN s; PUSH "x"; ACT s; PUSH "x"; ACT s; DONE s; L:`,
      "V5@4 Step 0 is not the innermost frame, or not that far.",
    ],
    [
      `step s: set | end=L; step t: set | end=M; OPEN s; OPEN t; DONE t; M:; DONE s; L:`,
      "V5@1 A statement begins inside node 0.",
    ],
    [`step s: set | end=L; OPEN s; DONE s; L:; OPEN s; DONE s`, "V5@2 Node 0 is opened at two places."],
    [`group g: end=L; OPEN g; LEAVE g; L:`, "V5@1 Group 0 is not the innermost frame, or not that far."],
    [
      `group g: handler=H end=L; OPEN g; BODY g; JUMP H; H:; HANDLED g; L:`,
      "V5@2 Two paths reach 3 with different frames open.",
    ],
    [`group g: end=L; OPEN g; BODY g; RESUME g; L:`, "V5@2 Group 0 is not the innermost frame, or not that far."],
    [
      `slot v: string; for f; PUSH list<string>:[]; ITER f; T:; NEXT f v L; L:`,
      "V5@3 Two paths reach 3 with different frames open.",
    ],
    [
      `slot v: string; for f silent; step s: log | end=S; PUSH list<string>:[]; ITER f; T:; NEXT f v L; ${logStep("s")}; S:; JUMP T; L:`,
      "V5@3 A statement begins inside node 0.",
    ],
    [
      `slot v: string; slot w: string; for f; for h; PUSH list<string>:[]; ITER f; T:; NEXT f v L; PUSH list<string>:[]; ITER h; JUMP T; L:`,
      "V5@5 The way back to 2 does not bring the stack, frames and variables that the loop began with.",
    ],
    [
      `slot v: string; for f silent; PUSH list<string>:[]; ITER f; T:; NEXT f v L; PUSH 1; JUMP T; L:`,
      "V5@4 The way back to 2 does not bring the stack, frames and variables that the loop began with.",
    ],
  ],
  V6: [
    ["slot a: int; LOAD a; POP", "V6@0 a is read, but is not set on every path."],
    [
      "slot a: int; PUSH true; JFALSE L; PUSH 1; STORE a; L:; LOAD a; POP",
      "V6@4 a is read, but is not set on every path.",
    ],
    // The loop may have no item.
    [
      "slot v: string; for f; PUSH list<string>:[]; ITER f; T:; NEXT f v L; JUMP T; L:; LOAD v; POP",
      "V6@4 v is read, but is not set on every path.",
    ],
    // The parameter may not have been given.
    ["param p: int default; LOAD p; POP", "V6@0 p is read, but is not set on every path."],
    // The body may have failed before it set the variable …
    [
      "slot a: int; group g: handler=H end=L; step s: set | end=A; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; H:; LOAD a; POP; HANDLED g; L:",
      "V6@7 a is read, but is not set on every path.",
    ],
    // … also where a finally block reads it …
    [
      "slot a: int; group g: finally=F end=L; step s: set | end=A; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; F:; LOAD a; POP; RESUME g; L:",
      "V6@7 a is read, but is not set on every path.",
    ],
    // … or what comes after a group or step with `continue on error`, or after a handler.
    [
      "slot a: int; group g: end=L continue; step s: set | end=A; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; L:; LOAD a; POP",
      "V6@7 a is read, but is not set on every path.",
    ],
    [
      "slot a: int; step s: set | end=A continue; OPEN s; PUSH 1; STORE a; DONE s; A:; LOAD a; POP",
      "V6@4 a is read, but is not set on every path.",
    ],
    [
      "slot a: int; group g: handler=H end=L; step s: set | end=A; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; H:; HANDLED g; L:; LOAD a; POP",
      "V6@8 a is read, but is not set on every path.",
    ],
    // Recovery may find that the step was done, and then there is no output.
    [
      `slot a: string; step s: run program:string | end=L output=string interruption=verify verify=V; OPEN s; PUSH "x"; ACT s; STORE a; DONE s; V:; PUSH true; VERIFIED s; L:; LOAD a; POP`,
      "V6@7 a is read, but is not set on every path.",
    ],
  ],
  V7: [["step s: call main | end=L; OPEN s; CALL s; DONE s; L:", "V7@1 The call of main comes back to main itself."]],
  V8: [
    ["step s: use file.wite | end=L; OPEN s; ACT s; DONE s; L:", "V8 Node 0 (s): there is no action file.wite."],
    ["step s: use folder.create | end=L; OPEN s; ACT s; DONE s; L:", "V8 Node 0 (s): folder.create needs path."],
    [
      "step s: use folder.create argument.path:string argument.mode:int | end=L; OPEN s; ACT s; DONE s; L:",
      "V8 Node 0 (s): folder.create has no parameter mode.",
    ],
    [
      "step s: use folder.create argument.path:int | end=L; OPEN s; PUSH 1; ACT s; DONE s; L:",
      "V8 Node 0 (s): path of folder.create is string, not int.",
    ],
    [
      "step s: use software.installPackages argument.names:list<string> | end=L needs=winpe; OPEN s; LIST 0; ACT s; DONE s; L:",
      "V8 Node 0 (s): software.installPackages can't run in winpe, which the step needs.",
    ],
    [
      `step s: use machine.checkReadiness argument.firmware:string | end=L; OPEN s; PUSH "efi"; ACT s; DONE s; L:`,
      'V8@2 firmware is "efi", not one of uefi, bios.',
    ],
    ['PUSH "x"; FACT file.mood 1; POP', 'V8@1 FACT: there is no fact "file.mood".'],
    ['PUSH "x"; FACT file.exists 2; POP', "V8@1 FACT file.exists takes 1 values, not 2."],
    ['PUSH "x"; BUILTIN constructor 1; POP', 'V8@1 BUILTIN: there is no function "constructor".'],
    ["RECORD []; FIELD a; POP", "V8@1 {} has no field a."],
    ["param p: package", "V8 Parameter p of sequence main is package, which can't be given from outside."],
    [
      "param p: list<{of:step?}>; LOAD p; POP",
      "V8 Parameter p of sequence main is list<{ of: step? }>, which can't be given from outside.",
    ],
    [`step s: set | end=L; OPEN s; DONE s; L:; STEP s output; POP`, "V8@2 s has no output."],
  ],
  V9: [
    ['param p: secret; PUSH "a"; LOAD p; CONCAT 2; POP', "V9@2 A secret reaches a part of a text."],
    ["param p: secret; step s: log | end=L; OPEN s; LOAD p; LOG s; DONE s; L:", "V9@2 A secret reaches the log."],
    ["param p: secret; step s: fail | end=L; OPEN s; LOAD p; FAIL s; L:", "V9@2 A secret reaches a message."],
    ['param p: secret; LOAD p; NOTE "p"; POP', "V9@1 A secret is noted for the report."],
    ['param p: secret; LOAD p; PUSH "x"; CMP == string; POP', "V9@2 A secret is compared."],
    ["param p: list<secret>; LOAD p; BUILTIN text.value 1; POP", "V9@1 A secret reaches text.value."],
    ["param p: secret; LOAD p; FACT file.text 1; POP", "V9@1 A secret reaches path of file.text."],
    ["param p: secret; global Site; LOAD p; GSTORE Site", "V9@1 A secret reaches global Site."],
    ['PUSH secret:"x"; POP', "V9 Constant 0 is a secret: a plan holds none."],
    [
      `param p: secret; step s: run program:secret | end=L; OPEN s; LOAD p; ACT s; DONE s; L:`,
      "V9 Node 0 (s): its program is of type secret.",
    ],
    [
      `param p: secret; step s: use file.write argument.path:string argument.text:secret | end=L; OPEN s; PUSH "a"; LOAD p; ACT s; DONE s; L:`,
      "V9 Node 0 (s): text of file.write is string, not secret.",
    ],
    [
      "param p: secret; slot v: string; slot l: list<string>; for f silent; LIST 0; PUSH list<string>:[]; ITER f; T:; NEXT f v L; LOAD p; APPEND; JUMP T; L:; STORE l",
      "V9@7 A secret reaches l.",
    ],
  ],
  V10: [
    ["content c package ./c ../a", 'V10 Content 0 (c): the path "../a" has an empty, . or .. name.'],
    ["content c package ./c /a", 'V10 Content 0 (c): the path "/a" is not relative.'],
    [
      "content c package ./c a\\b",
      'V10 Content 0 (c): the path "a\\\\b" holds a backslash, a colon or a control character.',
    ],
    [
      "content c package ./c x/nul.txt",
      'V10 Content 0 (c): the path "x/nul.txt" has the name nul.txt, which Windows reserves.',
    ],
    ["content c package ./c A a", "V10 Content 0 (c) has a twice, but for case."],
    ["content c package ./c a a/b", "V10 Content 0 (c) has a as file and as folder."],
    ["content c file ./c a b", "V10 Content 0 (c) is one file, but lists 2."],
    [
      "content c package ./c a; step s: script sh c/b | end=L; OPEN s; ACT s; DONE s; L:",
      "V10 Node 0 (s): c has no file b.",
    ],
    [
      "content c package ./c a; step s: restart image c | end=L; OPEN s; ACT s; DONE s; L:",
      "V10 Node 0 (s): content 0 is no image.",
    ],
  ],
  V11: [
    ["STATE error.code; POP", "V11@0 error.code is read outside of a handler."],
    [
      "group g: handler=H end=L; OPEN g; BODY g; STATE error.code; POP; LEAVE g; H:; HANDLED g; L:",
      "V11@2 error.code is read outside of a handler.",
    ],
    ["STATE pending.code; POP", "V11@0 pending.code is read outside of a finally block."],
    ["step s: fail | end=L; OPEN s; FAILAGAIN s; L:", "V11@1 There is no failure to raise again outside of a handler."],
  ],
  V12: [
    [
      `step s: run program:string | end=L output=package; OPEN s; PUSH "x"; ACT s; POP; DONE s; L:`,
      "V12 Node 0 (s): a program's output can't be read as package.",
    ],
    [
      'step s: run program:string | end=L success=0,5 reboots=5; OPEN s; PUSH "x"; ACT s; DONE s; L:',
      "V12 Node 0 (s): a code stands twice in success and reboots.",
    ],
    [`step s: log | end=L retry=3; ${logStep("s")}; L:`, "V12 Node 0 (s): log can't be retried."],
    [`step s: set | end=L timeout=5; OPEN s; DONE s; L:`, "V12 Node 0 (s): set has no time-out."],
    [
      "step s: waitUntil | end=L; OPEN s; POLL s; PUSH true; POLLED s; DONE s; L:",
      "V12 Node 0 (s): a wait needs a time-out.",
    ],
    [`step s: run | end=L; OPEN s; ACT s; DONE s; L:`, "V12 Node 0 (s): it lacks its program."],
    [`step s: log word:string | end=L; ${logStep("s")}; L:`, "V12 Node 0 (s): log takes no word."],
    [`step s: set | end=L; OPEN s; PUSH "x"; LOG s; DONE s; L:`, "V12@2 set does not log."],
    [`step s: log | end=L; OPEN s; ACT s; DONE s; L:`, "V12@1 log is not done by ACT."],
    [
      `step s: set | end=L interruption=verify; OPEN s; DONE s; L:`,
      "V12 Node 0 (s): a verify region and `on interruption verify` go together.",
    ],
    [
      `group g: handler=F finally=H end=L; OPEN g; BODY g; LEAVE g; H:; RESUME g; F:; HANDLED g; L:`,
      "V12 Node 0 (g): handler, finally block and end are not in this order.",
    ],
    [`step s: log | end=L; OPEN s; PUSH true; DECIDE s M; PUSH "x"; LOG s; DONE s; M:; L:`, ""],
    [
      `step s: log | end=L; OPEN s; PUSH true; DECIDE s M; PUSH "x"; LOG s; DONE s; L:; PUSH 1; POP; M:`,
      "V12@2 DECIDE leads to 8, and node 0 ends at 6.",
    ],
    ["step s: set | disabled; OPEN s; DONE s", "V12@0 s is disabled: it has no code."],
    ["step s: set | end=L; DISABLED s; L:", "V12@0 Node 0 is not disabled."],
    ["param p: int; GIVEN p L; PUSH 1; STORE p; L:", "V12@0 p is no parameter with a default."],
  ],
};

describe.each(Object.keys(cases) as VerifierRule[])("%s", (rule) => {
  test.each(cases[rule] ?? [])("%s", (lines, problem) => {
    expect(problems(inMain(lines))[0] ?? "").toBe(problem);
  });
});

describe("rules that need a plan made by hand", () => {
  const plan = inMain(`param p: string; LOAD p; MATCH /a/; POP`);
  const withProgram = (program: unknown): Plan => ({ ...plan, patterns: [{ source: "a", program: program as [] }] });

  test("V1: shape", () => {
    expect(problems({} as Plan)[0]).toBe('V1 the plan: lacks "format"');
    expect(problems({ ...plan, code: [["WHAT"]] } as unknown as Plan)[0]).toContain("V1 code[0][0]: must be one of");
    expect(problems({ ...plan, extra: 1 } as unknown as Plan)).toEqual(["V1 extra: is not known here"]);
    const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`) as never;
    expect(problems({ ...plan, constants: [{ type: "string", value: deep }] })).toHaveLength(1);
  });

  test("V4: code that belongs to no sequence, or to two", () => {
    const [main] = plan.sequences;
    expect(problems({ ...plan, sequences: [{ ...main!, end: 3 }] })).toContain(
      "V4 Code from 3 on belongs to no sequence.",
    );
    expect(problems({ ...plan, sequences: [main!, { ...main!, name: "b" }] })).toContain(
      "V4 The code of sequence b starts at 0, not at 4.",
    );
  });

  test("V7: calls go too deep", () => {
    const chain = Array.from({ length: limits.callDepth + 1 }, (_, i) =>
      i === limits.callDepth
        ? `sequence s${i}\nRETURN 0`
        : `sequence s${i}\nstep c${i}: call s${i + 1} | end=L\nOPEN c${i}\nCALL c${i}\nDONE c${i}\nL:\nRETURN 0`,
    );
    expect(problems(assemble(chain.join("\n")))).toEqual(["V7@0 Calls from s0 on go deeper than 32."]);
    expect(problems(assemble(chain.slice(1).join("\n")))).toEqual([]);
  });

  test("V13: programs of patterns", () => {
    expect(problems(withProgram([]))).toContain("V13 Pattern 0 is empty.");
    expect(problems(withProgram([["char", false, [[97, 97]]]]))).toContain(
      "V13 Pattern 0 leads out of its program at 0.",
    );
    expect(problems(withProgram([["split", 0, 5], ["match"]]))).toContain(
      "V13 Pattern 0 leads out of its program at 0.",
    );
    expect(problems(withProgram([["char", false, [[98, 97]]], ["match"]]))).toContain(
      "V13 Pattern 0 has a character range that is empty or out of order at 0.",
    );
  });

  test("V14: limits", () => {
    const types = { ...plan, constants: [{ type: nested(40), value: null }] } as unknown as Plan;
    expect(problems(types)[0]).toBe("V14 The type of constant 0 is too large.");
    expect(problems(inMain("PUSH 1;".repeat(257) + "POP;".repeat(256) + "POP"))[0]).toBe(
      "V14@256 The stack grows past 256.",
    );
    const groups = Array.from({ length: 257 }, (_, i) => `group g${i}: end=L${i};OPEN g${i};BODY g${i}`).join(";");
    const ends = Array.from({ length: 257 }, (_, i) => `LEAVE g${256 - i};L${256 - i}:`).join(";");
    expect(problems(inMain(`${groups};${ends}`))[0]).toBe("V14@512 More than 256 frames are open.");
    expect(problems(inMain("LIST 0;" + "LIST 1;".repeat(32) + "POP"))[0]).toBe("V14@31 A value nests deeper than 32.");
  });

  test("V15: positions", () => {
    expect(problems({ ...plan, positions: plan.positions.slice(1) })).toEqual([
      "V15 There are 3 positions for 4 instructions.",
    ]);
    expect(problems({ ...plan, sources: [] })).toContain("V15@0 The position is not in a source of the plan.");
  });
});

function nested(depth: number): unknown {
  return depth === 0 ? "string" : { list: nested(depth - 1) };
}

describe("what is set, in the cases that are fine", () => {
  test.each([
    // A finally block that is left for what comes after means that the body, or its handler, has ended well.
    "slot a: int; group g: finally=F end=L; step s: set | end=A; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; F:; RESUME g; L:; LOAD a; POP",
    "slot a: int; group g: handler=H finally=F end=L; step s: set | end=A; step t: set | end=B; OPEN g; BODY g; OPEN s; PUSH 1; STORE a; DONE s; A:; LEAVE g; H:; OPEN t; PUSH 2; STORE a; DONE t; B:; HANDLED g; F:; RESUME g; L:; LOAD a; POP",
    "slot a: int; group g: handler=H end=L; step s: fail | end=A; step t: set | end=B; OPEN g; BODY g; OPEN t; PUSH 2; STORE a; DONE t; B:; LEAVE g; H:; OPEN s; FAILAGAIN s; A:; HANDLED g; L:; LOAD a; POP",
    "param p: int default; GIVEN p L; PUSH 1; STORE p; L:; LOAD p; POP",
  ])("%s", (lines) => {
    expect(problems(inMain(lines))).toEqual([]);
  });
});

test("a large plan is verified in linear time", () => {
  const seconds = (steps: number): number => {
    const lines = Array.from(
      { length: steps },
      (_, i) => `step s${i}: log | end=L${i} continue;OPEN s${i};PUSH "x";LOG s${i};DONE s${i};L${i}:`,
    );
    const plan = inMain(lines.join(";"));
    const start = performance.now();
    expect(verify(plan)).toEqual([]);
    return performance.now() - start;
  };
  seconds(1000);
  // Ten times the steps may take no more than thirty times as long: far from the hundred of a quadratic verifier.
  expect(seconds(10_000)).toBeLessThan(30 * Math.max(5, seconds(1000)));
});
