// What the three reference pages write alike.
import type { ReferenceExample } from "./action-texts.ts";

/** A block of source, with the files that must lie beside it. */
export function exampleBlock({ text, files }: ReferenceExample): string {
  const beside = Object.keys(files ?? {}).map((path) => `// with: ${path}\n`);
  return `\`\`\`seq\n${beside.join("")}${text.trimEnd()}\n\`\`\``;
}

/** A bulleted list; empty: nothing. */
export function bullets(items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [items.map((item) => `- ${item}`).join("\n")];
}

/** `a`, `a and b`, `a, b and c`. */
export function wordList(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
