// Settings that are no simple pair of name and value: numbered families, values with a switch beside them, and parameters that
// the original implies.
import type { ForeignStep, ForeignVariable } from "../foreign/model.ts";
import { truth } from "./setting-value.ts";
import { literal, nameText } from "./source-text.ts";
import { contentName } from "./step-text.ts";
import type { SequenceImport } from "./step-text.ts";
import { textExpression } from "./variable-text.ts";

/** What a family gives; null: it can't be said. Variables in `consumed` are dealt with. */
export interface FamilySettings {
  readonly parameters: ReadonlyMap<string, string>;
  readonly consumed: ReadonlySet<ForeignVariable>;
  readonly unsaid?: string;
}

type Reader = (step: ForeignStep, ctx: SequenceImport) => FamilySettings;

const readers: { readonly [action: string]: Reader } = {
  "disk.format": partitions,
  "machine.checkReadiness": readiness,
  "software.installApplications": applications,
  "content.download": downloads,
  "network.applySettings": (step) => membership(step, "OSDNetworkJoinType", "OSDDomainName", "OSDWorkgroupName"),
  "network.join": (step, ctx) => joining(step, ctx),
  "image.apply": imageTarget,
  "image.applyData": imageTarget,
  "image.capture": (_step, ctx) => captured(ctx),
  "bitlocker.enable": bitlocker,
  "mdt.validate": (step) => withoutNothing(step),
};

export function familySettings(action: string, step: ForeignStep, ctx: SequenceImport): FamilySettings {
  const reader = readers[action];
  return reader === undefined ? { parameters: new Map(), consumed: new Set() } : reader(step, ctx);
}

function named(step: ForeignStep, name: string): ForeignVariable | undefined {
  return step.variables.find((variable) => variable.name.toLowerCase() === name.toLowerCase());
}

const partitionName = /^OSD(?:Disk)?Partitions(\d{1,3})([A-Za-z]+)$/i;

function partitions(step: ForeignStep, ctx: SequenceImport): FamilySettings {
  const consumed = new Set<ForeignVariable>();
  const found = new Map<number, Map<string, string>>();
  for (const variable of step.variables) {
    if (/^OSDPartitions$/i.test(variable.name)) consumed.add(variable);
    const [, number, field] = partitionName.exec(variable.name) ?? [];
    if (number === undefined || field === undefined) continue;
    consumed.add(variable);
    // `OSDDiskPartitions1Type` stands beside the right name in a stock template, and means nothing.
    if (/^OSDDiskPartitions/i.test(variable.name)) continue;
    const fields = found.get(Number(number)) ?? new Map<string, string>();
    found.set(Number(number), fields.set(field.toLowerCase(), variable.value));
  }
  const records: string[] = [];
  for (const [, fields] of [...found].sort(([left], [right]) => left - right)) {
    const record = partition(fields, ctx);
    if (typeof record !== "string") return { parameters: new Map(), consumed, unsaid: record.why };
    records.push(record);
  }
  if (records.length === 0) return { parameters: new Map(), consumed, unsaid: "it makes no partition" };
  return { parameters: new Map([["partitions", `[${records.join(", ")}]`]]), consumed };
}

const fileSystems = new Set(["ntfs", "fat32"]);
const kinds = new Set(["primary", "extended", "logical", "hidden", "efi", "msr", "recovery"]);

function partition(fields: ReadonlyMap<string, string>, ctx: SequenceImport): string | { readonly why: string } {
  const text = (name: string): string => fields.get(name) ?? "";
  const parts: string[] = [];
  const name = text("volumename") === "" ? undefined : textExpression(text("volumename"), ctx.variables);
  if (name !== undefined) parts.push(`name: ${name}`);
  const kind = text("type").toLowerCase();
  if (kind !== "" && !kinds.has(kind)) return { why: `the kind of partition "${text("type")}" is not known` };
  if (kind !== "") parts.push(`type: ${kind}`);
  const size = text("size");
  const unit = text("sizeunits").toLowerCase();
  const suffix =
    unit === "%" || unit === "percent" ? "%" : unit === "mb" || unit === "gb" ? unit.toUpperCase() : undefined;
  if (size !== "" && (!/^\d{1,7}$/.test(size) || suffix === undefined))
    return { why: `the size "${size}" of a partition is not known` };
  if (size !== "") parts.push(`size: ${size}${suffix ?? ""}`);
  const system = text("filesystem").toLowerCase();
  if (fileSystems.has(system)) parts.push(`fileSystem: ${system}`);
  else if (system !== "") return { why: `the file system "${text("filesystem")}" is not known` };
  for (const [field, parameter] of [
    ["quickformat", "quickFormat"],
    ["bootable", "bootable"],
    ["assignvolumeletter", "assignLetter"],
  ] as const) {
    const flag = truth(text(field));
    if (flag !== undefined) parts.push(`${parameter}: ${flag}`);
  }
  const letter = text("volumelettervariable");
  if (letter !== "") {
    const variable = ctx.variables.set(letter);
    if (variable === undefined) return { why: `the letter of a partition can't go into "${letter}"` };
    parts.push(`letter: ${variable}`);
  }
  return `{ ${parts.join(", ")} }`;
}

