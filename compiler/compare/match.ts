// Finds which node of one outline is which of another: first what is alike in the same place, then what has kept its name, label
// or content, then what has moved elsewhere. Cost n log n in the nodes.
import type { OutlineNode, OutlineSequence } from "../outline/outline.ts";

export interface Matching {
  /** The new node of an old one, and the other way round. */
  readonly after: ReadonlyMap<OutlineNode, OutlineNode>;
  readonly before: ReadonlyMap<OutlineNode, OutlineNode>;
  /** New nodes that stand elsewhere than before: in another block, or out of the old order. */
  readonly moved: ReadonlySet<OutlineNode>;
}

/** `undefined`: no pair by this. */
type Trait = (node: OutlineNode) => string | undefined;

export function matchSequences(before: OutlineSequence, after: OutlineSequence): Matching {
  return new Matcher().match(before, after);
}

class Matcher implements Matching {
  readonly after = new Map<OutlineNode, OutlineNode>();
  readonly before = new Map<OutlineNode, OutlineNode>();
  readonly moved = new Set<OutlineNode>();
  private readonly ids = new Map<string, number>();
  private readonly wholes = new Map<OutlineNode, number>();
  private readonly inPlace: readonly Trait[] = [
    (node) => String(this.whole(node)),
    (node) => `${node.kind} ${node.name}\u0001${node.action}`,
    (node) => (node.label === undefined ? undefined : `${node.kind} ${node.label}`),
    (node) => (node.hasTitle ? `${node.kind} ${node.name}` : undefined),
    (node) => contentKey(node),
    (node) => `${node.kind}\u0001${node.action}`,
  ];
  private readonly elsewhere: readonly Trait[] = [
    (node) => (node.hasTitle || node.fields.length > 0 ? String(this.whole(node)) : undefined),
    (node) => (node.label === undefined ? undefined : `${node.kind} ${node.label}`),
    (node) => (node.hasTitle ? `${node.kind} ${node.name}\u0001${node.action}` : undefined),
    (node) => (node.hasTitle ? `${node.kind} ${node.name}` : undefined),
  ];

  match(before: OutlineSequence, after: OutlineSequence): Matching {
    this.matchLists(before.nodes, after.nodes);
    for (const trait of this.elsewhere) {
      const left = allNodes(before.nodes).filter((node) => !this.after.has(node));
      const right = allNodes(after.nodes).filter((node) => !this.before.has(node));
      if (left.length === 0 || right.length === 0) break;
      for (const [old, now] of pairsBy(left, right, trait)) {
        // An outer pair may have taken the inner one.
        if (this.after.has(old) || this.before.has(now)) continue;
        this.moved.add(now);
        this.pair(old, now);
      }
    }
    return this;
  }

  private pair(old: OutlineNode, now: OutlineNode): void {
    this.after.set(old, now);
    this.before.set(now, old);
    const others = [...now.sections];
    for (const section of old.sections) {
      const index = others.findIndex((other) => other.role === section.role);
      const [counterpart] = index === -1 ? [] : others.splice(index, 1);
      if (counterpart !== undefined) this.matchLists(section.nodes, counterpart.nodes);
    }
  }

  /** Pairs the nodes of two blocks. What is out of order has moved. */
  private matchLists(before: readonly OutlineNode[], after: readonly OutlineNode[]): void {
    const partners = new Map<OutlineNode, OutlineNode>();
    let left = before.filter((node) => !this.after.has(node));
    let right = after.filter((node) => !this.before.has(node));
    for (const trait of this.inPlace) {
      const taken = new Set<OutlineNode>();
      for (const [old, now] of pairsBy(left, right, trait)) {
        partners.set(now, old);
        taken.add(old).add(now);
      }
      left = left.filter((node) => !taken.has(node));
      right = right.filter((node) => !taken.has(node));
    }
    const places = new Map(before.map((node, index) => [node, index]));
    const ordered = after.flatMap((now) => {
      const old = partners.get(now);
      return old === undefined ? [] : [{ now, old, place: places.get(old) ?? 0 }];
    });
    const kept = longestRise(ordered.map(({ place }) => place));
    ordered.forEach(({ now, old }, index) => {
      if (!kept.has(index)) this.moved.add(now);
      this.pair(old, now);
    });
  }

  /** The same number for nodes that are alike with all in them. */
  private whole(node: OutlineNode): number {
    const known = this.wholes.get(node);
    if (known !== undefined) return known;
    const sections = node.sections.map((section) => [
      section.role,
      section.condition?.key ?? "",
      section.nodes.map((inner) => this.whole(inner)),
    ]);
    const key = JSON.stringify([node.kind, node.name, node.label ?? "", node.action, fieldKeys(node), sections]);
    const id = this.ids.get(key) ?? this.ids.size;
    this.ids.set(key, id);
    this.wholes.set(node, id);
    return id;
  }
}

function fieldKeys(node: OutlineNode): readonly string[] {
  return node.fields.map((field) => `${field.kind} ${field.name}\u0001${field.key}`).sort();
}

/** What a renamed node keeps: its action with all arguments, or one of the names in it. */
function contentKey(node: OutlineNode): string | undefined {
  if (node.kind === "step") return JSON.stringify([node.action, fieldKeys(node)]);
  const first = node.sections[0]?.nodes[0];
  return first === undefined ? undefined : `${node.kind} with ${first.name}`;
}

function allNodes(nodes: readonly OutlineNode[]): readonly OutlineNode[] {
  return nodes.flatMap((node) => [node, ...node.sections.flatMap((section) => allNodes(section.nodes))]);
}

/** Pairs of equal traits: the first with the first, the second with the second. */
function pairsBy(
  left: readonly OutlineNode[],
  right: readonly OutlineNode[],
  trait: Trait,
): readonly (readonly [OutlineNode, OutlineNode])[] {
  const waiting = new Map<string, OutlineNode[]>();
  for (const node of left.toReversed()) {
    const key = trait(node);
    if (key === undefined) continue;
    const known = waiting.get(key);
    if (known === undefined) waiting.set(key, [node]);
    else known.push(node);
  }
  return right.flatMap((node) => {
    const key = trait(node);
    const partner = key === undefined ? undefined : waiting.get(key)?.pop();
    return partner === undefined ? [] : [[partner, node] as const];
  });
}

/** The places in a list that make its longest rising run: what has kept its order. */
function longestRise(values: readonly number[]): ReadonlySet<number> {
  const ends: number[] = [];
  const previous: number[] = [];
  values.forEach((value, index) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((values[ends[middle] ?? 0] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] ?? -1);
    ends[low] = index;
  });
  const kept = new Set<number>();
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) kept.add(index);
  return kept;
}
