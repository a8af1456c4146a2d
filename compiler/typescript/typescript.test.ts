// Actions in TypeScript as a sequence sees them: what their types become, what is wrong at a call, what is wrong in the file.
import { describe, expect, it } from "vitest";
import { digested, verify } from "@sequitur/runtime/plan";
import type { Plan, PlanActionParameter } from "@sequitur/runtime/plan";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import { typescriptDiagnostics } from "../diagnostics/typescript.ts";
import { exampleFindings } from "../explain.ts";
import { memoryHost } from "../memory-host.ts";
import { repositoryLibrary, typescriptHost } from "../test-support/typescript.ts";
import { printType } from "../types/print-type.ts";
import { createTypeScriptFiles } from "./index.ts";

const sdk = 'import type { ActionContext, Duration, PackageFolder, Secret, Size, Version } from "@sequitur/sdk";\n';

/** Findings as `file:line code message`, with what they point to. */
function findings(files: { readonly [path: string]: string }): readonly string[] {
  const { diagnostics, sources } = check(typescriptHost(files), ["main.seq"]);
  const lineOf = (file: string, offset: number): number =>
    (sources.get(file) ?? "").slice(0, offset).split("\n").length;
  return diagnostics.flatMap(({ file, start, code, message, hint, related }) => [
    `${file}:${lineOf(file, start)} ${code} ${message}${hint === undefined ? "" : ` (${hint})`}`,
    ...related.map((each) => `  ${each.file}:${lineOf(each.file, each.start)} ${each.message}`),
  ]);
}

const use = (text: string, name = "act"): string =>
  `import { ${name} } from "./act.ts"\nsequence main {\n  ${text}\n}\n`;

/** Texts of actions, by the name of the file that each is in: one project reads them all, since that is much faster. */
const texts = new Map<string, string>();
const project = createTypeScriptFiles(
  {
    ...memoryHost({}),
    exists: (path) => (texts.has(path) ? "file" : "absent"),
    readText: (path) => ({ kind: "text", text: texts.get(path) ?? "" }),
  },
  repositoryLibrary,
);

/** What the action `act` declares, as text; what is wrong with it, where something is. */
function signature(text: string): string {
  const path = `act${texts.size}.ts`;
  texts.set(path, sdk + text);
  const file = project.read(path);
  const found = file.exports.get("act");
  if (found?.kind !== "action") return (found?.diagnostics ?? file.diagnostics).map((each) => each.message).join();
  const parameters = [...found.action.parameters].map(([name, { type }]) => `${name}: ${printType(type)}`);
  return `(${parameters.join(", ")}) → ${found.action.output === null ? "nothing" : printType(found.action.output)}`;
}

describe("types", () => {
  it.each([
    ["{ a: string; b: number; c: boolean }", "(a: string, b: int, c: bool) → nothing"],
    ["{ a?: string; b: number | undefined }", "(a: string?, b: int?) → nothing"],
    ['{ a: "x" | "y"; b?: 1 | 2 }', '(a: "x" | "y", b: (1 | 2)?) → nothing'],
    [
      "{ a: string[]; b: readonly { c: string; d?: number }[] }",
      "(a: list<string>, b: list<{ c: string, d: int? }>) → nothing",
    ],
    ["{ a: Duration; b?: Size; c: Version; d: Secret }", "(a: duration, b: size?, c: version, d: secret) → nothing"],
    ["{ a: PackageFolder }", "(a: package) → nothing"],
  ])("%s", (input, expected) => {
    expect(signature(`export function act(input: ${input}): void {}`)).toBe(expected);
  });

  it("of outputs are what they are at run time: literals become texts", () => {
    expect(signature('export async function act() { return { state: "on" as "on" | "off", count: 2 }; }')).toBe(
      "() → { state: string, count: int }",
    );
    expect(
      signature("export const act = async (input: { a: string }): Promise<Duration | undefined> => undefined;"),
    ).toBe("(a: string) → duration?");
  });

  it("come from interfaces, aliases, mapped types and other files too", () => {
    const text =
      "interface Base { a: string }\ninterface Input extends Base { b: number }\n" +
      "export function act(input: Partial<Input> & { c: boolean }): void {}";
    expect(signature(text)).toBe("(b: int?, a: string?, c: bool) → nothing");
  });
});

