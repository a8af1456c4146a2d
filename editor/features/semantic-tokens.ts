// Colours by meaning: what each word, text and comment of a file is, in the protocol's packed form.
import { walk } from "@sequitur/grammar";
import type { Node, Span } from "@sequitur/grammar";
import type { ProgramSymbol } from "@sequitur/compiler/model";
import type { Range } from "vscode-languageserver-types";
import { documentOf, offsetAt, positionAt } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { occurrencesIn } from "../occurrences.ts";

/** Names of the protocol; the numbers in tokens are places in these lists. */
export const semanticLegend = {
  tokenTypes: [
    "namespace",
    "type",
    "class",
    "parameter",
    "variable",
    "property",
    "enumMember",
    "function",
    "method",
    "keyword",
    "comment",
    "string",
    "number",
    "operator",
  ],
  tokenModifiers: ["declaration", "readonly", "modification", "defaultLibrary", "documentation"],
};

type Class = { readonly type: string; readonly modifiers: readonly string[] };

/** All tokens of a file, or of a range of it; empty for a file that the project does not check. */
export function semanticTokens(project: EditorProject, path: string, range?: Range): number[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const start = range === undefined ? 0 : offsetAt(document, range.start);
  const end = range === undefined ? document.parsed.text.length : offsetAt(document, range.end);
  const classes = classesOfNames(document, { start, end });
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const token of document.parsed.tokens()) {
    if (token.end <= start) continue;
    if (token.start >= end) break;
    const found = classOfToken(token.kind, classes.get(token.start), document.parsed.text, token.start);
    if (found === undefined) continue;
    for (const piece of linesOf(document.parsed.text, token.start, token.end)) {
      const at = positionAt(document, piece.start);
      data.push(at.line - line, at.line === line ? at.character - character : at.character, piece.end - piece.start);
      data.push(semanticLegend.tokenTypes.indexOf(found.type), bits(found.modifiers));
      ({ line, character } = at);
    }
  }
  return data;
}

function bits(modifiers: readonly string[]): number {
  return modifiers.reduce((sum, each) => sum | (1 << semanticLegend.tokenModifiers.indexOf(each)), 0);
}

/** A token of many lines is one token a line: not every editor takes others. */
function* linesOf(
  text: string,
  start: number,
  end: number,
): Iterable<{ readonly start: number; readonly end: number }> {
  for (let from = start; from < end;) {
    const newline = text.indexOf("\n", from);
    const stop = newline < 0 || newline > end ? end : newline;
    const trimmed = text.charAt(stop - 1) === "\r" ? stop - 1 : stop;
    if (trimmed > from) yield { start: from, end: trimmed };
    from = stop + 1;
  }
}

function classOfToken(kind: string, named: Class | undefined, text: string, start: number): Class | undefined {
  switch (kind) {
    case "comment":
      return { type: "comment", modifiers: [] };
    case "docComment":
      return { type: "comment", modifiers: ["documentation"] };
    case "string":
    case "number":
      return { type: kind, modifiers: [] };
    case "word":
      return named ?? { type: "keyword", modifiers: [] };
    case "punctuation":
      return /[=<>~?+*/-]/.test(text.charAt(start)) ? { type: "operator", modifiers: [] } : undefined;
    default:
      return undefined;
  }
}

/** By the offset at which the name starts; words that are no names are not in it. */
function classesOfNames(document: Document, part: Span): ReadonlyMap<number, Class> {
  const classes = new Map<number, Class>();
  const add = (node: { readonly kind: string; readonly start: number }, type: string, ...modifiers: string[]): void => {
    if (node.kind === "name") classes.set(node.start, { type, modifiers });
  };
  walk(document.parsed.tree, (node) => {
    if (node.end < part.start || node.start > part.end) return false;
    noteNames(node, document, add);
    return true;
  });
  for (const { start, symbol, role } of occurrencesIn(document, part)) {
    const modifiers = role === "declaration" ? ["declaration"] : role === "write" ? ["modification"] : [];
    const { type, fixed } = classOfSymbol(symbol);
    classes.set(start, { type, modifiers: fixed ? [...modifiers, "readonly"] : modifiers });
  }
  return classes;
}

type Add = (node: { readonly kind: string; readonly start: number }, type: string, ...modifiers: string[]) => void;

function noteNames(node: Node, { program }: Document, add: Add): void {
  switch (node.kind) {
    case "reference": {
      const isChoice = program.resolutions.get(node)?.kind === "choice";
      if (isChoice) add(node.name, "enumMember");
      else add(node.name, "variable", "defaultLibrary");
      return;
    }
    case "member":
      add(node.property, "property");
      return;
    case "field":
      add(node.key, "property");
      return;
    case "typeField":
      add(node.name, "property", "declaration");
      return;
    case "namedType":
      for (const name of node.path.names) add(name, "type", "defaultLibrary");
      return;
    case "use":
      if (node.action.kind === "path") for (const name of node.action.names) add(name, "function", "defaultLibrary");
      return;
    default:
      return;
  }
}

function classOfSymbol(symbol: ProgramSymbol): { readonly type: string; readonly fixed: boolean } {
  switch (symbol.kind) {
    case "const":
      return { type: "variable", fixed: true };
    case "variable":
      return symbol.node.role === "param" || symbol.node.role === "secret"
        ? { type: "parameter", fixed: true }
        : { type: "variable", fixed: false };
    case "fnParameter":
      return { type: "parameter", fixed: true };
    case "global":
      return { type: "variable", fixed: false };
    case "loopVariable":
      return { type: "variable", fixed: true };
    case "type":
      return { type: "type", fixed: false };
    case "fn":
    case "scriptAction":
      return { type: "function", fixed: false };
    case "namespace":
      return { type: "namespace", fixed: false };
    case "label":
      return { type: "method", fixed: false };
    case "sequence":
    case "externSequence":
      return { type: "class", fixed: false };
    case "content":
    case "account":
    case "fleet":
    case "deployment":
      return { type: "variable", fixed: true };
  }
}
