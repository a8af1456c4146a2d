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
import { memoryHost } from "./memory-host.ts";

/** The name that an example's text has. */
const examplePath = "main.seq";

/** The page by code or name; undefined: there is no such finding. */
export function explain(codeOrName: string): string | undefined {
  const found = findDiagnostic(codeOrName);
  if (found === undefined) return undefined;
  const { code, declaration } = found;
  const sections = [
    `# ${code} ${declaration.name}`,
    `Severity: ${declaration.severity}`,
    declaration.why,
    `## This fails\n\n${exampleText(declaration, declaration.wrong)}\n\n${messageText(code, declaration)}`,
    `## This passes\n\n${fenced(declaration.right)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** What an example of a finding gives. Findings of content and building come out of a build, all others of a check. */
export function exampleFindings(code: string, declaration: DiagnosticDeclaration, text: string): readonly Diagnostic[] {
  const host = memoryHost({ ...declaration.files, [examplePath]: text });
  const built = Object.hasOwn(contentDiagnostics, code) || Object.hasOwn(loweringDiagnostics, code);
  return built
    ? compile(host, examplePath, exampleOptions[code] ?? {}).diagnostics
    : check(host, [examplePath]).diagnostics;
}

/** How a build is called where its finding depends on that. */
const exampleOptions: { readonly [code: string]: CompileOptions } = {
  SEQ7011: { locked: true },
  SEQ7205: { sequence: "main" },
  SEQ7206: { sequence: "main" },
  SEQ7207: { sequence: "main" },
};

function exampleText(declaration: DiagnosticDeclaration, text: string): string {
  const configuration = declaration.files?.["sequitur.json"];
  if (configuration === undefined) return fenced(text);
  return `\`sequitur.json\`:\n\n\`\`\`json\n${configuration.trimEnd()}\n\`\`\`\n\n${fenced(text)}`;
}

function fenced(text: string): string {
  return `\`\`\`seq\n${text.trimEnd()}\n\`\`\``;
}

function messageText(code: string, declaration: DiagnosticDeclaration): string {
  const finding = exampleFindings(code, declaration, declaration.wrong).find((each) => each.code === code);
  if (finding === undefined) return "";
  const text = finding.file === examplePath ? declaration.wrong : (declaration.files?.[finding.file] ?? "");
  const { line, column } = lineMap(text).positionAt(finding.start);
  const hint = finding.hint === undefined ? "" : `\n  ${finding.hint}`;
  return `\`\`\`text\n${finding.file}:${line}:${column}: ${finding.message}${hint}\n\`\`\``;
}
