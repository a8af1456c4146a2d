// Comparing versions: two texts in, the report out.
import { describe, expect, it } from "vitest";
import { outlineOf } from "../outline/outline-of.ts";
import { comparedPicture } from "../picture/compared-picture.ts";
import { mermaidOf } from "../picture/mermaid.ts";
import { checkFiles } from "../test-support/check.ts";
import type { Files } from "../test-support/check.ts";
import { compareOutlines } from "./compare.ts";
import type { Comparison } from "./comparison.ts";
import { markdownReport } from "./markdown-report.ts";
import { reportLines, summaryText, verdictText } from "./report.ts";
import { makesSamePlan } from "./same-plan.ts";

function compare(before: string | Files, after: string | Files): Comparison {
  const [old, now] = [before, after].map((source) => outlineOf(checkFiles(source), "main.seq"));
  if (old === undefined || now === undefined) throw new Error("two versions make two outlines");
  return compareOutlines(old, now);
}

/** The summary, then the lines without the sequence's head. */
function report(before: string, after: string): readonly string[] {
  const comparison = compare(sequence(before), sequence(after));
  const lines = reportLines(comparison).map(({ mark, depth, text }) => `${"  ".repeat(depth)}${mark} ${text}`);
  return [summaryText(comparison), ...lines.filter((line) => !line.startsWith(" Sequence"))];
}

const sequence = (body: string): string => `sequence main {\n${body}\n}`;
const samePlan = (before: string, after: string): boolean | undefined =>
  makesSamePlan({ program: checkFiles(before), path: "main.seq" }, { program: checkFiles(after), path: "main.seq" });

const [a, b, c, d] = ["A", "B", "C", "D"].map((name) => `step "${name}" run "do-${name}"\n`) as [
  string,
  string,
  string,
  string,
];

describe("steps", () => {
  it("are added and removed", () => {
    expect(report(a + c, a + b + c)).toEqual([
      "1 step added",
      '  + step "B" added (line 3)',
      "     action: run do-B",
      '     command: "do-B"',
    ]);
    expect(report(a + b + c, a + c)).toEqual([
      "1 step removed",
      '  - step "B" removed (line 3 before)',
      "     action: run do-B",
      '     command: "do-B"',
    ]);
  });

  it("are moved within a block, with as few moves as it takes", () => {
    expect(report(a + b + c + d, d + a + b + c)).toEqual([
      "1 step moved",
      '  > step "D" moved to the beginning (line 2)',
    ]);
    expect(report(a + b + c + d, b + c + a + d)).toEqual(["1 step moved", '  > step "A" moved behind "C" (line 4)']);
  });

  it("are moved between blocks, and keep what changed in them", () => {
    expect(
      report(`group "G" { ${a} ${b} }\n${c}`, `group "G" { ${a} }\n${c}${b.replace("\n", " timeout 5m\n")}`),
    ).toEqual([
      "1 step moved",
      '  > step "B" moved from "G" to the sequence itself (line 5)',
      "     time limit is new: 5m",
    ]);
  });

  it("are put into a new group, which counts what is new in it", () => {
    expect(report(a + b, `${a} group "New" { ${b} ${c} }`)).toEqual([
      "1 step added, 1 group added, 1 step moved",
      '  + group "New" added with 1 step (line 3)',
      '  > step "B" moved from the sequence itself to "New" (line 3)',
    ]);
  });

  it("are renamed, by their label or by what they do", () => {
    expect(report(a, `step "Z" run "do-A"`)).toEqual(["1 step renamed", '  ~ step "A" renamed to "Z" (line 2)']);
    expect(report(`step x "A" run "a" ${b}`, `step x "Z" run "z" ${b}`)).toEqual([
      "1 step changed",
      '  ~ step "A" renamed to "Z" (line 2)',
      "     action: was run a, is run z",
      '     command: was "a", is "z"',
    ]);
  });

  it("have conditions, arguments and settings that are told by name", () => {
    const before = `step "R" use machine.checkReadiness { memory: 4GB, disk: 60GB } when os.phase == "fullos" timeout 5m`;
    const after = `step "R" use machine.checkReadiness { memory: 8GB } retry 3 when os.phase == "winpe" continue on error`;
    expect(report(before, after)).toEqual([
      "1 step changed",
      '  ~ step "R" changed (line 2)',
      "    ! its failure does not count any more",
      "     memory: was 4GB, is 8GB",
      "     retry is new: 3",
      '     condition: was os.phase == "fullos", is os.phase == "winpe"',
      "     continue on error is new",
      "     disk is gone: 60GB",
      "     time limit is gone: 5m",
    ]);
  });
});

describe("what does not count", () => {
  it("is layout, comments, the order of clauses, and how a number is spelt", () => {
    const before = `step "A" run "a" timeout 60m retry 3 when os.phase == "fullos"`;
    const after = `// A comment.\n  step "A"\n    run "a"\n    when os.phase\n == "fullos"\n    retry 3\n    timeout 1h`;
    expect(report(before, after)).toEqual([""]);
    expect(samePlan(sequence(before), sequence(after))).toBe(true);
    expect(verdictText(compare(sequence(before), sequence(after)), true)).toMatch(/^Both mean the same plan/);
  });
});

