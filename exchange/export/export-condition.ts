// Expressions of ours as conditions of the other systems: what import makes of a condition, the other way round. What has no equal
// there gives undefined.
import type { Binary, Expression, StringLiteral } from "@sequitur/grammar";
import { escapeText } from "../xml/read.ts";

/** The inside of `<condition>`; undefined: this can't be said there. */
export function exportCondition(expression: Expression): string | undefined {
  switch (expression.kind) {
    case "parenthesized":
      return exportCondition(expression.expression);
    case "unary":
      return expression.operator === "not" ? negated(expression.operand) : undefined;
    case "binary":
      return binary(expression);
    case "member":
    case "invocation":
      return question(expression);
    default:
      return undefined;
  }
}

function binary(expression: Binary): string | undefined {
  const { operator } = expression;
  if (operator === "and" || operator === "or") {
    const operands = flattened(expression, operator).map(exportCondition);
    if (operands.some((operand) => operand === undefined)) return undefined;
    return `<operator type="${operator}">${operands.join("")}</operator>`;
  }
  return comparison(expression);
}

function flattened(expression: Expression, operator: "and" | "or"): readonly Expression[] {
  const operands: Expression[] = [];
  const waiting = [expression];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === "binary" && next.operator === operator) waiting.push(next.right, next.left);
    else operands.push(next);
  }
  return operands;
}

function negated(operand: Expression): string | undefined {
  const inner = operand.kind === "parenthesized" ? operand.expression : operand;
  if (inner.kind === "binary" && (inner.operator === "~=" || inner.operator === "like")) {
    return variableComparison(inner, inner.operator === "~=" ? "notEquals" : "notLike") ?? wrapped(inner);
  }
  const asked = definedName(inner);
  if (asked !== undefined) return variableXml(asked, "notExists", undefined);
  if (pathOf(inner) === "last.succeeded") return variableXml("_SMSTSLastActionSucceeded", "equals", "false");
  return wrapped(inner);
}

function wrapped(operand: Expression): string | undefined {
  const inner = exportCondition(operand);
  return inner === undefined ? undefined : `<operator type="not">${inner}</operator>`;
}

const orders: ReadonlyMap<string, string> = new Map([
  ["<", "less"],
  ["<=", "lessEqual"],
  [">", "greater"],
  [">=", "greaterEqual"],
  ["==", "equals"],
  ["!=", "notEquals"],
]);

function comparison(expression: Binary): string | undefined {
  const { operator, left, right } = expression;
  if (operator === "~=") return variableComparison(expression, "equals");
  if (operator === "like") return variableComparison(expression, "like");
  const word = orders.get(operator);
  if (word === undefined) return undefined;
  const path = pathOf(left);
  if (path === "os.phase" && (word === "equals" || word === "notEquals")) {
    const value = textOf(right);
    if (value !== "winpe" && value !== "fullos") return undefined;
    const isWinpe = (value === "winpe") === (word === "equals");
    return variableXml("_SMSTSInWinPE", "equals", String(isWinpe));
  }
  if (path === "last.code" && right.kind === "number") {
    return variableXml(
      "_SMSTSLastActionRetCode",
      word,
      String(right.value >= 2 ** 31 ? right.value - 2 ** 32 : right.value),
    );
  }
  const name = versionedName(left);
  const value = textOf(right);
  return name === undefined || value === undefined ? undefined : variableXml(name, word, value);
}

function variableComparison({ left, right }: Binary, word: string): string | undefined {
  const value = textOf(right);
  return left.kind === "reference" && value !== undefined ? variableXml(left.name.text, word, value) : undefined;
}

/** `(version(Build) ?? "0")` */
function versionedName(expression: Expression): string | undefined {
  const inner = expression.kind === "parenthesized" ? expression.expression : expression;
  if (inner.kind === "reference") return inner.name.text;
  if (inner.kind !== "binary" || inner.operator !== "??" || inner.left.kind !== "invocation") return undefined;
  const {
    callee,
    arguments: [argument],
  } = inner.left;
  const isVersion = callee.kind === "reference" && callee.name.text === "version";
  return isVersion && argument?.kind === "reference" ? argument.name.text : undefined;
}

