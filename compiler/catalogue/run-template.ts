// How an action of a catalogue is done: a program and its arguments, with `{name}` for parameters. A value fills its place in
// one argument and never makes another one of it.
import type { ActionParameter } from "@sequitur/runtime/plan";
import { catalogueDiagnostics } from "../diagnostics/catalogues.ts";
import type { JsonMember, JsonNode } from "../project/json-text.ts";
import type { RunTemplate, TemplateArgument, TemplatePiece } from "./catalogue-action.ts";
import { catalogueSettings } from "./catalogue-schema.ts";
import type { CatalogueReader } from "./catalogue-file.ts";

type Parameters = { readonly [name: string]: ActionParameter };

/** Undefined: something was wrong and is reported. */
export function readTemplate(reader: CatalogueReader, node: JsonNode, parameters: Parameters): RunTemplate | undefined {
  const settings = reader.members(node, '"run"', catalogueSettings.run);
  const program = reader.text(settings.get("program"));
  if (program === undefined || program === "" || /[\0{}]/.test(program)) {
    return reader.wrong(settings.get("program")?.value ?? node, "program", "the name of a program");
  }
  const from = readPackage(reader, settings.get("from"), parameters);
  const args = readArguments(reader, settings.get("args"), parameters);
  const environment = readEnvironment(reader, settings.get("env"), parameters);
  return { program, arguments: args, environment, ...(from === undefined ? {} : { from }) };
}

function readPackage(
  reader: CatalogueReader,
  member: JsonMember | undefined,
  parameters: Parameters,
): string | undefined {
  const name = reader.text(member);
  if (member === undefined || name === undefined) return undefined;
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter?.type === "package" && parameter.required) return name;
  return reader.wrong(member.value, "from", "the name of a required parameter of the type package");
}

function readArguments(
  reader: CatalogueReader,
  member: JsonMember | undefined,
  parameters: Parameters,
): readonly TemplateArgument[] {
  if (member === undefined) return [];
  if (member.value.kind !== "list") {
    reader.wrong(member.value, "args", "a list of arguments: `[ … ]`");
    return [];
  }
  return member.value.items.flatMap((item): readonly TemplateArgument[] => {
    if (item.kind !== "string") {
      reader.wrong(item, "args", "a list of texts, one an argument");
      return [];
    }
    const pieces = readPieces(reader, item, item.value, parameters, false);
    const [only] = pieces;
    if (pieces.length === 1 && only !== undefined && typeof only !== "string") {
      const { type } = parameters[only.parameter] ?? { type: "string" };
      if (typeof type === "object") return [{ kind: "each", parameter: only.parameter }];
    }
    return [{ kind: "one", pieces }];
  });
}

function readEnvironment(
  reader: CatalogueReader,
  member: JsonMember | undefined,
  parameters: Parameters,
): RunTemplate["environment"] {
  if (member === undefined) return {};
  if (member.value.kind !== "object") {
    reader.wrong(member.value, "env", "an object of texts by the names of variables");
    return {};
  }
  const variables: [string, readonly TemplatePiece[]][] = [];
  for (const { name, namePlace, value } of member.value.members) {
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) reader.wrong(namePlace, name, "the name of a variable");
    else if (value.kind !== "string") reader.wrong(value, name, "a text in double quotes");
    else variables.push([name, readPieces(reader, value, value.value, parameters, true)]);
  }
  return Object.fromEntries(variables);
}

/** `{{` and `}}` stand for a brace. */
function readPieces(
  reader: CatalogueReader,
  place: JsonNode,
  text: string,
  parameters: Parameters,
  isVariable: boolean,
): readonly TemplatePiece[] {
  const pieces: TemplatePiece[] = [];
  let plain = "";
  const wrong = (why: string): readonly TemplatePiece[] => {
    reader.report(catalogueDiagnostics.SEQ7406, place, { text, why });
    return [];
  };
  for (const token of text.match(/\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+/g) ?? []) {
    if (token === "{" || token === "}") return wrong("a brace that belongs to nothing; write it twice to mean it");
    if (!token.startsWith("{") || token === "{{") {
      plain += token === "{{" ? "{" : token === "}}" ? "}" : token;
      continue;
    }
    const parameter = token.slice(1, -1);
    const problem = pieceProblem(parameter, parameters, isVariable, token === text);
    if (problem !== null) return wrong(problem);
    if (plain !== "") pieces.push(plain);
    plain = "";
    pieces.push({ parameter });
  }
  if (text.includes("\0")) return wrong("no program can be given a NUL character");
  if (plain !== "" || pieces.length === 0) pieces.push(plain);
  return pieces;
}

/** Why a parameter can't stand there, as a clause; null: it can. */
function pieceProblem(name: string, parameters: Parameters, isVariable: boolean, isWhole: boolean): string | null {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter === undefined) return `the action has no parameter "${name}"`;
  const { type, required, default: usual } = parameter;
  if (type === "secret") {
    return isVariable && isWhole ? null : `"${name}" is secret, and goes by a variable of "env" of its own`;
  }
  const isList = typeof type === "object";
  if (isList && (isVariable || !isWhole)) return `"${name}" is a list, and stands as an argument alone`;
  if (isList && !(JSON.stringify(type) === '{"list":"string"}')) return `only lists of strings can be arguments`;
  if (!isList && !["string", "int", "bool", "duration", "size", "version"].includes(String(type))) {
    return `a ${String(type)} has no text`;
  }
  if (!required && usual === undefined && !isWhole && !isVariable) {
    return `"${name}" may be left out, so it stands as an argument alone, or has a default`;
  }
  return null;
}
