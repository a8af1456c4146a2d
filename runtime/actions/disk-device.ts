// Disks of a Linux machine: finding one by number, path or file, and what it is used for.
import { readFileSync } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Outcome } from "../host.ts";
import { somethingAt } from "../facts/fact-reader.ts";
import { failed } from "../system/outcome.ts";
import { type ActionContext, numberArgument, textArgument } from "./action.ts";

export interface Disk {
  readonly path: string;
  readonly isFile: boolean;
  readonly bytes: number;
  readonly sectorSize: number;
}

/** The device of a partition, by its number from 1. */
export function partitionDevice(disk: string, number: number): string {
  return `${disk}${/\d$/.test(disk) ? "p" : ""}${number}`;
}

/** The disk of this number, from 0. */
export async function devicePath(number: number): Promise<{ readonly path: string } | Outcome> {
  const disks = await diskNames();
  const name = disks[number];
  if (name === undefined) return failed("value", `there is no disk ${number}; this machine has ${disks.length}`);
  return { path: `/dev/${name}` };
}

/** The disk that the arguments `disk` or `device` name. */
export async function diskOf(context: ActionContext): Promise<Disk | Outcome> {
  const number = numberArgument(context, "disk");
  const device = textArgument(context, "device");
  if ((number === null) === (device === "")) {
    return failed("value", "disk.format needs either disk (a number) or device (a path), and not both");
  }
  let path = device;
  if (number !== null) {
    const found = await devicePath(number);
    if ("reason" in found) return found;
    path = found.path;
  }
  if (!path.startsWith("/")) return failed("value", `the path of a disk is absolute, not ${path}`);
  try {
    const real = await realpath(path);
    const status = await stat(real);
    if (status.isFile()) return { path: real, isFile: true, bytes: status.size, sectorSize: 512 };
    if (!status.isBlockDevice()) return failed("value", `${path} is neither a disk nor a file`);
    const folder = `/sys/block/${basename(real)}`;
    if (!somethingAt(folder)) return failed("value", `${path} is not a whole disk`);
    const sectors = Number(readFileSync(`${folder}/size`, "utf8"));
    const sectorSize = Number(readFileSync(`${folder}/queue/logical_block_size`, "utf8"));
    return { path: real, isFile: false, bytes: sectors * 512, sectorSize };
  } catch {
    return failed("value", `there is no disk ${path}`);
  }
}

/** Whole disks in the kernel's order of names, without those that are made of memory, files or other disks. */
async function diskNames(): Promise<readonly string[]> {
  const names = (await readdir("/sys/block")).filter((name) => !/^(?:loop|ram|zram|sr|fd|dm-|md|nbd|drbd)/.test(name));
  return names.sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
}

/** What holds the disk or a partition of it; null: nothing does. */
export async function useOf(path: string): Promise<string | null> {
  const own = (device: string): boolean =>
    device === path || (device.startsWith(path) && /^p?\d+$/.test(device.slice(path.length)));
  for (const line of readFileSync("/proc/self/mounts", "utf8").split("\n")) {
    const [device = "", place = ""] = line.split(" ");
    if (own(device)) return `mounted at ${place}`;
  }
  for (const line of readFileSync("/proc/swaps", "utf8").split("\n")) {
    if (own(line.split(/\s/)[0] ?? "")) return "swap space";
  }
  for (const name of await readdir("/sys/block")) {
    const backing = `/sys/block/${name}/loop/backing_file`;
    if (somethingAt(backing) && readFileSync(backing, "utf8").trim() === path) return `behind /dev/${name}`;
  }
  return null;
}
