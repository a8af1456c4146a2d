// Findings in the forms that programs read.
import { describe, expect, test } from "vitest";
import { contractSample, finding, locate } from "../test-support/sample-findings.ts";
import { renderGithub } from "./github.ts";
import { renderJson } from "./json.ts";
import { renderJunit } from "./junit.ts";
import { renderSarif } from "./sarif.ts";
import { summaryOf } from "./summary.ts";

const { text, diagnostic } = contractSample();
const sources = new Map([["deploy.seq", text]]);

describe("JSON", () => {
  test("has the fields of the contract", () => {
    const start = { line: 40, column: 51, offset: diagnostic.start };
    const end = { line: 40, column: 56, offset: diagnostic.end };
    expect(JSON.parse(renderJson([diagnostic], sources))).toEqual([
      {
        code: "SEQ2004",
        name: "unknown-package",
        severity: "error",
        message: 'there is no package named "ofice"',
        hint: 'did you mean "office"?',
        file: "deploy.seq",
        range: { start, end },
        related: [
          {
            message: "office is declared here",
            file: "deploy.seq",
            range: { start: { line: 4, column: 1, offset: 3 }, end: { line: 4, column: 15, offset: 17 } },
          },
        ],
        fixes: [
          {
            title: 'Change to "office"',
            safe: true,
            edits: [{ file: "deploy.seq", range: { start, end }, text: "office" }],
          },
        ],
      },
    ]);
  });

  test("counts columns in UTF-16 units", () => {
    const wide = "log 👩 x";
    const [found] = JSON.parse(renderJson([finding("m", locate("a.seq", wide, "x"))], new Map([["a.seq", wide]])));
    expect(found.range.start).toEqual({ line: 1, column: 8, offset: 7 });
  });

  test("is an empty list for no findings", () => {
    expect(renderJson([], new Map())).toBe("[]\n");
  });
});

describe("SARIF", () => {
  const rules = {
    SEQ2004: { name: "unknown-package", severity: "error", why: "It would fail on the target." },
  } as const;
  const log = JSON.parse(renderSarif([diagnostic], sources, rules, "1.2.3"));
  const [run] = log.runs;

  test("names version, tool and rules", () => {
    expect(log.version).toBe("2.1.0");
    expect(run.columnKind).toBe("utf16CodeUnits");
    expect(run.tool.driver).toMatchObject({ name: "Sequitur", version: "1.2.3" });
    expect(run.tool.driver.rules).toMatchObject([
      {
        id: "SEQ2004",
        name: "unknown-package",
        shortDescription: { text: "Unknown package." },
        fullDescription: { text: "It would fail on the target." },
        defaultConfiguration: { level: "error" },
      },
    ]);
  });

  test("gives whole regions, related places and fixes", () => {
    const region = {
      startLine: 40,
      startColumn: 51,
      endLine: 40,
      endColumn: 56,
      charOffset: diagnostic.start,
      charLength: 5,
    };
    expect(run.results).toEqual([
      {
        ruleId: "SEQ2004",
        ruleIndex: 0,
        level: "error",
        message: { text: 'there is no package named "ofice" (did you mean "office"?)' },
        locations: [{ physicalLocation: { artifactLocation: { uri: "deploy.seq" }, region } }],
        relatedLocations: [
          {
            id: 1,
            message: { text: "office is declared here" },
            physicalLocation: {
              artifactLocation: { uri: "deploy.seq" },
              region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 15, charOffset: 3, charLength: 14 },
            },
          },
        ],
        fixes: [
          {
            description: { text: 'Change to "office"' },
            artifactChanges: [
              {
                artifactLocation: { uri: "deploy.seq" },
                replacements: [{ deletedRegion: region, insertedContent: { text: "office" } }],
              },
            ],
          },
        ],
      },
    ]);
  });

  test("writes paths as relative references", () => {
    const uriOf = (file: string): string =>
      JSON.parse(renderSarif([finding("m", { file, start: 0, end: 0 })], new Map(), {}, "1")).runs[0].results[0]
        .locations[0].physicalLocation.artifactLocation.uri;
    expect(uriOf("lib/my file #1.seq")).toBe("lib/my%20file%20%231.seq");
    expect(uriOf("../up.seq")).toBe("../up.seq");
    expect(uriOf("c:x.seq")).toBe("./c%3Ax.seq");
  });

  test("calls an info a note", () => {
    const info = { ...diagnostic, severity: "info" as const };
    expect(JSON.parse(renderSarif([info], sources, {}, "1")).runs[0].results[0].level).toBe("note");
  });
});

