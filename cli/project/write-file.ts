// Writing files so that a reader sees the old text or the new one, never a part.
import { randomBytes } from "node:crypto";
import { access, chmod, constants, open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode, systemReason } from "./disk-read.ts";

/**
 * Undefined when it was written; else why not, as a clause. A link is followed; the mode of an old file is kept. A device or
 * a pipe, such as /dev/stdout, is written to and never replaced.
 */
export async function writeWhole(path: string, text: string): Promise<string | undefined> {
  let temporary: string | undefined;
  try {
    if (await isDevice(path)) {
      await writeInto(path, text);
      return undefined;
    }
    const target = await realTarget(path);
    const mode = await modeOf(target);
    // Renaming needs no right on the file itself: one that its owner made read-only stays as it is.
    if (mode !== undefined) await access(target, constants.W_OK);
    const beside = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString("hex")}.tmp`);
    const file = await open(beside, "wx", mode ?? 0o666);
    temporary = beside;
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if (mode !== undefined) await chmod(beside, mode);
    await rename(beside, target);
    return undefined;
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true });
    return systemReason(error);
  }
}

async function isDevice(path: string): Promise<boolean> {
  try {
    const found = await stat(path);
    return !found.isFile() && !found.isDirectory();
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    return false;
  }
}

async function writeInto(path: string, text: string): Promise<void> {
  // Opening a pipe that nobody reads would wait for its reader without end.
  const probe = await open(path, constants.O_WRONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const file = await open(path, constants.O_WRONLY);
    try {
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } finally {
    await probe.close();
  }
}

async function realTarget(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return path;
    throw error;
  }
}

async function modeOf(path: string): Promise<number | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error("is a folder"), { code: "EISDIR" });
    return found.mode & 0o7777;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
