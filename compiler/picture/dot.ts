// Writes a picture in DOT, the language of Graphviz.
import { flowGraphOf } from "./flow-graph.ts";
import type { Cluster, Edge, Vertex } from "./flow-graph.ts";
import type { Picture } from "./picture.ts";
import { shownText } from "./shown-text.ts";
import { light } from "./svg-style.ts";

const frames: { readonly [K in Cluster["role"]]: string } = {
  sequence: 'color="#cdd3dc" bgcolor="#ffffff" fontsize=16',
  group: 'color="#b9c6da" bgcolor="#f3f6fb"',
  loop: 'color="#a9cdbb" bgcolor="#f2f8f5"',
  handler: 'color="#e5aeb2" bgcolor="#fdf2f2" fontcolor="#c6303e"',
  finally: 'color="#b4bdc9" bgcolor="#f1f3f6"',
};

export function dotOf(picture: Picture): string {
  const graph = flowGraphOf(picture);
  const lines = [
    `digraph ${quoted([graph.title])} {`,
    '  graph [fontname="Helvetica" fontsize=13 style="rounded" rankdir=TB nodesep=0.35 ranksep=0.35 labeljust=l]',
    '  node [fontname="Helvetica" fontsize=11 shape=box style="rounded,filled" fillcolor="#ffffff" margin="0.18,0.09"]',
    '  edge [fontname="Helvetica" fontsize=10 color="#7b8794" arrowsize=0.7]',
    ...graph.clusters.flatMap((cluster) => clusterLines(cluster, "  ")),
    ...graph.edges.map((edge) => `  ${edgeText(edge)}`),
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function clusterLines(cluster: Cluster, indent: string): readonly string[] {
  const inner = `${indent}  `;
  const mark = cluster.mark === "same" ? "" : ` color="${light[cluster.mark] ?? ""}" penwidth=2`;
  return [
    `${indent}subgraph cluster_${cluster.id} {`,
    `${inner}label=${quoted([cluster.title])} ${frames[cluster.role]}${mark}`,
    ...cluster.items.flatMap((item) =>
      item.kind === "vertex" ? [inner + vertexText(item)] : clusterLines(item, inner),
    ),
    `${indent}}`,
  ];
}

function vertexText(vertex: Vertex): string {
  return `${vertex.id} [label=${quoted(vertex.lines)} ${vertexStyle(vertex)}]`;
}

function vertexStyle({ shape, category, mark }: Vertex): string {
  const stroke = light[mark === "same" ? category : mark] ?? "#7b8794";
  const width = mark === "same" ? "" : " penwidth=2.5";
  const dashed = mark === "removed" ? ' style="rounded,filled,dashed"' : "";
  switch (shape) {
    case "terminal":
      return "shape=oval";
    case "condition":
      return `shape=hexagon fillcolor="#fff8e3" color="${mark === "same" ? "#dfbf5e" : stroke}"${width} style=filled`;
    case "step":
      return `color="${stroke}"${width}${dashed}`;
  }
}

function edgeText({ from, to, label, role }: Edge): string {
  const attributes = [
    ...(label === "" ? [] : [`label=${quoted([label])}`]),
    ...(role === "failure" ? ['color="#c6303e" fontcolor="#c6303e" style=dashed'] : []),
    ...(role === "call" ? ['color="#7a4fd0" fontcolor="#7a4fd0" style=dashed constraint=false'] : []),
  ];
  return `${from} -> ${to}${attributes.length === 0 ? "" : ` [${attributes.join(" ")}]`}`;
}

/**
 * A quoted string. A backslash would start an escape (`\N` is the vertex's name), and an ampersand an entity, so that both are
 * written as what can only mean themselves.
 */
function quoted(lines: readonly string[]): string {
  const texts = lines.map((line) =>
    shownText(line).replaceAll("&", "&amp;").replaceAll("\\", "&#92;").replaceAll('"', "&quot;"),
  );
  return `"${texts.join("\\n")}"`;
}
