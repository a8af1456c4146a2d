// Findings as SARIF 2.1.0 (OASIS Standard, Static Analysis Results Interchange Format): whole regions, related places,
// fixes, and what each rule is about. Paths are relative, as the findings bear them.
import type { Diagnostic, Fix, Location, Severity } from "@sequitur/grammar";
import { positionsIn } from "./sources.ts";
import type { Positions, Sources } from "./sources.ts";

/** What a scanner shows about a rule beside its findings. */
export interface RuleDescription {
  readonly name: string;
  readonly severity: Severity;
  /** Why it is a finding at all. */
  readonly why: string;
}

/** A finding that is not reported: a comment silences it, or a baseline knows it. */
export interface SilentFinding {
  readonly diagnostic: Diagnostic;
  readonly sources: Sources;
  readonly kind: "inSource" | "external";
  readonly reason: string;
}

export type RuleDescriptions = Readonly<{ [code: string]: RuleDescription }>;

/** One SARIF log with one run, indented, with a line break at its end. */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  rules: RuleDescriptions,
  version: string,
  silent: readonly SilentFinding[] = [],
): string {
  const positions = positionsIn(sources);
  const all = [...diagnostics, ...silent.map(({ diagnostic }) => diagnostic)];
  const codes = [...new Set(all.map((diagnostic) => diagnostic.code))].sort();
  const log = {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Sequitur",
            version,
            semanticVersion: version,
            rules: codes.map((code) => rule(code, rules[code])),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: true }],
        results: [
          ...diagnostics.map((diagnostic) => result(diagnostic, codes.indexOf(diagnostic.code), positions)),
          ...silent.map(({ diagnostic, kind, reason, ...rest }) => ({
            ...result(diagnostic, codes.indexOf(diagnostic.code), positionsIn(rest.sources)),
            suppressions: [{ kind, status: "accepted", justification: reason }],
          })),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function rule(code: string, description: RuleDescription | undefined): object {
  if (description === undefined) return { id: code };
  const words = description.name.replaceAll("-", " ");
  return {
    id: code,
    name: description.name,
    shortDescription: { text: `${words.charAt(0).toUpperCase()}${words.slice(1)}.` },
    fullDescription: { text: description.why },
    help: {
      text: `${description.why}\n\n"sequitur explain ${code}" shows an example and its correction.`,
      markdown: `${description.why}\n\n\`sequitur explain ${code}\` shows an example and its correction.`,
    },
    defaultConfiguration: { level: levelOf(description.severity) },
  };
}

function result(diagnostic: Diagnostic, ruleIndex: number, positions: Positions): object {
  const hint = diagnostic.hint === undefined ? "" : ` (${diagnostic.hint})`;
  return {
    ruleId: diagnostic.code,
    ruleIndex,
    level: levelOf(diagnostic.severity),
    message: { text: `${diagnostic.message}${hint}` },
    locations: [{ physicalLocation: physicalLocation(diagnostic, positions) }],
    ...(diagnostic.related.length === 0
      ? {}
      : {
          relatedLocations: diagnostic.related.map((related, index) => ({
            id: index + 1,
            message: { text: related.message },
            physicalLocation: physicalLocation(related, positions),
          })),
        }),
    ...(diagnostic.fixes.length === 0 ? {} : { fixes: diagnostic.fixes.map((fix) => sarifFix(fix, positions)) }),
  };
}

function levelOf(severity: Severity): string {
  return severity === "info" ? "note" : severity;
}

function physicalLocation(location: Location, positions: Positions): object {
  const found = region(location, positions);
  return { artifactLocation: artifact(location.file), ...(found === undefined ? {} : { region: found }) };
}

function region(location: Location, positions: Positions): object | undefined {
  const range = positions.rangeOf(location);
  if (range === undefined) return undefined;
  return {
    startLine: range.start.line,
    startColumn: range.start.column,
    endLine: range.end.line,
    endColumn: range.end.column,
    charOffset: range.start.offset,
    charLength: range.end.offset - range.start.offset,
  };
}

function sarifFix(fix: Fix, positions: Positions): object {
  const files = [...new Set(fix.edits.map((edit) => edit.file))];
  return {
    description: { text: fix.title },
    artifactChanges: files.map((file) => ({
      artifactLocation: artifact(file),
      replacements: fix.edits
        .filter((edit) => edit.file === file)
        .map((edit) => ({
          deletedRegion: region(edit, positions) ?? { charOffset: edit.start, charLength: edit.end - edit.start },
          insertedContent: { text: edit.text },
        })),
    })),
  };
}

/** A relative reference as RFC 3986 wants it; `./` keeps a colon in the first segment from being read as a scheme. */
function artifact(file: string): { uri: string } {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return { uri: /^[^/]*%3A/i.test(path) ? `./${path}` : path };
}
