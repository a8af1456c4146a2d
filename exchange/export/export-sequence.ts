// A sequence back as XML. With its origin: what nobody changed keeps its bytes, what changed is replaced where it changed, what is
// new comes from a template. Without: templates alone.
import { invariant, lineMap, parse } from "@sequitur/grammar";
import type { Group, Node, Statement, Step } from "@sequitur/grammar";
import { sha256 } from "@sequitur/runtime/plan";
import { readDocument } from "../foreign/read-document.ts";
import type { Dialect, ForeignNode } from "../foreign/model.ts";
import { originMap, originNode, sequenceIn, statementsOf } from "../origin/origin-map.ts";
import type { OriginMap, OriginNode } from "../origin/origin-map.ts";
import { decodeXml, encodeXml } from "../xml/decode.ts";
import { escapeAttribute } from "../xml/read.ts";
import { exportChange } from "./export-change.ts";
import { groupXml, stepXml } from "./export-template.ts";
import type { TemplateContext } from "./export-template.ts";
import { applyEdits } from "./xml-edit.ts";
import type { XmlEdit } from "./xml-edit.ts";

export interface ExportInput {
  /** The source file, and its text. */
  readonly path: string;
  readonly text: string;
  /** Texts of the script files that it names, by the path as it is written there. */
  readonly scripts: ReadonlyMap<string, string>;
  /** What content is called in the other system, by its name here. */
  readonly contents: ReadonlyMap<string, string>;
  readonly origin?: { readonly xml: Uint8Array; readonly map: OriginMap };
  /** Without an origin. */
  readonly dialect?: Dialect;
  /** Values of secrets by their marker; those that lack are left empty. */
  readonly secrets?: ReadonlyMap<string, string>;
}

export interface ExportProblem {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

export type Exported =
  | { readonly kind: "xml"; readonly bytes: Uint8Array; readonly kept: number; readonly changed: number }
  | { readonly kind: "problems"; readonly problems: readonly ExportProblem[] };

export function exportSequence(input: ExportInput): Exported {
  const parsed = parse(input.text, input.path);
  const place = (at: { readonly start: number }): { line: number; column: number } =>
    lineMap(input.text).positionAt(at.start);
  const [wrong] = parsed.diagnostics.filter(({ severity }) => severity === "error");
  if (wrong !== undefined) return problem({ path: input.path, ...place(wrong), message: wrong.message });
  const sequence = sequenceIn(parsed.tree);
  if (sequence === undefined)
    return problem({ path: input.path, line: 1, column: 1, message: "there is no sequence in it" });
  const problems: { readonly at: Node; readonly why: string }[] = [];
  const exporter = new Exporter(input, originMap(parsed.tree, input.scripts).sequence, problems);
  const result =
    input.origin === undefined
      ? exporter.fresh(sequence.title, statementsOf(sequence))
      : exporter.withOrigin(input.origin, statementsOf(sequence));
  if ("problem" in result) return problem({ path: input.path, line: 1, column: 1, message: result.problem });
  if (problems.length > 0) {
    const found = problems.map(({ at, why }) => ({ path: input.path, ...place(at), message: why }));
    return { kind: "problems", problems: found };
  }
  return { kind: "xml", bytes: result.bytes, kept: exporter.kept, changed: exporter.changed };
}

function problem(found: ExportProblem): Exported {
  return { kind: "problems", problems: [found] };
}

type Result = { readonly bytes: Uint8Array } | { readonly problem: string };

interface Pair {
  readonly statement: Step | Group;
  readonly now: OriginNode;
  /** The old node that it is, by its place; undefined: it is new. */
  old?: number;
}

interface OldNode {
  readonly map: OriginNode;
  readonly foreign: ForeignNode;
}

class Exporter {
  kept = 0;
  changed = 0;
  private text = "";
  private dialect: Dialect = "mdt";
  private readonly input: ExportInput;
  private readonly problems: { readonly at: Node; readonly why: string }[];

  /** Digest of the title, as the origin notes it. */
  private readonly title: string;

  constructor(input: ExportInput, title: string, problems: { readonly at: Node; readonly why: string }[]) {
    this.input = input;
    this.title = title;
    this.problems = problems;
  }

