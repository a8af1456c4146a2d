// sequitur.lock: the digests of all content as JSON, sorted, written by `build` and committed beside the sources. Read and
// written as data; the file itself is the caller's.
import { createDiagnostic } from "@sequitur/grammar";
import type { Diagnostic, Fix } from "@sequitur/grammar";
import { contentDiagnostics } from "../diagnostics/content.ts";
import type { CompilerHost } from "../host.ts";
import type { ReadContent } from "./content-reader.ts";

export const lockFileName = "sequitur.lock";

export interface LockEntry {
  /** Of the list of files, 64 hexadecimal digits. */
  readonly digest: string;
  /** How many files, and their bytes together: for people who read a change. */
  readonly files: number;
  readonly size: number;
}

/** By source, as plans name it: relative to the project, or a URL. */
export type Lock = ReadonlyMap<string, LockEntry>;

/** The project's lock; empty when there is none. A damaged one is a finding, and empty. */
export function readLock(host: CompilerHost): { readonly lock: Lock; readonly diagnostics: readonly Diagnostic[] } {
  const answer = host.readText(lockFileName);
  if (answer.kind === "absent") return { lock: new Map(), diagnostics: [] };
  const parsed = answer.kind === "text" ? parseLock(answer.text) : whyNot(answer);
  if (typeof parsed !== "string") return { lock: parsed, diagnostics: [] };
  const place = { file: lockFileName, start: 0, end: 0 };
  return { lock: new Map(), diagnostics: [createDiagnostic(contentDiagnostics.SEQ7012, place, { why: parsed })] };
}

function whyNot(answer: { readonly kind: "folder" } | { readonly kind: "unreadable"; readonly why: string }): string {
  return answer.kind === "folder" ? "it is a folder" : answer.why;
}

/** The entries, or why the text is no lock. */
function parseLock(text: string): Lock | string {
  const value = parseJson(text);
  if (!isObject(value) || !isObject(value["content"])) return "it is not the JSON that `build` writes";
  if (value["lock"] !== 1) return "it was written by a later version of Sequitur";
  const lock = new Map<string, LockEntry>();
  for (const [source, entry] of Object.entries(value["content"])) {
    if (!isObject(entry)) return `its entry for "${source}" is no object`;
    const { digest, files, size } = entry;
    if (typeof digest !== "string" || typeof files !== "number" || typeof size !== "number") {
      return `its entry for "${source}" lacks digest, files or size`;
    }
    lock.set(source, { digest, files, size });
  }
  return lock;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What was read against what the lock notes: all of it with `locked`, else what is pinned. */
export function compareWithLock(
  host: CompilerHost,
  lock: Lock,
  read: readonly ReadContent[],
  locked: boolean,
): readonly Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  for (const each of read) {
    const { content, file, place, pinned } = each;
    if (!locked && !pinned) continue;
    const entry = lock.get(content.source);
    const at = { file, start: place.start, end: place.end };
    const { kind, name } = content;
    if (entry === undefined) {
      const fixes = [takeIntoLock(host, lock, each)];
      if (locked) diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7011, at, { kind, name }, { fixes }));
    } else if (entry.digest !== content.digest) {
      const hint = pinned
        ? "to take the change, leave out `pin: true` for one build"
        : "to take the change, build without --locked";
      const fixes = [takeIntoLock(host, lock, each)];
      diagnostics.push(createDiagnostic(contentDiagnostics.SEQ7010, at, { kind, name, pinned }, { hint, fixes }));
    }
  }
  return diagnostics;
}

/** Not safe: somebody should have looked at what has changed. */
function takeIntoLock(host: CompilerHost, lock: Lock, read: ReadContent): Fix {
  const answer = host.readText(lockFileName);
  const end = answer.kind === "text" ? answer.text.length : 0;
  const edit = { file: lockFileName, start: 0, end, text: updatedLock(host, lock, [read]) };
  return { title: `Take the files of "${read.content.name}" into ${lockFileName}`, safe: false, edits: [edit] };
}

/** The text of the lock with what was read; entries of other plans stay, unless nothing lies there any more. */
export function updatedLock(host: CompilerHost, lock: Lock, read: readonly ReadContent[]): string {
  const entries = new Map([...lock].filter(([source]) => host.exists(source) !== "absent"));
  for (const { content } of read) {
    if (content.digest === undefined) continue;
    const size = content.files.reduce((sum, each) => sum + each.size, 0);
    entries.set(content.source, { digest: content.digest, files: content.files.length, size });
  }
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify({ lock: 1, content: Object.fromEntries(sorted) }, undefined, 2)}\n`;
}
