// Every generated file of the repository, from its declaration. `npm run generate` writes them, a test compares them.
import { cliReference } from "@sequitur/cli";
import { createTypeScriptReader } from "@sequitur/cli/typescript";
import {
  allDiagnostics,
  catalogueSchema,
  configurationDocument,
  explain,
  memoryHost,
  rulesDocument,
} from "@sequitur/compiler";
import type { CompilerHost } from "@sequitur/compiler";
import { actionsDocument, factsDocument, functionsDocument } from "@sequitur/compiler/reference";
import { ebnf, textMateGrammar } from "@sequitur/grammar";
import { planFormatDocument, planSchema } from "@sequitur/runtime/plan";
import { format } from "prettier";

export interface GeneratedFile {
  /** Relative to the project's root. */
  readonly path: string;
  readonly text: string;
}

const notice = (from: string): string =>
  `<!-- Generated from ${from}: change that, then run "npm run generate". -->\n\n`;

export async function generatedFiles(): Promise<readonly GeneratedFile[]> {
  return [
    await markdown("docs/reference/cli.md", "cli/commands", cliReference()),
    await markdown("docs/reference/plan-format.md", "runtime/plan", planFormatDocument()),
    await markdown("docs/reference/diagnostics.md", "the catalogues of diagnostics", diagnosticsDocument()),
    await markdown("docs/reference/actions.md", "runtime/plan/actions.ts and compiler/reference", actionsDocument()),
    await markdown("docs/reference/facts.md", "runtime/plan/facts.ts and compiler/reference", factsDocument()),
    await markdown(
      "docs/reference/functions.md",
      "runtime/plan/functions.ts and compiler/reference",
      functionsDocument(),
    ),
    {
      path: "docs/reference/grammar.ebnf",
      text: `(* Generated from grammar/parser: change that, then run "npm run generate". *)\n\n${ebnf()}`,
    },
    await json("docs/reference/plan.schema.json", planSchema()),
    await json("docs/reference/catalogue.schema.json", catalogueSchema),
    await markdown("docs/reference/rules.md", "compiler/lint/rules", rulesDocument()),
    await json("docs/reference/sequitur.schema.json", configurationDocument()),
    await json("editor/textmate/sequitur.tmLanguage.json", textMateGrammar()),
  ];
}

async function markdown(path: string, from: string, text: string): Promise<GeneratedFile> {
  return { path, text: await format(notice(from) + text, { parser: "markdown", printWidth: 120 }) };
}

async function json(path: string, value: unknown): Promise<GeneratedFile> {
  return { path, text: await format(JSON.stringify(value), { parser: "json", printWidth: 120 }) };
}

function diagnosticsDocument(): string {
  const pages = Object.keys(allDiagnostics)
    .sort()
    .map((code) => demoted(explain(code, exampleHost) ?? ""));
  return ["# Diagnostics", "", "`sequitur explain CODE` prints one of these pages.", "", ...pages].join("\n");
}

function exampleHost(files: { readonly [path: string]: string }): CompilerHost {
  const host = memoryHost(files);
  const reader = createTypeScriptReader(host, "/");
  return { ...host, typescript: () => reader };
}

/** The same page one level of headings further down. Lines of code blocks stay. */
function demoted(page: string): string {
  let inCode = false;
  const lines = page.split("\n").map((line) => {
    if (line.startsWith("```")) inCode = !inCode;
    return !inCode && line.startsWith("#") ? `#${line}` : line;
  });
  return lines.join("\n");
}
