// Findings as people see them.
import { describe, expect, test } from "vitest";
import { contractSample, finding, locate } from "../test-support/sample-findings.ts";
import type { SampleDetails } from "../test-support/sample-findings.ts";
import { paintFor } from "./paint.ts";
import { renderText } from "./text.ts";

function show(text: string, wanted: string, details: SampleDetails = {}, width = 80): string {
  const diagnostic = finding("something is wrong", locate("a.seq", text, wanted), details);
  const lines = renderText([diagnostic], new Map([["a.seq", text]]), { paint: (_role, shown) => shown, width }).split(
    "\n",
  );
  return lines.slice(1, -2).join("\n");
}

describe("text findings", () => {
  test("look as the contract says", () => {
    const { text, diagnostic } = contractSample();
    expect(renderText([diagnostic], new Map([["deploy.seq", text]]))).toBe(
      [
        'error SEQ2004: there is no package named "ofice"',
        "  --> deploy.seq:40:51",
        "   |",
        '40 |       run "setup.exe /configure ${site}.xml" from ofice',
        '   |                                                   ^^^^^ did you mean "office"?',
        "   = office is declared at deploy.seq:4:1",
        "   = help: sequitur explain SEQ2004",
        "",
      ].join("\n"),
    );
  });

  test("several are parted by a blank line", () => {
    const { text, diagnostic } = contractSample();
    const both = renderText([diagnostic, { ...diagnostic, severity: "info" }], new Map([["deploy.seq", text]]));
    expect(both).toContain("explain SEQ2004\n\nnote SEQ2004: there is");
  });

  test("show near related places within the frame, each with its label", () => {
    const text = "var a: int\n\nset a = 1\nset a = true\n";
    const related = [{ ...locate("a.seq", text, "a: int"), message: "a is an int" }];
    expect(show(text, "true", { hint: "this is a bool", related })).toBe(
      [
        " --> a.seq:4:9",
        "  |",
        "1 | var a: int",
        "  |     ------ a is an int",
        "2 |",
        "3 | set a = 1",
        "4 | set a = true",
        "  |         ^^^^ this is a bool",
      ].join("\n"),
    );
  });

  test("say where a related place in another file is", () => {
    const related = [{ file: "lib/b.seq", start: 0, end: 1, message: "it is declared there" }];
    expect(show("x", "x", { related })).toContain("\n  = it is declared there (lib/b.seq)");
  });

  test("mark a span over few lines at both its ends", () => {
    expect(show("a {\n  b\n}\n", "{\n  b\n}", { hint: "this block" })).toBe(
      [" --> a.seq:1:3", "  |", "1 | a {", "  |   ^", "2 |   b", "3 | }", "  | ^ this block"].join("\n"),
    );
  });

  test("leave out the middle of a span over many lines", () => {
    const body = Array.from({ length: 20 }, (_, index) => `  line ${index}`).join("\n");
    expect(show(`{\n${body}\n}`, `{\n${body}\n}`)).toBe(
      [" --> a.seq:1:1", "   |", " 1 | {", "   | ^", "...", "22 | }", "   | ^"].join("\n").replace(" -->", "  -->"),
    );
  });

  test("keep the underline in place behind tabs, wide characters and combining marks", () => {
    expect(show("\tlog 日本 e\u0301 👩‍👩‍👧 wrong", "wrong")).toBe(
      [
        " --> a.seq:1:21",
        "  |",
        "1 |     log 日本 e\u0301 👩‍👩‍👧 wrong",
        `  | ${" ".repeat(8 + 4 + 1 + 1 + 1 + 2 + 1)}^^^^^`,
      ].join("\n"),
    );
  });

  test("spell out what would move the cursor, reorder or hide text", () => {
    expect(show("log \u001b[31m\u202e\u200b bad", "bad")).toContain("1 | log <U+001B>[31m<U+202E><U+200B> bad\n");
    const diagnostic = finding("there is no \u001b[2J", { file: "a\u001b.seq", start: 0, end: 0 });
    expect(renderText([diagnostic], new Map())).toBe(
      "error SEQ2004: there is no <U+001B>[2J\n  --> a<U+001B>.seq\n   = help: sequitur explain SEQ2004\n",
    );
  });

  test("clip a long line around what is wrong", () => {
    const text = `${"before ".repeat(40)}WRONG${" after".repeat(40)}`;
    expect(show(text, "WRONG", {}, 44)).toBe(
      [
        " --> a.seq:1:281",
        "  |",
        "1 | …before before before WRONG after after…",
        "  |                       ^^^^^",
      ].join("\n"),
    );
  });

  test("a line of a megabyte is no matter", () => {
    const text = `${"x".repeat(500_000)}WRONG${"y".repeat(500_000)}`;
    const started = performance.now();
    expect(show(text, "WRONG").split("\n")[2]).toMatch(/^1 \| …x+WRONGy+…$/);
    expect(performance.now() - started).toBeLessThan(500);
  });

  test("have one caret where something lacks, also at the end of the text", () => {
    const diagnostic = finding('"}" is missing', { file: "a.seq", start: 4, end: 4 });
    expect(renderText([diagnostic], new Map([["a.seq", "ab\nc"]]))).toContain("2 | c\n  |  ^\n");
  });

  test("have colours by role on a terminal, and none if NO_COLOR is set", () => {
    const terminal = { write: () => undefined, isTerminal: true, columns: () => 80, onResize: () => () => undefined };
    const { text, diagnostic } = contractSample();
    const painted = renderText([diagnostic], new Map([["deploy.seq", text]]), {
      paint: paintFor(terminal, "auto", {}),
      width: 80,
    });
    expect(painted).toContain("\u001b[1;31merror SEQ2004\u001b[0m");
    expect(painted).toContain('\u001b[1;31m^^^^^ did you mean "office"?\u001b[0m');
    expect(paintFor(terminal, "auto", { NO_COLOR: "1" })("error", "x")).toBe("x");
    expect(paintFor({ ...terminal, isTerminal: false }, "auto", {})("error", "x")).toBe("x");
    expect(paintFor({ ...terminal, isTerminal: false }, "always", { NO_COLOR: "1" })("good", "x")).toBe(
      "\u001b[32mx\u001b[0m",
    );
  });
});
