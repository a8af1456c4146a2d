// What `// sequitur-ignore` silences, and what is said about comments that silence nothing.
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import type { CheckOptions } from "../check.ts";
import { suppressionDiagnostics } from "../diagnostics/suppressions.ts";
import { memoryHost } from "../memory-host.ts";

/** `line CODE message` of each finding. */
function findings(text: string, options: CheckOptions = { today: "2026-11-22" }): readonly string[] {
  const { diagnostics } = check(memoryHost({ "main.seq": text }), ["main.seq"], options);
  return diagnostics.map(({ start, code, message }) => `${text.slice(0, start).split("\n").length} ${code} ${message}`);
}

const step = (comment: string): string =>
  `sequence main {\n${comment}\n  step "Turn it on" run "enable.exe" retry 3\n}\n`;

describe("a comment silences", () => {
  it.each([
    "  // sequitur-ignore SEQ8003: it answers at once or never",
    "  // sequitur-ignore retry-without-delay: it answers at once or never",
    "  // sequitur-ignore SEQ8003 until 2026-11-22: the new agent comes tomorrow",
    "  //sequitur-ignore SEQ8003 : it answers at once\n  // or never\n  /// Turns it on.",
    "  /// Turns it on.\n  // sequitur-ignore SEQ8003: it answers at once or never",
  ])("%s", (comment) => {
    expect(findings(step(comment))).toEqual([]);
  });

  it("all that is in a group, a sequence or an if", () => {
    const inner = `step run "enable.exe" retry 3\n`;
    expect(findings(`sequence a {\n// sequitur-ignore SEQ8003: x\ngroup {\n${inner}}\n}\n`)).toEqual([]);
    expect(findings(`// sequitur-ignore SEQ8003: x\nsequence a {\n${inner}}\n`)).toEqual([]);
    expect(findings(`sequence a {\n// sequitur-ignore SEQ8003: x\nif device.cpus > 2 {\n${inner}}\n}\n`)).toEqual([]);
  });

  it("nothing outside of what it stands above", () => {
    const text = `sequence a {\n// sequitur-ignore SEQ8003: x\nstep run "a.exe" retry 3\nstep run "b.exe" retry 3\n}\n`;
    expect(findings(text).map((each) => each.slice(0, 9))).toEqual(["4 SEQ8003"]);
  });

  it("warnings of the language too", () => {
    const text = `sequence a {\n  fail "no"\n  // sequitur-ignore never-reached: kept for the day it works\n  log "never"\n}\n`;
    expect(findings(text)).toEqual([]);
  });

  it("several findings at once, and tells which one is not there", () => {
    const text = step("  // sequitur-ignore SEQ8003, SEQ8001: it answers at once or never");
    expect(findings(text)).toEqual([`2 SEQ7303 "SEQ8001" is not found here, so nothing is silenced`]);
  });

  it("what is silent is kept with its reason", () => {
    const text = step("  // sequitur-ignore SEQ8003: it answers at once or never");
    const { silenced } = check(memoryHost({ "main.seq": text }), ["main.seq"]);
    expect(silenced.map(({ diagnostic, suppression }) => [diagnostic.code, suppression.reason])).toEqual([
      ["SEQ8003", "it answers at once or never"],
    ]);
  });
});

describe("a comment is itself a finding", () => {
  const late = `this tries again at once, so all tries may meet the same trouble`;
  it.each([
    [
      "// sequitur-ignore SEQ8003",
      `2 SEQ7301 this comment silences nothing: it gives no reason; write one behind a colon`,
    ],
    [
      "// sequitur-ignore SEQ8003:  ",
      `2 SEQ7301 this comment silences nothing: it gives no reason; write one behind a colon`,
    ],
    ["// sequitur-ignore: why", `2 SEQ7301 this comment silences nothing: it names no finding`],
    [
      "// sequitur-ignore SEQ8003 until 2027-02-30: why",
      `2 SEQ7301 this comment silences nothing: "2027-02-30" is no day such as 2027-01-31`,
    ],
    [
      "/* sequitur-ignore SEQ8003: why */",
      `2 SEQ7301 this comment silences nothing: write it as a comment with two slashes`,
    ],
    ["// sequitur-ignore SEQ8032: why", `2 SEQ7303 "SEQ8032" is not found here, so nothing is silenced`],
    ["// sequitur-ignore SEQ8o03: why", `2 SEQ7302 there is no finding "SEQ8o03"`],
    ["// sequitur-ignore wrong-type: why", `2 SEQ7305 "wrong-type" is an error, which no comment can silence`],
    [
      "// sequitur-ignore SEQ8003 until 2026-11-21: why",
      `2 SEQ7304 "SEQ8003" was to be silent until 2026-11-21, which is over`,
    ],
  ])("%s", (comment, expected) => {
    expect(findings(step(comment))).toEqual([expected, `3 SEQ8003 ${late}`]);
  });

  it("where it stands behind code, above nothing, or above a clause", () => {
    const places = [
      `sequence a {\n  log "x" // sequitur-ignore SEQ8003: why\n}\n`,
      `sequence a {\n  log "x"\n  // sequitur-ignore SEQ8003: why\n}\n`,
      `sequence a {\n  run "x"\n    // sequitur-ignore SEQ8003: why\n    timeout 5m\n}\n`,
    ];
    expect(places.map((text) => findings(text).map((each) => each.slice(2, 9)))).toEqual([
      ["SEQ7301"],
      ["SEQ7301"],
      ["SEQ7301"],
    ]);
  });

  it("but not where it stands in a text", () => {
    expect(findings(`sequence a {\n  log "// sequitur-ignore SEQ8003"\n  log "x"\n}\n`)).toEqual([]);
  });

  it("and not unused in a file with errors, where rules may be silent", () => {
    const text = `sequence a {\n  // sequitur-ignore unused-variable: for later\n  var x: int\n  log nothing\n}\n`;
    expect(findings(text).map((each) => each.slice(2, 9))).toEqual(["SEQ2101"]);
  });

  it("and not unused in a build, which asks no rule", () => {
    expect(findings(step("  // sequitur-ignore SEQ8003: why"), { lints: false })).toEqual([]);
  });
});

describe("the examples of the catalogue", () => {
  const codes = (text: string): readonly string[] => findings(text).map((each) => /SEQ\d+/.exec(each)?.[0] ?? "");
  it.each(Object.values(suppressionDiagnostics))("$code $name", ({ code, wrong, right }) => {
    expect(codes(wrong)).toContain(code);
    expect(codes(right)).toEqual([]);
  });
});

it("takes an unused comment out as a safe fix", () => {
  const text = step("  // sequitur-ignore SEQ8003, SEQ8001, SEQ8002: why");
  const { diagnostics } = check(memoryHost({ "main.seq": text }), ["main.seq"]);
  const fixed = diagnostics.map(({ fixes }) => {
    const edit = fixes[0]?.edits[0];
    return edit === undefined ? "" : (text.slice(0, edit.start) + edit.text + text.slice(edit.end)).split("\n")[1];
  });
  expect(fixed).toEqual(["  // sequitur-ignore SEQ8003, SEQ8002: why", "  // sequitur-ignore SEQ8003, SEQ8001: why"]);
});