describe("GitHub annotations", () => {
  test("escape what their form gives a meaning", () => {
    const odd = finding("50% of it:\r\nno, really", { ...locate("a,b:c.seq", "xyz", "y") });
    expect(renderGithub([odd], new Map([["a,b:c.seq", "xyz"]]), 1)).toBe(
      [
        "::error file=a%2Cb%3Ac.seq,line=1,endLine=1,col=2,endColumn=3,title=SEQ2004 unknown-package::50%25 of it:%0D%0Ano, really",
        "1 error in 1 file",
        "",
      ].join("\n"),
    );
  });

  test("leave columns out for a span over lines, and place out for an unknown text", () => {
    const source = new Map([["a.seq", "x\ny\n"]]);
    const over = finding("m", { file: "a.seq", start: 0, end: 3 }, { severity: "warning" });
    expect(renderGithub([over], source, 1)).toContain("::warning file=a.seq,line=1,endLine=2,title=");
    expect(renderGithub([over], new Map(), 1)).toContain("::warning file=a.seq,title=");
  });

  test("keep to ten of a level; the rest is in the log, and a line says so", () => {
    const at = { file: "a.seq", start: 0, end: 1 };
    const many = [
      ...Array.from({ length: 12 }, (_, index) => finding(`e${index}`, at)),
      ...Array.from({ length: 11 }, (_, index) => finding(`::w${index}`, at, { severity: "warning" })),
      finding("i", at, { severity: "info" }),
    ];
    const lines = renderGithub(many, new Map([["a.seq", "x"]]), 1).split("\n");
    expect(lines.filter((line) => line.startsWith("::error "))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::warning "))).toHaveLength(10);
    expect(lines.filter((line) => line.startsWith("::notice "))).toHaveLength(1);
    expect(lines.slice(21)).toEqual([
      "Not annotated, since GitHub shows 10 of a level:",
      "  a.seq:1:1: error SEQ2004: e10",
      "  a.seq:1:1: error SEQ2004: e11",
      "  a.seq:1:1: warning SEQ2004: ::w10",
      "12 errors, 11 warnings, 1 note in 1 file",
      "",
    ]);
  });
});

describe("JUnit", () => {
  test("has a suite for each file and a case for each finding", () => {
    const source = 'log "a"\n';
    const error = finding('no "<x>" & \u0001', locate("a.seq", source, '"a"'));
    const warning = finding("odd", locate("a.seq", source, "log"), {
      severity: "warning",
      code: "SEQ8001",
      name: "oddity",
    });
    expect(renderJunit([error, warning], new Map([["a.seq", source]]), ["a.seq", "b.seq"])).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sequitur check" tests="3" failures="1" errors="0">
  <testsuite name="a.seq" tests="2" failures="1" errors="0">
    <testcase name="SEQ2004 unknown-package at a.seq:1:5" classname="a.seq" file="a.seq" line="1">
      <failure type="unknown-package" message="no &quot;&lt;x&gt;&quot; &amp; \ufffd">error SEQ2004: no "&lt;x&gt;" &amp; &lt;U+0001&gt;
 --&gt; a.seq:1:5
  |
1 | log "a"
  |     ^^^
  = help: sequitur explain SEQ2004</failure>
    </testcase>
    <testcase name="SEQ8001 oddity at a.seq:1:1" classname="a.seq" file="a.seq" line="1">
      <system-out>warning SEQ8001: odd
 --&gt; a.seq:1:1
  |
1 | log "a"
  | ^^^
  = help: sequitur explain SEQ8001</system-out>
    </testcase>
  </testsuite>
  <testsuite name="b.seq" tests="1" failures="0" errors="0">
    <testcase name="no findings" classname="b.seq"/>
  </testsuite>
</testsuites>
`,
    );
  });
});

describe("the summary", () => {
  const of = (severity: "error" | "warning" | "info", file: string) =>
    finding("m", { file, start: 0, end: 0 }, { severity });
  test("counts findings and files", () => {
    expect(summaryOf([of("error", "a"), of("error", "a"), of("error", "b"), of("warning", "b")], 9)).toBe(
      "3 errors, 1 warning in 2 files",
    );
    expect(summaryOf([of("info", "a")], 1)).toBe("1 note in 1 file");
    expect(summaryOf([], 2)).toBe("no findings in 2 files");
  });
});
