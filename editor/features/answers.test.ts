// Hover, names, rename, hints, lenses and calls: a text with the cursor (¦) in, words out.
import { describe, expect, test } from "vitest";
import { documentOf, offsetAt } from "../document.ts";
import { editedFiles, marked } from "../test-support/marked.ts";
import type { MarkedProject } from "../test-support/marked.ts";
import { incomingCalls, outgoingCalls, prepareCallHierarchy } from "./call-hierarchy.ts";
import { codeLenses } from "./code-lenses.ts";
import { hover } from "./hover.ts";
import { inlayHints } from "./inlay-hints.ts";
import { selectionRanges } from "./ranges.ts";
import { definition, highlights } from "./references.ts";
import { rename, renameFiles } from "./rename.ts";
import { semanticLegend, semanticTokens } from "./semantic-tokens.ts";
import { signatureHelp } from "./signature-help.ts";

function hovered(text: string): string | undefined {
  const project = marked(text);
  const found = hover(project, project.path, project.position);
  return found === undefined ? undefined : (found.contents as { readonly value: string }).value;
}

const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

describe("hover", () => {
  test.each([
    ["const a = 2\nconst b = a¦ * 3\n", "const a: 2 = 2"],
    ["const b¦ = 90s * 2\n", "const b: duration = 3m"],
    ['sequence s {\n  log "${device.na¦me}"\n}\n', "device.name: string"],
    ['const x = up¦per("a")\n', "upper(text: string): string"],
    ["fn f(n¦: int): int = n\n", "n: int"],
    ['sequence s {\n  use file.remove { pa¦th: "/x" }\n}\n', "path: string"],
    ['/// Twice.\ntype T = "a" | "b"\nsequence s {\n  param p: T¦\n}\n', 'type T = "a" | "b"'],
    ['sequence s {\n  secret key: string = "hunter2"\n  run "x" env { A: ke¦y }\n}\n', "secret key: string"],
  ])("%s", (text, expected) => {
    expect(hovered(text)).toContain(expected);
  });

  test("says nothing where nothing stands", () => {
    expect(hovered("sequence¦ s {\n}\n")).toBeUndefined();
  });

  test("does not show a secret's value", () => {
    expect(hovered('sequence s {\n  secret ke¦y: string = "hunter2"\n}\n')).not.toContain("hunter2");
  });
});

describe("names", () => {
  const files = { "lib.seq": 'sequence child {\n  param site: string = "A"\n  log site\n}\nconst n = 1\n' };
  const calling = 'import "./lib.seq" as lib\nsequence main {\n  call lib.child { si¦te: "B" }\n}\n';

  test("lead to where they are declared", () => {
    const project = marked(calling, files);
    const found = definition(project, project.path, project.position);
    expect(found).toMatchObject({ uri: "lib.seq", range: { start: { line: 1, character: 8 } } });
  });

  test("are renamed in all files", () => {
    const project = marked(calling, files);
    const renamed = rename(project, project.path, project.position, "output");
    if (renamed.kind === "refused") throw new Error(renamed.why);
    expect(editedFiles(project, renamed.edit)).toEqual({
      "main.seq": 'import "./lib.seq" as lib\nsequence main {\n  call lib.child { `output`: "B" }\n}\n',
      "lib.seq": 'sequence child {\n  param `output`: string = "A"\n  log `output`\n}\nconst n = 1\n',
    });
  });

  test.each([
    ["1x", "is no name"],
    ["n", "lib.seq has something else with the name n."],
  ])("are not renamed to %s", (name, why) => {
    const project = marked(calling, files);
    expect(rename(project, project.path, project.position, name)).toMatchObject({
      kind: "refused",
      why: expect.stringContaining(why) as string,
    });
  });

  test("of files change what imports them", () => {
    const project = marked(calling, files);
    const edit = renameFiles(project, [{ from: "main.seq", to: "all/main.seq" }]);
    expect(editedFiles(project, edit)["main.seq"]).toContain('import "../lib.seq" as lib');
  });

  test("are highlighted by what is done there", () => {
    const project = marked('sequence main {\n  var n: int = 1\n  set n = 2\n  log "${n¦}"\n}\n');
    expect(highlights(project, project.path, project.position).map(({ kind }) => kind)).toEqual([3, 3, 2]);
  });
});

describe("hints", () => {
  test("values that are computed, and parameters that are not said", () => {
    const project = marked('const a = 2 * 3\nconst b = 7\nconst c = replace("x", "y", "z")\n');
    const hints = inlayHints(project, project.path, whole).map(({ label }) => label);
    expect(hints).toEqual(["= 6", '= "x"', "text:", "part:", "by:"]);
  });

  test("lenses count what uses a declaration, in other files too", () => {
    const project = marked('import { a } from "./lib.seq"\nsequence main {\n  log "${a}"\n}\n', {
      "lib.seq": "const a = 1\n",
    });
    expect(codeLenses(project, "lib.seq").map(({ command }) => command?.title)).toEqual(["2 references"]);
    expect(codeLenses(project, "main.seq").map(({ command }) => command?.title)).toEqual(["not used"]);
  });

  test("parameters of a call while it is typed", () => {
    const project = marked('const c = replace("x", ¦\n');
    const help = signatureHelp(project, project.path, project.position);
    expect(help?.signatures[0]?.label).toBe("replace(text: string, part: string, by: string)");
    expect(help?.activeParameter).toBe(1);
  });
});

describe("calls", () => {
  const text = 'import "./lib.seq" as lib\nsequence ma¦in {\n  call lib.child\n  call lib.child\n}\n';
  const project = marked(text, { "lib.seq": "sequence child {\n}\n" });

  test("go out and come in across files", () => {
    const [item] = prepareCallHierarchy(project, project.path, project.position);
    expect(item?.name).toBe("main");
    const [out] = outgoingCalls(project, project.path, project.position);
    expect([out?.to.name, out?.fromRanges.length]).toEqual(["child", 2]);
    const [back] = incomingCalls(project, "lib.seq", { line: 0, character: 10 });
    expect([back?.from.name, back?.fromRanges.length]).toEqual(["main", 2]);
  });
});

/** Each token as its text and what it is. */
function colours(project: MarkedProject): readonly string[] {
  const document = documentOf(project, project.path);
  const data = semanticTokens(project, project.path);
  const shown: string[] = [];
  let [line, character] = [0, 0];
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 5);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    if (document === undefined) throw new Error("not checked");
    const start = offsetAt(document, { line, character });
    shown.push(`${document.parsed.text.slice(start, start + length)} ${semanticLegend.tokenTypes[type] ?? ""}`);
  }
  return shown;
}

describe("texts", () => {
  test("colours say what each word is", () => {
    expect(
      colours(marked('type S = "a"\nsequence main {\n  param s: S\n  use file.remove { path: s } // x\n}\n')),
    ).toEqual([
      "type keyword",
      "S type",
      "= operator",
      '"a" string',
      "sequence keyword",
      "main class",
      "param keyword",
      "s parameter",
      "S type",
      "use keyword",
      "file function",
      "remove function",
      "path property",
      "s parameter",
      "// x comment",
    ]);
  });

  test("a selection grows from the name to the whole", () => {
    const project = marked("const a = [1, ¦2]\n");
    const [range] = selectionRanges(project, project.path, [project.position]);
    const widths: number[] = [];
    for (let each = range; each !== undefined; each = each.parent) {
      widths.push(each.range.end.line * 100 + each.range.end.character - each.range.start.character);
    }
    expect(widths).toEqual([1, 6, 16, 100]);
  });
});
