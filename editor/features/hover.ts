// What stands at a position, in words: declarations with their documentation and values, actions and their parameters,
// facts and functions, and the values of expressions that are known before the run.
import { nodeAt } from "@sequitur/grammar";
import type { Node, Span } from "@sequitur/grammar";
import type { CheckedProgram } from "@sequitur/compiler/model";
import { printType } from "@sequitur/compiler/model";
import type { Hover, Position } from "vscode-languageserver-types";
import {
  actionCode,
  describe,
  describeBuiltin,
  describeCatalogueAction,
  describeFact,
  describeFunction,
  describeProjectAction,
  describeState,
  describeStepField,
  valueOf,
} from "../describe.ts";
import type { DescribedAction, Description } from "../describe.ts";
import { documentOf, offsetAt, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { occurrenceAt } from "../occurrences.ts";

/** Undefined: there is nothing to say of what stands there. */
export function hover(project: EditorProject, path: string, position: Position): Hover | undefined {
  const document = documentOf(project, path);
  if (document === undefined) return undefined;
  const offset = offsetAt(document, position);
  const around = nodeAt(document.parsed.tree, offset);
  const found = usedAction(around, document.program) ?? named(document, offset) ?? builtin(around, document.program);
  const described = found ?? computed(around, document.program);
  if (described === undefined) return undefined;
  return { contents: { kind: "markdown", value: markdown(described) }, range: rangeOf(document, described.span) };
}

type Described = Description & { readonly span: Span };

function markdown({ code, text }: Description): string {
  const block = `\`\`\`sequitur\n${code}\n\`\`\``;
  return text === "" ? block : `${block}\n\n${text}`;
}

function named(document: Document, offset: number): Described | undefined {
  const occurrence = occurrenceAt(document, offset);
  if (occurrence === undefined) return undefined;
  return { ...describe(occurrence.symbol, document.program), span: occurrence };
}

/** The action that a `use` around the position means; undefined: it is none that is known. */
export function actionOf(around: readonly Node[], program: CheckedProgram): DescribedAction | undefined {
  const use = around.findLast((node) => node.kind === "use");
  if (use?.kind !== "use" || use.action.kind === "missing") return undefined;
  const resolution = program.paths.get(use.action);
  switch (resolution?.kind) {
    case "action":
      return describeBuiltin(resolution.action);
    case "catalogueAction":
      return describeCatalogueAction(resolution.action);
    case "scriptAction":
      return resolution.symbol.action === undefined ? undefined : describeProjectAction(resolution.symbol.action);
    default:
      return undefined;
  }
}

function usedAction(around: readonly Node[], program: CheckedProgram): Described | undefined {
  const action = actionOf(around, program);
  const use = around.findLast((node) => node.kind === "use");
  if (action === undefined || use?.kind !== "use") return undefined;
  const path = around.find((node) => node === use.action);
  if (path !== undefined) {
    return { code: actionCode(action), text: [action.summary, ...action.notes].join("\n\n"), span: path };
  }
  const field = around[around.indexOf(use) + 2];
  if (field?.kind !== "field" || field.key.kind !== "name" || !around.includes(field.key)) return undefined;
  const key = field.key;
  const parameter = action.parameters.find(({ name }) => name === key.text);
  if (parameter === undefined) return undefined;
  const { name, required, type, text } = parameter;
  return { code: `${name}${required ? "" : "?"}: ${type}`, text, span: key };
}

function builtin(around: readonly Node[], program: CheckedProgram): Described | undefined {
  const innermost = around.at(-1);
  for (const node of around.toReversed()) {
    if (node.kind !== "member" && node.kind !== "invocation" && node.kind !== "reference") continue;
    // In `replace(a, b, c)` only the first word stands for the function.
    const head = node.kind === "invocation" ? node.callee : node;
    if (innermost === undefined || innermost.start < head.start || innermost.end > head.end) continue;
    const resolution = program.resolutions.get(node);
    const description =
      resolution?.kind === "fact"
        ? describeFact(resolution.fact)
        : resolution?.kind === "function"
          ? describeFunction(resolution.function)
          : resolution?.kind === "state"
            ? describeState(resolution.field)
            : resolution?.kind === "step"
              ? describeStepField(resolution.field)
              : undefined;
    if (description !== undefined) return { ...description, span: head };
  }
  return undefined;
}

/** The innermost expression whose value is known before the run and is more than it says itself. */
function computed(around: readonly Node[], program: CheckedProgram): Described | undefined {
  const node = around.at(-1);
  switch (node?.kind) {
    case "member":
    case "reference":
    case "invocation":
    case "binary":
    case "conditional": {
      const type = program.types.get(node);
      if (type === undefined || type.kind === "error") return undefined;
      const value = valueOf(node, program);
      return { code: `${value === undefined ? "" : `${value}: `}${printType(type)}`, text: "", span: node };
    }
    default:
      return undefined;
  }
}
