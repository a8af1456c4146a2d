// What people keep on a Linux machine: their home folders, one archive each, and a list of whose they are.
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { Outcome } from "../host.ts";
import { isFolder } from "../facts/fact-reader.ts";
import { actions } from "../plan/actions.ts";
import { isAbsent } from "../system/error-text.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionContext, type ActionImplementation, listArgument, textArgument } from "./action.ts";
import { notOnLinux } from "./linux-only.ts";
import { hasTool, missingTool, runTool } from "./tool.ts";

export interface LocalUser {
  readonly name: string;
  readonly id: number;
  readonly home: string;
  readonly shell: string;
}

const list = "users.json";

export const captureState: ActionImplementation = async (context) => {
  const options = ["tool", "mode", "configFiles", "fileAccess", "hardLinks", "offline", "skipEncryptedFiles"];
  const refused = notOnLinux(context, "state.capture", actions["state.capture"].parameters, options);
  if (refused !== null) return refused;
  const to = storeOf(context, "to");
  if (to === null) return noStore;
  const users = chosen(
    context,
    localUsers(readFileSync("/etc/passwd", "utf8")).filter(({ home }) => isFolder(home)),
  );
  if ("reason" in users) return users;
  const inside = users.all.find(({ home }) => to === home || to.startsWith(`${home}/`));
  if (inside !== undefined) return failed("value", `the store ${to} lies in the home of ${inside.name}`);
  await mkdir(to, { recursive: true, mode: 0o700 });
  for (const user of users.all) {
    context.execution.progress(`Capturing ${user.name}`);
    const outcome = await capture(context, user, to);
    if (outcome !== null) return outcome;
  }
  const partial = join(to, `.${list}.partial`);
  await writeFile(partial, `${JSON.stringify(users.all, null, 2)}\n`, { mode: 0o600 });
  await rename(partial, join(to, list));
  return done;
};

async function capture(context: ActionContext, { name, home }: LocalUser, to: string): Promise<Outcome | null> {
  const partial = join(to, `.partial-${name}.tar.gz`);
  const lenient = context.args["continueOnLockedFiles"] === false ? [] : ["--ignore-failed-read"];
  const verbose = context.args["verbose"] === true ? ["--verbose"] : [];
  const args = [
    ...["--create", "--gzip", "--one-file-system", "--acls", "--xattrs", ...lenient, ...verbose],
    ...[`--file=${partial}`, "--force-local", "-C", home, "--", "."],
  ];
  const outcome = await runTool(context.execution, "tar", args);
  // 1: a file changed while it was read, or could not be read and that is allowed.
  if (outcome !== null && !(outcome.code === 1 && lenient.length > 0)) {
    await rm(partial, { force: true });
    return outcome;
  }
  await rename(partial, join(to, `${name}.tar.gz`));
  return null;
}

export const restoreState: ActionImplementation = async (context) => {
  const options = ["tool", "mode", "configFiles", "localPassword"];
  const refused = notOnLinux(context, "state.restore", actions["state.restore"].parameters, options);
  if (refused !== null) return refused;
  const from = storeOf(context, "from");
  if (from === null) return noStore;
  const captured = readList(join(from, list));
  if ("problem" in captured) return failed("value", captured.problem);
  const users = chosen(context, captured.users);
  if ("reason" in users) return users;
  const made = await makeAccounts(context, users.all);
  if (made !== null) return made;
  const known = localUsers(readFileSync("/etc/passwd", "utf8"));
  for (const { name } of users.all) {
    const home = known.find((user) => user.name === name)?.home ?? "";
    if (!isAbsolute(home)) return failed("value", `${name} has no home on this machine`);
    context.execution.progress(`Restoring ${name}`);
    const outcome = await restore(context, join(from, `${name}.tar.gz`), home);
    if (outcome !== null) return outcome;
  }
  return done;
};

