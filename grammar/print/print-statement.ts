// The layout of statements, actions and clauses.
import { unreachable } from "../diagnostics/invariant.ts";
import { clauseRank } from "../syntax/clause-order.ts";
import type {
  Action,
  Assignment,
  Block,
  Clause,
  Expression,
  For,
  Group,
  If,
  Node,
  Record,
  SequenceMember,
  SetAction,
  Statement,
  Step,
  VariableDeclaration,
} from "../syntax/tree.ts";
import { group, hardLine, holdsHardLine, indent, join, line, type Layout } from "./document.ts";
import { hasComments, isEmpty, itemLines, withComments, written, type PrintContext } from "./print-context.ts";
import { printExpression, printRecord, printString, printType } from "./print-expression.ts";

const variableWords: { readonly [R in VariableDeclaration["role"]]: string } = {
  param: "param",
  secret: "secret",
  output: "output",
  var: "var",
  globalVar: "global var",
  globalSecret: "global secret",
  externGlobalVar: "extern global var",
  externGlobalSecret: "extern global secret",
};

/** The members of a sequence on lines of their own; groups stand apart. */
export function printMembers(ctx: PrintContext, owner: Node): Layout {
  return itemLines(ctx, owner, (member) => printMember(ctx, member as SequenceMember));
}

export function printMember(ctx: PrintContext, member: SequenceMember): Layout {
  switch (member.kind) {
    case "options":
      return ["options ", recordOrNothing(ctx, member.settings)];
    case "variable": {
      const head = [variableWords[member.role], " ", written(ctx, member.name), ": ", printType(ctx, member.type)];
      if (member.value === undefined) return head;
      return group([head, " =", afterSign(ctx, member.value)]);
    }
    default:
      return printStatement(ctx, member);
  }
}

/** What follows a `=` or a word: on the same line, or on the next one when it has no brackets to break at. */
export function afterSign(ctx: PrintContext, value: Expression): Layout {
  const layout = printExpression(ctx, value);
  const hugs =
    value.kind === "list" || value.kind === "record" || value.kind === "comprehension" || value.kind === "string";
  return hugs ? [" ", layout] : indent([line, layout]);
}

function printStatement(ctx: PrintContext, node: Statement): Layout {
  switch (node.kind) {
    case "step":
      return printStep(ctx, node);
    case "group":
      return printGroup(ctx, node);
    case "if":
      return printIf(ctx, node);
    case "for":
      return printFor(ctx, node);
    default:
      return unreachable(node);
  }
}

export function printBlock(ctx: PrintContext, node: Block): Layout {
  if (isEmpty(ctx, node)) return "{}";
  return ["{", indent([hardLine, printMembers(ctx, node)]), hardLine, "}"];
}

/**
 * On one line with one clause at most, when it fits. Otherwise the action and each clause stand on lines of their own, in
 * the canonical order.
 */
function printStep(ctx: PrintContext, node: Step): Layout {
  const action = printAction(ctx, node.action);
  const clauses = inOrder(node.clauses).map((clause) => withComments(ctx, clause, printClause(ctx, clause)));
  const apart = node.clauses.length > 1 || node.clauses.some((clause) => hasComments(ctx, clause));
  if (node.bare) return group([action, indent(clauses.map((clause) => [line, clause]))], apart || isBroken(clauses));
  const head = ["step", labelAndTitle(ctx, node)];
  return group(
    [head, indent([action, ...clauses].map((part) => [line, part]))],
    apart || isBroken([action, ...clauses]),
  );
}

function isBroken(parts: readonly Layout[]): boolean {
  return parts.some(holdsHardLine);
}

function labelAndTitle(ctx: PrintContext, node: Step | Group): Layout {
  const label = node.label === undefined ? "" : [" ", written(ctx, node.label)];
  const title = node.title === undefined ? "" : [" ", printString(ctx, node.title)];
  return [label, title];
}

function printGroup(ctx: PrintContext, node: Group): Layout {
  const clauses = inOrder(node.clauses).map((clause) => [line, printClause(ctx, clause)]);
  const onError = node.onError === undefined ? "" : [" on error ", printBlock(ctx, node.onError)];
  const last = node.finally === undefined ? "" : [" finally ", printBlock(ctx, node.finally)];
  const head = group(["group", labelAndTitle(ctx, node), indent(indent(clauses)), " "]);
  return [head, printBlock(ctx, node.body), onError, last];
}

function printIf(ctx: PrintContext, node: If): Layout {
  const head = [group(["if ", indent(printExpression(ctx, node.condition))]), " ", printBlock(ctx, node.body)];
  if (node.otherwise === undefined) return head;
  const otherwise = node.otherwise.kind === "if" ? printIf(ctx, node.otherwise) : printBlock(ctx, node.otherwise);
  return [head, " else ", otherwise];
}

