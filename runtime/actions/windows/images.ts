// Images and drivers with Windows' own tools: DISM, bcdboot, sysprep. Not proved on a real Windows.
import { basename } from "node:path";
import { type Given, accountOf, flagOf, numberOf, textOf, windowsPath } from "../given.ts";
import { targetOf, noTarget, type Planner, powershell, type WindowsCommand } from "./work.ts";

export function dism(args: readonly string[]): WindowsCommand {
  return { program: "dism.exe", args, reboots: [3010] };
}

/** The letter or path that the image goes to, or the question that finds it. */
function placeOf(given: Given): { readonly path: string } | { readonly problem: string } | null {
  const to = textOf(given, "to");
  if (to !== "") return { path: to.length === 2 && to.endsWith(":") ? `${to}\\` : to };
  if (numberOf(given, "disk") === null) return null;
  if (numberOf(given, "partition") === null) return { problem: "a disk needs the number of its partition, too" };
  return null;
}

/** Finds the volume by its numbers, or the first fixed one that is formatted and empty, and runs DISM with it. */
const intoVolume =
  "if ($env:SEQUITUR_DISK) { $letter = (Get-Partition -DiskNumber $env:SEQUITUR_DISK -PartitionNumber $env:SEQUITUR_PARTITION).DriveLetter } " +
  "else { $letter = (Get-Volume | Where-Object { $_.DriveType -eq 'Fixed' -and $_.DriveLetter -and $_.FileSystem -and " +
  "-not (Get-ChildItem -LiteralPath \"$($_.DriveLetter):\\\" -Force -ErrorAction SilentlyContinue | Where-Object Name -ne 'System Volume Information') } | " +
  "Sort-Object DriveLetter | Select-Object -First 1).DriveLetter }; " +
  "if (-not $letter) { [Console]::Error.WriteLine('there is no such volume'); exit 2 }; " +
  '$given = ConvertFrom-Json $env:SEQUITUR_ARGUMENTS; & dism.exe @given "/ApplyDir:${letter}:\\"; exit $LASTEXITCODE';

function apply(file: string, index: number, given: Given): readonly WindowsCommand[] | { readonly problem: string } {
  const args = ["/Apply-Image", `/ImageFile:${file}`, `/Index:${index}`, "/CheckIntegrity"];
  const place = placeOf(given);
  if (place !== null && "problem" in place) return place;
  if (place !== null) return [dism([...args, `/ApplyDir:${place.path}`])];
  const environment = {
    SEQUITUR_DISK: String(numberOf(given, "disk") ?? ""),
    SEQUITUR_PARTITION: String(numberOf(given, "partition") ?? ""),
    SEQUITUR_ARGUMENTS: JSON.stringify(args),
  };
  return [powershell(intoVolume, environment, { reboots: [3010] })];
}

export const applyImage: Planner = (given) => {
  const folder = textOf(given, "package");
  const file = folder === "" ? textOf(given, "image") : windowsPath(folder, "sources", "install.wim");
  const index = numberOf(given, folder === "" ? "index" : "edition") ?? 1;
  const commands = apply(file, index, given);
  if ("problem" in commands) return commands;
  const to = textOf(given, "to");
  const answer = textOf(given, "answerPackage");
  if (answer === "" && textOf(given, "answerFile") !== "") return { problem: "answerFile needs its answerPackage" };
  if (answer !== "" && to === "") return { problem: "an answer file needs `to`: it is copied there" };
  const copy = (): WindowsCommand =>
    powershell(
      "New-Item -ItemType Directory -Force -Path $env:SEQUITUR_TO | Out-Null; " +
        "Copy-Item -LiteralPath $env:SEQUITUR_FROM -Destination (Join-Path $env:SEQUITUR_TO 'unattend.xml') -Force",
      {
        SEQUITUR_FROM: windowsPath(answer, textOf(given, "answerFile") || "unattend.xml"),
        SEQUITUR_TO: windowsPath(to, "Windows", "Panther"),
      },
    );
  return {
    commands: answer === "" ? commands : [...commands, copy()],
    globals: to === "" ? {} : { OSDTargetSystemDrive: to.replace(/[\\/]+$/, "") },
  };
};

export const applyDataImage: Planner = (given) => {
  const commands = apply(textOf(given, "image"), numberOf(given, "index") ?? 1, given);
  if ("problem" in commands || !flagOf(given, "wipe")) return "problem" in commands ? commands : { commands };
  const to = textOf(given, "to");
  if (to === "") return { problem: "`wipe` needs `to`: what is there is removed first" };
  const wipe = "Get-ChildItem -LiteralPath $env:SEQUITUR_TO -Force | Remove-Item -Recurse -Force";
  return { commands: [powershell(wipe, { SEQUITUR_TO: to.endsWith(":") ? `${to}\\` : to }), ...commands] };
};

