// Where the partitions of a disk come to lie: pure arithmetic, decided before anything is written.
import type { Value } from "../plan/value.ts";
import { fieldOf, numberOf, textOf } from "./given.ts";

export type FileSystem = "ext4" | "ntfs" | "fat32" | "xfs";
export type PartitionType = "primary" | "hidden" | "efi" | "msr" | "recovery";

export interface Partition {
  readonly name: string;
  readonly type: PartitionType;
  /** Null: it stays without one. */
  readonly fileSystem: FileSystem | null;
  readonly bootable: boolean;
  /** Index of the global that receives its device; null: none does. */
  readonly letter: number | null;
  /** Bytes; both are multiples of 1 MiB. */
  readonly start: number;
  readonly size: number;
}

/** Partitions begin and end at multiples of this, as all tools do today: it fits every sector and flash block. */
export const alignment = 1024 ** 2;

/**
 * The partitions in order. A percentage is of what the fixed sizes and the percentages before it leave; without a size a
 * partition takes all of that. Else why they can't be made, as a sentence.
 */
export function layoutOf(
  partitions: Value,
  style: string,
  diskBytes: number,
  boots = false,
): { readonly partitions: readonly Partition[] } | { readonly problem: string } {
  const list = Array.isArray(partitions) ? (partitions as readonly Value[]) : [];
  const needsEfi = boots && style === "gpt" && !list.some((partition) => fieldOf(partition, "type") === "efi");
  const wanted = (needsEfi ? [{ type: "efi", size: String(300 * alignment) }, ...list] : list).map(wantedOf);
  if (list.length === 0) return { problem: "a disk needs at least one partition" };
  const extended = list
    .map((partition) => fieldOf(partition, "type"))
    .find((type) => type === "extended" || type === "logical");
  if (extended !== undefined) return { problem: `partitions of the type ${String(extended)} can't be made on Linux` };
  if (style === "mbr" && wanted.length > 4) return { problem: "a disk of the style mbr has room for four partitions" };
  const end = Math.floor((diskBytes - (style === "gpt" ? alignment : 0)) / alignment) * alignment;
  let left = end - alignment;
  for (const { size } of wanted) if (size !== null && !size.endsWith("%")) left -= rounded(Number(size));
  const result: Partition[] = [];
  let start = alignment;
  for (const { name, type, fileSystem, bootable, letter, size } of wanted) {
    const problem =
      nameProblem(name) ??
      (style === "mbr" && type === "msr" ? `${name}: msr partitions exist on gpt disks alone.` : null);
    if (problem !== null) return { problem };
    const percent = size === null ? 100 : size.endsWith("%") ? Number(size.slice(0, -1)) : null;
    if (percent !== null && percent > 100) return { problem: `${name}: ${percent}% is more than there is` };
    const bytes = percent === null ? rounded(Number(size)) : Math.floor((left * percent) / 100 / alignment) * alignment;
    if (percent !== null) left -= bytes;
    if (bytes <= 0 || left < 0)
      return {
        problem: `the disk has no room for the partition ${name}: it has ${Math.floor(diskBytes / alignment)} MB`,
      };
    result.push({ name, type, fileSystem, bootable, letter, start, size: bytes });
    start += bytes;
  }
  return { partitions: result };
}

function rounded(bytes: number): number {
  return Math.ceil(bytes / alignment) * alignment;
}

/** What a partition is called that has no name of its own. */
const usualNames: { readonly [type in PartitionType]: string } = {
  primary: "Basic data partition",
  hidden: "Basic data partition",
  efi: "EFI system partition",
  msr: "Microsoft reserved partition",
  recovery: "Recovery partition",
};

type Wanted = Omit<Partition, "start" | "size"> & { readonly size: string | null };

function wantedOf(value: Value): Wanted {
  const type = fieldOf(value, "type");
  const fileSystem = fieldOf(value, "fileSystem");
  const size = fieldOf(value, "size");
  const kind = isPartitionType(type) ? type : "primary";
  // Firmware reads nothing else on its own partition.
  const usual = kind === "efi" ? "fat32" : null;
  return {
    name: textOf(value, "name") || usualNames[kind],
    type: kind,
    fileSystem: isFileSystem(fileSystem) ? fileSystem : usual,
    bootable: fieldOf(value, "bootable") === true,
    letter: numberOf(value, "letter"),
    size: size === null ? null : String(size),
  };
}

function isPartitionType(value: Value): value is PartitionType {
  return typeof value === "string" && Object.hasOwn(usualNames, value);
}

function isFileSystem(value: Value): value is FileSystem {
  return value === "ext4" || value === "ntfs" || value === "fat32" || value === "xfs";
}

function nameProblem(name: string): string | null {
  if (/["\\\u0000-\u001f\u007f]/.test(name)) return `a partition can't have the name ${JSON.stringify(name)}`;
  return name.length > 36 ? `the name ${name} is longer than the 36 characters that a partition's name may have` : null;
}

const basicData = "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7";
const linuxData = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
const gptTypes = {
  efi: "C12A7328-F81F-11D2-BA4B-00A0C93EC93B",
  msr: "E3C9E316-0B5C-4DB8-817D-F92DF00215AE",
  recovery: "DE94BBA4-06D1-4D40-A16A-BFD50179D6AC",
} as const;
const mbrTypes = { ntfs: "7", fat32: "c", ext4: "83", xfs: "83" } as const;

/** The layout as a script for sfdisk. */
export function sfdiskScript(partitions: readonly Partition[], style: string, sectorSize: number): string {
  const marked = partitions.findIndex(({ bootable }) => bootable);
  const active = Math.max(0, marked);
  const lines = partitions.map((partition, i) => {
    const { start, size, name, type } = partition;
    const place = `start=${start / sectorSize}, size=${size / sectorSize}`;
    if (style === "mbr") return `${place}, type=${mbrType(partition)}${i === active ? ", bootable" : ""}`;
    // Windows must neither give it a letter nor delete it: bits 0 and 63.
    const attributes = gptAttributes[type] ?? "";
    return `${place}, type=${gptType(partition)}, name="${name}"${attributes}`;
  });
  return [`label: ${style === "mbr" ? "dos" : "gpt"}`, "unit: sectors", "", ...lines, ""].join("\n");
}

const gptAttributes: { readonly [type in PartitionType]?: string } = {
  recovery: ', attrs="RequiredPartition GUID:63"',
  hidden: ', attrs="GUID:62"',
};

function gptType({ type, fileSystem }: Partition): string {
  if (type !== "primary" && type !== "hidden") return gptTypes[type];
  return fileSystem === "ext4" || fileSystem === "xfs" ? linuxData : basicData;
}

function mbrType({ type, fileSystem }: Partition): string {
  if (type === "efi") return "ef";
  if (type === "hidden") return "17";
  return type === "recovery" ? "27" : mbrTypes[fileSystem ?? "ext4"];
}
