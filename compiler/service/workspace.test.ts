// One law: whatever was edited, a workspace says what a check of its files from the start says, and knows the same of every
// expression.
import fc from "fast-check";
import { walk } from "@sequitur/grammar";
import type { Expression, Node, Path } from "@sequitur/grammar";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { check } from "../check.ts";
import type { CompilerHost } from "../host.ts";
import { memoryHost } from "../memory-host.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { printType } from "../types/print-type.ts";
import { Workspace } from "./workspace.ts";

type Files = { readonly [path: string]: string };

const library = `/// What the others use.
const base = 3
const ratio = base * 2
const _own = 1
type Site = "AMS" | "RTM"
type Disk = { name: string, size: size, spare: string? }
fn half(number: int): int = number / 2
fn ratioOf(number: int): int = 100 / number
fn label(site: Site, count: int = base): string = "\${site}-\${count + ratio}"
package tools "./packages/tools"
account admin { user: "admin", password: env("PASSWORD") }
sequence helper {
  param site: Site = "AMS"
  param count: int = 1
  output done: bool = mark.succeeded
  step mark "Mark" run "/bin/true \${label(site, count)}"
}
`;

const main = `import "./lib.seq" as lib
import { Site, base, half, helper } from "./lib.seq"

const limit = base + lib.ratio
fn twice(number: int): int = half(number) * 4

sequence main "Main" {
  param site: Site = "RTM"
  param name: string?
  secret password: string
  var text: string
  var count: int = twice(limit)
  var maybe: string?
  global var SHARED: string = "x"
  output result: string = text

  step first "First" run "/bin/first \${site}" into text timeout 5m
  step second "Second" run "/bin/second \${text}" when first.succeeded and name != none
  step third "Third" set text = "third" when site == "AMS"
  group "Guarded" when maybe != none {
    step inner "Inner" run "/bin/inner \${maybe}" retry 3 every 10s
    log "\${inner.code} \${count / 2}"
    fail "no" when count > limit
    step after "After" run "/bin/after \${count}" continue on error
  } on error {
    log "\${error.message}"
  } finally {
    set maybe = none
  }
  if site == "AMS" and name != none {
    step branch "Branch" run "/bin/branch \${name}"
  } else {
    step branch2 "Other" call helper { site: site, count: half(count) }
  }
  for item in [for entry in ["a", "b"] if entry != "a": "\${entry}-\${site}"] {
    step each "Each" run "/bin/each \${item}" env { TEXT: text }
    step divide "Divide" log "\${10 / lib.half(2)} \${lib.ratioOf(2)}"
  }
  group "Decided" when count > 2 and os.phase == "fullos" {
    step more "More" run "/bin/more" when count > 5 and site != "AMS"
    log "\${count}" when count > 1 or os.phase == "winpe"
    restart when device.isVirtual
  }
  step off "Off" run "/bin/off \${unknown}" disabled "not yet"
  step last "Last" run "/bin/last \${second.output ?? "none"}" when branch.succeeded as lib.admin
}
`;

const other = `import { main } from "./main.seq"
import "./lib.seq" as lib

sequence outer {
  step a "A" call main { site: "AMS", password: lib.admin }
  step b "B" call lib.helper { site: "RTM" } into c
  var c: bool
}

sequence loop1 { call loop2 }
sequence loop2 { step x "X" call loop1 when 1 == 1 }

test "it works" of main {
  given { site: "AMS" }
  when step "First" { code: 0 }
  expect first.succeeded
}
`;

const examples = fileURLToPath(new URL("../../examples", import.meta.url));
const exampleFiles: Files = Object.fromEntries(
  readdirSync(examples, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".seq") || name.endsWith("sequitur.json"))
    .sort()
    .map((name) => [name, readFileSync(`${examples}/${name}`, "utf8")]),
);

const projects: readonly Files[] = [
  { "lib.seq": library, "main.seq": main, "other.seq": other, "packages/tools/x": "" },
  {
    "lib.seq": library,
    "main.seq": main,
    "other.seq": other,
    "sequitur.json": '{ "rules": { "SEQ4005": "error", "SEQ3201": "off" } }',
  },
  exampleFiles,
];

