// Whether two programs compile to the same plan but for where their source stands. Content counts as it is declared: its bytes
// are the lock's matter.
import { contentDigestOf } from "@sequitur/runtime/plan";
import type { PlanContent } from "@sequitur/runtime/plan";
import { resolvePath } from "../bind/project-path.ts";
import { lowerProgram } from "../lower/lower-program.ts";
import type { ContentReader } from "../lower/lower-program.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { SequenceSymbol } from "../model/symbol.ts";

/** One version of a file. */
export interface ProgramVersion {
  readonly program: CheckedProgram;
  readonly path: string;
}

/**
 * True: whichever of its sequences is started does the very same. Undefined: one has errors or code
 * in TypeScript, so that this can't tell.
 */
export function makesSamePlan(before: ProgramVersion, after: ProgramVersion, sequence?: string): boolean | undefined {
  const texts = planTexts(before, sequence);
  const others = planTexts(after, sequence);
  if (texts === undefined || others === undefined) return undefined;
  return texts.size === others.size && [...texts].every(([name, text]) => others.get(name) === text);
}

function planTexts(
  { program, path }: ProgramVersion,
  only: string | undefined,
): ReadonlyMap<string, string> | undefined {
  if (program.diagnostics.some(({ severity }) => severity === "error")) return undefined;
  const texts = new Map<string, string>();
  for (const symbol of program.modules.get(path)?.declared.values() ?? []) {
    if (symbol.kind !== "sequence" || (only !== undefined && symbol.name !== only)) continue;
    const text = planText(program, symbol);
    if (text === undefined) return undefined;
    texts.set(symbol.name, text);
  }
  return texts;
}

/** What a run does, as text: without positions, and without the source of conditions, which only reports show. */
function planText(program: CheckedProgram, symbol: SequenceSymbol): string | undefined {
  const { plan, diagnostics } = lowerProgram(program, symbol, declaredContent);
  if (diagnostics.some(({ severity }) => severity === "error")) return undefined;
  // The code of TypeScript actions is not bundled here, so that nothing is known of it.
  if ((plan.modules ?? []).length > 0) return undefined;
  const nodes = plan.nodes.map(({ position: _position, condition: _condition, ...node }) => node);
  return JSON.stringify({ ...plan, nodes, positions: [], sources: [], parts: [] });
}

const declaredContent: ContentReader = {
  declared({ name, node, module }) {
    const { source } = node;
    const written =
      source.kind === "missing"
        ? ""
        : source.parts.map((part) => (part.kind === "stringText" ? part.value : "")).join("");
    return contentNamed(name, node.contentKind, resolvePath(module.path, written));
  },
  file: (module, path) => contentNamed(path, "file", resolvePath(module.path, path)),
  bundle: (path) => ({ source: path, sha256: "", text: "" }),
};

function contentNamed(name: string, kind: PlanContent["kind"], source: string): PlanContent {
  return { name, kind, source, digest: contentDigestOf([]), files: [] };
}
