// Two actions. What they take and give is read from these types: nothing is declared a second time.
import { readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ActionContext, Secret, Size } from "@sequitur/sdk";
import { ActionFailure, bytes } from "@sequitur/sdk";

interface Stock {
  count: number;
  total: Size;
  /** Name of the largest file; empty if there is none. */
  largest: string;
}

/**
 * Counts the files of a folder and adds up their sizes.
 * @repeatable
 */
export async function summarise(
  input: {
    folder: string;
    /** Endings such as `.md`; all files if left out. */
    extensions?: string[];
    /** Smaller files do not count. */
    atLeast?: Size;
  },
  context: ActionContext,
): Promise<Stock> {
  const { folder, extensions, atLeast = 0 } = input;
  let count = 0;
  let total = 0;
  let largest = { name: "", size: -1 };
  for (const name of (await readdir(folder)).sort()) {
    if (extensions !== undefined && !extensions.some((extension) => name.endsWith(extension))) continue;
    const { size } = await stat(join(folder, name));
    if (size < atLeast) continue;
    context.log(`${name}: ${size}`);
    count += 1;
    total += size;
    if (size > largest.size) largest = { name, size };
  }
  return { count, total: bytes(total), largest: largest.name };
}

/** Writes lines into a report. @repeatable */
export async function writeReport(input: {
  path: string;
  form: "json" | "text";
  lines: readonly string[];
  /** Whoever reads the report proves with it that this run wrote it. */
  token?: Secret;
}): Promise<void> {
  const { path, form, lines, token = "" } = input;
  if (lines.length === 0) throw new ActionFailure("a report without lines says nothing", 2);
  const text = form === "json" ? JSON.stringify({ lines, signed: token !== "" }) : lines.join("\n");
  await writeFile(path, `${text}\n`);
}