describe("comments", () => {
  it("within what is shown are left out, and addresses are no comments", () => {
    const before = `step "A" run "fetch https://example.org/a" when 1 /* one */ == // two\n 1`;
    expect(report(before, before.replace("example.org/a", "example.org/b").replace("== // two\n 1", "!= 1"))).toEqual([
      "1 step changed",
      '  ~ step "A" changed (line 2)',
      '     command: was "fetch https://example.org/a", is "fetch https://example.org/b"',
      "     condition: was 1  == 1, is 1  != 1",
    ]);
  });
});

describe("the same plan", () => {
  it("is told where texts differ and the meaning does not", () => {
    const before = `const folder = "/srv"\nsequence main { step "A" use folder.create { path: folder } }`;
    const after = `sequence main { step "A" use folder.create { path: "/srv" } }`;
    expect(samePlan(before, after)).toBe(true);
    expect(verdictText(compare(before, after), true)).toBe(
      "Both mean the same plan: they are written differently and do the same.",
    );
    expect(samePlan(before, before.replace("/srv", "/opt"))).toBe(false);
    expect(samePlan(before, "sequence main { step nothing }")).toBeUndefined();
  });
});

describe("what is around steps", () => {
  it("counts: parameters, options, declarations, other sequences, blocks", () => {
    const before = `const n = 1\nsequence main "T" { param x: int = 1 group "G" { log "\${x + n}" } }\nsequence gone { log "a" }`;
    const after = `const n = 2\nsequence main "U" { param x: int = 2 group "G" { log "\${x + n}" } on error { log "e" } }\nsequence here { log "a" log "b" fail "x" }`;
    const lines = reportLines(compare(before, after)).map(({ text }) => text);
    expect(lines).toEqual([
      "Sequence U (main) in main.seq",
      "title: was T, is U",
      "parameter x: was int = 1, is int = 2",
      'group "G" changed (line 2)',
      "on error block is new",
      'step "log" added in "G, on error" (line 2)',
      'text: "e"',
      "Sequence here in main.seq added with 3 steps",
      "Sequence gone in main.seq removed with 1 step",
      "Declarations",
      "constant n: was const n = 1, is const n = 2",
    ]);
  });

  it("is found in the sequences of other files too", () => {
    const main = `import { part } from "./lib.seq"\nsequence main { step "P" call part }`;
    const [before, after] = ["a", "b"].map((word) => ({
      "main.seq": main,
      "lib.seq": `sequence part { log "${word}" }`,
    }));
    const comparison = compare(before ?? "", after ?? "");
    expect(comparison.sequences.map(({ file, nodes }) => [file, nodes.length])).toEqual([["lib.seq", 1]]);
  });
});

describe("Markdown", () => {
  it("has nothing of names in its syntax", () => {
    const names = [
      "<img src=x onerror=alert(1)>",
      "[x](javascript:y) ![z](w)",
      "`code` **b** _i_ ~~s~~ | # h",
      "a\\nb",
      "@everyone https://example.org",
    ];
    const after = names.map((name) => `step "${name}" log "${name}"`).join("\n");
    const comparison = compare(sequence(a), sequence(a + after));
    const text = markdownReport(comparison, { before: "<b>", after: "`x`", samePlan: false });
    expect(text).not.toMatch(/[<>`[\]@]|https:\/\//);
    for (const line of text.split("\n"))
      expect(line).toMatch(/^$|^#{3,4} |^- |^ {2}- |^\*\*[^*]*\*\*$|^&#60;b&#62; → &#96;x&#96;$/);
  });
});

describe("the diagram of a comparison", () => {
  it("shows both versions, with what is gone where it was", () => {
    const text = mermaidOf(comparedPicture(compare(sequence(a + b + c), sequence(a + d + c)), "Changed"));
    const marks = [...text.matchAll(/\["(\w) ?(?:#40;(\w+)#41;)?<br\/>[^"]*"\]/g)].map(
      ([, name, mark]) => `${name} ${mark ?? ""}`,
    );
    expect(marks).toEqual(["A ", "B removed", "D added", "C "]);
  });
});

describe("long sequences", () => {
  it("are compared in time that grows with their length", () => {
    const steps = (count: number, first: number): string =>
      Array.from({ length: count }, (_step, index) => `step "S${index + first}" run "x${index}"\n`).join("");
    const before = outlineOf(checkFiles(sequence(steps(4000, 0))), "main.seq");
    const after = outlineOf(checkFiles(sequence(steps(4000, 1))), "main.seq");
    const start = performance.now();
    const comparison = compareOutlines(before, after);
    expect(performance.now() - start).toBeLessThan(5000);
    expect(comparison.sequences[0]?.nodes.length).toBeGreaterThan(0);
  });
});
