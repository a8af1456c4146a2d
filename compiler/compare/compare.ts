// Compares two outlines: what was added, removed, moved, renamed or set otherwise. Layout, comments and the order of clauses
// don't count.
import type {
  Outline,
  OutlineDeclaration,
  OutlineField,
  OutlineNode,
  OutlineSequence,
  OutlineVariable,
} from "../outline/outline.ts";
import { markedNode } from "../picture/picture.ts";
import type { PictureNode, PictureSection, PictureSequence } from "../picture/picture.ts";
import type { Comparison, DeclarationChange, FieldChange, NodeChange, SequenceChange } from "./comparison.ts";
import { fieldChangeText } from "./change-text.ts";
import { matchSequences } from "./match.ts";
import type { Matching } from "./match.ts";

export function compareOutlines(before: Outline, after: Outline): Comparison {
  const sequences: SequenceChange[] = [];
  const merged: PictureSequence[] = [];
  const partners = pairSequences(before.sequences, after.sequences);
  for (const sequence of after.sequences) {
    const old = partners.get(sequence);
    if (old === undefined) {
      sequences.push(wholeSequence(sequence, "added"));
      merged.push(markedSequence(sequence, "added"));
      continue;
    }
    const compared = new SequenceComparer(old, sequence);
    const fields = sequenceFields(old, sequence);
    const nodes = compared.changes();
    const { name, title, file } = sequence;
    if (fields.length + nodes.length > 0)
      sequences.push({ kind: "changed", name, title, file, steps: 0, fields, nodes });
    merged.push({ sequence, mark: fields.length > 0 ? "changed" : "same", nodes: compared.merged() });
  }
  const kept = new Set(partners.values());
  for (const sequence of before.sequences) {
    if (kept.has(sequence)) continue;
    sequences.push(wholeSequence(sequence, "removed"));
    merged.push(markedSequence(sequence, "removed"));
  }
  return { sequences, declarations: declarationChanges(before.declarations, after.declarations), merged };
}

/** The old sequence of each new one: by file and name, else by name, else the only ones left. */
function pairSequences(
  before: readonly OutlineSequence[],
  after: readonly OutlineSequence[],
): ReadonlyMap<OutlineSequence, OutlineSequence> {
  const partners = new Map<OutlineSequence, OutlineSequence>();
  const left = new Set(before);
  const right = new Set(after);
  const traits: readonly ((sequence: OutlineSequence) => string)[] = [({ key }) => key, ({ name }) => name];
  for (const trait of traits) {
    const known = new Map([...left].map((sequence) => [trait(sequence), sequence]));
    for (const sequence of right) {
      const old = known.get(trait(sequence));
      if (old === undefined || !left.delete(old)) continue;
      right.delete(sequence);
      partners.set(sequence, old);
    }
  }
  const [old] = left;
  const [now] = right;
  const isPair = old !== undefined && now !== undefined && left.size === 1 && right.size === 1;
  if (isPair && (partners.size === 0 || areAlike(old, now))) partners.set(now, old);
  return partners;
}

/** At least half of the titles of one are in the other: it was renamed. */
function areAlike(before: OutlineSequence, after: OutlineSequence): boolean {
  const titles = new Set(before.nodes.flatMap((node) => (node.hasTitle ? [node.name] : [])));
  const kept = after.nodes.filter((node) => titles.has(node.name)).length;
  return titles.size > 0 && kept * 2 >= titles.size;
}

function wholeSequence({ name, title, file, nodes }: OutlineSequence, kind: "added" | "removed"): SequenceChange {
  const steps = nodes.reduce((sum, node) => sum + stepCount(node), 0);
  return { kind, name, title, file, steps, fields: [], nodes: [] };
}

function markedSequence(sequence: OutlineSequence, mark: "added" | "removed"): PictureSequence {
  return { sequence, mark, nodes: sequence.nodes.map((node) => markedNode(node, mark)) };
}

function stepCount(node: OutlineNode): number {
  const inner = node.sections.flatMap((section) => section.nodes);
  return inner.reduce((sum, each) => sum + stepCount(each), node.kind === "step" ? 1 : 0);
}

