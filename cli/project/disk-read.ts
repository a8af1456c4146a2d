// Reading files whole, as what they are: never waits for a pipe or device, never reads more than a cap, and says in a
// sentence why it can't.
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";

export type ReadAnswer =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | { readonly kind: "absent" }
  | { readonly kind: "folder" }
  | { readonly kind: "unreadable"; readonly why: string };

/** Reads a regular file of at most `cap` bytes. */
export function readWhole(path: string, cap: number): ReadAnswer {
  let descriptor: number;
  try {
    // Without O_NONBLOCK opening a named pipe waits for its writer.
    descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return answerFor(error);
  }
  try {
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return { kind: "folder" };
    if (!stat.isFile()) return { kind: "unreadable", why: "it is a device or pipe, not a file" };
    if (stat.size > cap) return { kind: "unreadable", why: tooLarge(stat.size, cap) };
    return readAtMost(descriptor, stat.size, cap);
  } catch (error) {
    return answerFor(error);
  } finally {
    closeSync(descriptor);
  }
}

/** A file may grow while it is read: the cap holds all the same. */
function readAtMost(descriptor: number, expected: number, cap: number): ReadAnswer {
  let buffer = Buffer.alloc(Math.min(expected, cap) + 1);
  let filled = 0;
  for (;;) {
    const count = readSync(descriptor, buffer, filled, buffer.length - filled, null);
    if (count === 0) return { kind: "bytes", bytes: buffer.subarray(0, filled) };
    filled += count;
    if (filled > cap) return { kind: "unreadable", why: tooLarge(filled, cap) };
    if (filled === buffer.length) buffer = Buffer.concat([buffer, Buffer.alloc(buffer.length)]);
  }
}

function tooLarge(size: number, cap: number): string {
  const mebibyte = 1024 * 1024;
  return `it is larger than ${Math.floor(cap / mebibyte)} MB (${Math.ceil(size / mebibyte)} MB)`;
}

function answerFor(error: unknown): ReadAnswer {
  const code = errorCode(error);
  if (code === "ENOENT" || code === "ENOTDIR") return { kind: "absent" };
  if (code === "EISDIR") return { kind: "folder" };
  return { kind: "unreadable", why: systemReason(error) };
}

/** The system's code of an error, such as `EACCES`; undefined if it has none. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

/** Why the system refused, as a clause: `permission denied`. */
export function systemReason(error: unknown): string {
  switch (errorCode(error)) {
    case "EACCES":
    case "EPERM":
      return "permission denied";
    case "ENOENT":
      return "there is no such file or folder";
    case "ENOTDIR":
      return "a part of its path is not a folder";
    case "EISDIR":
      return "it is a folder";
    case "EEXIST":
      return "it exists already";
    case "ELOOP":
      return "links lead in a circle";
    case "ENAMETOOLONG":
      return "the name is too long";
    case "ENOSPC":
      return "the disk is full";
    case "EROFS":
      return "the disk is read-only";
    case "EMFILE":
    case "ENFILE":
      return "too many files are open";
    case "ENXIO":
      return "nothing reads from this pipe, or the device is not there";
    case "EIO":
      return "the device or file system failed";
    case "EBUSY":
      return "another program holds it";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}
