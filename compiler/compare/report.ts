// A comparison in words: a summary, then each change. Lines as data, so that a terminal can colour them.
import type { Comparison, DeclarationChange, NodeChange, SequenceChange } from "./comparison.ts";
import { fieldChangeText } from "./change-text.ts";

export interface ReportLine {
  readonly mark: "" | "+" | "-" | "~" | ">" | "!";
  /** How deep it stands. */
  readonly depth: number;
  readonly text: string;
}

/** What is compared and what is known of it. */
export interface ComparedVersions {
  readonly before: string;
  readonly after: string;
  /** See makesSamePlan. */
  readonly samePlan: boolean | undefined;
}

/** `2 steps added, 1 group moved`; what is most often asked comes first. */
export function summaryText({ sequences, declarations }: Comparison): string {
  const counts = new Map<string, number>();
  const count = (text: string, by = 1): void => {
    counts.set(text, (counts.get(text) ?? 0) + by);
  };
  for (const sequence of sequences) {
    if (sequence.kind !== "changed") count(`sequence|${sequence.kind}`);
    for (const node of sequence.nodes) {
      if (node.kind === "added" || node.kind === "removed") count(`step|${node.kind}`, node.steps);
      if (node.what !== "step" || node.kind === "moved" || node.kind === "changed") {
        count(`${whatWord(node)}|${node.kind === "changed" && isRename(node) ? "renamed" : node.kind}`);
      }
    }
    if (sequence.kind === "changed" && sequence.fields.length > 0) {
      count("setting of a sequence|changed", sequence.fields.length);
    }
  }
  if (declarations.length > 0) count("declaration|changed", declarations.length);
  const parts = [...counts].filter(([, number]) => number > 0);
  return parts.map(([text, number]) => countText(text, number)).join(", ");
}

function countText(text: string, number: number): string {
  const [what = "", became = ""] = text.split("|");
  const plural = what.startsWith("setting") ? what.replace("setting", "settings") : `${what}s`;
  return `${number} ${number === 1 ? what : plural} ${became}`;
}

function stepsText(steps: number): string {
  return steps === 1 ? "1 step" : `${steps} steps`;
}

function isRename({ fields }: NodeChange): boolean {
  return fields.length > 0 && fields.every((field) => field.kind === "name");
}

function whatWord({ what }: NodeChange): string {
  return what === "for" ? "loop" : what === "if" ? "branch" : what;
}

/** What is to be said when nothing differs, or whether both do the same all the same. */
export function verdictText(comparison: Comparison, samePlan: boolean | undefined): string {
  const nothing = comparison.sequences.length + comparison.declarations.length === 0;
  if (samePlan === true) {
    return nothing
      ? "Both mean the same plan: nothing but layout or comments differs, if anything does."
      : "Both mean the same plan: they are written differently and do the same.";
  }
  if (!nothing) return "";
  return samePlan === false
    ? "Steps, settings and declarations are alike, yet the plans differ: something that is imported has changed."
    : "Steps, settings and declarations are alike.";
}

export function reportLines(comparison: Comparison): readonly ReportLine[] {
  return [
    ...comparison.sequences.flatMap(sequenceLines),
    ...(comparison.declarations.length === 0 ? [] : [{ mark: "", depth: 0, text: "Declarations" } as const]),
    ...comparison.declarations.map(declarationLine),
  ];
}

function sequenceLines(change: SequenceChange): readonly ReportLine[] {
  const named = change.title === change.name ? change.name : `${change.title} (${change.name})`;
  const mark = change.kind === "added" ? "+" : change.kind === "removed" ? "-" : "";
  const ending = change.kind === "changed" ? "" : ` ${change.kind} with ${stepsText(change.steps)}`;
  return [
    { mark, depth: 0, text: `Sequence ${named} in ${change.file}${ending}` },
    ...change.fields.map((field): ReportLine => ({ mark: "~", depth: 1, text: fieldChangeText(field) })),
    ...change.nodes.flatMap(nodeLines),
  ];
}

const marks = { added: "+", removed: "-", changed: "~", moved: ">" } as const;

function nodeLines(change: NodeChange): readonly ReportLine[] {
  return [
    { mark: marks[change.kind], depth: 1, text: headline(change) },
    ...change.warnings.map((text): ReportLine => ({ mark: "!", depth: 2, text })),
    ...detailsOf(change).map((text): ReportLine => ({ mark: "", depth: 2, text })),
  ];
}

/** `step "Install Office" added in "Software" (line 12)`. */
export function headline(change: NodeChange): string {
  const { kind, what, within, from, follows } = change;
  const renamed = change.fields.find((field) => field.kind === "name");
  const subject = what === "step" || what === "group" ? `${what} "${renamed?.before ?? change.name}"` : change.name;
  const place = within.length === 0 ? "" : ` in ${placeText(within)}`;
  const line = change.lineAfter ?? change.lineBefore;
  const where = line === undefined ? "" : ` (line ${line}${kind === "removed" ? " before" : ""})`;
  const became = renamed === undefined ? "" : ` renamed to "${renamed.after ?? ""}"`;
  switch (kind) {
    case "added":
    case "removed": {
      const holds = what === "step" || change.steps === 0 ? "" : ` with ${stepsText(change.steps)}`;
      return `${subject} ${kind}${place}${holds}${where}`;
    }
    case "changed":
      return `${subject}${became === "" ? " changed" : became}${place}${where}`;
    case "moved": {
      const and = became === "" ? "" : `${became} and`;
      if (from === undefined) {
        return `${subject}${and} moved ${follows === "" ? "to the beginning" : `behind "${follows ?? ""}"`}${place}${where}`;
      }
      return `${subject}${and} moved from ${placeText(from)} to ${placeText(within)}${where}`;
    }
  }
}

function placeText(within: readonly string[]): string {
  return within.length === 0 ? "the sequence itself" : within.map((name) => `"${name}"`).join(" / ");
}

/** What is set, or set otherwise. */
export function detailsOf(change: NodeChange): readonly string[] {
  if (change.kind === "added" || change.kind === "removed") {
    return change.fields.map((field) => `${field.name}: ${cut(field.after ?? field.before ?? "")}`);
  }
  return change.fields.filter((field) => field.kind !== "name").map(fieldChangeText);
}

const longest = 160;

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join("")}…`;
}

function declarationLine({ kind, name, before, after }: DeclarationChange): ReportLine {
  const mark = before === undefined ? "+" : after === undefined ? "-" : "~";
  const both = before !== undefined && after !== undefined;
  return {
    mark,
    depth: 1,
    text: both
      ? fieldChangeText({ kind: "setting", name: `${kind} ${name}`, before, after })
      : `${kind} ${name} ${before === undefined ? "added" : "removed"}: ${cut(after ?? before ?? "")}`,
  };
}
