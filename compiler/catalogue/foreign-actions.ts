// Actions that Configuration Manager and MDT alone can do: sequences that use them are checked and exported, and no plan runs
// them. A parameter reads `name: type`, with `?` after the name where it may be left out and `= value` where that means one.
import type { ActionParameter } from "@sequitur/runtime/plan";
import { invariant } from "../invariant.ts";
import type { CatalogueAction } from "./catalogue-action.ts";
import { parameterType } from "./type-text.ts";

interface ForeignAction {
  readonly name: string;
  readonly parameters: string;
  readonly phases: readonly ("winpe" | "fullos")[];
  readonly summary: string;
  readonly destroys?: boolean;
}

const both = ["winpe", "fullos"] as const;
const winpe = ["winpe"] as const;
const fullos = ["fullos"] as const;

const configMgrActions: readonly ForeignAction[] = [
  {
    name: "driver.autoApply",
    parameters: "bestMatch?: bool = true, categories?: list<string>, unsigned?: bool = false",
    phases: winpe,
    summary: "Adds the drivers that Configuration Manager finds for the machine.",
  },
  {
    name: "state.requestStore",
    parameters:
      "purpose: capture|restore, retries?: int, retryDelay?: duration, fallbackToNetworkAccount?: bool = false",
    phases: both,
    summary: "Asks Configuration Manager for a store of user state.",
  },
  { name: "state.releaseStore", parameters: "", phases: both, summary: "Gives the store of user state back." },
  {
    name: "software.installApplications",
    parameters:
      "applications?: list<application>, fromVariables?: string, continueOnErrors?: bool = false, clearCache?: bool = false, interruptedRetries?: int = 2",
    phases: fullos,
    summary: "Installs applications of Configuration Manager.",
  },
  {
    name: "software.installPackage",
    parameters: "package?: package, program?: string, fromVariables?: string, continueOnErrors?: bool = false",
    phases: fullos,
    summary: "Runs a program of a package, as Configuration Manager declares it.",
  },
  {
    name: "image.installDeploymentTools",
    parameters: "package: package",
    phases: fullos,
    summary: "Puts the tools of Windows XP for capturing on the machine.",
  },
];

/** A step of a type that Sequitur does not know: what it is called there, and its command. Its settings are in `foreign`. */
const unknownActions: readonly ForeignAction[] = [
  {
    name: "foreign.step",
    parameters: "type?: string, command?: string",
    phases: both,
    summary: "A step of another system that Sequitur keeps and does not understand.",
  },
];

