// Writing bytes so that a reader sees the old file or the new one, never a part; folders are made.
import { randomBytes } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { errorCode, systemReason } from "./disk-read.ts";

/** Undefined when it was written; else why not, as a clause. */
export async function writeBytes(path: string, bytes: Uint8Array): Promise<string | undefined> {
  const beside = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString("hex")}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(beside, bytes, { flag: "wx" });
    await rename(beside, path);
    return undefined;
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    await rm(beside, { force: true });
    return systemReason(error);
  }
}