function definedName(expression: Expression): string | undefined {
  if (expression.kind !== "invocation" || expression.callee.kind !== "reference") return undefined;
  const [argument] = expression.arguments;
  const isDefined = expression.callee.name.text === "defined" && argument?.kind === "reference";
  return isDefined ? argument.name.text : undefined;
}

function question(expression: Expression): string | undefined {
  const asked = definedName(expression);
  if (asked !== undefined) return variableXml(asked, "exists", undefined);
  if (pathOf(expression) === "last.succeeded") return variableXml("_SMSTSLastActionSucceeded", "equals", "true");
  if (expression.kind !== "member" || expression.property.kind === "missing") return undefined;
  if (expression.property.text !== "exists" || expression.object.kind !== "invocation") return undefined;
  const { callee } = expression.object;
  const values = expression.object.arguments.map(textOf);
  const [first, second] = values;
  if (callee.kind !== "reference" || first === undefined || values.includes(undefined)) return undefined;
  switch (callee.name.text) {
    case "wmi":
      return expressionXml("WMIConditionExpression", [
        ["Namespace", first],
        ["Query", second ?? ""],
      ]);
    case "dir":
      return expressionXml("FolderConditionExpression", [["Path", first]]);
    case "file":
      return expressionXml("FileConditionExpression", [["Path", first]]);
    case "registry":
      return expressionXml("RegistryConditionExpression", [
        ["KeyPath", first],
        ["Operator", "exists"],
        ...(second === undefined || second === "" ? [] : [["Value", second] as const]),
      ]);
    default:
      return undefined;
  }
}

/** `last.code` as text; undefined for anything else than names with dots. */
function pathOf(expression: Expression): string | undefined {
  if (expression.kind === "reference") return expression.name.text;
  if (expression.kind !== "member" || expression.property.kind === "missing") return undefined;
  const object = pathOf(expression.object);
  return object === undefined ? undefined : `${object}.${expression.property.text}`;
}

/** A text as the other systems write it, with `%Name%` for a variable; undefined: it holds something else. */
export function foreignText(literal: StringLiteral): string | undefined {
  const pieces: string[] = [];
  for (const part of literal.parts) {
    const text = part.kind === "stringText" ? part.value : variableText(part.expression);
    if (text === undefined) return undefined;
    pieces.push(text);
  }
  return pieces.join("");
}

const stateNames: ReadonlyMap<string, string> = new Map([
  ["device.name", "_SMSTSMachineName"],
  ["run.logs", "_SMSTSLogPath"],
  ["last.code", "_SMSTSLastActionRetCode"],
  ["last.name", "_SMSTSLastActionName"],
]);

function variableText(expression: Expression): string | undefined {
  const inner = expression.kind === "binary" && expression.operator === "??" ? expression.left : expression;
  if (inner.kind === "invocation" && inner.callee.kind === "reference" && inner.callee.name.text === "env") {
    const [name] = inner.arguments;
    const text = name?.kind === "string" ? foreignText(name) : undefined;
    return text === undefined ? undefined : `%${text}%`;
  }
  const state = stateNames.get(pathOf(inner) ?? "");
  if (state !== undefined) return `%${state}%`;
  return inner.kind === "reference" ? `%${inner.name.text}%` : undefined;
}

/** An expression for a text, as the other systems write it. */
export function textOf(expression: Expression): string | undefined {
  return expression.kind === "string" ? foreignText(expression) : variableText(expression);
}

function variableXml(name: string, operator: string, value: string | undefined): string {
  const fields: (readonly [string, string])[] = [["Operator", operator]];
  if (value !== undefined) fields.push(["Value", value]);
  return expressionXml("VariableConditionExpression", [...fields, ["Variable", name]]);
}

function expressionXml(type: string, fields: readonly (readonly [string, string])[]): string {
  const variables = fields.map(([name, value]) => `<variable name="${name}">${escapeText(value)}</variable>`);
  return `<expression type="SMS_TaskSequence_${type}">${variables.join("")}</expression>`;
}
