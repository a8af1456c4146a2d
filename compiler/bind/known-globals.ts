// Globals that need no declaration, because consoles and their agents set them; and names that can't be globals,
// because the system itself reads them.

/** Variables of the deployment toolkit that its rules and scripts set and read; lower case. */
const toolkitVariables: ReadonlySet<string> = new Set(
  [
    "AdminPassword",
    "Applications",
    "ApplyGPOPack",
    "AssetTag",
    "BackupDir",
    "BackupFile",
    "BackupShare",
    "BDEInstall",
    "ComputerBackupLocation",
    "DeployRoot",
    "DeploymentMethod",
    "DeploymentType",
    "DestinationDisk",
    "DestinationDrive",
    "DestinationPartition",
    "DoCapture",
    "DomainAdmin",
    "DomainAdminDomain",
    "DomainAdminPassword",
    "EventService",
    "FinishAction",
    "HideShell",
    "InputLocale",
    "IsDesktop",
    "IsLaptop",
    "IsServer",
    "IsUEFI",
    "IsVM",
    "JoinDomain",
    "JoinWorkgroup",
    "KeyboardLocale",
    "LogPath",
    "MachineObjectOU",
    "Make",
    "MandatoryApplications",
    "Model",
    "OrgName",
    "Phase",
    "Product",
    "ProductKey",
    "ResourceDrive",
    "ResourceRoot",
    "ScriptRoot",
    "SLShare",
    "SMSTSOrgName",
    "TaskSequenceID",
    "TaskSequenceName",
    "TaskSequenceVersion",
    "TimeZoneName",
    "ToolRoot",
    "UDDir",
    "UDShare",
    "UILanguage",
    "UserDataLocation",
    "UserDomain",
    "UserID",
    "UserLocale",
    "UserPassword",
    "USMTMigFiles",
    "UUID",
  ].map((name) => name.toLowerCase()),
);

/** Is it a variable that a target's own catalogue declares? */
export function isKnownGlobal(name: string): boolean {
  return /^_?(SMSTS|OSD)[A-Za-z0-9]/i.test(name) || toolkitVariables.has(name.toLowerCase());
}

const systemVariables: ReadonlySet<string> = new Set([
  "path",
  "pathext",
  "comspec",
  "systemroot",
  "systemdrive",
  "windir",
  "temp",
  "tmp",
  "tmpdir",
  "home",
  "user",
  "lang",
  "ifs",
  "shell",
  "psmodulepath",
]);

/** Names that the system or an interpreter reads: no sequence may set them for every later process. */
export function isSystemVariable(name: string): boolean {
  return systemVariables.has(name.toLowerCase()) || /^(LD_|DYLD_|NODE_|PYTHON|SEQUITUR_)/i.test(name);
}

/** Names that every environment of a step has (semantics 7.6): `env` of one is never absent. Compared without case. */
const baseVariables: ReadonlySet<string> = new Set([
  "path",
  "systemdrive",
  "systemroot",
  "windir",
  "comspec",
  "temp",
  "tmp",
  "programfiles",
  "programdata",
  "home",
  "user",
  "lang",
  "tmpdir",
]);

/** Is it a name that every step's environment has? Case does not count. */
export function isBaseVariable(name: string): boolean {
  return baseVariables.has(name.toLowerCase());
}
