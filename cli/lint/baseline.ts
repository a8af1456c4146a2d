// A baseline: findings that were there when somebody began to look, and that do not count any more. They are known again by
// what they are and what they are in, so that moved lines do not wake them.
import type { BaselineKey } from "@sequitur/compiler";
import { decodeText } from "../project/decode.ts";
import { readWhole } from "../project/disk-read.ts";

/** Findings that are alike, and how many there are. */
export interface BaselineEntry extends BaselineKey {
  /** Relative to the folder of the baseline, with forward slashes. */
  readonly file: string;
  readonly code: string;
  readonly count: number;
}

export type Baseline = { readonly entries: readonly BaselineEntry[] } | { readonly why: string };

/** A finding with what it is known by. */
export interface KnownBy extends BaselineKey {
  readonly file: string;
  readonly code: string;
}

/** In bytes: some 100,000 findings. */
const largest = 64 * 1024 * 1024;

/** A file that is not there has no entries. `why` is a clause. */
export function readBaseline(path: string): Baseline {
  const answer = readWhole(path, largest);
  if (answer.kind === "absent") return { entries: [] };
  if (answer.kind === "folder") return { why: "it is a folder" };
  if (answer.kind === "unreadable") return { why: answer.why };
  const decoded = decodeText(answer.bytes);
  if (decoded.kind === "wrong") return { why: `it is not valid UTF-8 (byte ${decoded.offset})` };
  try {
    const read: unknown = JSON.parse(decoded.text);
    if (isBaseline(read)) return { entries: read.findings };
    return { why: "it is no baseline of this version" };
  } catch {
    // The parser's words are about characters; what helps is to know which file is broken.
    return { why: "it is not JSON" };
  }
}

function isBaseline(read: unknown): read is { readonly findings: readonly BaselineEntry[] } {
  if (typeof read !== "object" || read === null) return false;
  const { baseline, findings } = read as { readonly baseline?: unknown; readonly findings?: unknown };
  return baseline === 1 && Array.isArray(findings) && findings.every(isEntry);
}

function isEntry(entry: unknown): entry is BaselineEntry {
  if (typeof entry !== "object" || entry === null) return false;
  const { file, code, within, text, count } = entry as { readonly [field: string]: unknown };
  return [file, code, within, text].every((each) => typeof each === "string") && Number.isInteger(count);
}

/** Which of the findings are new, in order: more of a kind than the baseline has are the last ones. */
export function newFindings<F extends KnownBy>(
  findings: readonly F[],
  entries: readonly BaselineEntry[],
): { readonly added: readonly F[]; readonly gone: number } {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + entry.count);
  const added = findings.filter((finding) => {
    const key = keyOf(finding);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count <= 0;
  });
  return { added, gone: [...left.values()].reduce((sum, count) => sum + Math.max(count, 0), 0) };
}

/** The text of a baseline with these findings: sorted, one a line, so that versions of it can be compared. */
export function baselineText(findings: readonly KnownBy[]): string {
  const entries = new Map<string, BaselineEntry>();
  for (const { file, code, within, text } of findings) {
    const key = keyOf({ file, code, within, text });
    entries.set(key, { file, code, within, text, count: (entries.get(key)?.count ?? 0) + 1 });
  }
  const lines = [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => `    ${JSON.stringify(entry)}`);
  return `{\n  "baseline": 1,\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

function keyOf({ file, code, within, text }: KnownBy): string {
  return JSON.stringify([file, code, within, text]);
}
