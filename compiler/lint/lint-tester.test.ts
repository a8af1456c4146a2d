// Rules of one's own: what their authors' tests say.
import { describe, expect, it } from "vitest";
import { check, defineRule, lintTester, memoryHost, pluginKey } from "../index.ts";

const quietName = defineRule({
  code: "ACME1",
  name: "acme-quiet-title",
  severity: "warning",
  message: (a: { title: string }) => `"${a.title}" shouts`,
  why: "Titles are read by people.",
  wrong: `sequence main {\n  step "NOW" log "x"\n}\n`,
  right: `sequence main {\n  step "Now" log "x"\n}\n`,
  options: { shortest: { fallback: 3, description: "letters from which on a title counts as shouting" } },
  visit: {
    step(node, ctx) {
      const part = node.title?.parts[0];
      if (part?.kind !== "stringText" || part.value.length < ctx.options.shortest) return;
      if (part.value !== part.value.toUpperCase()) return;
      const edits = [{ file: ctx.module.path, start: part.start, end: part.end, text: part.value.toLowerCase() }];
      ctx.report(part, { title: part.value }, { fixes: [{ title: "Say it quietly", safe: true, edits }] });
    },
  },
});

const step = (title: string): string => `sequence main {\n  step "${title}" log "x"\n}\n`;

describe("lintTester", () => {
  it("says nothing where a rule does what it should", () => {
    const cases = [
      { text: step("GO AHEAD"), messages: [`"GO AHEAD" shouts`], fixed: step("go ahead") },
      { text: step("GO AHEAD"), options: { shortest: 20 } },
    ];
    expect(lintTester(quietName, cases)).toEqual([]);
  });

  it("says what is not as it should be", () => {
    const rule = { ...quietName, right: quietName.wrong, wrong: quietName.right };
    expect(
      lintTester(rule, [{ text: step("NOW") }, { text: step("NOW"), messages: [`"NOW" shouts`], fixed: "" }]),
    ).toEqual([
      `"wrong" gives nothing, not ACME1 alone.`,
      `"right" gives ACME1, and should give nothing.`,
      `Case 1 gives ["\\"NOW\\" shouts"], not [].`,
      `Case 2 is fixed to ${JSON.stringify(step("now"))}, not "".`,
    ]);
  });
});

describe("a plugin", () => {
  const files = {
    "sequitur.json": `{ "plugins": ["./rules.mjs"], "rules": { "acme-quiet-title": "error" } }`,
    "main.seq": step("NOW"),
  };
  const key = pluginKey({ file: "sequitur.json", name: "./rules.mjs" });
  const codes = (plugins?: Parameters<typeof check>[2]): readonly string[] =>
    check(memoryHost(files), ["main.seq"], plugins).diagnostics.map(({ code, severity }) => `${severity} ${code}`);

  it("gives its rules the severities of the configuration, and comments silence them", () => {
    const plugins = new Map([[key, { rules: [quietName] }]]);
    expect(codes({ plugins })).toEqual(["error ACME1"]);
    const text = files["main.seq"].replace("  step", "  // sequitur-ignore ACME1: it is urgent\n  step");
    const { diagnostics } = check(memoryHost({ ...files, "main.seq": text }), ["main.seq"], { plugins });
    expect(diagnostics).toEqual([]);
  });

  it("that is not given or can't be used is an error, but not for a build", () => {
    expect(codes()).toEqual(["error SEQ7109"]);
    expect(codes({ plugins: new Map([[key, { why: "it lies elsewhere" }]]) })).toEqual(["error SEQ7109"]);
    expect(codes({ lints: false })).toEqual([]);
  });
});

it("hands scripts to another linter and points into the source", () => {
  const text = `sequence main {\n  step "One" sh '''\n    cd "$A"\n    rm -rf $B\n    ''' env { A: "a", B: "b" }\n  step "Two" sh 'rm -rf $C' env { C: "c" }\n}\n`;
  const host = memoryHost({ "main.seq": text, "sequitur.json": `{ "rules": { "shellcheck": "warning" } }` });
  const { diagnostics } = check(host, ["main.seq"], {
    externalLint: (_language, script) =>
      script.split("\n").flatMap((line, index) => {
        const column = line.indexOf("$") + 1;
        if (!/rm -rf \$/.test(line)) return [];
        return [
          {
            code: "SC2086",
            message: "Double quote.",
            from: { line: index + 1, column },
            to: { line: index + 1, column: column + 2 },
          },
        ];
      }),
  });
  expect(diagnostics.map(({ start, end, message }) => `${text.slice(start, end)}: ${message}`)).toEqual([
    "$B: double quote (SC2086)",
    "$C: double quote (SC2086)",
  ]);
});
