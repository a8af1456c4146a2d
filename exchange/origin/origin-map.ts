// What the text said when it was imported: a digest of each part of each step and group. Export compares with it, so that what
// nobody changed comes out as it came in.
import { dump } from "@sequitur/grammar";
import type { Doc, File, Group, Node, SequenceDeclaration, Statement, Step } from "@sequitur/grammar";
import { sha256 } from "@sequitur/runtime/plan";

export interface OriginNode {
  readonly kind: "group" | "step";
  readonly name: string;
  /** Digests by part: `name`, `doc`, `action`, and clauses by their kind. */
  readonly parts: { readonly [part: string]: string };
  readonly children?: readonly OriginNode[];
}

export interface OriginMap {
  readonly format: 1;
  readonly sequence: string;
  readonly nodes: readonly OriginNode[];
}

/** Of the one sequence in a file; `scripts`: texts of script files, by the path that the source names. */
export function originMap(file: File, scripts: ReadonlyMap<string, string>): OriginMap {
  const sequence = sequenceIn(file);
  const title = sequence?.title === undefined ? "" : digest(sequence.title);
  return { format: 1, sequence: title, nodes: sequence === undefined ? [] : statementNodes(sequence, scripts) };
}

export function sequenceIn(file: File): SequenceDeclaration | undefined {
  return file.declarations.find((declaration) => declaration.kind === "sequence");
}

function statementNodes(sequence: SequenceDeclaration, scripts: ReadonlyMap<string, string>): readonly OriginNode[] {
  return originNodes(statementsOf(sequence), scripts);
}

export function statementsOf(sequence: SequenceDeclaration): readonly Statement[] {
  return sequence.members.filter((member) => member.kind !== "options" && member.kind !== "variable");
}

function originNodes(statements: readonly Statement[], scripts: ReadonlyMap<string, string>): readonly OriginNode[] {
  return statements.flatMap((statement) =>
    statement.kind === "step" || statement.kind === "group" ? [originNode(statement, scripts)] : [],
  );
}

/** The parts of a node, without its children. */
export function originNode(node: Step | Group, scripts: ReadonlyMap<string, string>): OriginNode {
  const parts = partsOf(node, scripts);
  const name = plainTitle(node);
  if (node.kind === "step") return { kind: "step", name, parts };
  return { kind: "group", name, parts, children: originNodes(node.body.statements, scripts) };
}

export function plainTitle(node: Step | Group): string {
  const pieces = node.title?.parts ?? [];
  return pieces.map((piece) => (piece.kind === "stringText" ? piece.value : "")).join("");
}

function partsOf(node: Step | Group, scripts: ReadonlyMap<string, string>): { readonly [part: string]: string } {
  const parts: { [part: string]: string } = { name: short(plainTitle(node)) };
  if (node.doc !== undefined) parts["doc"] = short(docText(node.doc));
  if (node.kind === "step") parts["action"] = actionDigest(node, scripts);
  else {
    if (node.onError !== undefined) parts["onError"] = digest(node.onError);
    if (node.finally !== undefined) parts["finally"] = digest(node.finally);
  }
  for (const clause of node.clauses) parts[clause.kind] = digest(clause);
  return parts;
}

export function docText(doc: Doc): string {
  return doc.text;
}

function actionDigest(step: Step, scripts: ReadonlyMap<string, string>): string {
  const { action } = step;
  const path = action.kind === "script" && action.source.kind === "scriptFile" ? action.source.path : undefined;
  if (path === undefined || path.kind === "missing") return digest(action);
  const name = path.parts.map((part) => (part.kind === "stringText" ? part.value : "")).join("");
  const script = scripts.get(name);
  return script === undefined ? digest(action) : short(`${dumpWithoutPlaces(action)}\n${script}`);
}

function digest(node: Node): string {
  return short(dumpWithoutPlaces(node));
}

/** A tree as text without the places: layout does not count. */
export function dumpWithoutPlaces(node: Node): string {
  return dump(node).replace(/ \d+-\d+$/gm, "");
}

function short(text: string): string {
  return sha256(text).slice(0, 16);
}
