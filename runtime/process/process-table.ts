// The processes that run on this machine, as far as ending a tree needs them.
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly id: number;
  readonly parent: number;
  readonly group: number;
  /** Dead, and not yet waited for by its parent. */
  readonly zombie: boolean;
  /** Ticks since the boot (Linux); empty where it is not known. */
  readonly started: string;
}

/** When the process started, in a form that only this boot knows; empty: it is gone, or the platform does not say. */
export function startTimeOf(id: number): string {
  return process.platform === "linux" ? (linuxEntry(id)?.started ?? "") : "";
}

/** All processes. A process that ends meanwhile may be missing. */
export async function processTable(): Promise<readonly ProcessEntry[]> {
  if (process.platform === "linux") return linuxTable();
  if (process.platform === "win32") return windowsTable();
  const lines = await linesOf("/bin/ps", ["-axo", "pid=,ppid=,pgid=,stat="]);
  return lines.flatMap((line) => {
    const [id, parent, group, state] = line.trim().split(/\s+/);
    if (id === undefined || state === undefined) return [];
    return [
      { id: Number(id), parent: Number(parent), group: Number(group), zombie: state.startsWith("Z"), started: "" },
    ];
  });
}

/** Does the process carry this `NAME=value` in the environment that it was started with? False where it can't be seen. */
export function carries(id: number, variable: string): boolean {
  if (process.platform !== "linux") return false;
  try {
    // Latin-1 keeps bytes apart that UTF-8 might merge.
    const environment = readFileSync(`/proc/${id}/environ`, "latin1");
    return `\0${environment}`.includes(`\0${Buffer.from(variable).toString("latin1")}\0`);
  } catch {
    // It has ended, or belongs to someone whose processes we may not look into.
    return false;
  }
}

function linuxTable(): readonly ProcessEntry[] {
  const entries: ProcessEntry[] = [];
  for (const name of readdirSync("/proc")) {
    const id = Number(name);
    if (!Number.isInteger(id)) continue;
    const entry = linuxEntry(id);
    if (entry !== null) entries.push(entry);
  }
  return entries;
}

function linuxEntry(id: number): ProcessEntry | null {
  try {
    const text = readFileSync(`/proc/${id}/stat`, "latin1");
    // The name stands in parentheses and may hold anything, blanks and parentheses too.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const [state = "", parent = "", group = ""] = fields;
    return { id, parent: Number(parent), group: Number(group), zombie: /[ZX]/.test(state), started: fields[19] ?? "" };
  } catch {
    return null;
  }
}

async function windowsTable(): Promise<readonly ProcessEntry[]> {
  // Windows 11 has no wmic, and Windows PE often no PowerShell.
  let lines = await linesOf("wmic.exe", ["process", "get", "ProcessId,ParentProcessId"]);
  if (lines.length === 0) {
    const query = 'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ParentProcessId) $($_.ProcessId)" }';
    lines = await linesOf("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", query]);
  }
  return lines.flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s*$/.exec(line);
    return match === null
      ? []
      : [{ id: Number(match[2]), parent: Number(match[1]), group: 0, zombie: false, started: "" }];
  });
}

/** Lines of a tool's output; none when it is not there or fails. */
function linesOf(program: string, args: readonly string[]): Promise<readonly string[]> {
  return new Promise((resolve) => {
    execFile(program, [...args], { timeout: 30_000, windowsHide: true, maxBuffer: 16 << 20 }, (error, stdout) => {
      const text = stdout.includes("\0") ? Buffer.from(stdout, "latin1").toString("utf16le") : stdout;
      resolve(error === null ? text.split(/\r?\n/) : []);
    });
  });
}
