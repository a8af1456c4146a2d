// Findings as JUnit XML, the form that most CI servers show: a suite for each file, a failed case for each finding, one
// passed case for a file without any.
import type { Diagnostic } from "@sequitur/grammar";
import { positionsIn } from "./sources.ts";
import type { Positions, Sources } from "./sources.ts";
import { countOf } from "./summary.ts";
import { placeOf, plainText, renderFinding } from "./text.ts";

/** `checkedFiles` are the paths that were checked, with or without findings. Warnings and notes are passed cases. */
export function renderJunit(
  diagnostics: readonly Diagnostic[],
  sources: Sources,
  checkedFiles: readonly string[],
): string {
  const positions = positionsIn(sources);
  const byFile = new Map<string, Diagnostic[]>(checkedFiles.map((file) => [file, []]));
  for (const diagnostic of diagnostics) {
    const findings = byFile.get(diagnostic.file);
    if (findings === undefined) byFile.set(diagnostic.file, [diagnostic]);
    else findings.push(diagnostic);
  }
  const suites = [...byFile].sort(([left], [right]) => (left < right ? -1 : 1));
  const cases = suites.reduce((sum, [, findings]) => sum + Math.max(findings.length, 1), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="sequitur check" tests="${cases}" failures="${countOf(diagnostics, "error")}" errors="0">`,
    ...suites.map(([file, findings]) => suite(file, findings, positions)),
    "</testsuites>",
    "",
  ].join("\n");
}

function suite(file: string, findings: readonly Diagnostic[], positions: Positions): string {
  const name = inAttribute(file);
  const counts = `tests="${Math.max(findings.length, 1)}" failures="${countOf(findings, "error")}" errors="0"`;
  const cases =
    findings.length === 0
      ? [`    <testcase name="no findings" classname="${name}"/>`]
      : findings.map((finding) => testCase(finding, positions));
  return [`  <testsuite name="${name}" ${counts}>`, ...cases, "  </testsuite>"].join("\n");
}

function testCase(finding: Diagnostic, positions: Positions): string {
  const name = inAttribute(`${finding.code} ${finding.name} at ${placeOf(finding, positions)}`);
  const file = inAttribute(finding.file);
  const line = positions.rangeOf(finding)?.start.line;
  const place = `classname="${file}" file="${file}"${line === undefined ? "" : ` line="${line}"`}`;
  const text = inText(renderFinding(finding, positions, plainText).trimEnd());
  const body =
    finding.severity === "error"
      ? `<failure type="${inAttribute(finding.name)}" message="${inAttribute(finding.message)}">${text}</failure>`
      : `<system-out>${text}</system-out>`;
  return [`    <testcase name="${name}" ${place}>`, `      ${body}`, "    </testcase>"].join("\n");
}

/** What XML 1.0 can't hold at all becomes U+FFFD. */
function inText(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

function inAttribute(text: string): string {
  return inText(text)
    .replaceAll('"', "&quot;")
    .replace(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
