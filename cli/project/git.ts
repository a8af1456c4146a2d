// Asks git, with lists of arguments only, for what a repository holds at a revision.
import { spawnSync } from "node:child_process";

export type GitAnswer = { readonly output: Buffer } | { readonly why: string; readonly isAbsent: boolean };

/** `why` is a clause; `isAbsent`: git itself can't be started. */
export function askGit(folder: string, args: readonly string[]): GitAnswer {
  const ended = spawnSync("git", args, { cwd: folder, maxBuffer: 1 << 28 });
  if (ended.error !== undefined) return { why: "git can't be started", isAbsent: true };
  if (ended.status === 0) return { output: ended.stdout };
  const [line = ""] = ended.stderr.toString("utf8").split("\n");
  return { why: line.replace(/^fatal: /, "").trim() || "git failed", isAbsent: false };
}

/** The id of the commit that a revision names; or why there is none, as a clause. */
export function commitOf(folder: string, revision: string): { readonly commit: string } | { readonly why: string } {
  if (revision.startsWith("-")) return { why: `"${revision}" is no revision: it begins with a hyphen` };
  const found = askGit(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
  if ("output" in found) return { commit: found.output.toString("utf8").trim() };
  return { why: found.isAbsent ? found.why : `git knows no revision "${revision}"` };
}
