// Partitions a whole disk and makes its file systems: on a block device, or in a plain file that is a disk's image. Everything
// that can be wrong is looked at before the first byte is written.
import { writeFileSync } from "node:fs";
import { rm, truncate } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Outcome } from "../host.ts";
import { somethingAt } from "../facts/fact-reader.ts";
import type { Execution } from "../system/execution.ts";
import { done, failed } from "../system/outcome.ts";
import { type ActionImplementation, textArgument } from "./action.ts";
import { type Disk, diskOf, partitionDevice, useOf } from "./disk-device.ts";
import { alignment, type FileSystem, layoutOf, type Partition, sfdiskScript } from "./partition-layout.ts";
import { hasTool, missingTool, runTool, type Tool } from "./tool.ts";

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
  const boots = context.args["bootDisk"] === true;
  const layout = layoutOf(context.args["partitions"] ?? null, style, disk.bytes, boots);
  if ("problem" in layout) return failed("value", layout.problem);
  const { partitions } = layout;
  const variables = variablesOf(execution, disk, partitions);
  if ("reason" in variables) return variables;
  const lacking = missingTools(execution, partitions, disk);
  if (lacking !== null) return lacking;
  const used = await useOf(disk.path);
  if (used !== null) return failed("value", `${disk.path} is in use (${used}): nothing was changed`);
  return (
    (await writeTable(execution, disk, style, partitions)) ??
    (await makeFileSystems(execution, disk, partitions)) ?? { ...done, ...variables }
  );
};

/** A variable that a partition names for its letter receives the partition's device. */
function variablesOf(
  { run }: Execution,
  disk: Disk,
  partitions: readonly Partition[],
): { readonly globals?: { readonly [name: string]: string } } | Outcome {
  const globals: { [name: string]: string } = {};
  for (const [i, { letter, name }] of partitions.entries()) {
    const variable = letter === null ? undefined : run.plan.globals[letter];
    if (variable === undefined) continue;
    if (disk.isFile) return failed("value", `${name} can't have a letter: a file is no device`);
    globals[variable.name] = partitionDevice(disk.path, i + 1);
  }
  return Object.keys(globals).length === 0 ? {} : { globals };
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
  const node = partitionDevice(disk.path, number);
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
