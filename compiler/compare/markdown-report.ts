// A comparison as Markdown for a comment at a pull request: the summary first, the details folded where they are many. No name
// in it can become Markdown or HTML.
import { shownText } from "../picture/shown-text.ts";
import { headline, detailsOf, reportLines, summaryText, verdictText } from "./report.ts";
import type { ComparedVersions } from "./report.ts";
import type { Comparison, NodeChange, SequenceChange } from "./comparison.ts";

/** More changes than these are folded. */
const mostOpen = 20;

const icons = { added: "➕", removed: "➖", changed: "✏️", moved: "↕️" } as const;

export function markdownReport(comparison: Comparison, versions: ComparedVersions): string {
  const summary = summaryText(comparison);
  const verdict = verdictText(comparison, versions.samePlan);
  const warnings = comparison.sequences.flatMap(({ nodes }) =>
    nodes.flatMap((node) =>
      node.warnings.map((warning) => `- ⚠️ ${markdown(headline(node))}: **${markdown(warning)}**`),
    ),
  );
  const count = comparison.sequences.reduce((sum, { nodes, fields }) => sum + nodes.length + fields.length, 0);
  const details = [...comparison.sequences.flatMap(sequenceSection), ...declarationSection(comparison)];
  const folded =
    count > mostOpen ? ["<details><summary>All changes</summary>", "", ...details, "</details>", ""] : details;
  return [
    "### What this changes",
    "",
    `${markdown(versions.before)} → ${markdown(versions.after)}`,
    "",
    ...(summary === "" ? [] : [`**${markdown(summary)}**`, ""]),
    ...(verdict === "" ? [] : [markdown(verdict), ""]),
    ...(warnings.length === 0 ? [] : [...warnings, ""]),
    ...folded,
  ].join("\n");
}

function sequenceSection(change: SequenceChange): readonly string[] {
  const [head, ...rest] = reportLines({ sequences: [{ ...change, nodes: [] }], declarations: [], merged: [] });
  return [
    `#### ${markdown(head?.text ?? "")}`,
    "",
    ...rest.map(({ text }) => `- ${icons.changed} ${markdown(text)}`),
    ...change.nodes.flatMap(nodeItems),
    "",
  ];
}

function nodeItems(change: NodeChange): readonly string[] {
  return [
    `- ${icons[change.kind]} ${markdown(headline(change))}`,
    ...detailsOf(change).map((text) => `  - ${markdown(text)}`),
  ];
}

function declarationSection({ declarations }: Comparison): readonly string[] {
  if (declarations.length === 0) return [];
  const lines = reportLines({ sequences: [], declarations, merged: [] }).slice(1);
  const icon = { "+": icons.added, "-": icons.removed, "~": icons.changed, ">": icons.moved, "!": "⚠️", "": "" };
  return ["#### Declarations", "", ...lines.map(({ mark, text }) => `- ${icon[mark]} ${markdown(text)}`), ""];
}

/** Text as text: every character that Markdown or HTML could read is written by its number. */
export function markdown(text: string): string {
  return shownText(text)
    .replace(/[&<>\\`*_{}[\]#|~@$!]/g, (character) => `&#${character.codePointAt(0) ?? 0};`)
    .replace(/:\/\//g, "&#58;//")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}&#46;`);
}
