// A picture as vertices, clusters and edges, for the forms that a layout of their own is made from (Mermaid, DOT).
import { unreachable } from "@sequitur/grammar";
import type { StepCategory } from "../outline/outline.ts";
import { badgesOf } from "./card.ts";
import type { ChangeMark, Picture, PictureNode, PictureSection } from "./picture.ts";

export interface Vertex {
  readonly kind: "vertex";
  readonly id: string;
  readonly shape: "terminal" | "condition" | "step";
  readonly category: StepCategory | "none";
  /** The first is its title. */
  readonly lines: readonly string[];
  readonly mark: ChangeMark;
}

export interface Cluster {
  readonly kind: "cluster";
  readonly id: string;
  readonly title: string;
  readonly role: "sequence" | "group" | "loop" | "handler" | "finally";
  readonly mark: ChangeMark;
  readonly items: (Vertex | Cluster)[];
}

export interface Edge {
  readonly from: string;
  readonly to: string;
  /** Empty: none. */
  readonly label: string;
  readonly role: "flow" | "failure" | "call";
}

export interface FlowGraph {
  readonly title: string;
  readonly clusters: readonly Cluster[];
  readonly edges: readonly Edge[];
}

/** Where the flow leaves something, and what the edge from there says. */
interface Exit {
  readonly id: string;
  readonly label: string;
}

export function flowGraphOf(picture: Picture): FlowGraph {
  return new GraphMaker(picture).make();
}

class GraphMaker {
  private readonly picture: Picture;
  private readonly edges: Edge[] = [];
  private readonly starts: ReadonlyMap<string, string>;
  private count = 0;

  constructor(picture: Picture) {
    this.picture = picture;
    this.starts = new Map(picture.sequences.map(({ sequence }, index) => [sequence.key, `s${index + 1}`]));
  }

  make(): FlowGraph {
    const clusters = this.picture.sequences.map(({ sequence, mark, nodes }) => {
      const start = this.starts.get(sequence.key) ?? "s0";
      const items: (Vertex | Cluster)[] = [terminal(start, "start")];
      const exits = this.nodes(nodes, [{ id: start, label: "" }], items);
      const end = `${start}end`;
      items.push(terminal(end, "end"));
      this.connect(exits, end);
      return { kind: "cluster", id: this.next("g"), title: sequence.title, role: "sequence", mark, items } as const;
    });
    return { title: this.picture.title, clusters, edges: this.edges };
  }

  private next(letter: string): string {
    this.count += 1;
    return `${letter}${this.count}`;
  }

  private connect(exits: readonly Exit[], to: string): void {
    for (const { id, label } of exits) this.edges.push({ from: id, to, label, role: "flow" });
  }

  private nodes(nodes: readonly PictureNode[], entries: readonly Exit[], items: (Vertex | Cluster)[]): readonly Exit[] {
    let exits = entries;
    for (const node of nodes) exits = this.node(node, exits, items);
    return exits;
  }

  private node(picture: PictureNode, entries: readonly Exit[], items: (Vertex | Cluster)[]): readonly Exit[] {
    switch (picture.node.kind) {
      case "step":
        return this.guarded(picture, entries, items, (inner) => this.step(picture, inner, items));
      case "group":
        return this.guarded(picture, entries, items, (inner) => this.group(picture, inner, items));
      case "for":
        return this.loop(picture, entries, items);
      case "if":
        return this.branch(picture, entries, items);
      default:
        return unreachable(picture.node.kind);
    }
  }

  private guarded(
    { node, mark }: PictureNode,
    entries: readonly Exit[],
    items: (Vertex | Cluster)[],
    inner: (entries: readonly Exit[]) => readonly Exit[],
  ): readonly Exit[] {
    const condition = node.fields.find((field) => field.kind === "condition");
    if (condition === undefined) return inner(entries);
    const id = this.condition(condition.text, mark, entries, items);
    return [...inner([{ id, label: "yes" }]), { id, label: "no" }];
  }

  private condition(text: string, mark: ChangeMark, entries: readonly Exit[], items: (Vertex | Cluster)[]): string {
    const id = this.next("c");
    items.push({ kind: "vertex", id, shape: "condition", category: "none", lines: [text], mark });
    this.connect(entries, id);
    return id;
  }

