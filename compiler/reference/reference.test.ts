// The reference is complete and true: every parameter has its text, every example checks clean, and every value that is
// shown beside an expression is what the expression gives.
import { actions, facts, functions } from "@sequitur/runtime/plan";
import type { ActionDeclaration, ActionName, FactDeclaration, FactName } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";
import { actionTexts } from "./action-texts.ts";
import type { ReferenceExample } from "./action-texts.ts";
import { actionsDocument, fieldsOf } from "./actions-document.ts";
import { factTexts } from "./fact-texts.ts";
import { factExample, factsDocument } from "./facts-document.ts";
import { functionTexts } from "./function-texts.ts";
import type { NamedFunction } from "./function-texts.ts";
import { definedExample, functionExample, functionsDocument } from "./functions-document.ts";

function findings({ text, files }: ReferenceExample): readonly string[] {
  const host = memoryHost({ ...files, "main.seq": text });
  return check(host, ["main.seq"]).diagnostics.map(({ code, message }) => `${code} ${message}`);
}

describe("actions", () => {
  it.each(Object.keys(actions) as ActionName[])("%s", (name) => {
    const text = actionTexts[name];
    const declaration: ActionDeclaration = actions[name];
    expect(findings(text.example)).toEqual([]);
    expect(text.example.text).toContain(`use ${name} {`);
    expect(Object.keys(text.parameters)).toEqual(Object.keys(declaration.parameters));
    for (const [parameter, { type }] of Object.entries(declaration.parameters)) {
      expect(Object.keys(text.fields?.[parameter] ?? {})).toEqual(Object.keys(fieldsOf(type) ?? {}));
    }
  });
});

describe("facts", () => {
  it.each(Object.keys(facts) as FactName[])("%s", (name) => {
    const declaration: FactDeclaration = facts[name];
    expect(findings(factExample(name))).toEqual([]);
    expect(factExample(name).text).toContain(name.split(".").at(-1));
    expect(Object.keys(factTexts[name].parameters ?? {})).toEqual(declaration.parameters.map((each) => each.name));
  });
});

describe("functions", () => {
  const named = Object.keys(functions).filter((name) => functions[name as NamedFunction].form !== "internal");

  it("has a text for every function that an author can name", () => {
    expect(Object.keys(functionTexts).sort()).toEqual([...named].sort());
  });

  it.each(Object.keys(functionTexts) as NamedFunction[])("%s", (name) => {
    const text = functionTexts[name];
    const { parameters, form } = functions[name];
    expect(findings(functionExample(name))).toEqual([]);
    expect(text.parameters?.length ?? 0).toBe(form === "call" ? parameters.length : 0);
    for (const [expression, value] of text.examples) expect(logged(expression)).toBe(asLogged(value));
  });

  it("shows defined", () => {
    expect(findings(definedExample)).toEqual([]);
  });
});

/** The text that a log of the constant expression writes, as the compiler computes it. */
function logged(expression: string): unknown {
  const host = memoryHost({ "main.seq": `const shown = ${expression}\nsequence main {\n  log shown\n}\n` });
  return compile(host, "main.seq").plan?.constants.at(-1)?.value;
}

/** How a log writes the value that a text shows as in source. */
function asLogged(shown: string): string {
  const value: unknown = JSON.parse(shown);
  return typeof value === "string" ? value : JSON.stringify(value);
}

it("names everything in its pages", () => {
  for (const name of Object.keys(actions)) expect(actionsDocument()).toContain(`## \`${name}\``);
  for (const name of Object.keys(facts)) expect(factsDocument()).toContain(factTexts[name as FactName].summary);
  for (const name of Object.keys(functionTexts)) expect(functionsDocument()).toContain(`### \`${name}`);
});
