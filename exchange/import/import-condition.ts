// Conditions of the other systems as expressions. They are restated, never improved; what has no equal here makes the whole
// condition one that can't be said, with the reason.
import { isTrue, variablesIn } from "../foreign/read-sequence.ts";
import { attributeOf, childElements } from "../xml/tree.ts";
import type { XmlElement } from "../xml/tree.ts";
import type { Variables } from "./names.ts";
import { literal } from "./source-text.ts";
import { textExpression } from "./variable-text.ts";

export type ImportedCondition =
  | { readonly kind: "expression"; readonly text: string; readonly operands: number }
  | { readonly kind: "unsaid"; readonly why: string; readonly operands: number };

interface Piece {
  readonly text: string;
  /** How tightly it binds: 1 `or`, 2 `and`, 3 `not`, 4 a comparison, 5 all others. */
  readonly rank: number;
}

class Unsaid extends Error {}

/** A `<condition>`, or a list of rules' conditions: all of its children must hold. */
export function importCondition(condition: XmlElement, variables: Variables): ImportedCondition {
  const operands = countExpressions(condition);
  try {
    const pieces = childElements(condition).map((child) => pieceOf(child, variables));
    return { kind: "expression", text: joined(pieces, "and").text, operands };
  } catch (error) {
    if (!(error instanceof Unsaid)) throw error;
    return { kind: "unsaid", why: error.message, operands };
  }
}

export function countExpressions(element: XmlElement): number {
  let count = 0;
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.name === "expression") count++;
    waiting.push(...childElements(next));
  }
  return count;
}

function joined(pieces: readonly Piece[], word: "and" | "or"): Piece {
  const [only, ...others] = pieces;
  if (only === undefined) throw new Unsaid("a list of conditions is empty, and what that means is not known");
  if (others.length === 0) return only;
  const rank = word === "and" ? 2 : 1;
  return { text: pieces.map((piece) => within(piece, rank)).join(` ${word} `), rank };
}

function within(piece: Piece, rank: number): string {
  return piece.rank < rank ? `(${piece.text})` : piece.text;
}

function negated(piece: Piece): Piece {
  return { text: `not ${within(piece, 3)}`, rank: 3 };
}

function pieceOf(element: XmlElement, variables: Variables): Piece {
  switch (element.name) {
    case "expression":
      return expressionOf(element, variables);
    case "operator":
    case "osExpressionGroup":
    case "osConditionGroup":
      return operatorOf(element, variables);
    default:
      throw new Unsaid(`<${element.name}> is not known in a condition`);
  }
}

function operatorOf(element: XmlElement, variables: Variables): Piece {
  const type = (attributeOf(element, "type") ?? "and").toLowerCase();
  const operands = childElements(element).filter((child) => child.name !== "platformKey");
  const pieces = operands.map((child) => pieceOf(child, variables));
  if (pieces.length === 0 && element.name === "osExpressionGroup") return platformOf(element);
  switch (type) {
    case "and":
    case "or":
      return joined(pieces, type);
    case "not":
      return negated(joined(pieces, "or"));
    default:
      throw new Unsaid(`the operator "${type}" is not known`);
  }
}

/** The platform stands for itself where no query does. */
function platformOf(group: XmlElement): Piece {
  const [key] = childElements(group).filter((child) => child.name === "platformKey");
  if (key === undefined) throw new Unsaid("a group of operating systems is empty");
  const architecture = (attributeOf(key, "arch") ?? "").toLowerCase();
  const parts: Piece[] = [];
  if (/^(x86|x64|arm64)$/.test(architecture)) parts.push({ text: `os.architecture == "${architecture}"`, rank: 4 });
  for (const [name, operator] of [
    ["minVer", ">="],
    ["maxVer", "<="],
  ] as const) {
    const version = attributeOf(key, name);
    if (version !== undefined) parts.push({ text: `os.version ${operator} "${plainVersion(version)}"`, rank: 4 });
  }
  return joined(parts, "and");
}