function sequenceFields(before: OutlineSequence, after: OutlineSequence): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  if (before.name !== after.name) fields.push({ kind: "name", name: "name", before: before.name, after: after.name });
  if (before.title !== after.title)
    fields.push({ kind: "name", name: "title", before: before.title, after: after.title });
  fields.push(...fieldChanges(before.options, after.options));
  fields.push(...fieldChanges(before.variables.map(variableField), after.variables.map(variableField)));
  return fields;
}

const roleWords: { readonly [role: string]: string } = {
  param: "parameter",
  secret: "secret parameter",
  output: "output",
  var: "variable",
  globalVar: "global variable",
  globalSecret: "global secret",
  externGlobalVar: "global variable of another sequence",
  externGlobalSecret: "global secret of another sequence",
};

function variableField({ role, name, text, key }: OutlineVariable): OutlineField {
  return { kind: "setting", name: `${roleWords[role] ?? role} ${name}`, text, key };
}

function fieldChanges(before: readonly OutlineField[], after: readonly OutlineField[]): readonly FieldChange[] {
  const known = new Map(before.map((field) => [`${field.kind} ${field.name}`, field]));
  const changes: FieldChange[] = [];
  for (const { kind, name, text, key } of after) {
    const old = known.get(`${kind} ${name}`);
    known.delete(`${kind} ${name}`);
    if (old === undefined) changes.push({ kind, name, after: text });
    else if (old.key !== key) changes.push({ kind, name, before: old.text, after: text });
  }
  for (const { kind, name, text } of known.values()) changes.push({ kind, name, before: text });
  return changes;
}

function declarationChanges(
  before: readonly OutlineDeclaration[],
  after: readonly OutlineDeclaration[],
): readonly DeclarationChange[] {
  const keyOf = ({ kind, name }: OutlineDeclaration): string => `${kind} ${name}`;
  const known = new Map<string, OutlineDeclaration[]>();
  for (const declaration of before) {
    const list = known.get(keyOf(declaration));
    if (list === undefined) known.set(keyOf(declaration), [declaration]);
    else list.push(declaration);
  }
  const changes: DeclarationChange[] = [];
  for (const declaration of after) {
    const list = known.get(keyOf(declaration)) ?? [];
    const same = list.findIndex(({ file }) => file === declaration.file);
    const [old] = list.splice(Math.max(same, 0), 1);
    const { kind, name, file, text } = declaration;
    if (old === undefined) changes.push({ kind, name, file, after: text });
    else if (old.key !== declaration.key) changes.push({ kind, name, file, before: old.text, after: text });
  }
  for (const { kind, name, file, text } of [...known.values()].flat()) changes.push({ kind, name, file, before: text });
  return changes;
}

/** Where a node stands. */
interface Place {
  /** Names of the blocks around it. */
  readonly within: readonly string[];
  /** The node before it in its block. */
  readonly previous: OutlineNode | undefined;
}

class SequenceComparer {
  private readonly before: OutlineSequence;
  private readonly after: OutlineSequence;
  private readonly matching: Matching;
  private readonly oldPlaces = new Map<OutlineNode, Place>();
  private readonly newPlaces = new Map<OutlineNode, Place>();

  constructor(before: OutlineSequence, after: OutlineSequence) {
    this.before = before;
    this.after = after;
    this.matching = matchSequences(before, after);
    notePlaces(before.nodes, [], this.oldPlaces);
    notePlaces(after.nodes, [], this.newPlaces);
  }

  /** New and changed nodes in the order of the new version, then those that are gone in that of the old one. */
  changes(): readonly NodeChange[] {
    const changes: NodeChange[] = [];
    this.visitNew(this.after.nodes, changes);
    this.visitOld(this.before.nodes, changes);
    return changes;
  }