describe("what is no action", () => {
  it.each([
    ["export function act(input: { a: Date }): void {}", "Date, which has no counterpart"],
    ["export function act(input: { a: any }): void {}", "any says nothing"],
    ["export function act(input: { a: unknown }): void {}", "unknown says nothing"],
    ["export function act(input: { a: string | number }): void {}", "must be literals"],
    ['export function act(input: { a: "x" | 1 }): void {}', "mixes texts and numbers"],
    ["export function act(input: { a: string | null }): void {}", "null has no counterpart"],
    ["export function act(input: { a: () => void }): void {}", "has no counterpart"],
    ["export function act(input: { a: [string, number] }): void {}", "has no counterpart"],
    ["export function act(input: { a: Map<string, string> }): void {}", "has no counterpart"],
    ["export function act(input: { a: bigint }): void {}", "has no counterpart"],
    ["export function act(input: { a: { b: { c: Date }[] } }): void {}", 'in its field "b[].c", it is of type Date'],
    ["export function act(input: { a: Date[] }): void {}", "in its items, it is of type Date"],
    ["export function act(input: { a: 1.5 }): void {}", "has no counterpart"],
    ["export function act(input: { a: Record<string, string> }): void {}", "has no counterpart"],
    ["export interface Tree { children: Tree[] }\nexport function act(input: { a: Tree }): void {}", "holds itself"],
    ["export function act<T>(input: T): void {}", "type parameters"],
    ["export function act(input: any): void {}", "not a record"],
    ["export function act(...input: string[]): void {}", "no record"],
    ["export function act(input: Record<string, string>): void {}", "no record"],
    ["export function act(input: { a: string }, more: string): void {}", "ActionContext"],
    ["export function act(context: ActionContext): void {}", "the context comes second"],
    [
      "export function act(a: { b: string }): void;\nexport function act(a: { c: string }): void;\n" +
        "export function act(a: object): void {}",
      "several signatures",
    ],
    ["export const act = 3;", "no function"],
    ["export declare function act(): void;", "its code is not there"],
    ["export class act {}", "no function"],
    ["export function act(): Date { return new Date(); }", "can't be an output"],
    ["export function act(): PackageFolder { throw new Error(); }", "given, not returned"],
    ["/** @repeatble */\nexport function act(): void {}", "did you mean @repeatable?"],
  ])("%s", (text, expected) => {
    expect(signature(text)).toContain(expected);
  });

  it("is found where it is used alone", () => {
    const files = {
      "act.ts": "export function act(): void {}\nexport function helper(a: Date, b: Map<string, string>): void {}\n",
    };
    expect(findings({ ...files, "main.seq": use("use act {}") })).toEqual([]);
  });

  it("may be a default export, which has no name to import", () => {
    const files = { "act.ts": "export default function act(): void {}\n" };
    expect(findings({ ...files, "main.seq": use("use act {}") })).toEqual([
      'main.seq:1 SEQ2151 "act.ts" exports no action "act"',
    ]);
  });
});

describe("at a call", () => {
  const file =
    sdk +
    "/** Labels a disk. */\nexport async function act(\n  input: {\n    drive: string;\n    mode?: 'fast' | 'safe';\n" +
    "    wait?: Duration;\n    parts?: { size: Size }[];\n  },\n  context: ActionContext,\n): Promise<{ count: number }> {\n" +
    "  return { count: 1 };\n}\n";
  const at = (text: string): readonly string[] => findings({ "act.ts": file, "main.seq": use(text) });

  it("everything may be right", () => {
    expect(at('use act { drive: "C:", mode: fast, wait: 5m, parts: [{ size: 1GB }] }')).toEqual([]);
    const variables =
      'var n: { count: int }?\n  step s "Label" use act { drive: "C:" } into n\n  log "${s.output.count}"';
    expect(at(variables).filter((line) => line.includes("SEQ3"))).toEqual([]);
  });

  it("a mismatch points to the declaration in TypeScript", () => {
    expect(at("use act { drive: 3 }")).toEqual([
      expect.stringMatching(/^main.seq:3 SEQ3001 .*string/),
      "  act.ts:5 drive is declared here",
    ]);
    expect(at('use act { drive: "C:", mode: fst }')).toEqual([
      expect.stringMatching(/^main.seq:3 SEQ2113 .*fast/),
      "  act.ts:6 mode is declared here",
    ]);
    expect(at('use act { drive: "C:", parts: [{ sze: 1GB }] }')).toEqual([
      expect.stringMatching(/^main.seq:3 SEQ2108 .*size/),
      "  act.ts:8 parts is declared here",
    ]);
  });

  it("a misspelt parameter gets the right name, a missing one its place", () => {
    expect(at('use act { drve: "C:" }')).toEqual([
      expect.stringMatching(/SEQ2109 .*did you mean "drive"/),
      "  act.ts:5 drive is declared here",
    ]);
    expect(at("use act {}")).toEqual([expect.stringMatching(/SEQ3003 .*"drive"/), "  act.ts:5 drive is declared here"]);
  });

  it("an output has the type of what is returned", () => {
    expect(at('var n: string = ""\n  use act { drive: "C:" } into n')).toEqual([
      expect.stringMatching(/SEQ3001/),
      expect.stringMatching(/main.seq:3 n is declared here|n is declared/),
    ]);
  });

  it("a misspelt name is found in the import", () => {
    expect(findings({ "act.ts": file, "main.seq": use("use atc {}", "atc") })).toEqual([
      'main.seq:1 SEQ2151 "act.ts" exports no action "atc" (did you mean "act"?)',
    ]);
  });
});