async function restore(context: ActionContext, archive: string, home: string): Promise<Outcome | null> {
  await mkdir(home, { recursive: true });
  const verbose = context.args["verbose"] === true ? ["--verbose"] : [];
  const args = ["--extract", "--gzip", "--acls", "--xattrs", "--same-owner", "--preserve-permissions", ...verbose];
  // Owners go by name, so that a home is its owner's where that one has another number.
  const outcome = await runTool(context.execution, "tar", [...args, `--file=${archive}`, "--force-local", "-C", home]);
  if (outcome?.reason !== "exit" || context.args["continueOnErrors"] !== true || !existsSync(archive)) return outcome;
  context.execution.note(`Not all of ${archive} could be restored.`);
  return null;
}

/** Those of the store that this machine does not know. */
async function makeAccounts(context: ActionContext, users: readonly LocalUser[]): Promise<Outcome | null> {
  const known = localUsers(readFileSync("/etc/passwd", "utf8"));
  const lacking = users.filter((user) => !known.some(({ name }) => name === user.name));
  if (lacking.length === 0) return null;
  if (context.args["localAccounts"] !== true) {
    const names = lacking.map(({ name }) => name).join(", ");
    return failed("account", `this machine has no account ${names}; localAccounts makes them`);
  }
  if (!hasTool(context.execution, "useradd")) return missingTool("useradd");
  for (const { name, id, home, shell } of lacking) {
    const free = !known.some((user) => user.id === id);
    const args = ["--create-home", "--home-dir", home, "--shell", shell, ...(free ? ["--uid", String(id)] : [])];
    const outcome = await runTool(context.execution, "useradd", [...args, "--", name]);
    if (outcome !== null) return outcome;
  }
  return null;
}

/** People, not services: numbers from 1000 up to the last one that is not for nobody or containers. */
export function localUsers(passwd: string): readonly LocalUser[] {
  return passwd.split("\n").flatMap((line) => {
    const [name = "", , number = "", , , home = "", shell = ""] = line.split(":");
    const id = Number(number);
    return isUserName(name) && id >= 1000 && id < 60_000 ? [{ name, id, home, shell }] : [];
  });
}

function isUserName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(name);
}

/** Those that the step names, else all. */
function chosen(context: ActionContext, users: readonly LocalUser[]): { readonly all: readonly LocalUser[] } | Outcome {
  const names = listArgument(context, "users");
  if (names.length === 0) return { all: users };
  const missing = names.find((name) => !users.some((user) => user.name === name));
  if (missing !== undefined) return failed("account", `there is no user ${missing} with a home`);
  return { all: users.filter(({ name }) => names.includes(name)) };
}

/** The list of a store; it comes from outside, so each entry must be what a system would have. */
function readList(path: string): { readonly users: readonly LocalUser[] } | { readonly problem: string } {
  let entries: unknown;
  try {
    entries = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (isAbsent(error)) return { problem: `there is no store of user state: ${path} is not there` };
    if (error instanceof SyntaxError) return { problem: `${path} is no list of users` };
    throw error;
  }
  if (!Array.isArray(entries) || !entries.every(isLocalUser)) return { problem: `${path} is no list of users` };
  return { users: entries };
}

function isLocalUser(entry: unknown): entry is LocalUser {
  if (typeof entry !== "object" || entry === null) return false;
  const { name, id, home, shell } = entry as { readonly [field: string]: unknown };
  const isPath = (path: unknown): boolean =>
    typeof path === "string" && /^\/[^\0:\n]*$/.test(path) && !path.includes("/..");
  return typeof name === "string" && isUserName(name) && Number.isSafeInteger(id) && isPath(home) && isPath(shell);
}

/** As the step says, else where an earlier step left it. */
function storeOf(context: ActionContext, parameter: string): string | null {
  const { globals } = context.execution.request;
  const known = Object.entries(globals).find(([name]) => name.toLowerCase() === "osdstatestorepath")?.[1] ?? "";
  const path = textArgument(context, parameter) || known;
  return isAbsolute(path) ? path : null;
}

const noStore: Outcome = failed(
  "value",
  "it is not known where the store is: give the absolute path of its folder, or set OSDStateStorePath",
);
