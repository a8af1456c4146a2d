// Facts on Windows, through tools and argument lists: reg.exe, which Windows PE has too, and PowerShell where there is no other
// way. Values go to PowerShell through the environment, never into its text.
import { release } from "node:os";
import type { FactAnswer } from "../host.ts";
import type { Value } from "../plan/value.ts";
import { versionHead } from "../plan/version.ts";
import { absent, always, commonFacts, type FactReaders, pathOf } from "./fact-reader.ts";
import { query } from "./query.ts";

const bios = "HKLM\\HARDWARE\\DESCRIPTION\\System\\BIOS";
const currentVersion = "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion";
const uninstall = "Microsoft\\Windows\\CurrentVersion\\Uninstall";

export const windowsFacts: Omit<FactReaders, "os.phase"> = {
  ...commonFacts,
  "device.serial": async () => instanceText("Win32_BIOS", "SerialNumber"),
  "device.manufacturer": async () => orEmpty(await registryValue(bios, "SystemManufacturer")),
  "device.model": async () => orEmpty(await registryValue(bios, "SystemProductName")),
  "device.chassis": async () => {
    const answer = await instanceText("Win32_SystemEnclosure", "ChassisTypes");
    return "error" in answer ? answer : { value: Number(/\d+/.exec(String(answer.value))?.[0] ?? 0) };
  },
  "device.firmware": async () => {
    // 1 BIOS, 2 UEFI; Windows PE and the full system both have it.
    const answer = await registryValue("HKLM\\SYSTEM\\CurrentControlSet\\Control", "PEFirmwareType");
    return "error" in answer ? answer : { value: /^(?:0x)?2$/.test(String(answer.value)) ? "uefi" : "bios" };
  },
  "os.family": always("windows"),
  "os.version": () => ({ value: versionHead(release()) ?? "0" }),
  "os.name": async () => orEmpty(await registryValue(currentVersion, "ProductName")),
  "file.version": async (args) => {
    const script =
      "(Get-Item -LiteralPath $env:SEQUITUR_ARGUMENT -ErrorAction Stop).VersionInfo.FileVersionRaw.ToString()";
    const exists = await commonFacts["file.exists"](args);
    if ("error" in exists || exists.value === false) return "error" in exists ? exists : absent;
    const answer = await powershell(script, { SEQUITUR_ARGUMENT: pathOf(args) });
    return "error" in answer ? answer : { value: versionHead(String(answer.value)) };
  },
  "registry.exists": async (args) => {
    const [key, name] = namesOf(args);
    const answer = name === "" ? await registryKey(key) : await registryValue(key, name);
    return "error" in answer ? answer : { value: answer.value !== null };
  },
  "registry.value": async (args) => registryValue(...namesOf(args)),
  "wmi.exists": async (args) => {
    const [namespace, text] = namesOf(args);
    const script =
      "@(Get-CimInstance -Namespace $env:SEQUITUR_ARGUMENT -Query $env:SEQUITUR_ARGUMENT2 -ErrorAction Stop).Count";
    const answer = await powershell(script, { SEQUITUR_ARGUMENT: namespace, SEQUITUR_ARGUMENT2: text });
    return "error" in answer ? answer : { value: Number(answer.value) > 0 };
  },
  "software.exists": async (args) => {
    const answer = await software(pathOf(args));
    return "error" in answer ? answer : { value: answer.value !== null };
  },
  "software.version": async (args) => {
    const answer = await software(pathOf(args));
    return "error" in answer || answer.value === null ? answer : { value: versionHead(String(answer.value)) };
  },
};

function namesOf(args: readonly Value[]): readonly [key: string, name: string] {
  return [String(args[0] ?? ""), String(args[1] ?? "")];
}

function orEmpty(answer: FactAnswer): FactAnswer {
  return "error" in answer ? answer : { value: answer.value ?? "" };
}

async function registryKey(key: string): Promise<FactAnswer> {
  const answer = await query("reg.exe", ["query", key, "/reg:64"]);
  if (answer.kind === "ended" && answer.code === 0) return { value: true };
  return registryFailure(answer);
}

/** Text of a value (numbers decimal); absent: no such key or value. */
async function registryValue(key: string, name: string): Promise<FactAnswer> {
  const answer = await query("reg.exe", ["query", key, ...(name === "" ? ["/ve"] : ["/v", name]), "/reg:64"]);
  if (answer.kind !== "ended" || answer.code !== 0) return registryFailure(answer);
  const match = /^ {4}.*? {4}(REG_[A-Z_]+) {4}(.*)$/m.exec(answer.stdout.replaceAll("\r", ""));
  if (match === null) return absent;
  const text = match[2] ?? "";
  return { value: /^REG_[DQ]WORD/.test(match[1] ?? "") ? String(Number(text)) : text };
}

function registryFailure(answer: Awaited<ReturnType<typeof query>>): FactAnswer {
  if (answer.kind === "missing") return { error: "there is no reg.exe" };
  if (answer.kind === "failed") return { error: answer.problem };
  // One code for "not there" and "not allowed": only the text tells, in English systems at least.
  return /denied/i.test(answer.stderr) ? { error: "access to the registry is denied" } : absent;
}

/** Version of a product by its key under Uninstall (a product code, or a name), in both views; absent: it is not there. */
async function software(id: string): Promise<FactAnswer> {
  if (id === "" || /[\\"\0]/.test(id)) return absent;
  for (const view of ["HKLM\\SOFTWARE", "HKLM\\SOFTWARE\\WOW6432Node"]) {
    const key = `${view}\\${uninstall}\\${id}`;
    const found = await registryKey(key);
    if ("error" in found) return found;
    if (found.value === true) return orEmpty(await registryValue(key, "DisplayVersion"));
  }
  return absent;
}

async function instanceText(className: string, property: string): Promise<FactAnswer> {
  return powershell(`@(Get-CimInstance ${className} -ErrorAction Stop)[0].${property} -join ','`, {});
}

async function powershell(script: string, variables: { readonly [name: string]: string }): Promise<FactAnswer> {
  const args = ["-NoProfile", "-NonInteractive", "-Command", `$ErrorActionPreference='Stop'; ${script}`];
  const answer = await query("powershell.exe", args, variables);
  if (answer.kind === "missing") return { error: "there is no PowerShell" };
  if (answer.kind === "failed") return { error: answer.problem };
  return answer.code === 0 ? { value: answer.stdout.trim() } : { error: answer.stderr.trim() || "PowerShell failed" };
}