describe("errors of TypeScript", () => {
  it("stand in the file that has them, once, whoever imports it", () => {
    const files = {
      "act.ts": 'import { size } from "./size.ts";\nexport function act(): void {\n  size("a");\n}\n',
      "size.ts": "export function size(a: string): number {\n  return a;\n}\n",
      "other.seq": 'import { act } from "./act.ts"\nsequence other {\n  use act {}\n}\n',
      "main.seq": `import { other } from "./other.seq"\n${use("use act {}\n  call other {}")}`,
    };
    expect(findings(files)).toEqual([
      "size.ts:2 SEQ2150 TypeScript says: Type 'string' is not assignable to type 'number'",
    ]);
  });

  it("of syntax are findings like any other", () => {
    const found = findings({ "act.ts": "export function act( {\n", "main.seq": use("use act {}") });
    expect(found[0]).toMatch(/^act.ts:\d SEQ2150 TypeScript says: /);
    expect(found.every((line) => line.includes("SEQ2150"))).toBe(true);
  });

  it("are few: Node.js and packages with types are known", () => {
    const files = {
      "act.ts":
        'import { readFile } from "node:fs/promises";\nimport { shout } from "loud";\n' +
        "export async function act(input: { path: string }): Promise<string> {\n" +
        '  return shout(await readFile(input.path, "utf8"));\n}\n',
      "node_modules/loud/package.json": '{ "name": "loud", "types": "index.d.ts", "main": "index.js" }',
      "node_modules/loud/index.d.ts": "export function shout(text: string): string;\n",
      "main.seq": use('use act { path: "/a" }'),
    };
    expect(findings(files)).toEqual([]);
  });

  it("the file may not be there", () => {
    expect(findings({ "main.seq": use("use act {}") })).toEqual(['main.seq:1 SEQ2001 there is no file "act.ts"']);
  });

  it("a file may not be readable, and neither what it imports", () => {
    const unreadable = (path: string): readonly string[] => {
      const host = typescriptHost({
        "act.ts": 'import { b } from "./b.ts";\nexport function act(): void {\n  b();\n}\n',
        "b.ts": "export function b(): void {}\n",
        "main.seq": use("use act {}"),
      });
      const why = "it is not valid UTF-8 (byte 0)";
      const readText: typeof host.readText = (asked) =>
        asked === path ? { kind: "unreadable", why } : host.readText(asked);
      const below = { ...host, readText };
      const reader = {
        ...createTypeScriptFiles(below, repositoryLibrary),
        bundle: () => ({ kind: "failed", why }) as const,
      };
      const { diagnostics } = check({ ...below, typescript: () => reader }, ["main.seq"]);
      return diagnostics.map(({ file, code, message }) => `${file} ${code} ${message}`);
    };
    expect(unreadable("act.ts")).toEqual([`main.seq SEQ2002 "act.ts" can't be read: it is not valid UTF-8 (byte 0)`]);
    expect(unreadable("b.ts")).toEqual(["act.ts SEQ2150 TypeScript says: File 'b.ts' is not a module"]);
  });

  it("a file of declarations alone has nothing to run", () => {
    const main = 'import { act } from "./act.d.ts"\nsequence main {\n  use act {}\n}\n';
    const found = findings({ "act.d.ts": "export function act(): void;\n", "main.seq": main });
    expect(found[0]).toMatch(/^main.seq:1 SEQ2005 /);
  });

  it("actions of another file may be exported again, by another name and with all others", () => {
    const files = {
      "act.ts": 'export { write as act } from "./write.ts";\nexport * from "./more.ts";\n',
      "write.ts": "export function write(input: { path: string }): void {}\n",
      "more.ts": "export const more = (input: { count: number }): number => input.count;\n",
    };
    const main =
      'import { act, more } from "./act.ts"\nsequence main {\n  use act { path: 1 }\n  use more { count: 2 }\n}\n';
    expect(findings({ ...files, "main.seq": main })).toEqual([
      expect.stringMatching(/^main.seq:3 SEQ3001 /),
      "  write.ts:1 path is declared here",
    ]);
  });

  it("the project's files alone are bundled", () => {
    const outside = { "../outside.ts": "export function act(): void {}\n" };
    const main = 'import { act } from "../outside.ts"\nsequence main {\n  use act {}\n}\n';
    expect(findings({ ...outside, "main.seq": main })).toEqual([
      'main.seq:1 SEQ2155 "../outside.ts" lies outside of the project',
    ]);
  });
});