  private visitNew(nodes: readonly OutlineNode[], changes: NodeChange[]): void {
    for (const node of nodes) {
      const old = this.matching.before.get(node);
      if (old === undefined) {
        changes.push(this.whole(node, "added"));
        // What moved into it is worth a word of its own; what is new with it is not.
        this.visitMovedInto(node, changes);
        continue;
      }
      const change = this.changeOf(old, node);
      if (change !== undefined) changes.push(change);
      for (const section of node.sections) this.visitNew(section.nodes, changes);
    }
  }

  private visitMovedInto(node: OutlineNode, changes: NodeChange[]): void {
    for (const inner of node.sections.flatMap((section) => section.nodes)) {
      if (this.matching.before.has(inner)) this.visitNew([inner], changes);
      else this.visitMovedInto(inner, changes);
    }
  }

  private visitOld(nodes: readonly OutlineNode[], changes: NodeChange[], isGone = false): void {
    for (const node of nodes) {
      const gone = !this.matching.after.has(node);
      if (gone && !isGone) changes.push(this.whole(node, "removed"));
      for (const section of node.sections) this.visitOld(section.nodes, changes, gone);
    }
  }

  private whole(node: OutlineNode, kind: "added" | "removed"): NodeChange {
    const partners = kind === "added" ? this.matching.before : this.matching.after;
    const place = (kind === "added" ? this.newPlaces : this.oldPlaces).get(node);
    const given = node.fields.map(({ kind: field, name, text }): FieldChange => ({
      kind: field,
      name,
      ...(kind === "added" ? { after: text } : { before: text }),
    }));
    return {
      kind,
      what: node.kind,
      name: node.name,
      within: place?.within ?? [],
      fields:
        node.kind === "step" && node.hasTitle
          ? [
              {
                kind: "action",
                name: "action",
                ...(kind === "added" ? { after: node.action } : { before: node.action }),
              },
              ...given,
            ]
          : given,
      steps: unpairedSteps(node, partners),
      ...(kind === "added" ? { lineAfter: node.line } : { lineBefore: node.line }),
      warnings: kind === "added" ? warningsOf(node, partners) : [],
    };
  }

  private changeOf(old: OutlineNode, now: OutlineNode): NodeChange | undefined {
    const fields = nodeFields(old, now);
    const moved = this.matching.moved.has(now);
    if (fields.length === 0 && !moved) return undefined;
    const place = this.newPlaces.get(now);
    const from = this.oldPlaces.get(old)?.within ?? [];
    const within = place?.within ?? [];
    const staysWithin = from.join("\u0001") === within.join("\u0001");
    return {
      kind: moved ? "moved" : "changed",
      what: now.kind,
      name: now.name,
      within,
      ...(moved && !staysWithin ? { from } : {}),
      ...(moved && staysWithin ? { follows: place?.previous?.name ?? "" } : {}),
      fields,
      steps: 0,
      lineBefore: old.line,
      lineAfter: now.line,
      warnings: [
        ...(now.destroys && !old.destroys ? ["it destroys data now"] : []),
        ...(now.disabled && !old.disabled ? ["it is disabled now"] : []),
        ...(now.continuesOnError && !old.continuesOnError ? ["its failure does not count any more"] : []),
      ],
    };
  }

  /** The new version with what is gone put in where it was. */
  merged(): readonly PictureNode[] {
    return this.mergedList(this.before.nodes, this.after.nodes);
  }

  private mergedList(before: readonly OutlineNode[], after: readonly OutlineNode[]): readonly PictureNode[] {
    const merged: PictureNode[] = [];
    const gone = new Map<OutlineNode | undefined, PictureNode[]>();
    let anchor: OutlineNode | undefined;
    const present = new Set(after);
    for (const old of before) {
      const now = this.matching.after.get(old);
      if (now !== undefined) {
        if (present.has(now) && !this.matching.moved.has(now)) anchor = now;
        continue;
      }
      const list = gone.get(anchor) ?? [];
      list.push(this.goneNode(old));
      gone.set(anchor, list);
    }
    merged.push(...(gone.get(undefined) ?? []));
    for (const node of after) merged.push(this.mergedNode(node), ...(gone.get(node) ?? []));
    return merged;
  }

