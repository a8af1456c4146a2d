// What a reader of a fact is, and the readers that do not depend on the platform.
import { lstatSync, readFileSync, statSync } from "node:fs";
import { stat } from "node:fs/promises";
import { cpus, hostname, networkInterfaces, totalmem } from "node:os";
import type { FactAnswer } from "../host.ts";
import type { FactName } from "../plan/facts.ts";
import { limits } from "../plan/limits.ts";
import type { Value } from "../plan/value.ts";
import { environmentValue } from "../process/environment.ts";
import { wellFormed } from "../process/decode.ts";
import { errorText, isAbsent } from "../system/error-text.ts";

/** Reads the machine. "Not there" is an answer; "could not look" is an error, the end of a sentence about the fact. */
export type FactReader = (args: readonly Value[]) => Promise<FactAnswer> | FactAnswer;

/** A reader for each fact: one that lacks does not compile. */
export type FactReaders = { readonly [name in FactName]: FactReader };

export const absent: FactAnswer = { value: null };

/** For what this platform does not have. */
export function always(value: Value): FactReader {
  return () => ({ value });
}

/** The argument as a text that can be a path. */
export function pathOf(args: readonly Value[]): string {
  return String(args[0] ?? "");
}

/** Text of a small file of the system, trimmed; `missing` when it is not there. */
export function systemFile(path: string, missing: Value = ""): FactReader {
  return () => {
    try {
      return { value: readFileSync(path, "utf8").trim() };
    } catch (error) {
      return isAbsent(error) ? { value: missing } : { error: `${path} can't be read: ${errorText(error)}` };
    }
  };
}

async function statusOf(
  path: string,
): Promise<{ readonly kind: "file" | "folder" | "other"; readonly size: number } | null | { readonly error: string }> {
  if (path.includes("\0")) return null;
  try {
    const status = await stat(path);
    return { kind: status.isFile() ? "file" : status.isDirectory() ? "folder" : "other", size: status.size };
  } catch (error) {
    if (isAbsent(error)) return null;
    return { error: `${path} can't be looked at: ${errorText(error)}` };
  }
}

async function fileText(path: string): Promise<FactAnswer> {
  const status = await statusOf(path);
  if (status === null) return absent;
  if ("error" in status) return status;
  if (status.kind !== "file") return { error: `${path} is not a file` };
  if (status.size > limits.stringLength)
    return { error: `${path} has ${status.size} bytes; a text may have ${limits.stringLength}` };
  try {
    const bytes = readFileSync(path);
    const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
    return {
      value: wide ? wellFormed(bytes.subarray(2).toString("utf16le")) : bytes.toString("utf8").replace(/^\ufeff/, ""),
    };
  } catch (error) {
    return { error: `${path} can't be read: ${errorText(error)}` };
  }
}

const architectures: { readonly [arch: string]: string } = { x64: "x64", arm64: "arm64", ia32: "x86" };

/** Alike everywhere; a platform's table lays its own over it. */
export const commonFacts = {
  "device.name": () => ({ value: hostname() }),
  "device.memory": () => ({ value: totalmem() }),
  "device.cpus": () => ({ value: Math.max(1, cpus().length) }),
  "device.architecture": always(architectures[process.arch] ?? process.arch),
  "os.architecture": always(architectures[process.arch] ?? process.arch),
  "device.addresses": () => ({
    value: Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal }) => !internal)
      .map(({ address }) => address),
  }),
  env: (args) => ({ value: environmentValue(pathOf(args)) }),
  "file.exists": async (args) => existence(await statusOf(pathOf(args)), "file"),
  "dir.exists": async (args) => existence(await statusOf(pathOf(args)), "folder"),
  "file.size": async (args) => {
    const status = await statusOf(pathOf(args));
    if (status !== null && "error" in status) return status;
    return { value: status?.kind === "file" ? status.size : null };
  },
  "file.text": (args) => fileText(pathOf(args)),
  now: () => ({ value: new Date().toISOString() }),
} as const satisfies Partial<FactReaders>;

function existence(status: Awaited<ReturnType<typeof statusOf>>, kind: "file" | "folder"): FactAnswer {
  if (status !== null && "error" in status) return status;
  // A device or a pipe is something that one can open like a file.
  return { value: status !== null && (kind === "folder") === (status.kind === "folder") };
}

/** Is there anything under the path, a dangling link included? */
export function somethingAt(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch {
    return false;
  }
}

/** A whole number that a system file holds; `missing` when it is not there or none. */
export function systemNumber(path: string, missing: number): FactReader {
  return async (args) => {
    const answer = await systemFile(path)(args);
    if ("error" in answer) return answer;
    const number = Number(answer.value);
    return { value: answer.value !== "" && Number.isSafeInteger(number) ? number : missing };
  };
}

/** Is it a folder, links followed? */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