  fresh(title: Node | undefined, statements: readonly Statement[]): Result {
    this.dialect = this.input.dialect ?? "mdt";
    const name =
      title?.kind === "string"
        ? title.parts.map((part) => (part.kind === "stringText" ? part.value : "")).join("")
        : "";
    const inside = this.newNodes(statements);
    const isMdt = this.dialect === "mdt";
    const head = isMdt
      ? `<sequence version="3.00" name="${escapeAttribute(name)}" description="">`
      : '<sequence version="3.10">';
    const declaration = isMdt ? '<?xml version="1.0"?>\n' : "";
    return { bytes: encodeXml(`${declaration}${head}${inside}</sequence>\n`, "utf-8") };
  }

  withOrigin(
    { xml, map }: { readonly xml: Uint8Array; readonly map: OriginMap },
    statements: readonly Statement[],
  ): Result {
    const decoded = decodeXml(xml);
    if (decoded.kind === "problem") return { problem: `its origin can't be read: ${decoded.problem.message}` };
    this.text = decoded.text;
    const read = readDocument(decoded.text);
    if (read.kind !== "document") return { problem: "its origin is no sequence" };
    const olds = paired(map.nodes, read.document.sequence.children);
    if (olds === undefined) return { problem: "its origin and the map of it don't fit together: import it again" };
    this.dialect = read.document.sequence.dialect;
    if (this.title !== map.sequence) return { problem: "a changed title of a sequence can't be written back yet" };
    const edits = this.align(statements, olds, read.document.sequence.element);
    const text = applyEdits(this.text, edits);
    return { bytes: encodeXml(this.withSecrets(text), decoded.encoding) };
  }

  /** A marker becomes the value that was given, or nothing. */
  private withSecrets(text: string): string {
    return text.replace(/SEQUITUR-SECRET-\d+/g, (marker) => this.input.secrets?.get(marker) ?? "");
  }

  private align(
    statements: readonly Statement[],
    olds: readonly OldNode[],
    parent: ForeignNode["element"],
  ): readonly XmlEdit[] {
    const pairs = this.pairsOf(statements);
    match(
      pairs,
      olds.map(({ map }) => map),
    );
    const edits: XmlEdit[] = [];
    const used = new Set(pairs.map(({ old }) => old));
    const inPlace = increasing(pairs);
    let after: { readonly at: number; readonly blanks: string } | undefined;
    for (const [index, { foreign }] of olds.entries()) {
      if (used.has(index) && inPlace.has(index)) continue;
      const start = this.blanksBefore(foreign.element.start);
      edits.push({ start, end: foreign.element.end, text: "" });
    }
    const firstOld = olds[0]?.foreign.element.start;
    for (const pair of pairs) {
      const old = pair.old === undefined ? undefined : olds[pair.old];
      if (old !== undefined && pair.old !== undefined && inPlace.has(pair.old)) {
        edits.push(...this.changes(pair, old));
        const { start, end } = old.foreign.element;
        after = { at: end, blanks: this.text.slice(this.blanksBefore(start), start) };
        continue;
      }
      const xml = old === undefined ? this.newNode(pair.statement) : this.moved(pair, old);
      const at = after?.at ?? (firstOld === undefined ? parent.contentEnd : this.blanksBefore(firstOld));
      const blanks =
        after?.blanks ?? (firstOld === undefined ? "" : this.text.slice(this.blanksBefore(firstOld), firstOld));
      edits.push({ start: at, end: at, text: `${blanks}${xml}` });
    }
    return edits;
  }

  private pairsOf(statements: readonly Statement[]): readonly Pair[] {
    const pairs: Pair[] = [];
    for (const statement of statements) {
      if (statement.kind === "step" || statement.kind === "group") {
        pairs.push({ statement, now: originNode(statement, this.input.scripts) });
      } else this.problems.push({ at: statement, why: `\`${statement.kind}\` can't be written there yet` });
    }
    return pairs;
  }

  private moved(pair: Pair, old: OldNode): string {
    const { start, end } = old.foreign.element;
    const edits = this.changes(pair, old).map((edit) => ({
      ...edit,
      start: edit.start - start,
      end: edit.end - start,
    }));
    return applyEdits(this.text.slice(start, end), edits);
  }

