// Running a program as another account. Linux: root starts setpriv, which sets user, groups and capabilities and becomes the
// program; no PAM, no terminal, no password. Elsewhere there is no way yet, and it is said so before anything starts.
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

export interface SystemAccount {
  readonly user: string;
  readonly userId: number;
  readonly groupId: number;
  readonly home: string;
}

const setprivPaths = ["/usr/bin/setpriv", "/bin/setpriv", "/usr/sbin/setpriv"] as const;

/** The account, or why nothing can be run as it, as a sentence. */
export async function findAccount(user: string): Promise<SystemAccount | { readonly problem: string }> {
  if (process.platform !== "linux") return { problem: `Running as ${user} is not supported on this platform` };
  if (process.getuid?.() !== 0) return { problem: `Only root can run a step as ${user}` };
  if (setpriv() === undefined) {
    return { problem: `Running as ${user} needs the tool setpriv (package util-linux), which is not installed` };
  }
  const line = await passwdLine(user);
  const [name, , userId, groupId, , home] = line.split(":");
  if (name === undefined || home === undefined || !/^\d+$/.test(userId ?? "") || !/^\d+$/.test(groupId ?? "")) {
    return { problem: `there is no account ${user} on this machine` };
  }
  return { user: name, userId: Number(userId), groupId: Number(groupId), home };
}

/** What to start in place of the program. */
export function asAccount(
  account: SystemAccount,
  program: string,
  args: readonly string[],
): { readonly program: string; readonly args: readonly string[] } {
  const ids = [`--reuid=${account.userId}`, `--regid=${account.groupId}`, "--init-groups", "--inh-caps=-all", "--"];
  return { program: setpriv() ?? setprivPaths[0], args: [...ids, program, ...args] };
}

function setpriv(): string | undefined {
  return setprivPaths.find((path) => existsSync(path));
}

/** Directory services (LDAP, SSSD) know accounts that the file does not. */
function passwdLine(user: string): Promise<string> {
  if (!/^[^\0:\n-][^\0:\n]*$/.test(user)) return Promise.resolve("");
  try {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((entry) => entry.startsWith(`${user}:`));
    if (line !== undefined) return Promise.resolve(line);
  } catch {
    // getent may know more than a file that can't be read.
  }
  return new Promise((resolve) => {
    execFile("getent", ["passwd", "--", user], { timeout: 30_000 }, (error, stdout) =>
      resolve(error === null ? stdout.trim() : ""),
    );
  });
}
