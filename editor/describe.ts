// Symbols, actions, facts and functions in words, as hover, completion and signature help show them. All texts are those
// of the reference; nothing is written a second time here.
import type { Expression, Node } from "@sequitur/grammar";
import {
  actions,
  durationText,
  facts,
  functions,
  sizeText,
  stateFields,
  stepFields,
  valueText,
} from "@sequitur/runtime/plan";
import type {
  ActionDeclaration,
  ActionName,
  FactDeclaration,
  FactName,
  FunctionName,
  Value,
} from "@sequitur/runtime/plan";
import type { CatalogueAction } from "@sequitur/compiler";
import { printType, typeOfPlanType } from "@sequitur/compiler/model";
import type { CheckedProgram, ProjectAction, ProgramSymbol, Type } from "@sequitur/compiler/model";
import { actionTexts, factTexts, functionTexts } from "@sequitur/compiler/reference";
import type { ActionText } from "@sequitur/compiler/reference";

/** A line of source and what it means; `text` is Markdown and may be empty. */
export interface Description {
  readonly code: string;
  readonly text: string;
}

export function describe(symbol: ProgramSymbol, program: CheckedProgram): Description {
  return { code: declarationText(symbol, program), text: docOf(symbol) };
}

function docOf(symbol: ProgramSymbol): string {
  if (symbol.kind === "scriptAction") return symbol.action?.doc ?? "";
  const { node } = symbol;
  return node !== undefined && "doc" in node && node.doc !== undefined ? node.doc.text : "";
}

function declarationText(symbol: ProgramSymbol, program: CheckedProgram): string {
  const { name, module } = symbol;
  const written = (from: { readonly start: number; readonly end: number }): string =>
    module.parsed.text.slice(from.start, from.end).replaceAll(/\s+/g, " ");
  switch (symbol.kind) {
    case "const": {
      const value = valueOf(symbol.node.value, program);
      return `const ${name}${typeSuffix(program.types.get(symbol.node.value))} = ${value ?? written(symbol.node.value)}`;
    }
    case "type":
      return `type ${name} = ${written(symbol.node.type)}`;
    case "fn":
      return `fn ${signatureText(name, symbol.node.parameters.map(written))}: ${written(symbol.node.result)}`;
    case "content":
      return `${symbol.node.contentKind} ${name} ${written(symbol.node.source)}`;
    case "account":
      return `account ${name}`;
    case "sequence": {
      const variables = program.variables.get(symbol) ?? [];
      const lines = variables
        .filter(({ node }) => node.role !== "var")
        .map((each) => `  ${declarationText(each, program)}`);
      const title = symbol.node.title === undefined ? "" : ` ${written(symbol.node.title)}`;
      return [`sequence ${name}${title}`, ...lines].join("\n");
    }
    case "externSequence":
      return `extern sequence ${name} ${written(symbol.node.source)}`;
    case "fleet":
      return `${symbol.node.fleetKind} ${name}`;
    case "deployment":
      return `deployment ${name}`;
    case "namespace":
      return `import ${written(symbol.node.source)} as ${name}`;
    case "scriptAction":
      return `use ${name}${symbol.action === undefined ? "" : parameterBlock(projectParameters(symbol.action))}`;
    case "variable": {
      const { node } = symbol;
      const value = node.value === undefined || node.role === "secret" ? "" : ` = ${written(node.value)}`;
      return `${node.role} ${name}: ${written(node.type)}${value}`;
    }
    case "global":
      return `global ${symbol.secret ? "secret" : "var"} ${name}`;
    case "loopVariable":
      return `${name}${typeSuffix(typeOfSymbol(symbol, program))}`;
    case "fnParameter":
      return written(symbol.node);
    case "label": {
      const { title } = symbol.node;
      return `${symbol.node.kind} ${name}${title === undefined ? "" : ` ${written(title)}`}`;
    }
  }
}

/** The type of a loop variable, which is nowhere written; undefined: it is not known. */
export function typeOfSymbol(symbol: ProgramSymbol, program: CheckedProgram): Type | undefined {
  for (const [known, type] of program.symbolTypes) if (known.nameNode === symbol.nameNode) return type;
  return undefined;
}

function typeSuffix(type: Type | undefined): string {
  return type === undefined ? "" : `: ${printType(type)}`;
}

function signatureText(name: string, parameters: readonly string[]): string {
  return `${name}(${parameters.join(", ")})`;
}

/** The value of an expression that is known before the run, as an author writes it; undefined: it is not known. */
export function valueOf(expression: Expression, program: CheckedProgram): string | undefined {
  const value = program.constants.get(expression);
  if (value === undefined) return undefined;
  const type = program.types.get(expression);
  return written(value, type?.kind ?? "string");
}

function written(value: Value, kind: string): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number" && kind === "duration") return durationText(value);
  if (typeof value === "number" && kind === "size") return sizeText(value);
  return valueText(value);
}

// ---- Actions --------------------------------------------------------------------------------------------------------

/** A parameter of an action, wherever the action comes from. */
export interface DescribedParameter {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly text: string;
  /** Words that may stand as its value. */
  readonly choices: readonly string[];
}

export interface DescribedAction {
  readonly name: string;
  readonly summary: string;
  readonly notes: readonly string[];
  readonly parameters: readonly DescribedParameter[];
}

