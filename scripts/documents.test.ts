// Sequences shown in the documents that people read are checked like any other. What a block is, its first line says:
// ```seq               a whole file that checks clean
// ```seq wrong CODE    a whole file that gives this finding and no other (or these, one after another)
// ```seq file lib/x.seq  a whole file that checks clean, and that blocks of the same document can import by this path
// ```seq file x.seq wrong CODE  both; where a path is shown more than once, others see the last of them
// ```ts file act.ts   actions in TypeScript, which the sequences of the document can import by this path
// ```json file a.json  a configuration or catalogue that holds for the sequences of the document
// ```sh file run.sh   a script that lies beside the sequences of the document
// Comments `// with: path` at the head of a block name files that must lie beside it.
// Pages that are generated from examples with tests of their own may show parts, and are left out.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTypeScriptReader } from "@sequitur/cli/typescript";
import { check, memoryHost } from "@sequitur/compiler";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface Shown {
  /** Line of the document. */
  readonly line: number;
  readonly label: string;
  /** What the label says: where the file lies, absent if it has no place of its own, and what it gives. */
  readonly path?: string;
  readonly codes: readonly string[];
  readonly text: string;
}

const documents = ["README.md", ...markdownIn("docs")].filter((path) => path !== "docs/reference/diagnostics.md");

function markdownIn(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".md"))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}

function sequencesIn(document: string): readonly Shown[] {
  const text = readFileSync(join(root, document), "utf8");
  return [...text.matchAll(/^```seq([^\n]*)\n(.*?)^```$/gms)].map((match) => {
    const label = (match[1] ?? "").trim();
    const line = text.slice(0, match.index).split("\n").length;
    return { line, label, ...readLabel(label), text: match[2] ?? "" };
  });
}

function readLabel(label: string): Pick<Shown, "path" | "codes"> {
  const match = /^(?:file (\S+))?(?:(?:^| )wrong (SEQ\d{4}(?: SEQ\d{4})*))?$/.exec(label);
  if (match === null) throw new Error(`the label "${label}" is none that this test knows`);
  const [, path, codes] = match;
  return { ...(path === undefined ? {} : { path }), codes: codes?.split(" ") ?? [] };
}

/** Codes with messages of the errors and warnings that a block gives, duplicates of one code once. */
function findings(shown: Shown, others: { readonly [path: string]: string }): readonly string[] {
  const beside = [...shown.text.matchAll(/^\/\/ with: (\S+)$/gm)].map(
    ([, path = ""]) => [path, "#!/bin/sh\n"] as const,
  );
  const path = shown.path ?? "shown.seq";
  const texts = memoryHost({ ...Object.fromEntries(beside), ...others, [path]: shown.text });
  const host = { ...texts, typescript: () => createTypeScriptReader(texts, root) };
  const { diagnostics } = check(host, [path]);
  if (shown.codes.length > 0) return [...new Set(diagnostics.map(({ code }) => code))];
  return diagnostics.map(({ code, message }) => `${code} ${message}`);
}

function filesIn(document: string, blocks: readonly Shown[]): { readonly [path: string]: string } {
  const scripts = readFileSync(join(root, document), "utf8").matchAll(/^```(?:ts|json|sh) file (\S+)\n(.*?)^```$/gms);
  return {
    ...Object.fromEntries(blocks.flatMap(({ path, text }) => (path === undefined ? [] : [[path, text]]))),
    ...Object.fromEntries([...scripts].map(([, path = "", text = ""]) => [path, text])),
  };
}

describe.each(documents)("%s", (document) => {
  const blocks = sequencesIn(document);
  const files = filesIn(document, blocks);
  it.each(blocks)("line $line: seq $label", (shown) => {
    expect(findings(shown, files)).toEqual(shown.codes);
  });

  it("links to what is there", () => {
    expect(brokenLinks(document)).toEqual([]);
  });
});

/** Links to files and headings of the repository that lead nowhere. */
function brokenLinks(document: string): readonly string[] {
  const text = withoutCode(readFileSync(join(root, document), "utf8"));
  const targets = [...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target);
  return targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(document, target));
}

function leadsSomewhere(document: string, target: string): boolean {
  const [path = "", heading] = target.split("#");
  const file = path === "" ? join(root, document) : join(root, document, "..", path);
  try {
    if (heading === undefined) return path.endsWith(".md") ? readFileSync(file).length > 0 : exists(file);
    return headingsIn(readFileSync(file, "utf8")).includes(heading);
  } catch {
    return false;
  }
}

function exists(file: string): boolean {
  return readdirSync(join(file, "..")).includes(file.split(/[/\\]/).at(-1) ?? "");
}

function withoutCode(text: string): string {
  return text.replace(/^```.*?^```$/gms, "");
}

/** The anchors of a document's headings, as GitHub makes them. */
function headingsIn(text: string): readonly string[] {
  return [...withoutCode(text).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\p{Connector_Punctuation} -]/gu, "")
      .replaceAll(" ", "-"),
  );
}

it("finds sequences to check", () => {
  expect(sequencesIn("README.md").length).toBeGreaterThan(0);
  expect(sequencesIn("docs/language.md").length).toBeGreaterThan(30);
});