const snippets: readonly string[] = [
  ...[
    "site",
    "text",
    "count",
    "first",
    "second",
    "inner",
    "lib",
    "base",
    "half",
    "helper",
    "Site",
    "item",
    "0",
    "none",
  ],
  ...["{", "}", '"', "(", ")", "${", "[", "'", " ", "\n", "x", "1", "_", "."],
  '\n  step fresh "Fresh" run "/bin/fresh ${text} ${site}" into text when first.succeeded\n',
  "\nconst fresh = base / 0\n",
  "\nfn fresh(count: int): int = count / base\n",
  "\n  param fresh: Site\n",
  "\n  // sequitur-ignore SEQ4005: why not\n",
  '\nimport "./lib.seq" as again\n',
  "\n  var text: int = 2\n",
  "\n  fail\n",
  "\n  restart to winpe\n",
  " when count == 1",
  ' when site == "AMS"',
  ' when os.phase == "winpe" and count > 3',
  '\n  group "Only" when site == "RTM" {\n',
  " disabled",
  " continue on error",
  "\nsequence main {\n",
  "\n  group {\n",
  "\n  }\n",
  "lib.ratioOf(0)",
];

interface Edit {
  readonly file: number;
  readonly at: number;
  /** Characters, words, or lines that go. */
  readonly unit: "character" | "word" | "line";
  readonly remove: number;
  readonly insert: string;
  readonly typed: boolean;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  file: fc.nat(20),
  at: fc.double({ min: 0, max: 0.9999, noNaN: true }),
  unit: fc.constantFrom("character" as const, "word" as const, "line" as const),
  remove: fc.nat(2),
  insert: fc.oneof({ weight: 1, arbitrary: fc.constant("") }, { weight: 4, arbitrary: fc.constantFrom(...snippets) }),
  typed: fc.boolean(),
});

function rangeOf(text: string, { at, unit, remove }: Edit): { start: number; end: number } {
  const place = Math.floor(at * text.length);
  if (unit === "character") return { start: place, end: Math.min(text.length, place + remove) };
  const pattern = unit === "word" ? /\w+/g : /.*\n/g;
  pattern.lastIndex = place;
  const start = pattern.exec(text)?.index ?? place;
  let end = start;
  pattern.lastIndex = start;
  for (let count = 0; count < remove; count++) {
    const match = pattern.exec(text);
    if (match === null) break;
    end = match.index + match[0].length;
  }
  return { start, end };
}

/** What a program knows, as text; symbols by where they are declared. */
function knowledge(program: CheckedProgram): string {
  const lines: string[] = [];
  for (const module of program.modules.values()) {
    walk(module.parsed.tree, (node: Node) => {
      const expression = node as Expression;
      const type = program.types.get(expression);
      const expected = program.expected.get(expression);
      const resolution = program.resolutions.get(expression) ?? program.paths.get(node as Path);
      const value = program.constants.get(expression);
      if (type === undefined && resolution === undefined && value === undefined) return;
      const symbol = resolution !== undefined && "symbol" in resolution ? resolution.symbol : undefined;
      const place = symbol === undefined ? "" : ` ${symbol.module.path}:${symbol.nameNode?.start ?? ""}`;
      const [one, two] = [type, expected].map((each) => (each === undefined ? "" : printType(each)));
      const known = resolution === undefined ? "" : `${resolution.kind}${place}`;
      lines.push(`${module.path}:${node.start}-${node.end} ${one} / ${two} / ${known} / ${JSON.stringify(value)}`);
    });
  }
  return lines.join("\n");
}

function expectSame(workspace: Workspace, files: Files): void {
  const paths = Object.keys(files).filter((path) => path.endsWith(".seq"));
  const fresh = check(memoryHost(files), paths);
  expect(workspace.allDiagnostics()).toEqual(fresh.diagnostics);
  const [mine, theirs] = [knowledge(workspace.program()), knowledge(fresh.program)];
  if (mine !== theirs) expect(mine.split("\n")).toEqual(theirs.split("\n"));
  const [path = ""] = paths;
  const language = check(memoryHost(files), paths, { lints: false }).diagnostics.filter(({ file }) => file === path);
  expect(workspace.diagnostics(path, { lints: false })).toEqual(language);
}

