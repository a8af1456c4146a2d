// A file for the processes of one step alone: written once, readable by the account that they run as and by nobody else.
import { closeSync, fchmodSync, fchownSync, openSync, writeSync } from "node:fs";
import type { SystemAccount } from "../process/account.ts";

/** Throws what the file system says; a file that is there already is an error. */
export function writeOwned(path: string, bytes: Buffer, account: SystemAccount | undefined): void {
  const descriptor = openSync(path, "wx", 0o600);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    fchmodSync(descriptor, 0o600);
    if (account !== undefined) fchownSync(descriptor, account.userId, account.groupId);
  } finally {
    closeSync(descriptor);
  }
}
