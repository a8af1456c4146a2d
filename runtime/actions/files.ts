// Files and folders. All of it can be done again after an interruption: what is there already is replaced or left.
import { constants } from "node:fs";
import { chmod, copyFile as copy, cp, lstat, mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, parse, relative, resolve } from "node:path";
import type { Outcome } from "../host.ts";
import { isAbsent } from "../system/error-text.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionContext, type ActionImplementation, numberArgument, textArgument } from "./action.ts";
import { declaredGlobals } from "./declared-globals.ts";
import { recordsOf } from "./given.ts";

/** Whole or not at all: written beside the place, synced, and put there by renaming. */
export const writeFile: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const problem = pathProblem("path", path);
  if (problem !== null) return problem;
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, async (temporary) => {
    const handle = await open(temporary, "wx", context.args["executable"] === true ? 0o755 : 0o644);
    try {
      await handle.writeFile(textArgument(context, "text"), "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    // The process's umask must not decide what the sequence says.
    await chmod(temporary, context.args["executable"] === true ? 0o755 : 0o644);
  });
  return done;
};

/** To a folder that exists: into it, under its own name. */
export const copyFile: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const asked = textArgument(context, "to");
  const problem = pathProblem("from", from) ?? pathProblem("to", asked);
  if (problem !== null) return problem;
  const source = await stat(from);
  if (!source.isFile()) return failed("exit", `${from} is not a file; use folder.copy for folders`, 1);
  const to = (await isFolder(asked)) || /[/\\]$/.test(asked) ? join(asked, basename(from)) : asked;
  if (resolve(from) === resolve(to)) return done;
  await mkdir(dirname(to), { recursive: true });
  await replaceFile(to, async (temporary) => {
    await copy(from, temporary, constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL);
    await chmod(temporary, source.mode & 0o777);
  });
  return done;
};

/** A file that is not there is removed. */
export const removeFile: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const problem = pathProblem("path", path);
  if (problem !== null) return problem;
  try {
    if ((await lstat(path)).isDirectory()) return failed("exit", `${path} is a folder; use folder.remove for it`, 1);
    await unlink(path);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return done;
};

export const createFolder: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const problem = pathProblem("path", path);
  if (problem !== null) return problem;
  await mkdir(path, { recursive: true });
  return done;
};

/** What is in `from` comes into `to`, which is made; files that are there already are replaced, others stay. */
export const copyFolder: ActionImplementation = async (context) => {
  const from = textArgument(context, "from");
  const to = textArgument(context, "to");
  const problem = pathProblem("from", from) ?? pathProblem("to", to) ?? (await overlapProblem(from, to));
  if (problem !== null) return problem;
  return copyTree(context, from, to);
};

