// The layout of expressions and types.
import { unreachable } from "../diagnostics/invariant.ts";
import { fenceLength } from "../lexer/multiline.ts";
import { bindingOf } from "../parser/precedence.ts";
import type {
  Binary,
  Comprehension,
  Expression,
  Field,
  List,
  Record,
  StringLiteral,
  TypeNode,
} from "../syntax/tree.ts";
import {
  commaLine,
  group,
  hardLine,
  ifBroken,
  indent,
  join,
  line,
  softLine,
  textLine,
  type Layout,
} from "./document.ts";
import { hasComments, itemLines, withComments, written, type PrintContext } from "./print-context.ts";

export function printExpression(ctx: PrintContext, node: Expression): Layout {
  switch (node.kind) {
    case "string":
      return printString(ctx, node);
    case "number":
    case "boolean":
    case "reference":
      return written(ctx, node);
    case "member": {
      const dot = node.optional ? "?." : ".";
      return [printExpression(ctx, node.object), dot, written(ctx, node.property)];
    }
    case "invocation": {
      const values = node.arguments.map((value) => printExpression(ctx, value));
      return [printExpression(ctx, node.callee), bracketed("(", values, ")")];
    }
    case "unary": {
      const operand = printExpression(ctx, node.operand);
      return node.operator === "not" ? ["not ", operand] : ["-", operand];
    }
    case "binary":
      return group(indent(printChain(ctx, node)));
    case "conditional":
      return group([
        ["if ", printExpression(ctx, node.condition)],
        indent([line, "then ", printExpression(ctx, node.whenTrue)]),
        indent([line, "else ", printExpression(ctx, node.whenFalse)]),
      ]);
    case "list":
      return printList(ctx, node);
    case "comprehension":
      return printComprehension(ctx, node);
    case "record":
      return printRecord(ctx, node);
    case "parenthesized":
      return group(["(", indent([softLine, printExpression(ctx, node.expression)]), softLine, ")"]);
    case "missing":
      return "";
    default:
      return unreachable(node);
  }
}

/** `a and b and c`: operators that bind alike are broken together, each before its right side. */
function printChain(ctx: PrintContext, node: Binary): Layout {
  const level = bindingOf(node.operator);
  const right = [node.operator, " ", printExpression(ctx, node.right)];
  const isChain = node.left.kind === "binary" && bindingOf(node.left.operator) === level;
  const left = isChain ? printChain(ctx, node.left) : printExpression(ctx, node.left);
  return [left, line, right];
}

function bracketed(open: string, items: readonly Layout[], close: string): Layout {
  if (items.length === 0) return [open, close];
  return group([open, indent([softLine, join([",", line], items), ifBroken(",")]), softLine, close]);
}

/** A list on one line, or an item a line with a comma behind each. */
export function printList(ctx: PrintContext, node: List): Layout {
  const apart = ctx.comments.last.has(node) || node.items.some((item) => hasComments(ctx, item));
  if (!apart)
    return bracketed(
      "[",
      node.items.map((item) => printExpression(ctx, item)),
      "]",
    );
  const items = itemLines(ctx, node, (item) => [printExpression(ctx, item as Expression), ","]);
  return ["[", indent([hardLine, items]), hardLine, "]"];
}

function printComprehension(ctx: PrintContext, node: Comprehension): Layout {
  const condition = node.condition === undefined ? "" : [" if ", printExpression(ctx, node.condition)];
  const head = ["for ", written(ctx, node.variable), " in ", printExpression(ctx, node.iterable), condition, ":"];
  return group(["[", indent([softLine, head, line, printExpression(ctx, node.item)]), softLine, "]"]);
}

/** A record on one line with commas; or, when it does not fit or was opened by a line break, a field a line without. */
export function printRecord(ctx: PrintContext, node: Record): Layout {
  const { fields } = node;
  if (fields.length === 0 && !ctx.comments.last.has(node)) return "{}";
  if (!opensWithBreak(ctx, node, fields[0]) && !mustBreak(ctx, node)) {
    const layouts = fields.map((field) => printField(ctx, field));
    return group(["{", indent([line, join(commaLine, layouts)]), line, "}"]);
  }
  return ["{", indent([hardLine, itemLines(ctx, node, (field) => printField(ctx, field as Field))]), hardLine, "}"];
}

function mustBreak(ctx: PrintContext, node: Record): boolean {
  return ctx.comments.last.has(node) || node.fields.some((field) => hasComments(ctx, field));
}

function opensWithBreak(ctx: PrintContext, node: Record, first: Field | undefined): boolean {
  return first !== undefined && ctx.text.slice(node.start, first.start).includes("\n");
}

function printField(ctx: PrintContext, node: Field): Layout {
  const when = node.when === undefined ? "" : [" when ", printExpression(ctx, node.when)];
  return [written(ctx, node.key), ": ", printExpression(ctx, node.value), when];
}

/** A one-line string as it is written; a multi-line one with its text moved to where its closing quotes stand now. */
export function printString(ctx: PrintContext, node: StringLiteral): Layout {
  const text = written(ctx, node);
  if (node.form !== "multiline" && node.form !== "multilineRaw") return text;
  const fence = text.slice(0, fenceLength(text, 0, text.charCodeAt(0)));
  const lines = text.split("\n").map((part) => part.replace(/\r$/, ""));
  const indentation = (lines.at(-1) ?? "").length - fence.length;
  const body = lines.slice(1, -1).flatMap((part) => [textLine, part.slice(indentation)]);
  return [fence, ...body, textLine, fence];
}

export function printType(ctx: PrintContext, node: TypeNode): Layout {
  switch (node.kind) {
    case "namedType":
      return [written(ctx, node.path), node.argument === undefined ? "" : ["<", printType(ctx, node.argument), ">"]];
    case "literalType":
      return [node.negative ? "-" : "", written(ctx, node.value)];
    case "optionalType":
      return [printType(ctx, node.inner), "?"];
    case "unionType": {
      const members = node.members.map((member) => printType(ctx, member));
      return group(indent([softLine, join([line, "| "], members)]));
    }
    case "recordType": {
      if (node.fields.length === 0 && !ctx.comments.last.has(node)) return "{}";
      const fields = node.fields.map((field) =>
        withComments(ctx, field, [written(ctx, field.name), ": ", printType(ctx, field.type)]),
      );
      const apart = ctx.comments.last.has(node) || node.fields.some((field) => hasComments(ctx, field));
      if (!apart) return group(["{", indent([line, join(commaLine, fields)]), line, "}"]);
      const lines = itemLines(ctx, node, (field) =>
        field.kind === "typeField" ? [written(ctx, field.name), ": ", printType(ctx, field.type)] : "",
      );
      return ["{", indent([hardLine, lines]), hardLine, "}"];
    }
    case "parenthesizedType":
      return ["(", printType(ctx, node.type), ")"];
    case "missing":
      return "";
    default:
      return unreachable(node);
  }
}
