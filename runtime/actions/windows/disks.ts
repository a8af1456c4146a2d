// Disks and BitLocker with Windows' own tools: diskpart and manage-bde. Not proved on a real Windows.
import type { Value } from "../../plan/value.ts";
import { flagOf, type Given, numberOf, recordsOf, textOf } from "../given.ts";
import { driveOf, type Planner, powershell, scriptFile, type WindowsCommand } from "./work.ts";

/** One run of diskpart, which ends at the first command that fails. */
export function diskpart(lines: readonly string[]): WindowsCommand {
  return { program: "diskpart.exe", args: ["/s", scriptFile], script: `${lines.join("\n")}\n` };
}

export const formatDisk: Planner = (given) => {
  const disk = numberOf(given, "disk");
  if (disk === null) return { problem: "on Windows a disk is given by its number (disk), not by a path (device)" };
  const style = textOf(given, "style");
  const partitions = recordsOf(given, "partitions");
  if (partitions.length === 0) return { problem: "a disk needs at least one partition" };
  const lines = [`select disk ${disk}`, "clean", `convert ${style === "mbr" ? "mbr" : "gpt"}`];
  const letters: { [variable: string]: string } = {};
  const free = freeLetters();
  const hasEfi = partitions.some((partition) => textOf(partition, "type") === "efi");
  const wanted = flagOf(given, "bootDisk") && style === "gpt" && !hasEfi ? [bootPartition, ...partitions] : partitions;
  for (const partition of wanted) {
    const made = partitionLines(partition, style);
    if ("problem" in made) return made;
    lines.push(...made.lines);
    const variable = textOf(partition, "letter");
    if (variable === "" && !flagOf(partition, "assignLetter")) continue;
    const letter = free.shift();
    if (letter === undefined) return { problem: "there are more partitions with letters than letters" };
    lines.push(`assign letter=${letter}`);
    if (variable !== "") letters[variable] = `${letter}:`;
  }
  return { commands: [diskpart(lines)], globals: letters };
};

const bootPartition: Value = { name: "System", type: "efi", size: String(300 * 1024 ** 2), fileSystem: "fat32" };

/** Letters that Windows PE leaves alone: neither its own X nor what floppies and the first disk usually have. */
function freeLetters(): string[] {
  return [..."CDEFGHIJKLMNOPQRSTUVWYZ"];
}

const recoveryType = "de94bba4-06d1-4d40-a16a-bfd50179d6ac";