  /** A removed node without what has moved out of it. */
  private goneNode(node: OutlineNode): PictureNode {
    return {
      node,
      mark: "removed",
      notes: [],
      sections: node.sections.map((section) => ({
        ...section,
        nodes: section.nodes.flatMap((inner) => (this.matching.after.has(inner) ? [] : [this.goneNode(inner)])),
      })),
    };
  }

  private mergedNode(node: OutlineNode): PictureNode {
    const old = this.matching.before.get(node);
    const others = [...(old?.sections ?? [])];
    const sections = node.sections.map((section): PictureSection => {
      const index = others.findIndex((other) => other.role === section.role);
      const [counterpart] = index === -1 ? [] : others.splice(index, 1);
      return { ...section, nodes: this.mergedList(counterpart?.nodes ?? [], section.nodes) };
    });
    const lost = others.flatMap((section) => {
      const nodes = this.mergedList(section.nodes, []);
      return nodes.length === 0 ? [] : [{ ...section, nodes }];
    });
    const change = old === undefined ? undefined : this.changeOf(old, node);
    const mark = old === undefined ? "added" : (change?.kind ?? "same");
    return { node, mark, notes: (change?.fields ?? []).map(fieldChangeText), sections: [...sections, ...lost] };
  }
}

const sectionWords = { body: "", else: "else", onError: "on error", finally: "finally" } as const;

function notePlaces(nodes: readonly OutlineNode[], within: readonly string[], places: Map<OutlineNode, Place>): void {
  let previous: OutlineNode | undefined;
  for (const node of nodes) {
    places.set(node, { within, previous });
    previous = node;
    for (const section of node.sections) {
      const word = sectionWords[section.role];
      notePlaces(section.nodes, [...within, word === "" ? node.name : `${node.name}, ${word}`], places);
    }
  }
}

function nodeFields(old: OutlineNode, now: OutlineNode): readonly FieldChange[] {
  const fields: FieldChange[] = [];
  if ((old.hasTitle || now.hasTitle) && old.name !== now.name) {
    fields.push({ kind: "name", name: "name", before: old.name, after: now.name });
  }
  if (old.label !== now.label) {
    fields.push({
      kind: "label",
      name: "label",
      ...(old.label === undefined ? {} : { before: old.label }),
      ...(now.label === undefined ? {} : { after: now.label }),
    });
  }
  if (old.action !== now.action && now.kind === "step") {
    fields.push({ kind: "action", name: "action", before: old.action, after: now.action });
  }
  return [...fields, ...fieldChanges(old.fields, now.fields), ...fieldChanges(sectionFields(old), sectionFields(now))];
}

/** Blocks that came or went, and the conditions of `else if`. */
function sectionFields(node: OutlineNode): readonly OutlineField[] {
  let branch = 0;
  return node.sections.flatMap(({ role, condition }): readonly OutlineField[] => {
    if (role === "body") return [];
    if (role === "onError") return [{ kind: "setting", name: "on error block", text: "yes", key: "" }];
    if (role === "finally") return [{ kind: "setting", name: "finally block", text: "yes", key: "" }];
    if (condition === undefined) return [{ kind: "setting", name: "else block", text: "yes", key: "" }];
    branch += 1;
    return [{ ...condition, kind: "condition", name: `condition of else if ${branch}` }];
  });
}

function unpairedSteps(node: OutlineNode, partners: ReadonlyMap<OutlineNode, OutlineNode>): number {
  if (partners.has(node)) return 0;
  const inner = node.sections.flatMap((section) => section.nodes);
  return inner.reduce((sum, each) => sum + unpairedSteps(each, partners), node.kind === "step" ? 1 : 0);
}

function warningsOf(node: OutlineNode, partners: ReadonlyMap<OutlineNode, OutlineNode>): readonly string[] {
  const found = new Set<string>();
  const visit = (each: OutlineNode): void => {
    if (partners.has(each)) return;
    if (each.destroys) found.add("destroys data");
    if (each.restarts) found.add("may restart the machine");
    for (const section of each.sections) section.nodes.forEach(visit);
  };
  visit(node);
  return [...found];
}
