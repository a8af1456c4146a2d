// Actions that a project declares: checked like built-in ones, lowered to the program that does them.
import { disassemble } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import { catalogueDiagnostics } from "../diagnostics/catalogues.ts";
import { exampleFindings } from "../explain.ts";
import { memoryHost } from "../memory-host.ts";

const stamp = {
  summary: "Writes the tag into the machine.",
  parameters: {
    tag: { type: "string", required: true },
    level: { type: "int", default: 1, range: [0, 9] },
    mode: { type: "fast|slow" },
    sites: { type: "list<string>" },
    pin: { type: "secret" },
    tools: { type: "package", required: true },
  },
  output: "int",
  phases: ["fullos"],
  destroys: true,
  repeatable: true,
  run: {
    program: "stamp.exe",
    args: ["/tag:{tag}", "--level", "{level}", "{mode}", "{sites}", "{{plain}}"],
    env: { PIN: "{pin}" },
    from: "tools",
  },
};

function project(
  main: string,
  catalogue: unknown = { actions: { "lab.stamp": stamp } },
): { readonly [path: string]: string } {
  return {
    "sequitur.json": `{ "catalogues": ["lab.json"] }`,
    "lab.json": typeof catalogue === "string" ? catalogue : JSON.stringify(catalogue),
    "tools/stamp.exe": "MZ",
    "main.seq": main,
  };
}

function findings(main: string, catalogue?: unknown): readonly string[] {
  const { diagnostics } = check(memoryHost(project(main, catalogue)), ["main.seq"], { lints: false });
  return diagnostics.map(
    ({ file, code, message, hint }) => `${file} ${code} ${message}${hint === undefined ? "" : ` (${hint})`}`,
  );
}

const head = `package tools "./tools"\n\nsequence main {\n  param tag: string\n  secret pin: string\n  var code: int = 0\n`;
const use = (args: string, clauses = ""): string =>
  `${head}  step "Stamp"\n    use lab.stamp { ${args} }${clauses}\n  log "\${code} \${tag}"\n  step "Ask" run "ask" env { PIN: pin }\n}\n`;

function planLines(main: string, catalogue?: unknown): string {
  const { plan, diagnostics } = compile(memoryHost(project(main, catalogue)), "main.seq");
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return plan === undefined || plan === null ? "" : disassemble(plan);
}

describe("a use", () => {
  it("is checked against the declaration", () => {
    expect(findings(use("tag: tag, tools: tools"))).toEqual([]);
    expect(findings(use("tag: 3, tools: tools"))).toEqual([expect.stringContaining("SEQ3001")]);
    expect(findings(use("tag: tag, tools: tools, level: 12"))).toEqual([
      expect.stringContaining('SEQ5202 "level" goes from 0 to 9'),
    ]);
    expect(findings(use("tag: tag, tools: tools, mode: quick"))).toEqual([expect.stringContaining("SEQ2113")]);
    expect(findings(use("tools: tools"))).toEqual([expect.stringContaining("SEQ3003")]);
    expect(findings(use('tag: tag, tools: tools, pin: "1234"'))).toEqual([expect.stringContaining("SEQ5204")]);
    expect(findings(use("tag: tag, tools: tools", "\n    into tag"))).toEqual([expect.stringContaining("SEQ3009")]);
  });

  it("becomes the program with its arguments, each one argument", () => {
    const text = planLines(use('tag: tag, tools: tools, sites: [tag, "RTM"], mode: fast, pin: pin', "\n    into code"));
    expect(text).toContain("needs fullos");
    expect(text).toContain("destroys data");
    expect(text).toContain("stamp.exe");
    expect(text).toContain("{plain}");
    expect(text).not.toContain("1234");
  });

  it("leaves out what is not given and has no default", () => {
    const text = planLines(use("tag: tag, tools: tools"));
    expect(text).toContain("(program: string, word: string, word: string, word: string, word: string, from: package)");
    expect(text).toContain('"1"');
  });

  it("of an action without a program can be checked, and no plan runs it", () => {
    const foreign = { actions: { "lab.stamp": { parameters: { tag: { required: true } } } } };
    const main = `sequence main {\n  step "Stamp" use lab.stamp { tag: "a" }\n}\n`;
    expect(findings(main, foreign)).toEqual([]);
    const { diagnostics } = compile(memoryHost(project(main, foreign)), "main.seq");
    expect(diagnostics.map(({ code }) => code)).toContain("SEQ5201");
  });

  it("of an action whose catalogue can't be read is no second finding", () => {
    const files = { "main.seq": use("tag: tag, tools: tools"), "tools/stamp.exe": "" };
    for (const catalogue of ["lab.json", "../passwd"]) {
      const named = { ...files, "sequitur.json": JSON.stringify({ catalogues: [catalogue] }), "../passwd": "root" };
      const { diagnostics } = check(memoryHost(named), ["main.seq"]);
      expect(diagnostics.map(({ code }) => code).filter((code) => !code.startsWith("SEQ2006"))).toEqual(["SEQ7401"]);
    }
  });

  it("with a misspelt name tells the right one", () => {
    expect(findings(use("tag: tag, tools: tools").replace("lab.stamp", "lab.stmap"))[0]).toContain("lab.stmap");
    const { diagnostics } = check(
      memoryHost(project(use("tag: tag, tools: tools").replace("lab.stamp", "lab.stmap"))),
      ["main.seq"],
    );
    expect(JSON.stringify(diagnostics)).toContain("lab.stamp");
  });
});

