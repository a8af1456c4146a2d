// Which files of a program import which: to find what a change may have touched.
import { resolvePath } from "../bind/project-path.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import { literalText } from "./step-parts.ts";

/** The files that each file names in its imports, there or not, by path. */
export function importGraph(program: CheckedProgram): { readonly [path: string]: readonly string[] } {
  const graph: { [path: string]: readonly string[] } = {};
  for (const [path, module] of program.modules) {
    graph[path] = module.parsed.tree.declarations.flatMap((declaration) => {
      if (declaration.kind !== "importModule" && declaration.kind !== "importNames") return [];
      const source = literalText(declaration.source);
      return source === undefined ? [] : [resolvePath(path, source)];
    });
  }
  return graph;
}