describe("in a plan", () => {
  const files = {
    "act.ts":
      sdk +
      "/** @needs fullos\n * @repeatable\n * @destroys */\n" +
      'export function act(input: { mode: "a" | "b"; wait?: Duration }): number {\n  return 1;\n}\n',
    "main.seq": use("use act { mode: a }\n  use act { mode: b, wait: 5m }"),
  };

  it("stand the signature and the module, once each", () => {
    const { plan, diagnostics } = compile(typescriptHost(files), "main.seq");
    expect(diagnostics.filter((each) => each.severity === "error")).toEqual([]);
    expect(plan?.actions).toEqual([
      {
        name: "act",
        module: 0,
        parameters: {
          mode: { type: "string", required: true, choices: ["a", "b"] },
          wait: { type: "duration", required: false },
        },
        output: "int",
        phases: ["fullos"],
        destroys: true,
        repeatable: true,
      },
    ]);
    expect(plan?.modules?.map(({ source, text }) => [source, text === files["act.ts"]])).toEqual([["act.ts", true]]);
    expect(plan?.nodes.map((node) => (node.kind === "step" ? node.interruption : ""))).toEqual(["rerun", "rerun"]);
  });

  it("both are proved by the verifier", () => {
    const { plan } = compile(typescriptHost(files), "main.seq");
    if (plan === undefined) throw new Error("there is a plan");
    const rulesOf = (change: Partial<Plan>): readonly string[] =>
      verify(digested({ ...plan, ...change })).map(({ rule }) => rule);
    const [action] = plan.actions ?? [];
    const [module] = plan.modules ?? [];
    if (action === undefined || module === undefined) throw new Error("both are there");
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ modules: [{ ...module, text: `${module.text} ` }] })).toEqual(["V10"]);
    expect(rulesOf({ modules: [] })).toEqual(["V2"]);
    expect(rulesOf({ actions: [] })).toEqual(["V8", "V8"]);
    expect(rulesOf({ actions: [{ ...action, output: "package" }] })).toEqual(["V12"]);
    expect(rulesOf({ actions: [{ ...action, output: "string" }] })).toEqual(["V8", "V8"]);
    expect(rulesOf({ actions: [{ ...action, parameters: {} }] })).toEqual(["V8", "V8", "V8"]);
    const mode: PlanActionParameter = action.parameters["mode"] ?? { type: "string", required: true };
    expect(rulesOf({ actions: [{ ...action, parameters: { ...action.parameters, more: mode } }] })).toEqual([
      "V8",
      "V8",
    ]);
    const onlyA = { ...action.parameters, mode: { ...mode, choices: ["a"] } };
    expect(rulesOf({ actions: [{ ...action, parameters: onlyA }] })).toEqual(["V8"]);
  });

  it("stands nothing of it where nothing is used", () => {
    const { plan } = compile(typescriptHost({ "main.seq": 'sequence main {\n  log "a"\n}\n' }), "main.seq");
    expect(plan).not.toHaveProperty("actions");
    expect(plan).not.toHaveProperty("modules");
  });

  it("a bundle that fails or is too large is a finding", () => {
    const failing = typescriptHost(files, () => ({ kind: "failed", why: "no loader for it" }));
    expect(compile(failing, "main.seq").diagnostics.map((each) => each.code)).toContain("SEQ2158");
    const large = typescriptHost(files, () => ({ kind: "module", text: "x".repeat(1024 * 1024 + 1) }));
    expect(compile(large, "main.seq").diagnostics.map((each) => each.code)).toContain("SEQ2159");
  });
});

describe("examples of the catalogue", () => {
  /** These come from what is installed, and from building. */
  const elsewhere = new Set(["SEQ2157", "SEQ2158", "SEQ2159"]);
  const entries = Object.entries(typescriptDiagnostics);

  it.each(entries.filter(([code]) => !elsewhere.has(code)))(
    "%s: the wrong one gives exactly this",
    (code, declared) => {
      const host = (files: { readonly [path: string]: string }) => typescriptHost(files);
      expect(exampleFindings(code, declared, declared.wrong, host).map((found) => found.code)).toEqual([code]);
    },
  );

  it.each(entries)("%s: the right one gives nothing", (code, declared) => {
    expect(exampleFindings(code, declared, declared.right, typescriptHost)).toEqual([]);
  });

  it("SEQ2157: without TypeScript", () => {
    const { files, wrong } = typescriptDiagnostics.SEQ2157;
    const { diagnostics } = check(memoryHost({ ...files, "main.seq": wrong }), ["main.seq"]);
    expect(diagnostics.map((found) => found.code)).toEqual(["SEQ2157"]);
  });
});