/** A folder that is not there is removed. */
export const removeFolder: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const problem = pathProblem("path", path);
  if (problem !== null) return problem;
  if (resolve(path) === parse(resolve(path)).root)
    return failed("value", `${path} is the whole disk: nothing was removed`);
  try {
    if (!(await lstat(path)).isDirectory()) return failed("exit", `${path} is not a folder; use file.remove for it`, 1);
    await rm(path, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
  return done;
};

/** The verified files of a package, writable again. */
export const copyContent: ActionImplementation = async (context) => {
  const to = textArgument(context, "to");
  const problem = pathProblem("to", to);
  if (problem !== null) return problem;
  const ready = await context.content.prepare(numberArgument(context, "package") ?? -1);
  if ("problem" in ready) return failed("content", ready.problem);
  const outcome = await copyTree(context, ready.folder, to);
  if (outcome.succeeded) await makeWritable(ready.folder, to);
  return outcome;
};

/** One file of a package, to a place whose folders are made. */
export async function copyContentFile(
  context: ActionContext,
  content: number,
  path: string,
  to: string,
): Promise<Outcome> {
  const ready = await context.content.prepare(content);
  if ("problem" in ready) return failed("content", ready.problem);
  const from = join(ready.folder, path);
  const inside = relative(ready.folder, from);
  if (inside.startsWith("..") || isAbsolute(inside)) return failed("value", `${path} leads out of the package`);
  await mkdir(dirname(to), { recursive: true });
  await replaceFile(to, (temporary) => copy(from, temporary, constants.COPYFILE_EXCL));
  await chmod(to, 0o644);
  return done;
}

/** Where each package's verified content lies, in their order: where it is kept, or copied below a folder. */
export const downloadContent: ActionImplementation = async (context) => {
  const packages = recordsOf(context.args, "packages").map(Number);
  const location = textArgument(context, "location") || "work";
  const folder = textArgument(context, "folder");
  if ((location === "folder") !== (folder !== ""))
    return failed("value", "content.download needs a folder with `location: folder`, and with it alone");
  const problem = folder === "" ? null : pathProblem("folder", folder);
  if (problem !== null) return problem;
  const places: string[] = [];
  for (const number of packages) {
    const place = await placeContent(context, number, folder);
    if (!("reason" in place)) places.push(place.path);
    else if (context.args["continueOnErrors"] === true && place.reason === "content") {
      context.execution.note(place.message);
    } else return place;
  }
  return { ...done, output: places, ...numberedGlobals(context, places) };
};

async function placeContent(
  context: ActionContext,
  number: number,
  folder: string,
): Promise<{ readonly path: string } | Outcome> {
  const ready = await context.content.prepare(number);
  if ("problem" in ready) return failed("content", ready.problem);
  if (folder === "") return { path: ready.folder };
  const to = join(folder, context.execution.run.plan.content[number]?.name ?? String(number));
  const outcome = await copyTree(context, ready.folder, to);
  if (!outcome.succeeded) return outcome;
  await makeWritable(ready.folder, to);
  return { path: to };
}

/** `Tools` gives `Tools01`, `Tools02` …, where the sequence has them. */
function numberedGlobals(context: ActionContext, places: readonly string[]): Partial<Outcome> {
  const index = numberArgument(context, "variable");
  if (index === null) return {};
  const base = context.execution.run.plan.globals[index]?.name ?? "";
  const all = places.map((place, i) => [`${base}${String(i + 1).padStart(2, "0")}`, place] as const);
  const globals = declaredGlobals(context, { ...Object.fromEntries(all), [base]: places[0] ?? "" });
  return { globals };
}

async function copyTree(context: ActionContext, from: string, to: string): Promise<Outcome> {
  if (!(await isFolder(from))) return failed("exit", `there is no folder ${from}`, 1);
  await mkdir(to, { recursive: true });
  const { cancellation } = context.execution;
  // One entry at a time, so that a cancel takes effect between two of them.
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (cancellation.requested !== null) {
      return failed(cancellation.requested, `copying to ${to} was cut short; a part of it is there`);
    }
    const options = { recursive: true, force: true, verbatimSymlinks: true, preserveTimestamps: true };
    await cp(join(from, entry.name), join(to, entry.name), options);
  }
  return done;
}

async function makeWritable(source: string, target: string): Promise<void> {
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const path = join(target, entry.name);
    await chmod(path, entry.isDirectory() ? 0o755 : (await stat(path)).mode | 0o200);
    if (entry.isDirectory()) await makeWritable(join(source, entry.name), path);
  }
}

/** What `write` makes beside the place comes there by renaming, so that it is there whole or not at all. */
export async function replaceFile(path: string, write: (temporary: string) => Promise<void>): Promise<void> {
  const temporary = join(dirname(path), `.${basename(path)}.partial`);
  await rm(temporary, { force: true });
  try {
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

function pathProblem(parameter: string, path: string): Outcome | null {
  if (path === "") return failed("value", `the path given as ${parameter} is empty`);
  if (!isAbsolute(path)) return failed("value", `the path given as ${parameter} is not absolute: ${path}`);
  return null;
}

async function overlapProblem(from: string, to: string): Promise<Outcome | null> {
  const inside = relative(resolve(from), resolve(to));
  if (inside === "" || (!inside.startsWith("..") && !isAbsolute(inside))) {
    return failed("value", `${to} lies within ${from}: the folder can't be copied into itself`);
  }
  return null;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