  private step(
    { node, mark, notes }: PictureNode,
    entries: readonly Exit[],
    items: (Vertex | Cluster)[],
  ): readonly Exit[] {
    const id = this.next("n");
    const badges = badgesOf(node).map((badge) => badge.text);
    const lines = [
      mark === "same" ? node.name : `${node.name} (${mark})`,
      ...(node.hasTitle ? [node.action] : []),
      ...(badges.length > 0 ? [badges.join(", ")] : []),
      ...notes,
    ];
    items.push({
      kind: "vertex",
      id,
      shape: "step",
      category: node.category === "none" ? "action" : node.category,
      lines,
      mark,
    });
    this.connect(entries, id);
    const child = node.calls === undefined ? undefined : this.starts.get(node.calls);
    if (child !== undefined) this.edges.push({ from: id, to: child, label: "calls", role: "call" });
    const ends = node.category === "fail" && !node.disabled && !node.continuesOnError;
    return ends ? [] : [{ id, label: "" }];
  }

  private group(
    { node, mark, sections }: PictureNode,
    entries: readonly Exit[],
    items: (Vertex | Cluster)[],
  ): readonly Exit[] {
    const cluster = this.cluster(node.name, "group", mark);
    items.push(cluster);
    let exits = entries;
    for (const section of sections) exits = this.section(section, exits, cluster);
    return exits;
  }

  private section(section: PictureSection, entries: readonly Exit[], cluster: Cluster): readonly Exit[] {
    if (section.role === "onError") {
      const handler = this.cluster("on error", "handler", "same");
      cluster.items.push(handler);
      const from = firstVertex(cluster.items);
      const before = this.edges.length;
      const exits = this.nodes(section.nodes, from === undefined ? [] : [{ id: from, label: "fails" }], handler.items);
      const entry = this.edges[before];
      if (entry !== undefined) this.edges[before] = { ...entry, role: "failure" };
      return [...entries, ...exits];
    }
    if (section.role !== "finally") return this.nodes(section.nodes, entries, cluster.items);
    const last = this.cluster("finally, whatever happened", "finally", "same");
    cluster.items.push(last);
    return this.nodes(section.nodes, entries, last.items);
  }

  private cluster(title: string, role: Cluster["role"], mark: ChangeMark): Cluster {
    return { kind: "cluster", id: this.next("g"), title, role, mark, items: [] };
  }

  private loop(
    { node, mark, sections }: PictureNode,
    entries: readonly Exit[],
    items: (Vertex | Cluster)[],
  ): readonly Exit[] {
    const cluster = this.cluster(node.name, "loop", mark);
    items.push(cluster);
    const id = this.condition("another one?", mark, entries, cluster.items);
    const exits = this.nodes(sections[0]?.nodes ?? [], [{ id, label: "yes" }], cluster.items);
    this.connect(exits, id);
    return [{ id, label: "no" }];
  }

  private branch(
    { node, mark, sections }: PictureNode,
    entries: readonly Exit[],
    items: (Vertex | Cluster)[],
  ): readonly Exit[] {
    const exits: Exit[] = [];
    let open = entries;
    for (const section of sections) {
      const first = node.fields.find((field) => field.kind === "condition");
      const condition = section.role === "body" ? first : section.condition;
      if (condition === undefined) {
        open = this.nodes(section.nodes, open, items);
        continue;
      }
      const id = this.condition(condition.text, mark, open, items);
      exits.push(...this.nodes(section.nodes, [{ id, label: "yes" }], items));
      open = [{ id, label: "no" }];
    }
    return [...exits, ...open];
  }
}

function terminal(id: string, word: string): Vertex {
  return { kind: "vertex", id, shape: "terminal", category: "none", lines: [word], mark: "same" };
}

/** The vertex that stands for a group in the edge to its handler: there is no edge from a cluster. */
function firstVertex(items: readonly (Vertex | Cluster)[]): string | undefined {
  for (const item of items) {
    if (item.kind === "vertex") return item.id;
    const inner = firstVertex(item.items);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