const main = `sequence main {\n  log "hello"\n}\n`;
const action = (parts: object): unknown => ({ actions: { "lab.a": parts } });
const run = (parts: object, parameters: object = {}): unknown =>
  action({ parameters, run: { program: "a", ...parts } });

describe("a catalogue", () => {
  it.each([
    ["", "SEQ7401"],
    ["[]", "SEQ7402"],
    ["{", "SEQ7401"],
    [`{ "actions": ${"[".repeat(100_000)} }`, "SEQ7401"],
    [{ action: {} }, 'SEQ7403 there is no setting "action" in the catalogue (did you mean "actions"?)'],
    [{ actions: [] }, "SEQ7402"],
    [{ actions: { stamp: {} } }, "SEQ7404"],
    [{ actions: { "file.write": {} } }, "SEQ7404"],
    [{ actions: { "mdt.gather": {} } }, "SEQ7404"],
    [{ actions: { "lab.__proto__": {} } }, "SEQ7404"],
    [`{ "actions": { "lab.a": {}, "lab.a": {} } }`, "SEQ7401"],
    [`{ "actions": { "lab.a": { "parameters": { "__proto__": {} } } } }`, "SEQ7402"],
    [action({ parameters: { a: { type: "list<list<string>>" } } }), "SEQ7405"],
    [action({ parameters: { a: { type: "int", default: "x" } } }), "SEQ7402"],
    [action({ parameters: { a: { type: "secret", default: "x" } } }), "SEQ7402"],
    [action({ parameters: { a: { type: "int", range: [9, 1] } } }), "SEQ7402"],
    [action({ phases: ["dos"] }), "SEQ7402"],
    [action({ output: "package" }), "SEQ7402"],
    [run({ args: ["{b}"] }), "SEQ7406"],
    [run({ args: ["{"] }), "SEQ7406"],
    [run({ args: ["{s}"] }, { s: { type: "secret" } }), "SEQ7406"],
    [run({ env: { S: "x{s}" } }, { s: { type: "secret" } }), "SEQ7406"],
    [run({ args: ["--x={o}"] }, { o: {} }), "SEQ7406"],
    [run({ args: ["x{l}"] }, { l: { type: "list<string>" } }), "SEQ7406"],
    [run({ from: "p" }, { p: { type: "package" } }), "SEQ7402"],
    [run({ args: [3] }), "SEQ7402"],
    [run({ env: { "A=B": "x" } }), "SEQ7402"],
    [action({ run: {} }), "SEQ7402"],
  ])("that is wrong gets a finding: %j", (catalogue, expected) => {
    expect(findings(main, catalogue)).toEqual([expect.stringContaining(expected)]);
  });

  it.each(Object.entries(catalogueDiagnostics))("%s has an example that gives it", (code, declaration) => {
    expect(exampleFindings(code, declaration, declaration.wrong).map((found) => found.code)).toEqual([code]);
  });
});
