// Whatever is asked wherever, there is an answer: at every place of the examples, as they are and cut off in the middle. What
// the answers say has tests of its own.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { documentOf, positionAt } from "../document.ts";
import { codeActions } from "../features/code-actions.ts";
import { completion } from "../features/completion.ts";
import { diagnosticsOf } from "../features/diagnostics.ts";
import { formatting } from "../features/formatting.ts";
import { hover } from "../features/hover.ts";
import { documentLinks } from "../features/links.ts";
import { foldingRanges, selectionRanges } from "../features/ranges.ts";
import { definition, highlights, references } from "../features/references.ts";
import { prepareRename } from "../features/rename.ts";
import { semanticTokens } from "../features/semantic-tokens.ts";
import { signatureHelp } from "../features/signature-help.ts";
import { documentSymbols } from "../features/symbols.ts";
import { occurrencesIn } from "../occurrences.ts";
import { marked } from "../test-support/marked.ts";
import type { MarkedProject } from "../test-support/marked.ts";

const examples = join(import.meta.dirname, "../../examples");
const texts = readdirSync(examples, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".seq"))
  .map((path) => [path, readFileSync(join(examples, path), "utf8")] as const);

function askAll(project: MarkedProject, step: number): number {
  const { path } = project;
  const document = documentOf(project, path);
  if (document === undefined) throw new Error("not checked");
  let answers = 0;
  for (let offset = 0; offset <= document.parsed.text.length; offset += step) {
    const position = positionAt(document, offset);
    const range = { start: position, end: position };
    answers += completion(project, path, position).length + codeActions(project, path, range).length;
    for (const found of [hover, definition, signatureHelp, highlights]) {
      if (found(project, path, position) !== undefined) answers++;
    }
    prepareRename(project, path, position);
    references(project, path, position, true);
    selectionRanges(project, path, [position]);
  }
  for (const ask of [diagnosticsOf, formatting, documentLinks, foldingRanges, documentSymbols]) ask(project, path);
  return answers;
}

describe("every place has answers", () => {
  test.each(texts)("%s", (_path, text) => {
    const project = marked(text);
    expect(askAll(project, 11)).toBeGreaterThan(text.length / 2);
    expect(askAll(marked(text.slice(0, text.length >> 1)), 29)).toBeGreaterThan(0);
    const data = semanticTokens(project, project.path);
    expect(data.length % 5).toBe(0);
    expect(data.every((number) => number >= 0)).toBe(true);
  });

  test.each(texts)("each name of %s is found again from where it is declared", (_path, text) => {
    const project = marked(text);
    const document = documentOf(project, project.path);
    if (document === undefined) throw new Error("not checked");
    for (const occurrence of occurrencesIn(document)) {
      if (occurrence.symbol.nameNode === undefined) continue;
      const places = references(project, project.path, positionAt(document, occurrence.start), true);
      expect(places).toContainEqual({
        uri: project.path,
        range: { start: positionAt(document, occurrence.start), end: positionAt(document, occurrence.end) },
      });
    }
  });
});
