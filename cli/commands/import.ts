// `sequitur import PATH…`: sequences of Configuration Manager and MDT become a project. All of them are read before anything is
// written, and a file that somebody has changed is not written over.
import { readdir } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { inflateRawSync } from "node:zlib";
import { importProject, readZip, xmlLimits, zipLimits } from "@sequitur/exchange";
import type { ImportedProject, ImportInput, ProjectFile } from "@sequitur/exchange";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { readWhole } from "../project/disk-read.ts";
import { writeBytes } from "../project/write-bytes.ts";
import { printable } from "../render/printable.ts";
import { counted } from "../render/summary.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

type Found = { readonly inputs: readonly ImportInput[] } | { readonly why: string };

export async function importFiles(call: Call<"import">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const { paths } = call.arguments;
  if (paths.length === 0)
    return wrongCall(surroundings, "name what to import: XML files, export zips, or folders with them.");
  if (options.output === undefined) return wrongCall(surroundings, "name the folder to write to, with --output.");
  const found = await inputsOf(paths, surroundings.folder);
  if ("why" in found) return wrongCall(surroundings, `${found.why}.`, "Nothing was written.");
  if (found.inputs.length === 0) return wrongCall(surroundings, `there are no XML files in ${paths.join(", ")}.`);
  surroundings.stderr.write(`reading ${counted(found.inputs.length, "file")}\n`);
  const project = importProject(found.inputs);
  if (project.problems.length > 0) return refused(project, surroundings);
  if (project.sequences.length === 0) return wrongCall(surroundings, "there is no task sequence in these files.");
  return writeProject(project, resolve(surroundings.folder, options.output), options.overwrite, surroundings);
}

function refused(project: ImportedProject, { stderr }: Surroundings): ExitCode {
  for (const { path, line, column, message } of project.problems) {
    stderr.write(`${printable(path)}:${line}:${column}: ${printable(message)}\n`);
  }
  stderr.write(`sequitur: ${counted(project.problems.length, "file")} can't be read, so nothing was written\n`);
  return exitCode.problem;
}

// ---- what to read ---------------------------------------------------------------------------------------------------

async function inputsOf(paths: readonly string[], folder: string): Promise<Found> {
  const inputs: ImportInput[] = [];
  for (const path of paths) {
    const found = await inputsAt(resolve(folder, path), folder, true);
    if ("why" in found) return found;
    inputs.push(...found.inputs);
  }
  return { inputs };
}

/** `isNamed`: somebody asked for this very file, so it must be one that can be read. */
async function inputsAt(path: string, folder: string, isNamed: boolean): Promise<Found> {
  const shown = relative(folder, path) || ".";
  const answer = readWhole(path, zipLimits.allBytes);
  switch (answer.kind) {
    case "absent":
      return { why: `there is no file or folder ${shown}` };
    case "unreadable":
      return { why: `can't read ${shown}: ${answer.why}` };
    case "folder":
      return inputsBelow(path, folder);
    case "bytes":
      if (/\.zip$/i.test(path)) return membersOf(answer.bytes, shown);
      return isNamed || /\.xml$/i.test(path) ? { inputs: [{ path: shown, bytes: answer.bytes }] } : { inputs: [] };
  }
}

async function inputsBelow(path: string, folder: string): Promise<Found> {
  const inputs: ImportInput[] = [];
  const entries = await readdir(path, { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const isWanted = entry.isDirectory() || (entry.isFile() && /\.(xml|zip)$/i.test(entry.name));
    if (!isWanted || entry.name.startsWith(".")) continue;
    const found = await inputsAt(join(path, entry.name), folder, false);
    if ("why" in found) return found;
    inputs.push(...found.inputs);
  }
  return { inputs };
}

function membersOf(bytes: Uint8Array, shown: string): Found {
  const zip = readZip(bytes, inflate, (path) => /(^|\/)object\.xml$/i.test(path) || /(^|\/)ts\.xml$/i.test(path));
  if (zip.kind === "problem") return { why: `can't read ${shown}: ${zip.why}` };
  const inputs: ImportInput[] = [];
  for (const member of zip.members) {
    const data = member.read();
    if (data === undefined) return { why: `can't read ${shown}: "${member.path}" is damaged` };
    inputs.push({ path: `${shown}/${member.path}`, bytes: data });
  }
  return { inputs };
}

function inflate(packed: Uint8Array, limit: number): Uint8Array | undefined {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.min(limit + 1, xmlLimits.bytes) });
  } catch (error) {
    // The data are damaged, or unpack to more than they say.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

// ---- what to write --------------------------------------------------------------------------------------------------

async function writeProject(
  project: ImportedProject,
  target: string,
  overwrites: boolean,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const shown = relative(surroundings.folder, target) || ".";
  // Configuration that is there stays as it is.
  const hasConfiguration = readWhole(join(target, "sequitur.json"), zipLimits.allBytes).kind !== "absent";
  const files = project.files.filter(({ path }) => path !== "sequitur.json" || !hasConfiguration);
  const differing = files.filter((file) => isDifferent(target, file));
  if (differing.length > 0 && !overwrites) {
    const names = differing.slice(0, 5).map(({ path }) => join(shown, path));
    const more = differing.length > names.length ? ` and ${differing.length - names.length} more` : "";
    return wrongCall(
      surroundings,
      `nothing was written, since this is there already and differs: ${names.join(", ")}${more}.`,
      "Name an empty folder, or commit what is there and use --overwrite.",
    );
  }
  for (const file of files) {
    const problem = await writeBytes(join(target, file.path), file.bytes);
    if (problem !== undefined) return wrongCall(surroundings, `can't write ${join(shown, file.path)}: ${problem}.`);
  }
  report(project, shown, surroundings);
  return exitCode.done;
}

function isDifferent(target: string, file: ProjectFile): boolean {
  const answer = readWhole(join(target, file.path), zipLimits.allBytes);
  if (answer.kind === "absent") return false;
  return answer.kind !== "bytes" || Buffer.compare(answer.bytes, file.bytes) !== 0;
}

function report(project: ImportedProject, shown: string, { stdout, stderr }: Surroundings): void {
  let steps = 0;
  let native = 0;
  let conditions = 0;
  let said = 0;
  for (const { path, counts } of project.sequences) {
    stdout.write(`${join(shown, path)}\n`);
    steps += counts.steps;
    native += counts.nativeSteps;
    conditions += counts.conditions;
    said += counts.nativeConditions;
  }
  const secrets = project.sequences.flatMap((sequence) => sequence.secrets).length;
  stderr.write(
    `imported ${counted(project.sequences.length, "sequence")}: ${native} of ${counted(steps, "step")} and ` +
      `${said} of ${counted(conditions, "condition")} natively\n`,
  );
  if (secrets > 0) stderr.write(`${counted(secrets, "secret")} taken out\n`);
  stderr.write(`read ${join(shown, "import-report.md")} next\n`);
}
