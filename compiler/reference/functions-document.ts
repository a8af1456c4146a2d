// The reference page of functions and properties, as Markdown: declarations and texts together.
import { functions } from "@sequitur/runtime/plan";
import type { FunctionDeclaration, PlanType } from "@sequitur/runtime/plan";
import { typeOfPlanType } from "../types/plan-type.ts";
import { printType } from "../types/print-type.ts";
import type { ReferenceExample } from "./action-texts.ts";
import { functionTexts } from "./function-texts.ts";
import type { FunctionText, NamedFunction } from "./function-texts.ts";
import { bullets, exampleBlock } from "./markdown.ts";

/** The whole page. */
export function functionsDocument(): string {
  const names = Object.keys(functionTexts) as NamedFunction[];
  const calls = names.filter((name) => functions[name].form === "call");
  const properties = names.filter((name) => functions[name].form === "property");
  const parts = [
    "# Functions and properties",
    introduction,
    "## Functions",
    ...calls.flatMap(page),
    "### `defined(name)`",
    definedText,
    exampleBlock(definedExample),
    "## Properties",
    ...properties.flatMap(page),
  ];
  return `${parts.join("\n\n")}\n`;
}

const introduction =
  "All of them are pure: the same arguments give the same result on every machine, and no locale has a say. A call whose " +
  "arguments are constants is computed when the sequence is compiled. Texts may have a million UTF-16 units and lists ten " +
  "thousand items; a result beyond that fails the step with reason `value`. Operators are told in the " +
  "[language](../language.md).";

const definedText =
  'Is this global variable set? It takes the bare name of a `global var`, and gives a `bool`. A global that holds `""` counts as ' +
  "not set.";

/** A whole file that uses `defined`, which is a form of the language and no function of the catalogue. */
export const definedExample: ReferenceExample = {
  text: `sequence main {
  global var Site: string
  step "Choose a site"
    set Site = "AMS"
    when not defined(Site)
}
`,
};

function page(name: NamedFunction): readonly string[] {
  const text: FunctionText = functionTexts[name];
  return [
    `### \`${form(name)}\``,
    `${text.summary} ${signature(name)}`,
    ...bullets([
      ...(text.parameters ?? []).map(([parameter, meaning]) => `\`${parameter}\`: ${meaning}`),
      ...(text.notes ?? []),
    ]),
    ...valueLines(text),
    exampleBlock(functionExample(name)),
  ];
}

/** As an author writes it: `contains(text, part)`, `duration.seconds`. */
function form(name: NamedFunction): string {
  const parameters = functionTexts[name].parameters?.map(([parameter]) => parameter) ?? [];
  return functions[name].form === "property" ? name : `${name}(${parameters.join(", ")})`;
}

function signature(name: NamedFunction): string {
  const declaration: FunctionDeclaration = functions[name];
  const result = `Gives \`${typeName(declaration.result)}\``;
  if (declaration.form === "property") return `${result}.`;
  return `Takes ${declaration.parameters.map((type) => `\`${typeName(type)}\``).join(", ")}. ${result}.`;
}

function typeName(type: PlanType): string {
  return printType(typeOfPlanType(type));
}

function valueLines(text: FunctionText): readonly string[] {
  return bullets(text.examples.map(([expression, value]) => `\`${expression}\` is \`${value}\`.`));
}

/** A whole file that uses the function. */
export function functionExample(name: NamedFunction): ReferenceExample {
  const [first] = functionTexts[name].examples;
  if (first === undefined) return revealExample;
  return { text: `sequence main {\n  step "Show it"\n    log ${first[0]}\n}\n` };
}

const revealExample: ReferenceExample = {
  text: `sequence main {
  secret key: string
  // sequitur-ignore revealed-secret: this program takes the key in no other way
  step "Register"
    run "register --key \${reveal(key)}"
}
`,
};