const compressions: { readonly [name: string]: string } = { none: "none", fast: "fast", maximum: "max" };

export const captureImage: Planner = (given) => {
  const from = textOf(given, "from");
  const to = textOf(given, "to");
  if (from === "" || to === "") return { problem: "image.capture needs a folder or volume and a file" };
  const name = textOf(given, "name") || basename(to.replaceAll("\\", "/")).replace(/\.[^.]*$/, "");
  const words = [textOf(given, "description"), textOf(given, "version"), textOf(given, "createdBy")];
  const description = words.filter((word) => word !== "").join(", ");
  const capture = dism([
    ...["/Capture-Image", `/ImageFile:${to}`, `/CaptureDir:${from}`, `/Name:${name}`],
    ...(description === "" ? [] : [`/Description:${description}`]),
    ...[`/Compress:${compressions[textOf(given, "compression")] ?? "fast"}`, "/CheckIntegrity"],
  ]);
  // DISM adds to a file that is there: this one is to hold the new image alone.
  const remove = powershell("Remove-Item -LiteralPath $env:SEQUITUR_TO -Force -ErrorAction SilentlyContinue; exit 0", {
    SEQUITUR_TO: to,
  });
  const account = accountOf(given, "account");
  const share = /^\\\\[^\\]+\\[^\\]+/.exec(to)?.[0];
  if (account === null || share === undefined) return { commands: [remove, capture] };
  return { commands: [connectShare(share, "", account), remove, capture] };
};

/** The password is in the environment of this one process alone. */
export function connectShare(
  path: string,
  drive: string,
  account: { readonly user: string; readonly password: string } | null,
): WindowsCommand {
  const text =
    "$share = @{ RemotePath = $env:SEQUITUR_PATH }; if ($env:SEQUITUR_DRIVE) { $share.LocalPath = $env:SEQUITUR_DRIVE }; " +
    "if ($env:SEQUITUR_USER) { $share.UserName = $env:SEQUITUR_USER; $share.Password = $env:SEQUITUR_PASSWORD }; " +
    'if (Get-SmbMapping | Where-Object { $_.RemotePath -eq $share.RemotePath -and $_.LocalPath -eq "$($share.LocalPath)" }) { exit 0 }; ' +
    "New-SmbMapping @share | Out-Null";
  return powershell(text, {
    SEQUITUR_PATH: path,
    SEQUITUR_DRIVE: drive,
    SEQUITUR_USER: account?.user ?? "",
    SEQUITUR_PASSWORD: account?.password ?? "",
  });
}

export const prepareClient: Planner = (_given, around) => ({
  commands: [
    {
      program: windowsPath(around.environment["SystemRoot"] ?? "C:\\Windows", "ccmsetup", "ccmsetup.exe"),
      args: ["/uninstall"],
    },
  ],
});

export const prepareWindows: Planner = (given, around) => {
  const root = around.environment["SystemRoot"] ?? "C:\\Windows";
  const shutdown = flagOf(given, "shutdown");
  const commands: WindowsCommand[] = [
    {
      program: windowsPath(root, "System32", "Sysprep", "sysprep.exe"),
      args: ["/quiet", "/generalize", "/oobe", shutdown ? "/shutdown" : "/quit"],
    },
  ];
  if (flagOf(given, "keepActivation")) {
    const key = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\SoftwareProtectionPlatform";
    commands.unshift({ program: "reg.exe", args: ["add", key, "/v", "SkipRearm", "/t", "REG_DWORD", "/d", "1", "/f"] });
  }
  if (flagOf(given, "buildStorageDriverList")) {
    return { problem: "lists of storage drivers are built by Windows XP alone; leave buildStorageDriverList out" };
  }
  const globals = { OSDTargetSystemRoot: root };
  return shutdown ? { commands, globals } : { commands, globals, restart: { to: "winpe" } };
};

export const applyDriverPackage: Planner = (given, around) => {
  const to = targetOf(textOf(given, "to"), around);
  if (to === null) return noTarget;
  if (textOf(given, "bootContentId") !== "") {
    return { problem: "drivers that are critical for booting are named for Windows XP alone; leave bootContentId out" };
  }
  const args = [`/Image:${to}\\`, "/Add-Driver", `/Driver:${textOf(given, "package")}`];
  return {
    commands: [
      dism([
        ...args,
        ...(flagOf(given, "recurse") ? ["/Recurse"] : []),
        ...(flagOf(given, "unsigned") ? ["/ForceUnsigned"] : []),
      ]),
    ],
  };
};
