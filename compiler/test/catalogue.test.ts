// Every finding of content, project and building has an example that gives it and one that gives nothing, and a page.
import { describe, expect, it } from "vitest";
import { actionDiagnostics } from "../diagnostics/actions.ts";
import { catalogueDiagnostics } from "../diagnostics/catalogues.ts";
import { contentDiagnostics } from "../diagnostics/content.ts";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import { exampleFindings, explain } from "../explain.ts";

const entries = Object.entries({
  ...actionDiagnostics,
  ...catalogueDiagnostics,
  ...contentDiagnostics,
  ...loweringDiagnostics,
});

/** These come from the surroundings of the file, which both examples share. */
const sameSurroundings = new Set([
  "SEQ7012",
  ...Object.keys(catalogueDiagnostics),
  ...["SEQ7101", "SEQ7102", "SEQ7103", "SEQ7104", "SEQ7105", "SEQ7106", "SEQ7107", "SEQ7108"],
]);

describe("examples", () => {
  it.each(entries)("%s: the wrong one gives exactly this", (code, declaration) => {
    expect(exampleFindings(code, declaration, declaration.wrong).map((found) => found.code)).toEqual([code]);
  });

  it.each(entries.filter(([code]) => !sameSurroundings.has(code)))(
    "%s: the right one gives nothing",
    (code, declaration) => {
      expect(exampleFindings(code, declaration, declaration.right)).toEqual([]);
    },
  );
});

describe("pages", () => {
  it("say what is wrong in the words of the finding itself", () => {
    expect(explain("seq7201")).toBe(explain("constant-not-computable"));
    expect(explain("SEQ7201")).toContain("main.seq:2:23: this can't be computed: 100 / 0: division by zero");
  });

  it("are there for every finding, and for nothing else", () => {
    for (const [code] of entries) expect(explain(code)).toContain("## This fails");
    expect(explain("SEQ0000")).toBeUndefined();
  });
});
