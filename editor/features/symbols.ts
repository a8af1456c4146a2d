// What a file declares, as an outline; and the declarations of all files by their names.
import type { Block, Declaration, Name, Node, SequenceMember, Span, Statement } from "@sequitur/grammar";
import { plainText } from "@sequitur/compiler/model";
import type { DocumentSymbol, SymbolInformation, SymbolKind } from "vscode-languageserver-types";
import { documentOf, documentOfModule, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";

/** Numbers of the protocol for what each declaration is most like. */
const kinds = {
  const: 14,
  typeDeclaration: 26,
  fn: 12,
  content: 4,
  account: 20,
  fleet: 18,
  deployment: 19,
  sequence: 5,
  externSequence: 5,
  importModule: 2,
  test: 6,
  variable: 13,
  step: 6,
  group: 3,
} as const satisfies { readonly [kind: string]: SymbolKind };

/** The outline of a file. */
export function documentSymbols(project: EditorProject, path: string): DocumentSymbol[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  return document.parsed.tree.declarations.flatMap((declaration) => declarationSymbol(document, declaration));
}

function declarationSymbol(document: Document, node: Declaration): DocumentSymbol[] {
  switch (node.kind) {
    case "importNames":
      return [];
    case "importModule":
      return symbolFor(document, node, node.alias, "import");
    case "test":
      return symbolFor(document, node, node.title, "test");
    case "sequence": {
      const children = node.members.flatMap((member) => memberSymbol(document, member));
      return symbolFor(document, node, node.name, titleOf(node), children);
    }
    default:
      return symbolFor(document, node, node.name, node.kind === "content" ? node.contentKind : titleOf(node));
  }
}

function titleOf(node: Node): string | undefined {
  return "title" in node && node.title !== undefined && node.title.kind === "string"
    ? plainText(node.title)
    : undefined;
}

function memberSymbol(document: Document, member: SequenceMember): DocumentSymbol[] {
  if (member.kind === "options") return [];
  if (member.kind === "variable") return symbolFor(document, member, member.name, member.role);
  return statementSymbol(document, member);
}

function statementSymbol(document: Document, node: Statement): DocumentSymbol[] {
  const within = (...blocks: readonly (Block | undefined)[]): DocumentSymbol[] =>
    blocks.flatMap((block) => (block?.statements ?? []).flatMap((each) => statementSymbol(document, each)));
  switch (node.kind) {
    case "step":
      return symbolFor(document, node, node.label ?? node.title ?? node.action, titleOf(node));
    case "group": {
      const children = within(node.body, node.onError, node.finally);
      return symbolFor(document, node, node.label ?? node.title ?? firstWord(node), titleOf(node), children);
    }
    case "if":
      return [
        ...within(node.body),
        ...(node.otherwise?.kind === "if" ? statementSymbol(document, node.otherwise) : within(node.otherwise)),
      ];
    case "for":
      return within(node.body);
  }
}

function firstWord(node: Node): Span {
  return { start: node.start, end: Math.min(node.start + 5, node.end) };
}

function symbolFor(
  document: Document,
  node: Extract<Node, { kind: keyof typeof kinds }>,
  named: Name | Node | Span,
  detail?: string,
  children: DocumentSymbol[] = [],
): DocumentSymbol[] {
  const text = document.parsed.text.slice(named.start, named.end).replaceAll(/\s+/g, " ").trim();
  const isTitle = "kind" in named && named.kind === "string";
  const name = (isTitle ? plainText(named) : text) || node.kind;
  return [
    {
      name: name.length > 80 ? `${name.slice(0, 79)}…` : name,
      kind: kinds[node.kind],
      range: rangeOf(document, node),
      selectionRange: rangeOf(document, named.start >= node.start && named.end <= node.end ? named : node),
      ...(detail === undefined || detail === name ? {} : { detail }),
      ...(children.length === 0 ? {} : { children }),
    },
  ];
}

/** Top declarations whose names hold the letters of the query in order; empty query: all. */
export function workspaceSymbols(project: EditorProject, query: string): SymbolInformation[] {
  const program = project.workspace.program();
  const letters = query.toLowerCase();
  const found: SymbolInformation[] = [];
  for (const module of program.modules.values()) {
    const document = documentOfModule(project, program, module);
    for (const symbol of module.declared.values()) {
      if (symbol.nameNode === undefined || symbol.node.kind === "importNames") continue;
      const title = titleOf(symbol.node) ?? "";
      if (!holdsInOrder(`${symbol.name} ${title}`.toLowerCase(), letters)) continue;
      const location = { uri: project.uriOf(module.path), range: rangeOf(document, symbol.nameNode) };
      found.push({ name: symbol.name, kind: kinds[symbol.node.kind], location, containerName: module.path });
    }
  }
  return found;
}

function holdsInOrder(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