function printFor(ctx: PrintContext, node: For): Layout {
  return [
    "for ",
    written(ctx, node.variable),
    " in ",
    printExpression(ctx, node.iterable),
    " ",
    printBlock(ctx, node.body),
  ];
}

// ---- Actions ------------------------------------------------------------------------------------------------------------

function recordOrNothing(ctx: PrintContext, node: Record | { readonly kind: "missing" }): Layout {
  return node.kind === "record" ? printRecord(ctx, node) : "";
}

function printAction(ctx: PrintContext, node: Action): Layout {
  switch (node.kind) {
    case "run":
      return ["run ", value(ctx, node.command)];
    case "commandline":
      return ["commandline ", node.unchecked ? "unchecked " : "", value(ctx, node.command)];
    case "script": {
      const { source } = node;
      const text = source.kind === "scriptFile" ? ["file(", value(ctx, source.path), ")"] : value(ctx, source);
      return [node.language, " ", text];
    }
    case "use":
      return ["use ", written(ctx, node.action), recordBehind(ctx, node.arguments)];
    case "call":
      return ["call ", written(ctx, node.sequence), recordBehind(ctx, node.arguments)];
    case "set":
      return printSet(ctx, node);
    case "restart": {
      const target = node.target === undefined ? "" : [" to ", written(ctx, node.target)];
      const after = node.after === undefined ? "" : [" after ", printExpression(ctx, node.after)];
      const message = node.message === undefined ? "" : [" message ", value(ctx, node.message)];
      return ["restart", target, after, message];
    }
    case "log":
      return ["log ", value(ctx, node.value)];
    case "fail":
      return node.message === undefined ? "fail" : ["fail ", value(ctx, node.message)];
    case "wait":
      return ["wait ", value(ctx, node.duration)];
    case "waitUntil":
      return ["wait until ", value(ctx, node.condition)];
    case "missing":
      return "";
    default:
      return unreachable(node);
  }
}

function value(ctx: PrintContext, node: Expression): Layout {
  return printExpression(ctx, node);
}

function recordBehind(ctx: PrintContext, record: Record | undefined): Layout {
  return record === undefined ? "" : [" ", printRecord(ctx, record)];
}

function printSet(ctx: PrintContext, node: SetAction): Layout {
  if (!node.block) {
    const assignments = node.assignments.map((assignment) => printAssignment(ctx, assignment));
    return group(["set ", indent(join([",", line], assignments))]);
  }
  if (node.assignments.length === 0) return "set {}";
  const lines = itemLines(ctx, node, (assignment) => printAssignment(ctx, assignment as Assignment));
  return ["set {", indent([hardLine, lines]), hardLine, "}"];
}

function printAssignment(ctx: PrintContext, node: Assignment): Layout {
  const when = node.when === undefined ? "" : [" when ", printExpression(ctx, node.when)];
  return [written(ctx, node.name), " = ", printExpression(ctx, node.value), when];
}

// ---- Clauses ------------------------------------------------------------------------------------------------------------

function inOrder(clauses: readonly Clause[]): readonly Clause[] {
  return clauses.toSorted((left, right) => clauseRank(left) - clauseRank(right));
}

function printClause(ctx: PrintContext, node: Clause): Layout {
  switch (node.kind) {
    case "from":
      return ["from ", written(ctx, node.package)];
    case "workdir":
      return ["workdir ", value(ctx, node.folder)];
    case "args":
      return ["args ", value(ctx, node.value)];
    case "env":
      return ["env ", recordOrNothing(ctx, node.variables)];
    case "into":
      return ["into ", written(ctx, node.variable)];
    case "when":
      return ["when ", value(ctx, node.condition)];
    case "success":
    case "reboots":
      return [node.kind, " ", node.codes.map((code) => written(ctx, code)).join(", ")];
    case "retry": {
      const every = node.every === undefined ? "" : [" every ", value(ctx, node.every)];
      return ["retry ", value(ctx, node.count), every, node.doubling ? " doubling" : ""];
    }
    case "timeout":
      return ["timeout ", value(ctx, node.duration)];
    case "as":
      return ["as ", written(ctx, node.account)];
    case "continueOnError":
      return "continue on error";
    case "needs":
      return ["needs ", node.phase];
    case "onInterruption":
      return ["on interruption ", node.policy, node.condition === undefined ? "" : [" ", value(ctx, node.condition)]];
    case "disabled":
      return node.reason === undefined ? "disabled" : ["disabled ", value(ctx, node.reason)];
    case "foreign":
      return ["foreign ", recordOrNothing(ctx, node.settings)];
    default:
      return unreachable(node);
  }
}