/** Switch, value, parameter, and how the value is written. */
const checks: readonly (readonly [
  flag: string,
  value: string,
  parameter: string,
  form: "MB" | "int" | "word" | "version" | "flag" | "arch",
])[] = [
  ["OSDCheckMemory", "OSDMemory", "memory", "MB"],
  ["OSDCheckProcessorSpeed", "OSDProcessorSpeed", "processorSpeed", "int"],
  ["OSDCheckFreeDiskSpace", "OSDFreeDiskSpace", "disk", "MB"],
  ["OSDCheckOSType", "OSDOSType", "osType", "word"],
  ["OSDCheckOSArchitecture", "OSDOSArchitecture", "architecture", "arch"],
  ["OSDCheckMinOSVersion", "OSDMinOSVersion", "minimumVersion", "version"],
  ["OSDCheckMaxOsVersion", "OSDMaxOSVersion", "maximumVersion", "version"],
  ["OSDCheckCMClientMinVersion", "OSDCMClientMinVersion", "clientVersion", "version"],
  ["OSDCheckOSLanguageID", "OSDOSLanguageID", "language", "int"],
  ["OSDCheckPowerState", "", "power", "flag"],
  ["OSDCheckNetworkConnected", "", "network", "flag"],
  ["OSDCheckNetworkWired", "", "wired", "flag"],
  ["OSDCheckDeviceTpmEnabled", "", "tpm", "flag"],
  ["OSDCheckDeviceTpmActivated", "", "tpmActivated", "flag"],
  ["OSDCheckDeviceUEFI", "", "firmware", "flag"],
];

/** A value counts where its switch is on; the others stay in the origin. */
function readiness(step: ForeignStep): FamilySettings {
  const consumed = new Set<ForeignVariable>();
  const parameters = new Map<string, string>();
  for (const [flagName, valueName, parameter, form] of checks) {
    const flag = named(step, flagName);
    const value = valueName === "" ? undefined : named(step, valueName);
    if (flag !== undefined) consumed.add(flag);
    if (value !== undefined) consumed.add(value);
    if (flag === undefined || truth(flag.value) !== true) continue;
    const text = checkValue(form, parameter, value?.value ?? "");
    if (text === undefined) return { parameters, consumed, unsaid: `"${valueName}" has no value that can be checked` };
    parameters.set(parameter, text);
  }
  return { parameters, consumed };
}

function checkValue(form: (typeof checks)[number][3], parameter: string, value: string): string | undefined {
  switch (form) {
    case "flag":
      return parameter === "firmware" ? "uefi" : "true";
    case "word":
      return /^(client|server)$/i.test(value) ? value.toLowerCase() : undefined;
    case "arch":
      return value === "64" ? "x64" : value === "32" ? "x86" : undefined;
    case "version":
      return /^\d+(\.\d+){0,7}$/.test(value) ? `"${value}"` : undefined;
    default:
      return /^[1-9]\d{0,8}$/.test(value) ? `${value}${form === "MB" ? "MB" : ""}` : undefined;
  }
}