const mdtActions: readonly ForeignAction[] = [
  {
    name: "mdt.gather",
    parameters: "localOnly?: bool, rulesFile?: string",
    phases: both,
    summary: "Collects facts of the machine and applies the rules of a file.",
  },
  {
    name: "mdt.validate",
    parameters: "imageSize?: size, processorSpeed?: int, memory?: size, osType?: client|server",
    phases: both,
    summary: "Fails unless the machine is good enough for the system.",
  },
  {
    name: "mdt.injectDrivers",
    parameters: "profile?: string, mode?: auto|all",
    phases: both,
    summary: "Adds drivers of a selection profile.",
  },
  {
    name: "mdt.installOperatingSystem",
    parameters:
      "operatingSystem?: string, disk?: int, partition?: int, to?: string, refresh?: string, installType?: byVariable|nextPartition|byDiskPartition",
    phases: both,
    summary: "Puts an operating system of the share on a disk.",
    destroys: true,
  },
  {
    name: "mdt.upgradeOperatingSystem",
    parameters: "operatingSystem?: string",
    phases: both,
    summary: "Upgrades Windows in place with an operating system of the share.",
  },
  {
    name: "mdt.installApplications",
    parameters: "application?: string, successCodes?: list<int>",
    phases: both,
    summary: "Installs an application of the share, or those of the lists.",
  },
  {
    name: "mdt.installRoles",
    parameters: "systemIndex?: int, roles?: list<string>, services?: list<string>, features?: list<string>",
    phases: both,
    summary: "Installs roles and features of Windows.",
  },
  {
    name: "mdt.uninstallRoles",
    parameters: "roles?: list<string>, services?: list<string>, features?: list<string>",
    phases: both,
    summary: "Removes roles and features of Windows.",
  },
  {
    name: "mdt.installUpdatesOffline",
    parameters: "profile?: string",
    phases: winpe,
    summary: "Adds update packages to the Windows on the disk.",
  },
  {
    name: "mdt.installLanguagePacksOffline",
    parameters: "package?: string",
    phases: both,
    summary: "Adds a language pack to the Windows on the disk.",
  },
  {
    name: "mdt.installLanguagePacksOnline",
    parameters: "package?: string",
    phases: fullos,
    summary: "Adds a language pack to the Windows that runs.",
  },
  {
    name: "mdt.recoverDomainJoin",
    parameters: "recovery?: auto|manual|fail",
    phases: fullos,
    summary: "Tries again to join the domain.",
  },
  {
    name: "mdt.runPowerShell",
    parameters: "script?: string, parameters?: string, package?: package",
    phases: both,
    summary: "Runs a PowerShell script of the share.",
  },
  {
    name: "mdt.useToolkit",
    parameters: "package: package",
    phases: both,
    summary: "Makes the files of the toolkit available.",
  },
  { name: "mdt.authorizeDhcp", parameters: "account: account", phases: fullos, summary: "Authorizes a DHCP server." },
  {
    name: "mdt.configureDhcp",
    parameters:
      "scopes?: list<string>, router?: string, dnsServer?: string, winsServer?: string, dnsDomain?: string, nodeType?: string, pxeClient?: string",
    phases: fullos,
    summary: "Sets up a DHCP server.",
  },
  {
    name: "mdt.configureDns",
    parameters:
      "zones?: list<string>, disableRecursion?: bool, bindSecondaries?: bool, failOnLoad?: bool, roundRobin?: bool, netmaskOrdering?: bool, secureCache?: bool, nameCheck?: string",
    phases: fullos,
    summary: "Sets up a DNS server.",
  },
  {
    name: "mdt.configureAdds",
    parameters:
      "kind?: replica|readOnlyReplica|newDomain|newTree|newForest, domain?: string, netBiosName?: string, account?: account, safeModePassword?: secret, forestLevel?: string, domainLevel?: string, databasePath?: string, logPath?: string, sysVolPath?: string, siteName?: string, configureDns?: bool, globalCatalog?: bool, criticalReplicationOnly?: bool, source?: string",
    phases: fullos,
    summary: "Makes the machine a domain controller.",
  },
  {
    name: "mdt.executeRunbook",
    parameters: "server: string, runbook: string, parameters?: list<string>, wait?: bool",
    phases: both,
    summary: "Starts a runbook of Orchestrator.",
  },
  {
    name: "mdt.captureNetworkSettings",
    parameters: "",
    phases: fullos,
    summary: "Remembers the settings of the network adapters.",
  },
  { name: "mdt.nextPhase", parameters: "", phases: both, summary: "Goes on to the next phase." },
  { name: "mdt.sysprep", parameters: "", phases: both, summary: "Generalizes Windows." },
  { name: "mdt.windowsUpdate", parameters: "", phases: both, summary: "Installs updates of Windows." },
  { name: "mdt.copyScripts", parameters: "", phases: both, summary: "Copies the scripts to the machine." },
  { name: "mdt.configure", parameters: "", phases: both, summary: "Writes the answer file." },
  { name: "mdt.backup", parameters: "", phases: both, summary: "Captures the disk into a file." },
  { name: "mdt.captureGroups", parameters: "", phases: both, summary: "Remembers the members of local groups." },
  { name: "mdt.restoreGroups", parameters: "", phases: both, summary: "Brings the members of local groups back." },
  { name: "mdt.checkBios", parameters: "", phases: both, summary: "Looks for BIOS versions that are not supported." },
  { name: "mdt.postApplyCleanup", parameters: "", phases: both, summary: "Cleans up after an image was applied." },
  {
    name: "mdt.applyWindowsPE",
    parameters: "mode?: stage|boot",
    phases: both,
    summary: "Puts Windows PE on the disk.",
  },
  { name: "mdt.applyBootEntry", parameters: "", phases: both, summary: "Makes the boot entry of Windows PE." },
  { name: "mdt.tattoo", parameters: "", phases: both, summary: "Writes into the machine how it was deployed." },
  { name: "mdt.optIn", parameters: "", phases: both, summary: "Takes part in the programs of customer experience." },
  { name: "mdt.applyGpoPack", parameters: "", phases: both, summary: "Applies a pack of local policies." },
  { name: "mdt.captureUserState", parameters: "", phases: both, summary: "Saves what people keep." },
  { name: "mdt.restoreUserState", parameters: "", phases: both, summary: "Brings back what people kept." },
  { name: "mdt.disableBitLockerProtectors", parameters: "", phases: both, summary: "Suspends BitLocker." },
  { name: "mdt.moveStateStore", parameters: "", phases: both, summary: "Moves the store of user state." },
  { name: "mdt.copyLogs", parameters: "", phases: both, summary: "Copies the logs to a share." },
  { name: "mdt.wipeDisk", parameters: "", phases: both, summary: "Wipes the disk.", destroys: true },
  { name: "mdt.createVhd", parameters: "", phases: both, summary: "Makes a virtual disk." },
  { name: "mdt.modifyVolume", parameters: "", phases: both, summary: "Changes a volume." },
  { name: "mdt.enableWinRE", parameters: "", phases: both, summary: "Turns the recovery environment on." },
  { name: "mdt.suspend", parameters: "", phases: both, summary: "Waits until somebody resumes the sequence." },
  { name: "mdt.connect", parameters: "", phases: both, summary: "Connects the share." },
  { name: "mdt.udiWizard", parameters: "", phases: both, summary: "Asks the person at the machine." },
  { name: "mdt.oemCopy", parameters: "", phases: both, summary: "Copies files for makers of machines." },
];

/** By name. */
export const foreignActions: ReadonlyMap<string, CatalogueAction> = new Map(
  [...configMgrActions, ...mdtActions, ...unknownActions].map((action) => [action.name, catalogueAction(action)]),
);

function catalogueAction({ name, parameters, phases, summary, destroys = false }: ForeignAction): CatalogueAction {
  const declared = parameters === "" ? [] : parameters.split(", ").map(parameterOf);
  const traits = { output: null, phaseEffect: "none", platforms: [], repeatable: false, uncuttable: false } as const;
  const declaration = { ...traits, phases, destroys, parameters: Object.fromEntries(declared) };
  return { name, declaration, run: null, summary };
}

function parameterOf(text: string): readonly [name: string, parameter: ActionParameter] {
  const [, name = "", mark, type = "", usual] = /^(\w+)(\??): ([^=]+?)(?: = (\w+))?$/.exec(text) ?? [];
  const typed = parameterType(type);
  invariant(typed !== undefined, `the parameter "${text}" has a type`);
  const value = usual === undefined ? {} : { default: typed.type === "bool" ? usual === "true" : Number(usual) };
  return [name, { ...typed, required: mark === "", ...value }];
}