export function describeBuiltin(name: string): DescribedAction | undefined {
  if (!Object.hasOwn(actions, name)) return undefined;
  const known = name as ActionName;
  const text: ActionText = actionTexts[known];
  const meanings: { readonly [parameter: string]: string } = text.parameters;
  const { summary, notes } = text;
  return { name, summary, notes, parameters: declaredParameters(actions[known], (each) => meanings[each] ?? "") };
}

export function describeCatalogueAction({ name, summary, declaration }: CatalogueAction): DescribedAction {
  return { name, summary, notes: [], parameters: declaredParameters(declaration, () => "") };
}

export function describeProjectAction(action: ProjectAction): DescribedAction {
  return { name: action.name, summary: action.doc, notes: [], parameters: projectParameters(action) };
}

function projectParameters(action: ProjectAction): readonly DescribedParameter[] {
  return [...action.parameters].map(([name, { type, required, doc }]) => ({
    name,
    type: printType(type),
    required,
    text: doc,
    choices: [],
  }));
}

function declaredParameters(
  declaration: ActionDeclaration,
  meaning: (name: string) => string,
): readonly DescribedParameter[] {
  return Object.entries(declaration.parameters).map(([name, parameter]) => ({
    name,
    type: parameter.choices?.join(" | ") ?? printType(typeOfPlanType(parameter.type)),
    required: parameter.required,
    text: meaning(name),
    choices: parameter.choices ?? (parameter.type === "bool" ? ["true", "false"] : []),
  }));
}

/** `use name { parameter: type, … }`, one parameter a line. */
export function actionCode(action: DescribedAction): string {
  return `use ${action.name}${parameterBlock(action.parameters)}`;
}

/** What a call of a sequence may give; undefined: it calls none that is known. */
export function sequenceParameters(
  call: Extract<Node, { kind: "call" }>,
  program: CheckedProgram,
): readonly DescribedParameter[] | undefined {
  const resolution = call.sequence.kind === "missing" ? undefined : program.paths.get(call.sequence);
  if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") return undefined;
  const variables = program.variables.get(resolution.symbol) ?? [];
  return variables
    .filter(({ node: { role } }) => role === "param" || role === "secret")
    .map((symbol) => {
      const type = program.symbolTypes.get(symbol);
      return {
        name: symbol.name,
        type: type === undefined ? "unknown" : printType(type),
        required: symbol.node.value === undefined && type?.kind !== "optional",
        text: symbol.node.doc?.text ?? "",
        choices: type?.kind === "union" ? type.members.map(printType) : [],
      };
    });
}

function parameterBlock(parameters: readonly DescribedParameter[]): string {
  if (parameters.length === 0) return "";
  return ` {\n${parameters.map(({ name, type, required }) => `  ${name}${required ? "" : "?"}: ${type}`).join("\n")}\n}`;
}

// ---- Facts, functions, state ----------------------------------------------------------------------------------------

export function describeFact(name: FactName): Description {
  const { parameters, result }: FactDeclaration = facts[name];
  const [root, member] = name.split(".");
  const given = parameters.map((each) => `${each.name}: ${planTypeText(each.type)}`);
  const call = given.length === 0 && name !== "now" ? root : `${root}(${given.join(", ")})`;
  const { summary, notes } = factTexts[name];
  return {
    code: `${call}${member === undefined ? "" : `.${member}`}: ${planTypeText(result)}`,
    text: [summary, ...(notes ?? [])].join("\n\n"),
  };
}

export function describeFunction(name: FunctionName): Description {
  const declaration = functions[name];
  const text = Object.hasOwn(functionTexts, name) ? functionTexts[name as keyof typeof functionTexts] : undefined;
  const signature = functionSignature(name);
  const examples = (text?.examples ?? []).map(([expression, value]) => `\`${expression}\` is \`${value}\``);
  return {
    code: `${signature.label}: ${planTypeText(declaration.result)}`,
    text: [text?.summary ?? "", ...(text?.notes ?? []), ...examples].filter((part) => part !== "").join("\n\n"),
  };
}

/** What a call of a function is written like; each parameter is a part of `label`. */
export function functionSignature(name: FunctionName): {
  readonly label: string;
  readonly parameters: readonly { readonly label: string; readonly text: string }[];
} {
  const { form, parameters: types } = functions[name];
  if (form === "property") return { label: name, parameters: [] };
  const text = Object.hasOwn(functionTexts, name) ? functionTexts[name as keyof typeof functionTexts] : undefined;
  const parameters = types.map((type, index) => {
    const [called, meaning] = text?.parameters?.[index] ?? ["value", ""];
    return { label: `${called}: ${planTypeText(type)}`, text: meaning };
  });
  return {
    label: signatureText(
      name,
      parameters.map(({ label }) => label),
    ),
    parameters,
  };
}

export function describeState(field: string): Description | undefined {
  if (!Object.hasOwn(stateFields, field)) return undefined;
  const { type } = stateFields[field as keyof typeof stateFields];
  return { code: `${field.replace(/^pending\./, "error.")}: ${planTypeText(type)}`, text: "" };
}

export function describeStepField(field: string): Description | undefined {
  if (!Object.hasOwn(stepFields, field)) return undefined;
  const { type } = stepFields[field as keyof typeof stepFields];
  return { code: type === null ? field : `${field}: ${planTypeText(type)}`, text: "" };
}

function planTypeText(type: Parameters<typeof typeOfPlanType>[0]): string {
  return printType(typeOfPlanType(type));
}