  private changes({ statement, now }: Pair, old: OldNode): readonly XmlEdit[] {
    const edits: XmlEdit[] = [];
    const parts = new Set([...Object.keys(old.map.parts), ...Object.keys(now.parts)]);
    let isChanged = false;
    for (const part of parts) {
      if (old.map.parts[part] === now.parts[part]) continue;
      isChanged = true;
      const changed = {
        text: this.text,
        contents: this.input.contents,
        dialect: this.dialect,
        node: statement,
        foreign: old.foreign,
      };
      const change = exportChange(changed, part);
      if ("why" in change) this.problems.push({ at: statement, why: change.why });
      else edits.push(...change.edits);
    }
    if (isChanged) this.changed++;
    else this.kept++;
    if (statement.kind === "group" && old.foreign.kind === "group") {
      const children = paired(old.map.children ?? [], old.foreign.children);
      invariant(children !== undefined, "the whole map was compared before");
      edits.push(...this.align(statement.body.statements, children, old.foreign.element));
    }
    return withoutDoubles(edits);
  }

  private newNodes(statements: readonly Statement[]): string {
    return statements.map((statement) => this.newNode(statement)).join("");
  }

  private newNode(statement: Statement): string {
    this.changed++;
    const ctx: TemplateContext = { dialect: this.dialect, contents: this.input.contents };
    if (statement.kind !== "step" && statement.kind !== "group") {
      this.problems.push({ at: statement, why: `\`${statement.kind}\` can't be written there yet` });
      return "";
    }
    const templated =
      statement.kind === "step"
        ? stepXml(ctx, statement)
        : groupXml(ctx, statement, this.newNodes(statement.body.statements));
    if ("xml" in templated) return templated.xml;
    this.problems.push({ at: templated.at, why: templated.why });
    return "";
  }

  private blanksBefore(offset: number): number {
    let at = offset;
    while (at > 0 && /\s/.test(this.text.charAt(at - 1))) at--;
    return at;
  }
}

/** Success and reboots are one attribute: both change it in the same way. */
function withoutDoubles(edits: readonly XmlEdit[]): readonly XmlEdit[] {
  const known = new Set<string>();
  return edits.filter(({ start, end, text }) => {
    const key = `${start} ${end} ${text}`;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

/** The map and the XML, node by node; undefined: they are of different forms. */
function paired(maps: readonly OriginNode[], nodes: readonly ForeignNode[]): readonly OldNode[] | undefined {
  if (maps.length !== nodes.length) return undefined;
  const olds: OldNode[] = [];
  for (const [index, map] of maps.entries()) {
    const foreign = nodes[index];
    if (foreign === undefined || foreign.kind !== map.kind) return undefined;
    if (foreign.kind === "group" && paired(map.children ?? [], foreign.children) === undefined) return undefined;
    olds.push({ map, foreign });
  }
  return olds;
}

/** Equal nodes in order first, then those of the same name, then equal ones that have moved. */
function match(pairs: readonly Pair[], olds: readonly OriginNode[]): void {
  const free = new Set(olds.keys());
  const take = (pair: Pair, fits: (old: OriginNode) => boolean, from = 0): number | undefined => {
    for (const index of free) {
      const old = olds[index];
      if (index < from || old === undefined || old.kind !== pair.now.kind || !fits(old)) continue;
      free.delete(index);
      pair.old = index;
      return index;
    }
    return undefined;
  };
  let from = 0;
  for (const pair of pairs) {
    const found = take(pair, (old) => whole(old) === whole(pair.now), from);
    if (found !== undefined) from = found + 1;
  }
  const rules: readonly ((old: OriginNode, now: OriginNode) => boolean)[] = [
    (old, now) => whole(old) === whole(now),
    (old, now) => own(old) === own(now),
    (old, now) => old.name === now.name,
    (old, now) => old.parts["action"] !== undefined && old.parts["action"] === now.parts["action"],
  ];
  for (const rule of rules) {
    for (const pair of pairs) if (pair.old === undefined) take(pair, (old) => rule(old, pair.now));
  }
}

function own(node: OriginNode): string {
  return JSON.stringify(Object.entries(node.parts).sort());
}

const wholes = new WeakMap<OriginNode, string>();

/** A node with all that is in it, as a text to compare; made once for each. */
function whole(node: OriginNode): string {
  const known = wholes.get(node);
  if (known !== undefined) return known;
  const made = sha256(`${own(node)}[${(node.children ?? []).map(whole).join(",")}]`);
  wholes.set(node, made);
  return made;
}

/** The old places that stay where they are: a longest increasing row of them. */
function increasing(pairs: readonly Pair[]): ReadonlySet<number> {
  const places = pairs.flatMap(({ old }) => (old === undefined ? [] : [old]));
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  places.forEach((place, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[ends[middle] ?? 0] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = low === 0 ? undefined : ends[low - 1];
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let at = ends.at(-1); at !== undefined; at = before[at]) kept.add(places[at] ?? -1);
  return kept;
}
