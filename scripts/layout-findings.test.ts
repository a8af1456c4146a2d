// Laying a project out adds no finding, of the language or of the linter: for every sequence of the repository, in the layout
// and in a much narrower one.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createTypeScriptReader } from "@sequitur/cli/typescript";
import { check, memoryHost } from "@sequitur/compiler";
import { canonicalWidth, parse, print } from "@sequitur/grammar";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const above = ["examples", "cli/templates"].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => `${folder}/${name}`),
);

function filesIn(folder: string): { readonly [path: string]: string } {
  const paths = readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const at = join(root, folder).length + 1;
  return Object.fromEntries(
    paths.map((path) => [path.slice(at).replaceAll("\\", "/"), readFileSync(path, "utf8")] as const),
  );
}

/** Codes by file, without places, which move. */
function findings(files: { readonly [path: string]: string }): readonly string[] {
  const texts = memoryHost(files);
  const host = { ...texts, typescript: () => createTypeScriptReader(texts, root) };
  const paths = Object.keys(files).filter((path) => path.endsWith(".seq"));
  return check(host, paths)
    .diagnostics.map(({ file, code }) => `${file} ${code}`)
    .sort();
}

function laidOut(files: { readonly [path: string]: string }, width: number): { readonly [path: string]: string } {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [path, path.endsWith(".seq") ? print(parse(text, path), width) : text]),
  );
}

it.each([...above, "compiler/check/cases", "compiler/test/cases"])("%s", (folder) => {
  const files = filesIn(folder);
  const before = findings(files);
  for (const width of [canonicalWidth, 40]) expect(findings(laidOut(files, width))).toEqual(before);
});
