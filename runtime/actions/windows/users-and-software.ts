// What people keep (with the User State Migration Tool that the sequence brings along) and updates of Windows. Not proved on a
// real Windows.
import { fieldOf, flagOf, type Given, textOf, textsOf, windowsPath } from "../given.ts";
import { type Around, type Planner, powershell, type WindowsCommand } from "./work.ts";

function storeOf(given: Given, name: string, around: Around): string | null {
  const asked = textOf(given, name);
  if (asked !== "") return asked;
  const known = Object.entries(around.globals).find(([global]) => global.toLowerCase() === "osdstatestorepath");
  return known === undefined || known[1] === "" ? null : known[1];
}

const noStore = { problem: "it is not known where the store is: give its folder, or set OSDStateStorePath" } as const;
const noTool = { problem: "on Windows the User State Migration Tool does this: give its package as `tool`" } as const;

/** Tools of each architecture lie in a folder of their own. */
function toolOf(folder: string, program: string, around: Around): string {
  const architecture = around.environment["PROCESSOR_ARCHITECTURE"] === "ARM64" ? "arm64" : "amd64";
  return windowsPath(folder, architecture, program);
}

function rulesOf(given: Given, folder: string, around: Around): readonly string[] {
  const files = textOf(given, "mode") === "advanced" ? textsOf(given, "configFiles") : ["MigDocs.xml", "MigApp.xml"];
  return files.map((file) => `/i:${/[\\/:]/.test(file) ? file : toolOf(folder, file, around)}`);
}

export const captureState: Planner = (given, around) => {
  const store = storeOf(given, "to", around);
  const tool = textOf(given, "tool");
  if (store === null) return noStore;
  if (tool === "") return noTool;
  const users = textsOf(given, "users");
  const args = [
    ...[store, "/o", "/localonly", "/efs:" + (flagOf(given, "skipEncryptedFiles") ? "skip" : "copyraw")],
    `/v:${flagOf(given, "verbose") ? 13 : 5}`,
    ...rulesOf(given, tool, around),
    ...(users.length === 0 ? ["/all"] : ["/ue:*\\*", ...users.map((user) => `/ui:${user}`)]),
    ...(fieldOf(given, "continueOnLockedFiles") === false ? [] : ["/c"]),
    ...(textOf(given, "fileAccess") === "shadowCopy" ? ["/vsc"] : []),
    ...(flagOf(given, "hardLinks") ? ["/hardlink", "/nocompress"] : []),
    ...(flagOf(given, "offline") ? ["/offlineWinDir:" + windowsPath(offlineDrive(around), "Windows")] : []),
  ];
  return { commands: [{ program: toolOf(tool, "scanstate.exe", around), args }] };
};

function offlineDrive(around: Around): string {
  const known = Object.entries(around.globals).find(([name]) => name.toLowerCase() === "osdtargetsystemdrive");
  return known?.[1] ?? "C:";
}

export const restoreState: Planner = (given, around) => {
  const store = storeOf(given, "from", around);
  const tool = textOf(given, "tool");
  if (store === null) return noStore;
  if (tool === "") return noTool;
  const program = toolOf(tool, "loadstate.exe", around);
  const users = textsOf(given, "users");
  const args = [
    store,
    `/v:${flagOf(given, "verbose") ? 13 : 5}`,
    ...rulesOf(given, tool, around),
    ...(users.length === 0 ? ["/all"] : ["/ue:*\\*", ...users.map((user) => `/ui:${user}`)]),
    ...(flagOf(given, "continueOnErrors") ? ["/c"] : []),
  ];
  if (!flagOf(given, "localAccounts")) return { commands: [{ program, args }] };
  // The tool takes the password of new accounts as an argument alone: it is put in by a process that reads the environment.
  const password = textOf(given, "localPassword");
  if (password === "") return { problem: "localAccounts needs localPassword, which new accounts get" };
  const text =
    '$given = ConvertFrom-Json $env:SEQUITUR_ARGUMENTS; & $env:SEQUITUR_PROGRAM @given /lae "/lac:$env:SEQUITUR_PASSWORD"; exit $LASTEXITCODE';
  const environment = {
    SEQUITUR_PROGRAM: program,
    SEQUITUR_ARGUMENTS: JSON.stringify(args),
    SEQUITUR_PASSWORD: password,
  };
  return { commands: [powershell(text, environment)] };
};

/** The update agent of Windows, by its own objects. */
const updates =
  "$session = New-Object -ComObject Microsoft.Update.Session; $searcher = $session.CreateUpdateSearcher(); " +
  "$searcher.Online = -not $env:SEQUITUR_CACHED; " +
  "$found = $searcher.Search(\"IsInstalled=0 and IsHidden=0 and Type='Software'\").Updates; " +
  "$wanted = New-Object -ComObject Microsoft.Update.UpdateColl; " +
  "foreach ($update in $found) { if ($env:SEQUITUR_ALL -or $update.IsMandatory -or $update.AutoSelectOnWebSites) " +
  "{ if (-not $update.EulaAccepted) { $update.AcceptEula() }; [void]$wanted.Add($update) } }; " +
  "if ($wanted.Count -eq 0) { exit 0 }; " +
  "$downloader = $session.CreateUpdateDownloader(); $downloader.Updates = $wanted; [void]$downloader.Download(); " +
  "$installer = $session.CreateUpdateInstaller(); $installer.Updates = $wanted; $result = $installer.Install(); " +
  "if ($result.ResultCode -gt 3) { exit 1 }; if ($result.RebootRequired) { exit 3010 }; exit 0";

export const installUpdates: Planner = (given) => {
  const environment = {
    SEQUITUR_ALL: textOf(given, "target") === "all" ? "1" : "",
    SEQUITUR_CACHED: fieldOf(given, "useCachedScan") === false ? "" : "1",
  };
  const command: WindowsCommand = powershell(updates, environment, { reboots: [3010] });
  return { commands: [command] };
};