/** `6.10.0000.0` is how the console writes 6.1. */
function plainVersion(text: string): string {
  if (!/^\d{1,9}(\.\d{1,9}){0,7}$/.test(text)) throw new Unsaid(`"${text}" is no version`);
  return text.split(".").map(Number).join(".");
}

const comparisons: { readonly [name: string]: string } = {
  less: "<",
  lessequal: "<=",
  greater: ">",
  greaterequal: ">=",
  equals: "==",
  notequals: "!=",
};

function expressionOf(element: XmlElement, variables: Variables): Piece {
  const type = attributeOf(element, "type") ?? "";
  const fields = new Map(variablesIn(element).map(({ name, value }) => [name.toLowerCase(), value]));
  const field = (name: string): string => fields.get(name.toLowerCase()) ?? "";
  const text = (value: string): string => {
    const expression = textExpression(value, variables);
    if (expression === undefined) throw new Unsaid("it names a variable that can't be read here");
    return expression;
  };
  switch (type.replace(/^SMS_TaskSequence_/, "")) {
    case "VariableConditionExpression":
      return variableCondition(field("Variable"), field("Operator"), field("Value"), variables, text);
    case "WMIConditionExpression": {
      const namespace = field("Namespace") === "" ? String.raw`root\cimv2` : field("Namespace");
      return { text: `wmi(${literal(namespace)}, ${literal(field("Query"))}).exists`, rank: 5 };
    }
    case "FolderConditionExpression":
      if (field("DateTime") !== "") throw new Unsaid("the date of a folder can't be asked");
      return { text: `dir(${text(field("Path"))}).exists`, rank: 5 };
    case "FileConditionExpression":
      return fileCondition(field, text);
    case "RegistryConditionExpression":
      return registryCondition(field, text);
    case "OSConditionExpression":
      return systemCondition(field);
    case "SoftwareConditionExpression":
      return softwareCondition(field);
    case "MakeModelConditionExpression":
      return makeCondition(field);
    default:
      throw new Unsaid(`conditions of the type ${type === "" ? "(none)" : type} are not known`);
  }
}

type Field = (name: string) => string;

function variableCondition(
  name: string,
  written: string,
  value: string,
  variables: Variables,
  text: (value: string) => string,
): Piece {
  const operator = written.toLowerCase();
  const own = stateCondition(name.toLowerCase(), operator, value);
  if (own !== undefined) return own;
  if (variables.isSecret(name)) throw new Unsaid(`"${name}" is secret, and secrets can't be compared`);
  const variable = variables.read(name);
  if (variable === undefined) throw new Unsaid(`"${name}" can't be a variable here`);
  switch (operator) {
    case "equals":
      return { text: `${variable} ~= ${text(value)}`, rank: 4 };
    case "notequals":
      return { text: `not ${variable} ~= ${text(value)}`, rank: 3 };
    case "exists":
      return { text: `defined(${variable})`, rank: 5 };
    case "notexists":
      return { text: `not defined(${variable})`, rank: 3 };
    case "like":
      return { text: `${variable} like ${text(value)}`, rank: 4 };
    case "notlike":
      return { text: `not ${variable} like ${text(value)}`, rank: 3 };
    default: {
      const sign = comparisons[operator];
      if (sign === undefined) throw new Unsaid(`the operator "${written}" is not known`);
      if (/^\d{1,9}(\.\d{1,9}){0,7}$/.test(value)) {
        return { text: `(version(${variable}) ?? "0") ${sign} "${value}"`, rank: 4 };
      }
      return { text: `${variable} ${sign} ${text(value)}`, rank: 4 };
    }
  }
}

