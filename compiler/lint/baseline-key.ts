// By what a finding is known again when the text around it has changed: what it is, what it is in, and what it says; not
// where it stands.
import { childrenOf } from "@sequitur/grammar";
import type { Diagnostic, Node } from "@sequitur/grammar";
import type { CheckedProgram } from "../model/checked-program.ts";
import { literalText } from "./step-parts.ts";

/** Without the file and the code, which the finding bears itself. */
export interface BaselineKey {
  /** Names and titles from the outside in: `main / Software / Install`. */
  readonly within: string;
  /** The source text of the place on one line, shortened. */
  readonly text: string;
}

const longest = 120;

export function baselineKey(program: CheckedProgram, { file, start, end }: Diagnostic): BaselineKey {
  const module = program.modules.get(file);
  if (module === undefined) return { within: "", text: "" };
  const names: string[] = [];
  let node: Node | undefined = module.parsed.tree;
  while (node !== undefined) {
    const name = nameOf(node);
    if (name !== undefined) names.push(name);
    node = childrenOf(node).find((child) => child.start <= start && end <= child.end && child.end > child.start);
  }
  const text = module.parsed.text.slice(start, end).replace(/\s+/g, " ").trim();
  return { within: names.join(" / "), text: text.length > longest ? `${text.slice(0, longest)}…` : text };
}

/** Of declarations, steps and groups. */
function nameOf(node: Node): string | undefined {
  switch (node.kind) {
    case "step":
    case "group":
      return literalText(node.title) ?? node.label?.text;
    case "sequence":
    case "const":
    case "typeDeclaration":
    case "fn":
    case "content":
    case "account":
    case "fleet":
    case "deployment":
      return node.name.kind === "name" ? node.name.text : undefined;
    case "test":
      return literalText(node.title);
    default:
      return undefined;
  }
}
