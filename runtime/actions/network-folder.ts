// Folders of other machines (SMB, NFS), and folders of this one under another path, on Linux.
import { readFileSync, statSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { actions } from "../plan/actions.ts";
import { isAbsent } from "../system/error-text.ts";
import { done, failed } from "../system/outcome.ts";
import type { ActionContext, ActionImplementation } from "./action.ts";
import { textArgument } from "./action.ts";
import { accountOf, type GivenAccount, resolveGiven } from "./given.ts";
import { notOnLinux } from "./linux-only.ts";
import { runTool, type Tool } from "./tool.ts";

export type FolderKind = "smb" | "nfs" | "bind";

/** One call of a tool. */
export interface Mounting {
  readonly tool: Tool;
  readonly args: readonly string[];
  readonly environment: { readonly [name: string]: string };
}

export const connectFolder: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const to = textArgument(context, "to");
  if (!isAbsolute(to)) return failed("value", "on Linux a network folder needs the folder that it appears at: `to`");
  const refused = notOnLinux(context, "network.connectFolder", actions["network.connectFolder"].parameters, ["drive"]);
  if (refused !== null) return refused;
  const source = sourceOf(path, textArgument(context, "kind"));
  if ("problem" in source) return failed("value", source.problem);
  const resolved = await resolveGiven(context, { account: "account" });
  if ("reason" in resolved) return resolved;
  await mkdir(to, { recursive: true });
  const there = mountedAt(readFileSync("/proc/self/mountinfo", "utf8"), resolve(to));
  if (there !== null) {
    if (there === source.name || (source.kind === "bind" && isSame(source.name, to))) return done;
    return failed("value", `something else is mounted at ${to} already: ${there}`);
  }
  const account = accountOf(resolved.given, "account");
  const mountings = mountingsOf(source, to, account, context.args["readOnly"] === true);
  if ("problem" in mountings) return failed("value", mountings.problem);
  return mountAll(context, mountings.all);
};

async function mountAll({ execution }: ActionContext, all: readonly Mounting[]) {
  for (const { tool, args, environment } of all) {
    const outcome = await runTool(execution, tool, args, { environment });
    if (outcome !== null) return outcome;
  }
  return done;
}

interface Source {
  readonly kind: FolderKind;
  /** As the kernel names what is mounted. */
  readonly name: string;
}

/** What a path means: `\\server\share` or `//server/share`, `server:/folder`, `/folder`. */
export function sourceOf(path: string, asked: string): Source | { readonly problem: string } {
  const slashes = path.replaceAll("\\", "/");
  const found: Source | null = /^\/\/[A-Za-z0-9][^/\s,]*\/[^/,]/.test(slashes)
    ? { kind: "smb", name: slashes.replace(/\/+$/, "") }
    : /^(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\]):\/[^,]*$/.test(path)
      ? { kind: "nfs", name: path }
      : path.startsWith("/") && !path.startsWith("//")
        ? { kind: "bind", name: resolve(path) }
        : null;
  if (found === null) return { problem: `${path} is no network folder: //server/share, server:/folder or /folder` };
  if (asked !== "" && asked !== found.kind)
    return { problem: `${path} is a path of the kind ${found.kind}, not ${asked}` };
  return found;
}

/** The calls that mount it. The password goes by the environment: a command line can be read by everybody. */
export function mountingsOf(
  { kind, name }: Source,
  to: string,
  account: GivenAccount | null,
  readOnly: boolean,
): { readonly all: readonly Mounting[] } | { readonly problem: string } {
  const access = readOnly ? "ro" : "rw";
  switch (kind) {
    case "smb": {
      const { user, domain } = splitUser(account?.user ?? "");
      if (/[,%]/.test(user + domain)) return { problem: "the name of the account holds a comma or a percent sign" };
      if (account === null)
        return { all: [{ tool: "mount.cifs", args: [name, to, "-o", `guest,${access}`], environment: {} }] };
      const options = domain === "" ? access : `${access},domain=${domain}`;
      const environment = { USER: user, PASSWD: account.password };
      return { all: [{ tool: "mount.cifs", args: [name, to, "-o", options], environment }] };
    }
    case "nfs":
      if (account !== null) return { problem: "an NFS server knows machines, not accounts: leave account out" };
      return { all: [{ tool: "mount.nfs", args: [name, to, "-o", access], environment: {} }] };
    case "bind": {
      if (account !== null) return { problem: "a folder of this machine needs no account" };
      const bind: Mounting = { tool: "mount", args: ["--bind", "--", name, to], environment: {} };
      const again: Mounting = { tool: "mount", args: ["-o", "remount,bind,ro", "--", to], environment: {} };
      return { all: readOnly ? [bind, again] : [bind] };
    }
  }
}

function splitUser(user: string): { readonly user: string; readonly domain: string } {
  const [domain = "", name] = user.split("\\");
  return name === undefined ? { user, domain: "" } : { user: name, domain };
}

/** By the path that was connected, or the folder where it appears. What is not connected is left alone. */
export const disconnectFolder: ActionImplementation = async (context) => {
  const path = textArgument(context, "path");
  const source = sourceOf(path, "");
  const table = readFileSync("/proc/self/mountinfo", "utf8");
  const places = isAbsolute(path) && mountedAt(table, resolve(path)) !== null ? [resolve(path)] : [];
  if (places.length === 0 && !("problem" in source) && source.kind !== "bind") {
    places.push(...placesOf(table, source.name));
  }
  for (const place of places) {
    const outcome = await runTool(context.execution, "umount", ["--", place]);
    if (outcome !== null) return outcome;
  }
  return done;
};

/** The source of the last mount at this folder; null: nothing is mounted there. */
export function mountedAt(table: string, folder: string): string | null {
  return mounts(table).findLast(({ place }) => place === folder)?.source ?? null;
}

/** Folders at which this source is mounted. */
export function placesOf(table: string, source: string): readonly string[] {
  return mounts(table).flatMap((mount) => (mount.source === source ? [mount.place] : []));
}

function mounts(table: string): readonly { readonly place: string; readonly source: string }[] {
  return table.split("\n").flatMap((line) => {
    const [before = "", after = ""] = line.split(" - ");
    const place = before.split(" ")[4];
    const source = after.split(" ")[1];
    return place === undefined || source === undefined ? [] : [{ place: unescaped(place), source: unescaped(source) }];
  });
}

/** The kernel writes blanks, tabs, line ends and backslashes as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_whole, digits: string) => String.fromCharCode(parseInt(digits, 8)));
}

function isSame(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.dev === b.dev && a.ino === b.ino;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