/** What the agent says of the last step, and of where it runs, is a value of its own here. */
function stateCondition(name: string, operator: string, value: string): Piece | undefined {
  const isEqual = operator === "equals";
  if (!isEqual && operator !== "notequals") return undefined;
  const truth = /^(true|false)$/i.test(value) ? isTrue(value) === isEqual : undefined;
  if (name === "_smstslastactionsucceeded" && truth !== undefined) {
    return truth ? { text: "last.succeeded", rank: 5 } : { text: "not last.succeeded", rank: 3 };
  }
  if (name === "_smstsinwinpe" && truth !== undefined) {
    return { text: `os.phase ${truth ? "==" : "!="} "winpe"`, rank: 4 };
  }
  if (name === "_smstslastactionretcode" && /^-?\d{1,10}$/.test(value)) {
    return { text: `last.code ${isEqual ? "==" : "!="} ${codeText(Number(value))}`, rank: 4 };
  }
  return undefined;
}

/** Windows shows codes from 2^31 up as negative numbers, and people know them in hexadecimal. */
export function codeText(code: number): string {
  const unsigned = code < 0 ? code + 2 ** 32 : code;
  return unsigned >= 2 ** 31 ? `0x${unsigned.toString(16).toUpperCase()}` : String(unsigned);
}

function fileCondition(field: Field, text: (value: string) => string): Piece {
  if (field("DateTime") !== "") throw new Unsaid("the date of a file can't be asked");
  const file = `file(${text(field("Path"))})`;
  if (field("Version") === "") return { text: `${file}.exists`, rank: 5 };
  const sign = comparisons[field("VersionOperator").toLowerCase()];
  if (sign === undefined) throw new Unsaid(`the operator "${field("VersionOperator")}" is not known`);
  return { text: `(${file}.version ?? "0") ${sign} "${plainVersion(field("Version"))}"`, rank: 4 };
}

function registryCondition(field: Field, text: (value: string) => string): Piece {
  const value = `registry(${text(field("KeyPath"))}, ${text(field("Value"))})`;
  const data = field("Data");
  const operator = field("Operator").toLowerCase();
  switch (operator) {
    case "exists":
      return { text: `${value}.exists`, rank: 5 };
    case "notexists":
      return { text: `not ${value}.exists`, rank: 3 };
    case "equals":
      return { text: `${value}.value ~= ${text(data)}`, rank: 4 };
    case "notequals":
      return { text: `not ${value}.value ~= ${text(data)}`, rank: 3 };
    default: {
      const sign = comparisons[operator];
      if (sign === undefined || !/^\d{1,9}$/.test(data)) {
        throw new Unsaid(`the operator "${field("Operator")}" on a value of the registry is not known`);
      }
      return { text: `(int(${value}.value ?? "") ?? 0) ${sign} ${data}`, rank: 4 };
    }
  }
}

function systemCondition(field: Field): Piece {
  const architecture = field("Architecture").toLowerCase();
  const parts: Piece[] = [];
  if (/^(x86|x64|arm64)$/.test(architecture)) parts.push({ text: `os.architecture == "${architecture}"`, rank: 4 });
  const sign = comparisons[field("Operator").toLowerCase()];
  if (sign === undefined) throw new Unsaid(`the operator "${field("Operator")}" is not known`);
  parts.push({ text: `os.version ${sign} "${plainVersion(field("Version"))}"`, rank: 4 });
  return joined(parts, "and");
}

function softwareCondition(field: Field): Piece {
  const code = field("ProductCode");
  if (code === "") throw new Unsaid("software is known by its product code alone");
  const version = field("Version");
  if (version === "" || field("Operator") === "") return { text: `software(${literal(code)}).exists`, rank: 5 };
  const sign = comparisons[field("Operator").toLowerCase()] ?? ">=";
  return { text: `(software(${literal(code)}).version ?? "0") ${sign} "${plainVersion(version)}"`, rank: 4 };
}

function makeCondition(field: Field): Piece {
  const parts: Piece[] = [];
  for (const [name, fact] of [
    ["Make", "device.manufacturer"],
    ["Model", "device.model"],
  ] as const) {
    const value = field(name) === "" ? field(name === "Make" ? "Manufacturer" : name) : field(name);
    if (value !== "") parts.push({ text: `${fact} like ${literal(value)}`, rank: 4 });
  }
  return joined(parts, "and");
}
