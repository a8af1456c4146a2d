// The one place of the grammar's tests that knows its API: text in, text out.
import { parse, walk, type Expression, type Node, type StringLiteral } from "../index.ts";

/** What is wrong with a text, one line a diagnostic: `SEQ1101 at "text"`. */
export function problems(text: string): string[] {
  return parse(text, "test.seq").diagnostics.map((diagnostic) => {
    const place = text.slice(diagnostic.start, diagnostic.end);
    return place === ""
      ? `${diagnostic.code} behind "${lastWord(text, diagnostic.start)}"`
      : `${diagnostic.code} at "${place}"`;
  });
}

function lastWord(text: string, end: number): string {
  return /\S+$/.exec(text.slice(0, end).trimEnd())?.[0] ?? "";
}

/** The codes alone. */
export function codes(text: string): string[] {
  return parse(text, "test.seq").diagnostics.map((diagnostic) => diagnostic.code);
}

/** An expression as a text that shows how it is grouped; `missing` is `□`. */
export function grouped(text: string): string {
  const parsed = parse(`const a = ${text}`, "test.seq");
  const declaration = parsed.tree.declarations[0];
  if (parsed.diagnostics.length > 0) return problems(`const a = ${text}`).join("; ");
  return declaration?.kind === "const" ? show(declaration.value) : "no expression";
}

function show(node: Expression): string {
  switch (node.kind) {
    case "binary":
      return `(${show(node.left)} ${node.operator} ${show(node.right)})`;
    case "unary":
      return `(${node.operator} ${show(node.operand)})`;
    case "reference":
      return node.name.text;
    case "number":
      return node.text;
    case "boolean":
      return String(node.value);
    case "member":
      return `${show(node.object)}${node.optional ? "?." : "."}${node.property.kind === "name" ? node.property.text : "□"}`;
    case "invocation":
      return `${show(node.callee)}(${node.arguments.map(show).join(", ")})`;
    case "conditional":
      return `(if ${show(node.condition)} then ${show(node.whenTrue)} else ${show(node.whenFalse)})`;
    case "list":
      return `[${node.items.map(show).join(", ")}]`;
    case "parenthesized":
      return `<${show(node.expression)}>`;
    case "missing":
      return "□";
    default:
      return node.kind;
  }
}

/** The value of the string that `const a = …` holds: texts as they are, `${…}` where an expression stands. */
export function cooked(literal: string): string {
  const declaration = parse(`const a = ${literal}\n`, "test.seq").tree.declarations[0];
  if (declaration?.kind !== "const" || declaration.value.kind !== "string") return "no string";
  return valueOf(declaration.value);
}

export function valueOf(string: StringLiteral): string {
  return string.parts.map((part) => (part.kind === "stringText" ? part.value : "${…}")).join("");
}

/** All nodes of a kind. */
export function nodesOf<K extends Node["kind"]>(text: string, kind: K): Extract<Node, { kind: K }>[] {
  const found: Extract<Node, { kind: K }>[] = [];
  walk(parse(text, "test.seq").tree, (node) => {
    if (node.kind === kind) found.push(node as Extract<Node, { kind: K }>);
  });
  return found;
}

/** Puts statements into a sequence. */
export function inSequence(statements: string): string {
  return `sequence s {\n${statements}\n}\n`;
}
