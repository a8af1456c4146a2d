// Asking a tool of the system something: started without a shell, with the base environment, at most 30 s.
import { execFile } from "node:child_process";
import { baseEnvironment, layered } from "../process/environment.ts";
import { errorCode } from "../system/error-text.ts";

/** What can't be told within this time can't be told, in milliseconds. */
export const factTimeout = 30_000;

export type QueryAnswer =
  | { readonly kind: "ended"; readonly code: number; readonly stdout: string; readonly stderr: string }
  /** The tool is not on this machine. */
  | { readonly kind: "missing" }
  | { readonly kind: "failed"; readonly problem: string };

/** Never rejects. */
export function query(
  program: string,
  args: readonly string[],
  variables: { readonly [name: string]: string } = {},
): Promise<QueryAnswer> {
  return new Promise((resolve) => {
    const options = {
      env: layered(baseEnvironment(), variables),
      timeout: factTimeout,
      maxBuffer: 8 << 20,
      windowsHide: true,
      cwd: process.platform === "win32" ? undefined : "/",
    };
    const child = execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ kind: "ended", code: 0, stdout, stderr });
      else if (errorCode(error) === "ENOENT") resolve({ kind: "missing" });
      else if (error.killed === true) resolve({ kind: "failed", problem: `${program} gave no answer within 30 s` });
      else if (typeof error.code === "number") resolve({ kind: "ended", code: error.code, stdout, stderr });
      else resolve({ kind: "failed", problem: `${program} could not be asked: ${error.message}` });
    });
    child.stdin?.end();
  });
}
