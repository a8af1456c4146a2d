// The page of a finding as Markdown, for `explain` and the reference: what it means, an example that fails, with the message
// that it really gives, and one that passes.
import { lineMap } from "@sequitur/grammar";
import type { Diagnostic, DiagnosticDeclaration } from "@sequitur/grammar";
import { findDiagnostic } from "./all-diagnostics.ts";
import { check } from "./check.ts";
import { compile } from "./compile.ts";
import type { CompileOptions } from "./compile.ts";
import { contentDiagnostics } from "./diagnostics/content.ts";
import { loweringDiagnostics } from "./diagnostics/lowering.ts";
import type { CompilerHost } from "./host.ts";
import { isRule } from "./lint/rules.ts";
import { memoryHost } from "./memory-host.ts";

/** The name that an example's text has. */
const examplePath = "main.seq";

/** Makes a host of the texts of an example: one that reads TypeScript, where an example needs that. */
export type ExampleHost = (files: { readonly [path: string]: string }) => CompilerHost;

/** The page by code or name; undefined: there is no such finding. An example that `hostOf` can't check lacks its message. */
export function explain(codeOrName: string, hostOf: ExampleHost = memoryHost): string | undefined {
  const found = findDiagnostic(codeOrName);
  if (found === undefined) return undefined;
  const { code, declaration } = found;
  const sections = [
    `# ${code} ${declaration.name}`,
    isOff(declaration)
      ? `Severity: off unless the configuration turns it on; ${declaration.severity} is usual`
      : `Severity: ${declaration.severity}`,
    declaration.why,
    ...ruleSections(declaration),
    `## This fails\n\n${exampleText(declaration, declaration.wrong)}`,
    messageText(code, declaration, hostOf),
    `## This passes\n\n${scriptTexts(declaration, declaration.right)}${fenced(declaration.right)}`,
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** What an example of a finding gives. Findings of content and building come out of a build, all others of a check. */
export function exampleFindings(
  code: string,
  declaration: DiagnosticDeclaration,
  text: string,
  hostOf: ExampleHost = memoryHost,
): readonly Diagnostic[] {
  const turnedOn = isOff(declaration) ? { "sequitur.json": turnOn(declaration) } : {};
  const host = hostOf({ ...turnedOn, ...declaration.files, [examplePath]: text });
  const built = [contentDiagnostics, loweringDiagnostics, exampleOptions].some((table) => Object.hasOwn(table, code));
  return built
    ? compile(host, examplePath, exampleOptions[code] ?? {}).diagnostics
    : check(host, [examplePath]).diagnostics;
}

function isOff(declaration: DiagnosticDeclaration): boolean {
  return isRule(declaration) && declaration.off;
}

function turnOn({ name, severity }: DiagnosticDeclaration): string {
  return `{ "rules": { "${name}": "${severity}" } }`;
}

/** What only rules of the linter have: how they are turned on, and their options. */
function ruleSections(declaration: DiagnosticDeclaration): readonly string[] {
  if (!isRule(declaration)) return [];
  const options = Object.entries(declaration.options).map(
    ([name, { description, fallback }]) =>
      `- \`${name}\`: ${description}; \`${JSON.stringify(fallback)}\` if left out.`,
  );
  return [
    ...(declaration.off ? [`In \`sequitur.json\`: \`${turnOn(declaration)}\``] : []),
    ...(options.length === 0 ? [] : [`## Options\n\n${options.join("\n")}`]),
  ];
}

/** How a build is called where its finding depends on that, or comes out of a build though others of its family do not. */
const exampleOptions: { readonly [code: string]: CompileOptions } = {
  SEQ5201: { sequence: "main" },
  SEQ7011: { locked: true },
  SEQ7205: { sequence: "main" },
  SEQ7206: { sequence: "main" },
  SEQ7207: { sequence: "main" },
};

function exampleText(declaration: DiagnosticDeclaration, text: string): string {
  const configuration = declaration.files?.["sequitur.json"];
  if (configuration === undefined) return `${scriptTexts(declaration, text)}${fenced(text)}`;
  return `\`sequitur.json\`:\n\n\`\`\`json\n${configuration.trimEnd()}\n\`\`\`\n\n${fenced(text)}`;
}

/** The TypeScript files that an example imports. */
function scriptTexts({ files = {} }: DiagnosticDeclaration, text: string): string {
  const imported = Object.entries(files).filter(([path]) => path.endsWith(".ts") && text.includes(`"./${path}"`));
  return imported.map(([path, script]) => `\`${path}\`:\n\n\`\`\`ts\n${script.trimEnd()}\n\`\`\`\n\n`).join("");
}

function fenced(text: string): string {
  return `\`\`\`seq\n${text.trimEnd()}\n\`\`\``;
}

function messageText(code: string, declaration: DiagnosticDeclaration, hostOf: ExampleHost): string {
  const finding = exampleFindings(code, declaration, declaration.wrong, hostOf).find((each) => each.code === code);
  if (finding === undefined) return "";
  const text = finding.file === examplePath ? declaration.wrong : (declaration.files?.[finding.file] ?? "");
  const { line, column } = lineMap(text).positionAt(finding.start);
  const hint = finding.hint === undefined ? "" : `\n  ${finding.hint}`;
  return `\`\`\`text\n${finding.file}:${line}:${column}: ${finding.message}${hint}\n\`\`\``;
}