function partitionLines(
  partition: Value,
  style: string,
): { readonly lines: readonly string[] } | { readonly problem: string } {
  const type = textOf(partition, "type") || "primary";
  const size = textOf(partition, "size");
  const name = textOf(partition, "name");
  if (/["\u0000-\u001f]/.test(name)) return { problem: `a partition can't have the name ${JSON.stringify(name)}` };
  // diskpart knows no percentages: what is left is what it takes by itself.
  if (size.endsWith("%") && size !== "100%") {
    return { problem: `${name}: diskpart makes partitions of a size, or of all that is left (100%), not of ${size}` };
  }
  const megabytes = size === "" || size.endsWith("%") ? "" : ` size=${Math.ceil(Number(size) / 1024 ** 2)}`;
  const kind = type === "hidden" || type === "recovery" ? "primary" : type;
  const lines = [`create partition ${kind}${megabytes}`];
  const fileSystem = textOf(partition, "fileSystem") || (type === "efi" ? "fat32" : "");
  if (fileSystem === "ext4" || fileSystem === "xfs")
    return { problem: `${name}: Windows can't make the file system ${fileSystem}` };
  if (fileSystem !== "") {
    const quick = flagOf(partition, "quickFormat") || type === "efi" ? " quick" : "";
    lines.push(`format fs=${fileSystem}${name === "" ? "" : ` label="${name.slice(0, 32)}"`}${quick}`);
  }
  if (style === "mbr" && flagOf(partition, "bootable")) lines.push("active");
  if (type === "hidden") lines.push(style === "mbr" ? "set id=17" : "gpt attributes=0x4000000000000000");
  if (type === "recovery") {
    lines.push(...(style === "mbr" ? ["set id=27"] : [`set id=${recoveryType}`, "gpt attributes=0x8000000000000001"]));
  }
  return { lines };
}

export const convertToDynamic: Planner = (given) => ({
  commands: [diskpart([`select disk ${numberOf(given, "disk") ?? 0}`, "convert dynamic"])],
});

const methods: { readonly [method: string]: string } = {
  aes128: "aes128",
  aes256: "aes256",
  xtsAes128: "xts_aes128",
  xtsAes256: "xts_aes256",
};

function driveIn(given: Given, name: string, usual: string): string | null {
  const asked = textOf(given, name);
  return asked === "" ? usual : driveOf(asked);
}

/** What manage-bde turns on with: method, and the space that is used alone unless the whole disk is meant. */
function encryptionArgs(given: Given): readonly string[] {
  const method = methods[textOf(given, "method")];
  return [...(flagOf(given, "fullDisk") ? [] : ["-used"]), ...(method === undefined ? [] : ["-em", method])];
}

/** Ends with 0 where there is a TPM that is ready, else with 3: the rest is then left out. */
const tpmReady =
  "$tpm = Get-CimInstance -Namespace root/cimv2/Security/MicrosoftTpm -ClassName Win32_Tpm -ErrorAction SilentlyContinue; " +
  "if ($null -eq $tpm -or -not $tpm.IsEnabled_InitialValue) { exit 3 }";

export const enableBitLocker: Planner = (given, around) => {
  const system = around.environment["SystemDrive"] ?? "C:";
  const drive = driveIn(given, "drive", system);
  if (drive === null) return { problem: `${textOf(given, "drive")} is not the letter of a drive` };
  const mode = textOf(given, "mode") || "tpm";
  const keyDrive = driveIn(given, "startupKeyDrive", "");
  if (mode.includes("ey") && (keyDrive === null || keyDrive === "")) {
    return { problem: "a start-up key needs the drive that it goes to (startupKeyDrive)" };
  }
  const pin = textOf(given, "pin");
  if (mode === "tpmAndPin" && !/^\d{4,20}$/.test(pin)) return { problem: "the pin has 4 to 20 digits" };
  const environment = { SEQUITUR_DRIVE: drive, SEQUITUR_KEY_DRIVE: keyDrive ?? "", SEQUITUR_PIN: pin };
  const commands: WindowsCommand[] = [];
  if (mode !== "key" || flagOf(given, "skipWithoutTpm")) commands.push(tpmCheck(flagOf(given, "skipWithoutTpm")));
  const recovery = textOf(given, "recoveryKey") || "ad";
  if (recovery === "database") {
    return { problem: "recovery keys go to the ConfigMgr database through its client alone; use ad or none" };
  }
  if (recovery === "ad") {
    commands.push({ program: "manage-bde.exe", args: ["-protectors", "-add", drive, "-recoverypassword"] });
  }
  commands.push(powershell(protectors[mode] ?? protectors["tpm"] ?? "", environment));
  if (recovery === "ad") commands.push(powershell(backUp, environment));
  commands.push({ program: "manage-bde.exe", args: ["-on", drive, "-skiphardwaretest", ...encryptionArgs(given)] });
  if (flagOf(given, "wait")) commands.push(powershell(waitForEncryption, environment));
  return { commands };
};

/** The pin goes in by the environment: on a command line everybody could read it. */
const protectors: { readonly [mode: string]: string } = {
  tpm: "Add-BitLockerKeyProtector -MountPoint $env:SEQUITUR_DRIVE -TpmProtector | Out-Null",
  key:
    "Add-BitLockerKeyProtector -MountPoint $env:SEQUITUR_DRIVE -StartupKeyProtector " +
    "-StartupKeyPath $env:SEQUITUR_KEY_DRIVE | Out-Null",
  tpmAndKey:
    "Add-BitLockerKeyProtector -MountPoint $env:SEQUITUR_DRIVE -TpmAndStartupKeyProtector " +
    "-StartupKeyPath $env:SEQUITUR_KEY_DRIVE | Out-Null",
  tpmAndPin:
    "Add-BitLockerKeyProtector -MountPoint $env:SEQUITUR_DRIVE -TpmAndPinProtector " +
    "-Pin (ConvertTo-SecureString $env:SEQUITUR_PIN -AsPlainText -Force) | Out-Null",
};

const backUp =
  "(Get-BitLockerVolume -MountPoint $env:SEQUITUR_DRIVE).KeyProtector | " +
  "Where-Object KeyProtectorType -eq RecoveryPassword | " +
  "ForEach-Object { Backup-BitLockerKeyProtector -MountPoint $env:SEQUITUR_DRIVE -KeyProtectorId $_.KeyProtectorId | Out-Null }";

const waitForEncryption =
  "while ((Get-BitLockerVolume -MountPoint $env:SEQUITUR_DRIVE).VolumeStatus -eq 'EncryptionInProgress') { Start-Sleep 10 }";

function tpmCheck(skips: boolean): WindowsCommand {
  return { ...powershell(tpmReady), ...(skips ? { endsAt: 3 } : {}) };
}

export const disableBitLocker: Planner = (given, around) => {
  const drive = driveIn(given, "drive", around.environment["SystemDrive"] ?? "C:");
  if (drive === null) return { problem: `${textOf(given, "drive")} is not the letter of a drive` };
  const restarts = String(numberOf(given, "restarts") ?? 1);
  return {
    commands: [{ program: "manage-bde.exe", args: ["-protectors", "-disable", drive, "-RebootCount", restarts] }],
  };
};

export const preProvisionBitLocker: Planner = (given) => {
  const asked = textOf(given, "drive");
  const disk = numberOf(given, "disk");
  const check = flagOf(given, "skipWithoutTpm") ? [tpmCheck(true)] : [];
  if (disk === null) {
    const drive = driveOf(asked);
    if (drive === null) return { problem: `${asked} is not the letter of a drive` };
    return { commands: [...check, { program: "manage-bde.exe", args: ["-on", drive, ...encryptionArgs(given)] }] };
  }
  const partition = numberOf(given, "partition");
  if (partition === null) return { problem: "a disk needs the number of its partition, too" };
  const text =
    "$letter = (Get-Partition -DiskNumber $env:SEQUITUR_DISK -PartitionNumber $env:SEQUITUR_PARTITION).DriveLetter; " +
    '$given = ConvertFrom-Json $env:SEQUITUR_ARGUMENTS; & manage-bde.exe -on "${letter}:" @given; exit $LASTEXITCODE';
  const environment = {
    SEQUITUR_DISK: String(disk),
    SEQUITUR_PARTITION: String(partition),
    SEQUITUR_ARGUMENTS: JSON.stringify(encryptionArgs(given)),
  };
  return { commands: [...check, powershell(text, environment)] };
};