function applications(step: ForeignStep, ctx: SequenceImport): FamilySettings {
  const consumed = new Set<ForeignVariable>();
  const ids: string[] = [];
  for (const variable of step.variables) {
    const isFamily = /^OSDApp(\d+(Name|Description|DisplayName)|Count|)$/i.test(variable.name);
    if (!isFamily && variable.name !== "ApplicationName") continue;
    consumed.add(variable);
    if (!/^(OSDApp\d+Name|ApplicationName)$/i.test(variable.name)) continue;
    for (const id of variable.value.split(",")) if (/^ScopeId_[\w-]+\/\w+[\w/-]*$/.test(id.trim())) ids.push(id.trim());
  }
  const parameters = new Map<string, string>();
  const names = [...new Set(ids)].map((id) => nameText(contentName(ctx, "application", id)));
  if (names.length > 0) parameters.set("applications", `[${names.join(", ")}]`);
  return { parameters, consumed };
}

function downloads(step: ForeignStep, ctx: SequenceImport): FamilySettings {
  const consumed = new Set(step.variables.filter(({ name }) => /^OSDPackage(\d+\w+|Count|)$/i.test(name)));
  const list = named(step, "OSDDownloadDownloadPackages");
  const location = named(step, "OSDDownloadDestinationLocationType");
  for (const variable of [list, location]) if (variable !== undefined) consumed.add(variable);
  const ids = (list?.value ?? "").split(",").filter((id) => /^[A-Za-z0-9]{3}[0-9A-Fa-f]{5}$/.test(id));
  if (ids.length === 0) return { parameters: new Map(), consumed, unsaid: "it names no package" };
  const parameters = new Map([
    ["packages", `[${ids.map((id) => nameText(contentName(ctx, "package", id))).join(", ")}]`],
  ]);
  const places: { readonly [name: string]: string } = { ccmcache: "cache", custom: "folder", tscache: "work" };
  const place = places[(location?.value ?? "tscache").toLowerCase()];
  if (place === undefined) return { parameters, consumed, unsaid: `the place "${location?.value ?? ""}" is not known` };
  if (place !== "work") parameters.set("location", place);
  return { parameters, consumed };
}

/** Domain or workgroup: the type says which, and the other one is left over. */
function membership(step: ForeignStep, typeName: string, domainName: string, workgroupName: string): FamilySettings {
  const type = named(step, typeName);
  const leftOver = named(step, type?.value === "0" ? workgroupName : domainName);
  const isDomain = type?.value === "0";
  const unused = named(step, isDomain ? workgroupName : domainName);
  const consumed = new Set([type, unused ?? leftOver].filter((variable) => variable !== undefined));
  return { parameters: new Map(), consumed };
}

function joining(step: ForeignStep, ctx: SequenceImport): FamilySettings {
  const base = membership(step, "OSDJoinType", "OSDJoinDomainName", "OSDJoinWorkgroupName");
  const skip = named(step, "OSDJoinSkipReboot");
  if (skip === undefined) return base;
  const consumed = new Set([...base.consumed, skip]);
  const flag = truth(skip.value);
  if (flag === undefined) {
    const text = textExpression(skip.value, ctx.variables);
    return { ...base, consumed, unsaid: `whether it restarts depends on ${text ?? "a variable"}` };
  }
  return { consumed, parameters: new Map(flag ? [["restart", "false"]] : []) };
}

function imageTarget(step: ForeignStep): FamilySettings {
  const places = ["DestinationVariable", "DestinationDisk", "DestinationLogicalDrive"];
  const isPlaced = places.some((name) => (named(step, name)?.value ?? "") !== "");
  return { consumed: new Set(), parameters: new Map(isPlaced ? [] : [["nextVolume", "true"]]) };
}

/** What is captured is not said there: it is the system that the agent has found. */
function captured(ctx: SequenceImport): FamilySettings {
  return {
    consumed: new Set(),
    parameters: new Map([["from", ctx.variables.read("OSDTargetSystemDrive") ?? literal("C:")]]),
  };
}

const methods: { readonly [code: string]: string | undefined } = {
  "0": "default",
  "3": "aes128",
  "4": "aes256",
  "6": "xtsAes128",
  "7": "xtsAes256",
};

function bitlocker(step: ForeignStep): FamilySettings {
  const method = named(step, "OSDBitLockerEncryptMethod");
  const word = method === undefined ? undefined : methods[method.value];
  if (method === undefined || word === undefined) return { parameters: new Map(), consumed: new Set() };
  return { consumed: new Set([method]), parameters: new Map(word === "default" ? [] : [["method", word]]) };
}

/** 0 asks for nothing. */
function withoutNothing(step: ForeignStep): FamilySettings {
  return { parameters: new Map(), consumed: new Set(step.variables.filter(({ value }) => value === "0")) };
}
