// What the operating system says when it refuses something, in words for people.

const meanings: { readonly [code: string]: string } = {
  ENOENT: "it does not exist",
  EACCES: "access is denied",
  EPERM: "the system does not permit it",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EEXIST: "it exists already",
  ENOTEMPTY: "the folder is not empty",
  ENOSPC: "the disk is full",
  EROFS: "the file system is read-only",
  ELOOP: "there are too many links",
  ENAMETOOLONG: "the name is too long",
  EBUSY: "it is in use",
  ENOEXEC: "it is not a program for this machine",
  E2BIG: "the arguments and the environment are too long",
  EMFILE: "too many files are open",
  ENOMEM: "there is not enough memory",
  EXDEV: "it lies on another file system",
};

/** The system's error code (`ENOENT`); empty when the error is none of the system's. */
export function errorCode(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}

/** The reason as the end of a sentence, without a full stop. */
export function errorText(error: unknown): string {
  const code = errorCode(error);
  return meanings[code] ?? (code !== "" ? `the system answered ${code}` : String(error));
}

/** Is it simply not there? */
export function isAbsent(error: unknown): boolean {
  const code = errorCode(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
