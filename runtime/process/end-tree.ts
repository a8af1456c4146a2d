// Ending a step's processes, all of them: its group, what descends from its main process, and what carries its mark, wherever
// it has gone. First politely, then not. What carries no mark, left the group and lost its parents is out of reach.
import { execFile } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { carries, type ProcessEntry, processTable } from "./process-table.ts";

export interface Tree {
  /** The main process; it may have ended. */
  readonly id: number;
  /** POSIX: its group; 0: none. */
  readonly group: number;
  /** `SEQUITUR_EXECUTION=…` as its processes have it in their environment. */
  readonly mark: string;
}

/** Between asking and killing, in milliseconds. */
export const grace = 10_000;
/** What does not die of SIGKILL within this time hangs in the kernel: nobody can end it. */
const patience = 10_000;

/** Resolves when the tree is gone, at the latest 20 s later. */
export async function endTree(tree: Tree): Promise<void> {
  if (process.platform === "win32") return endWindowsTree(tree.id);
  const began = performance.now();
  const told = new Set<number>();
  for (let pause = 5; ; pause = Math.min(pause * 2, 200)) {
    const members = membersOf(tree, await processTable());
    if (members.length === 0) return;
    const spent = performance.now() - began;
    if (spent >= grace + patience) return;
    for (const { id } of members) {
      if (spent >= grace) signal(id, "SIGKILL");
      else if (!told.has(id)) signal(id, "SIGTERM");
      told.add(id);
    }
    // A stopped process takes its SIGTERM only when it goes on.
    if (spent < grace) for (const { id } of members) signal(id, "SIGCONT");
    await delay(pause);
  }
}

/** Processes of the tree that live. */
function membersOf(tree: Tree, table: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const children = new Map<number, ProcessEntry[]>();
  for (const entry of table) {
    const siblings = children.get(entry.parent);
    if (siblings === undefined) children.set(entry.parent, [entry]);
    else siblings.push(entry);
  }
  const members = new Map<number, ProcessEntry>();
  const add = (entry: ProcessEntry): void => {
    if (members.has(entry.id)) return;
    members.set(entry.id, entry);
    for (const child of children.get(entry.id) ?? []) add(child);
  };
  for (const entry of table) {
    if (entry.id === process.pid || entry.id <= 1) continue;
    if (entry.id === tree.id || (tree.group > 1 && entry.group === tree.group)) add(entry);
    else if (!members.has(entry.id) && !entry.zombie && carries(entry.id, tree.mark)) add(entry);
  }
  return [...members.values()].filter((entry) => !entry.zombie && entry.id !== process.pid);
}

function signal(id: number, name: "SIGTERM" | "SIGKILL" | "SIGCONT"): void {
  try {
    process.kill(id, name);
  } catch {
    // It has ended meanwhile.
  }
}

async function endWindowsTree(id: number): Promise<void> {
  const ids = [id];
  const table = await processTable();
  for (const member of ids) for (const entry of table) if (entry.parent === member) ids.push(entry.id);
  await runTool("taskkill.exe", ["/T", "/F", "/PID", String(id)]);
  for (const member of ids) await runTool("taskkill.exe", ["/F", "/PID", String(member)]);
}

function runTool(program: string, args: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 30_000, windowsHide: true }, () => resolve());
  });
}