function run(project: Files, edits: readonly Edit[]): void {
  const files: { [path: string]: string } = { ...project };
  const paths = Object.keys(files).filter((path) => path.endsWith(".seq"));
  const workspace = new Workspace(memoryHost(project));
  workspace.include(paths);
  for (const each of edits) {
    const path = paths[each.file % paths.length] ?? "";
    const text = files[path] ?? "";
    if (workspace.document(path) === undefined) workspace.open(path, text);
    const { start, end } = rangeOf(text, each);
    const steps = each.typed ? [...each.insert] : [each.insert];
    let now = text.slice(0, start) + text.slice(end);
    if (end > start) workspace.change(path, [{ start, end, text: "" }]);
    let place = start;
    for (const typed of steps) {
      workspace.change(path, [{ start: place, end: place, text: typed }]);
      now = now.slice(0, place) + typed + now.slice(place);
      place += typed.length;
      files[path] = now;
      if (steps.length < 8 || place % 5 === 0) expectSame(workspace, files);
    }
    files[path] = now;
    expectSame(workspace, files);
  }
}

const runs = Number(process.env["SEQUITUR_FUZZ_RUNS"] ?? 15);

describe("a workspace", () => {
  test("says what a check from the start says, after any edits", () => {
    fc.assert(
      fc.property(fc.nat(projects.length - 1), fc.array(edit, { minLength: 1, maxLength: 6 }), (which, edits) => {
        run(projects[which] ?? {}, edits);
      }),
      { numRuns: runs },
    );
  }, 1_200_000);

  test("counts an open document in the place of its file, and the file again when it is closed", () => {
    const workspace = new Workspace(memoryHost({ "a.seq": "const a = b\n" }));
    workspace.include(["a.seq"]);
    const codes = (): readonly string[] => workspace.diagnostics("a.seq", { lints: false }).map(({ code }) => code);
    expect(codes()).toEqual(["SEQ2101"]);
    workspace.open("a.seq", "const a = 1\n", 4);
    expect(codes()).toEqual([]);
    expect(workspace.change("a.seq", [{ start: 10, end: 11, text: "c" }])).toBe(true);
    expect(workspace.document("a.seq")).toEqual({ path: "a.seq", version: 5, text: "const a = c\n" });
    expect(codes()).toEqual(["SEQ2101"]);
    workspace.close("a.seq");
    expect(workspace.change("a.seq", [])).toBe(false);
    expect(workspace.diagnostics("a.seq", { lints: false })[0]?.message).toContain('"b"');
  });

  test("asks its host again when it is told that something has changed there", () => {
    const files: { [path: string]: string } = { "a.seq": 'import { b } from "./b.seq"\nconst a = b\n' };
    const current: CompilerHost = {
      readText: (path) => memoryHost(files).readText(path),
      exists: (path) => memoryHost(files).exists(path),
      readContent: (path) => memoryHost(files).readContent(path),
      list: (folder) => memoryHost(files).list(folder),
    };
    const workspace = new Workspace(current);
    workspace.include(["a.seq"]);
    const codes = (): readonly string[] => workspace.allDiagnostics().map(({ code }) => code);
    expect(codes()).toContain("SEQ2001");
    files["b.seq"] = "const b = 1\n";
    expect(codes()).toContain("SEQ2001");
    workspace.hostChanged();
    expect(codes()).not.toContain("SEQ2001");
    files["sequitur.json"] = '{ "rules": 1 }';
    workspace.hostChanged();
    expect(workspace.allDiagnostics().map(({ file }) => file)).toContain("sequitur.json");
  });

  test("leaves what an edit does not touch as it was checked", () => {
    const workspace = new Workspace(memoryHost({ "lib.seq": library, "main.seq": main }));
    workspace.open("main.seq", main);
    const typeOf = (text: string): unknown => {
      const { types, modules } = workspace.program();
      let found: unknown;
      walk(modules.get("main.seq")?.parsed.tree as Node, (node) => {
        const { start, end } = node;
        if (modules.get("main.seq")?.parsed.text.slice(start, end) === text) found ??= types.get(node as Expression);
      });
      return found;
    };
    const before = typeOf("base + lib.ratio");
    expect(before).toBeDefined();
    workspace.change("main.seq", [{ start: main.indexOf("First"), end: main.indexOf("First"), text: "The " }]);
    expect(typeOf("base + lib.ratio")).toBe(before);
  });
});
