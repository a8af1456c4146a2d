// Writes a picture as a Mermaid flowchart, which GitHub and others draw in Markdown.
import { flowGraphOf } from "./flow-graph.ts";
import type { Cluster, Edge, Vertex } from "./flow-graph.ts";
import type { Picture } from "./picture.ts";
import { shownText } from "./shown-text.ts";

const longestLine = 80;

const classes = [
  "classDef action fill:#e9f0fd,stroke:#2f6fde,color:#1b2430",
  "classDef command fill:#e3f5f2,stroke:#0f8a7e,color:#1b2430",
  "classDef script fill:#fbefdf,stroke:#b0620a,color:#1b2430",
  "classDef call fill:#f0eafb,stroke:#7a4fd0,color:#1b2430",
  "classDef value fill:#eef0f3,stroke:#7b8794,color:#1b2430",
  "classDef restart fill:#fae6f6,stroke:#b0259b,color:#1b2430,stroke-width:2px",
  "classDef fail fill:#fde9ea,stroke:#c6303e,color:#1b2430,stroke-width:2px",
  "classDef wait fill:#f7f4de,stroke:#8a7a1f,color:#1b2430",
  "classDef condition fill:#fff8e3,stroke:#dfbf5e,color:#1b2430",
  "classDef terminal fill:#ffffff,stroke:#7b8794,color:#1b2430",
  "classDef added fill:#e1f5e8,stroke:#1a7f43,color:#1b2430,stroke-width:3px",
  "classDef removed fill:#fde9ea,stroke:#c6303e,color:#1b2430,stroke-width:3px,stroke-dasharray:6 4",
  "classDef changed fill:#fdf1dc,stroke:#b0720a,color:#1b2430,stroke-width:3px",
  "classDef moved fill:#e6ebfc,stroke:#3d62d6,color:#1b2430,stroke-width:3px",
];

export function mermaidOf(picture: Picture): string {
  const graph = flowGraphOf(picture);
  const lines = [
    "flowchart TB",
    `  accTitle: ${plain(graph.title)}`,
    ...classes.map((text) => `  ${text}`),
    ...graph.clusters.flatMap((cluster) => clusterLines(cluster, "  ")),
    ...graph.edges.map((edge) => `  ${edgeText(edge)}`),
  ];
  return `${lines.join("\n")}\n`;
}

function clusterLines(cluster: Cluster, indent: string): readonly string[] {
  const inner = `${indent}  `;
  return [
    `${indent}subgraph ${cluster.id} ["${label(cluster.title)}"]`,
    ...cluster.items.flatMap((item) =>
      item.kind === "vertex" ? [inner + vertexText(item)] : clusterLines(item, inner),
    ),
    `${indent}end`,
  ];
}

function vertexText(vertex: Vertex): string {
  const text = vertex.lines.map((line) => label(line)).join("<br/>");
  const className = vertex.mark !== "same" ? vertex.mark : vertex.shape === "step" ? vertex.category : vertex.shape;
  switch (vertex.shape) {
    case "terminal":
      return `${vertex.id}(["${text}"]):::${className}`;
    case "condition":
      return `${vertex.id}{{"${text}"}}:::${className}`;
    case "step":
      return `${vertex.id}["${text}"]:::${className}`;
  }
}

function edgeText({ from, to, label: word, role }: Edge): string {
  const arrow = role === "flow" ? "-->" : "-.->";
  return word === "" ? `${from} ${arrow} ${to}` : `${from} ${arrow}|${word}| ${to}`;
}

/** Text within quotes: whatever could be syntax of Mermaid, Markdown or HTML is written by its number. */
function label(text: string): string {
  const shown = shownText(text);
  const characters = [...shown];
  const cut = characters.length <= longestLine ? shown : `${characters.slice(0, longestLine - 1).join("")}…`;
  return cut.replace(/[^\p{L}\p{N}\p{M} .,:…–—’]/gu, (character) => `#${character.codePointAt(0) ?? 0};`);
}

/** A title stands without quotes up to the end of its line, where numbers are not read. */
function plain(text: string): string {
  return shownText(text)
    .replace(/[^\p{L}\p{N}\p{M} .,]/gu, " ")
    .replace(/ +/g, " ")
    .trim();
}
