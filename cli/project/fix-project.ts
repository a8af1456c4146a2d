// `check --fix` over a project: checks, applies fixes, checks again until nothing is left to apply, then writes the
// files that changed. What is on disk is written only if it still is what was checked.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CompilerHost } from "@sequitur/compiler";
import type { Diagnostic } from "@sequitur/grammar";
import { countOf } from "../render/summary.ts";
import { applyFixes } from "./apply-fixes.ts";
import { decodeText, hasByteOrderMark } from "./decode.ts";
import { overlayHost } from "./disk-host.ts";
import { systemReason } from "./disk-read.ts";
import { writeWhole } from "./write-file.ts";

export interface FixedProject {
  /** What is left. */
  readonly diagnostics: readonly Diagnostic[];
  /** A host that has the mended texts. */
  readonly host: CompilerHost;
  readonly applied: number;
  /** How many files were written. */
  readonly files: number;
  /** Sentences about files that could not be written. */
  readonly problems: readonly string[];
}

/** Fixes can bring other fixes within reach; more rounds than this means that two undo each other. */
const mostRounds = 10;

export async function fixProject(
  host: CompilerHost,
  root: string,
  check: (host: CompilerHost) => readonly Diagnostic[],
  which: "safe" | "all" = "safe",
): Promise<FixedProject> {
  let diagnostics = check(host);
  let current = host;
  let applied = 0;
  const changed = new Map<string, string>();
  for (let round = 0; round < mostRounds; round++) {
    const fixed = applyFixes(diagnostics, textsOf(diagnostics, current), which);
    if (fixed.applied === 0) break;
    let mended = current;
    for (const [path, text] of fixed.texts) mended = overlayHost(mended, path, text);
    const left = check(mended);
    // A fix that makes matters worse is a defect of its rule; the text is worth more than the fix.
    if (countOf(left, "error") > countOf(diagnostics, "error")) break;
    for (const [path, text] of fixed.texts) changed.set(path, text);
    applied += fixed.applied;
    diagnostics = left;
    current = mended;
  }
  const problems: string[] = [];
  for (const [path, text] of changed) {
    const problem = await replaceText(resolve(root, path), host, path, text);
    if (problem !== undefined) problems.push(`${path} is left as it was: ${problem}.`);
  }
  const files = changed.size - problems.length;
  return { diagnostics, host: current, applied: files === 0 ? 0 : applied, files, problems };
}

/** Files above the project belong to somebody else: they are not mended. */
function textsOf(diagnostics: readonly Diagnostic[], host: CompilerHost): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const fix of diagnostics.flatMap((diagnostic) => diagnostic.fixes)) {
    for (const { file } of fix.edits) {
      if (texts.has(file) || file.startsWith("../")) continue;
      const answer = host.readText(file);
      if (answer.kind === "text") texts.set(file, answer.text);
    }
  }
  return texts;
}

async function replaceText(
  target: string,
  host: CompilerHost,
  path: string,
  text: string,
): Promise<string | undefined> {
  const checked = host.readText(path);
  let bytes: Uint8Array;
  try {
    bytes = await readFile(target);
  } catch (error) {
    return systemReason(error);
  }
  const present = decodeText(bytes);
  if (checked.kind !== "text" || present.kind !== "text" || present.text !== checked.text) {
    return "it was changed while it was checked";
  }
  return writeWhole(target, hasByteOrderMark(bytes) ? `\ufeff${text}` : text);
}
