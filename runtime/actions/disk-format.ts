// Partitions a whole disk and makes its file systems: on a block device, or in a plain file that is a disk's image. Everything
// that can be wrong is looked at before the first byte is written.
import { readFileSync, writeFileSync } from "node:fs";
import { readdir, realpath, rm, stat, truncate } from "node:fs/promises";
import { basename, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Outcome } from "../host.ts";
import { somethingAt } from "../facts/fact-reader.ts";
import type { Execution } from "../system/execution.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionContext, type ActionImplementation, numberArgument, textArgument } from "./action.ts";
import { alignment, type FileSystem, layoutOf, type Partition, sfdiskScript } from "./partition-layout.ts";
import { hasTool, missingTool, runTool, type Tool } from "./tool.ts";

interface Disk {
  readonly path: string;
  readonly isFile: boolean;
  readonly bytes: number;
  readonly sectorSize: number;
}

const makers: { readonly [fileSystem in FileSystem]: Tool } = {
  ext4: "mkfs.ext4",
  xfs: "mkfs.xfs",
  fat32: "mkfs.fat",
  ntfs: "mkfs.ntfs",
};

export const formatDisk: ActionImplementation = async (context) => {
  const { execution } = context;
  const disk = await diskOf(context);
  if ("reason" in disk) return disk;
  const style = textArgument(context, "style");
  const layout = layoutOf(context.args["partitions"] ?? null, style, disk.bytes);
  if ("problem" in layout) return failed("value", layout.problem);
  const { partitions } = layout;
  const lacking = missingTools(execution, partitions, disk);
  if (lacking !== null) return lacking;
  const used = await useOf(disk.path);
  if (used !== null) return failed("value", `${disk.path} is in use (${used}): nothing was changed`);
  return (
    (await writeTable(execution, disk, style, partitions)) ??
    (await makeFileSystems(execution, disk, partitions)) ??
    done
  );
};

async function diskOf(context: ActionContext): Promise<Disk | Outcome> {
  const number = numberArgument(context, "disk");
  const device = textArgument(context, "device");
  if ((number === null) === (device === "")) {
    return failed("value", "disk.format needs either disk (a number) or device (a path), and not both");
  }
  let path = device;
  if (number !== null) {
    const disks = await diskNames();
    const name = disks[number];
    if (name === undefined) return failed("value", `there is no disk ${number}; this machine has ${disks.length}`);
    path = `/dev/${name}`;
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

function missingTools(execution: Execution, partitions: readonly Partition[], disk: Disk): Outcome | null {
  const fileSystems = partitions.flatMap(({ fileSystem }) => (fileSystem === null ? [] : [makers[fileSystem]]));
  const tools: readonly Tool[] = [
    "sfdisk",
    ...(disk.isFile ? (["dd"] as const) : (["partx", "wipefs"] as const)),
    ...fileSystems,
  ];
  const lacking = tools.find((tool) => !hasTool(execution, tool));
  return lacking === undefined ? null : missingTool(lacking);
}

/** What holds the disk or a partition of it; null: nothing does. */
async function useOf(path: string): Promise<string | null> {
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

async function writeTable(
  execution: Execution,
  disk: Disk,
  style: string,
  partitions: readonly Partition[],
): Promise<Outcome | null> {
  const script = join(execution.workFolder(), "partitions");
  writeFileSync(script, sfdiskScript(partitions, style, disk.sectorSize));
  const options = { input: script, uncuttable: true };
  if (disk.isFile) {
    // All of it becomes a hole: what lay there must not show through in the new file systems.
    await truncate(disk.path, 0);
    await truncate(disk.path, disk.bytes);
    return runTool(execution, "sfdisk", ["--no-tell-kernel", "--no-reread", disk.path], options);
  }
  const wiped = await runTool(execution, "wipefs", ["--all", "--force", disk.path], { uncuttable: true });
  if (wiped !== null) return wiped;
  const args = ["--wipe", "always", "--wipe-partitions", "always", "--no-tell-kernel", disk.path];
  return (
    (await runTool(execution, "sfdisk", args, options)) ??
    (await runTool(execution, "partx", ["--update", disk.path], { uncuttable: true }))
  );
}

async function makeFileSystems(
  execution: Execution,
  disk: Disk,
  partitions: readonly Partition[],
): Promise<Outcome | null> {
  for (const [i, partition] of partitions.entries()) {
    if (partition.fileSystem === null) continue;
    execution.progress(`Making the file system of ${partition.name}`);
    const outcome = disk.isFile
      ? await makeInFile(execution, disk, partition, partition.fileSystem, i + 1)
      : await makeOnDevice(execution, disk, partition, partition.fileSystem, i + 1);
    if (outcome !== null) return outcome;
  }
  return null;
}

async function makeOnDevice(
  execution: Execution,
  disk: Disk,
  partition: Partition,
  fileSystem: FileSystem,
  number: number,
): Promise<Outcome | null> {
  const node = `${disk.path}${/\d$/.test(disk.path) ? "p" : ""}${number}`;
  // The system makes the node in its own time.
  for (let tries = 0; !somethingAt(node); tries += 1) {
    if (tries === 100)
      return failed("exit", `the system made no device ${node} for the partition ${partition.name}`, 1);
    await delay(100);
  }
  const args = makerArguments(partition, fileSystem, disk.sectorSize);
  return runTool(execution, makers[fileSystem], [...args, node], { uncuttable: true });
}

/** The tools can't write at an offset of a file: each file system is made apart and copied to its place. */
async function makeInFile(
  execution: Execution,
  disk: Disk,
  partition: Partition,
  fileSystem: FileSystem,
  number: number,
): Promise<Outcome | null> {
  const part = `${disk.path}.part${number}`;
  try {
    writeFileSync(part, "", { flag: "w", mode: 0o600 });
    await truncate(part, partition.size);
    const args = makerArguments(partition, fileSystem, disk.sectorSize);
    const made = await runTool(execution, makers[fileSystem], [...args, part], { uncuttable: true });
    if (made !== null) return made;
    const place = [`if=${part}`, `of=${disk.path}`, "bs=1M", `seek=${partition.start / alignment}`];
    return await runTool(execution, "dd", [...place, "conv=notrunc,sparse", "status=none"], { uncuttable: true });
  } finally {
    await rm(part, { force: true });
  }
}

function makerArguments({ name, start }: Partition, fileSystem: FileSystem, sectorSize: number): readonly string[] {
  switch (fileSystem) {
    case "ext4":
      return ["-q", "-F", "-L", shortened(name, 16)];
    case "xfs":
      return ["-q", "-f", "-L", shortened(name.replaceAll(" ", "_"), 12)];
    case "fat32":
      return ["-F", "32", "-n", shortened(name.toUpperCase().replace(/[^A-Z0-9 _-]/g, "_"), 11) || "NO NAME"];
    case "ntfs":
      // Boot code of old firmware finds the volume by these.
      return ["-Q", "-F", "-p", String(start / sectorSize), "-H", "255", "-S", "63", "-L", shortened(name, 32)];
  }
}

/** As many whole characters as fit into so many bytes. */
function shortened(text: string, bytes: number): string {
  let result = "";
  for (const character of text) {
    if (Buffer.byteLength(result + character) > bytes) break;
    result += character;
  }
  return result;
}
