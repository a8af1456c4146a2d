// The layout of declarations and of the whole file.
import { unreachable } from "../diagnostics/invariant.ts";
import type {
  Declaration,
  File,
  FnParameter,
  Node,
  Record,
  StringLiteral,
  TestDeclaration,
  TestItem,
} from "../syntax/tree.ts";
import { group, hardLine, indent, join, line, softLine, type Layout } from "./document.ts";
import { isEmpty, itemLines, written, type PrintContext } from "./print-context.ts";
import { printExpression, printRecord, printString, printType } from "./print-expression.ts";
import { afterSign, printMembers } from "./print-statement.ts";

/** A file: one declaration below the other, sequences and tests apart. */
export function printFile(ctx: PrintContext, file: File): Layout {
  return itemLines(ctx, file, (node) => printDeclaration(ctx, node as Declaration), standApart);
}

/** Sequences and tests have blank lines around them. */
export function standApart(before: Node, item: Node): boolean {
  return isLarge(before) || isLarge(item);
}

function isLarge(node: Node): boolean {
  return node.kind === "sequence" || node.kind === "test";
}

export function printDeclaration(ctx: PrintContext, node: Declaration): Layout {
  switch (node.kind) {
    case "importModule":
      return ["import ", value(ctx, node.source), " as ", written(ctx, node.alias)];
    case "importNames": {
      const names = node.names.map((name) => written(ctx, name));
      const list = names.length === 0 ? "{}" : group(["{", indent([line, join([",", line], names)]), line, "}"]);
      return ["import ", list, " from ", value(ctx, node.source)];
    }
    case "const":
      return group(["const ", written(ctx, node.name), " =", afterSign(ctx, node.value)]);
    case "typeDeclaration":
      return ["type ", written(ctx, node.name), " = ", printType(ctx, node.type)];
    case "fn": {
      const parameters = node.parameters.map((parameter) => printParameter(ctx, parameter));
      const list =
        parameters.length === 0 ? "()" : group(["(", indent([softLine, join([",", line], parameters)]), softLine, ")"]);
      const head = ["fn ", written(ctx, node.name), list, ": ", printType(ctx, node.result), " ="];
      return group([head, afterSign(ctx, node.body)]);
    }
    case "content":
      return [node.contentKind, " ", written(ctx, node.name), " ", value(ctx, node.source), record(ctx, node.options)];
    case "account":
      return ["account ", written(ctx, node.name), record(ctx, node.settings)];
    case "fleet":
      return [node.fleetKind, " ", written(ctx, node.name), title(ctx, node.title), record(ctx, node.settings)];
    case "deployment": {
      const head = [
        "deployment ",
        written(ctx, node.name),
        title(ctx, node.title),
        " of ",
        written(ctx, node.sequence),
      ];
      return [head, record(ctx, node.settings)];
    }
    case "test":
      return printTest(ctx, node);
    case "sequence": {
      const head = ["sequence ", written(ctx, node.name), title(ctx, node.title), " {"];
      if (isEmpty(ctx, node)) return [head, "}"];
      return [head, indent([hardLine, printMembers(ctx, node)]), hardLine, "}"];
    }
    case "externSequence":
      return ["extern sequence ", written(ctx, node.name), " ", value(ctx, node.source)];
    default:
      return unreachable(node);
  }
}

function value(ctx: PrintContext, node: Parameters<typeof printExpression>[1]): Layout {
  return printExpression(ctx, node);
}

function title(ctx: PrintContext, node: StringLiteral | undefined): Layout {
  return node === undefined ? "" : [" ", printString(ctx, node)];
}

function record(ctx: PrintContext, node: Record | { readonly kind: "missing" } | undefined): Layout {
  return node?.kind === "record" ? [" ", printRecord(ctx, node)] : "";
}

function printParameter(ctx: PrintContext, node: FnParameter): Layout {
  const preset = node.value === undefined ? "" : [" = ", printExpression(ctx, node.value)];
  return [written(ctx, node.name), ": ", printType(ctx, node.type), preset];
}

function printTest(ctx: PrintContext, node: TestDeclaration): Layout {
  const head = ["test ", value(ctx, node.title), " of ", written(ctx, node.sequence), " {"];
  if (isEmpty(ctx, node)) return [head, "}"];
  const items = itemLines(ctx, node, (item) => printTestItem(ctx, item as TestItem));
  return [head, indent([hardLine, items]), hardLine, "}"];
}

export function printTestItem(ctx: PrintContext, node: TestItem): Layout {
  switch (node.kind) {
    case "testGiven":
      return ["given", record(ctx, node.values)];
    case "testWhen": {
      const word = node.subjectKind === "path" ? "" : `${node.subjectKind} `;
      return ["when ", word, written(ctx, node.subject), " ", value(ctx, node.outcome)];
    }
    case "testExpect":
      return [node.mode, " ", value(ctx, node.condition)];
    default:
      return unreachable(node);
  }
}
