// Computes whatever a program knows before the run, for findings (a division by zero) and for those who read the values. What
// stands in a disabled step is left alone: it is not built.
import { walk } from "@sequitur/grammar";
import type { Diagnostic, Expression, Node } from "@sequitur/grammar";
import type { Value } from "@sequitur/runtime/plan";
import type { CheckedProgram } from "../model/checked-program.ts";
import { ConstantEvaluator } from "./constant-evaluator.ts";

export interface Constants {
  /** Values of names, operators, calls, lists and records; literals say theirs themselves. */
  readonly values: ReadonlyMap<Expression, Value>;
  readonly diagnostics: readonly Diagnostic[];
}

/** Cost linear in the texts. */
export function evaluateConstants(program: CheckedProgram): Constants {
  const evaluator = new ConstantEvaluator(program);
  const values = new Map<Expression, Value>();
  for (const [path, module] of program.modules) {
    walk(module.parsed.tree, (node) => {
      if (isDisabled(node)) return false;
      if (isComputed(node) && !evaluator.startsOpen(node) && program.types.has(node)) {
        const value = evaluator.valueOf(node, path);
        if (value !== undefined) values.set(node, value);
      }
      return holdsExpressions(node);
    });
  }
  return { values, diagnostics: evaluator.diagnostics };
}

/** False where nothing computed can stand below: most nodes of a large file are such. */
function holdsExpressions(node: Node): boolean {
  switch (node.kind) {
    case "name":
    case "doc":
    case "path":
    case "stringText":
    case "number":
    case "boolean":
    case "reference":
    case "namedType":
    case "literalType":
      return false;
    case "string":
      return node.parts.length > 1 || node.parts[0]?.kind === "interpolation";
    default:
      return true;
  }
}

function isDisabled(node: Node): boolean {
  return (node.kind === "step" || node.kind === "group") && node.clauses.some((clause) => clause.kind === "disabled");
}

function isComputed(node: Node): node is Expression {
  switch (node.kind) {
    case "string":
      return node.parts.some((part) => part.kind === "interpolation");
    case "reference":
    case "member":
    case "invocation":
    case "unary":
    case "binary":
    case "conditional":
    case "list":
    case "comprehension":
    case "record":
      return true;
    default:
      return false;
  }
}
