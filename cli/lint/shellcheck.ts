// Hands scripts to shellcheck, if this machine has it.
import { spawnSync } from "node:child_process";
import type { ExternalFinding, ExternalLint } from "@sequitur/compiler";

/** Scripts are short; one that takes longer has met a fault of shellcheck. */
const longestInMilliseconds = 20_000;

/** How steps start these shells: a line in front of the script, so that shellcheck knows what ends it. */
const settings: { readonly [language: string]: string } = { sh: "set -e", bash: "set -eo pipefail" };

interface Comment {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly code: number;
  readonly message: string;
}

/** The scripts' findings by shellcheck; each call gives undefined where it can't be started or says nothing that can be read. */
export function shellcheckLint(environment: { readonly [name: string]: string | undefined }): ExternalLint {
  let isAbsent = false;
  return (language, text) => {
    if (isAbsent || settings[language] === undefined) return undefined;
    // `--norc`: what is found depends on the sources alone, not on a file in somebody's home.
    const args = ["--norc", "--format=json1", `--shell=${language}`, "-"];
    const ended = spawnSync("shellcheck", args, {
      input: `${settings[language]}\n${text}`,
      encoding: "utf8",
      timeout: longestInMilliseconds,
      env: { ...environment },
    });
    if (ended.error !== undefined) isAbsent = true;
    if (ended.error !== undefined || (ended.status !== 0 && ended.status !== 1)) return undefined;
    return readFindings(ended.stdout);
  };
}

function readFindings(output: string): readonly ExternalFinding[] | undefined {
  try {
    const { comments } = JSON.parse(output) as { readonly comments: readonly Comment[] };
    return comments.map(({ line, column, endLine, endColumn, code, message }) => ({
      code: `SC${code}`,
      message,
      from: { line: line - 1, column },
      to: { line: endLine - 1, column: endColumn },
    }));
  } catch {
    // What is no JSON comes from a program that is not shellcheck.
    return undefined;
  }
}
