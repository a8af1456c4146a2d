// The name of a Linux machine: of the running system, and of every start from now on.
import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsent } from "../system/error-text.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionImplementation, textArgument } from "./action.ts";
import { replaceFile } from "./files.ts";

export const setHostName: ActionImplementation = async (context) => {
  const name = textArgument(context, "name");
  const problem = hostNameProblem(name);
  if (problem !== null) return failed("value", problem);
  const before = hostname();
  await replaceText("/etc/hostname", `${name}\n`);
  const hosts = textOf("/etc/hosts");
  const changed = withHostName(hosts, before, name);
  if (changed !== hosts) await replaceText("/etc/hosts", changed);
  if (before !== name) writeFileSync("/proc/sys/kernel/hostname", name);
  return done;
};

/** Why it can't be the name of a machine, as a clause; null: it can. */
export function hostNameProblem(name: string): string | null {
  if (name.length === 0 || name.length > 64) return "the name of a machine has 1 to 64 characters";
  const parts = name.split(".");
  const good = parts.every((part) => /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/.test(part));
  return good ? null : `${JSON.stringify(name)} can't be the name of a machine: letters, digits and hyphens make one`;
}

/** Debian keeps the machine's own name at 127.0.1.1; other lines stay as they are. */
export function withHostName(hosts: string, before: string, name: string): string {
  const short = name.split(".")[0] ?? name;
  const names = name === short ? name : `${name} ${short}`;
  return hosts
    .split("\n")
    .map((line) => {
      const [address = "", ...known] = line.split("#")[0]?.trim().split(/\s+/) ?? [];
      return address === "127.0.1.1" && known.includes(before) ? `127.0.1.1\t${names}` : line;
    })
    .join("\n");
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return "";
    throw error;
  }
}

/** In a container such a file may be a mount of its own, which can't be replaced by another one. */
async function replaceText(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, (temporary) => {
      writeFileSync(temporary, text, { mode: 0o644, flag: "wx" });
      return Promise.resolve();
    });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EBUSY")) throw error;
    writeFileSync(path, text);
  }
}
