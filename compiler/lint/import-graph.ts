// Which files and folders the files of a program name, in imports, as content and as scripts: to find what a change may have
// touched.
import { walk } from "@sequitur/grammar";
import type { Node } from "@sequitur/grammar";
import { contentAddress } from "../bind/project-path.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { literalText } from "./step-parts.ts";

/** The paths that each file names, there or not, by its own path. */
export function importGraph(program: CheckedProgram): { readonly [path: string]: readonly string[] } {
  const graph: { [path: string]: readonly string[] } = {};
  for (const [path, module] of program.modules) {
    const named: string[] = [];
    walk(module.parsed.tree, (node) => {
      const written = literalText(sourceOf(node));
      const address = written === undefined ? undefined : contentAddress(path, written);
      if (address?.kind === "local") named.push(address.path);
      return mayHoldOne(node);
    });
    graph[path] = named;
  }
  return graph;
}

function sourceOf(node: Node): Node | undefined {
  switch (node.kind) {
    case "importModule":
    case "importNames":
    case "content":
      return node.source;
    case "scriptFile":
      return node.path;
    default:
      return undefined;
  }
}

function mayHoldOne({ kind }: Node): boolean {
  return kind !== "string" && kind !== "record" && kind !== "when" && kind !== "run";
}
