// What the kernel tells of a Linux machine's hardware below /sys. The root is a parameter, so that tests bring their own.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isFolder } from "../facts/fact-reader.ts";

/** Megahertz that the processor can reach, else those that `/proc/cpuinfo` shows of it now; null: the kernel does not tell. */
export function processorSpeed(root: string, cpuInfo: string): number | null {
  const kilohertz = Number(textOf(join(root, "devices/system/cpu/cpu0/cpufreq/cpuinfo_max_freq")));
  if (Number.isFinite(kilohertz) && kilohertz > 0) return Math.round(kilohertz / 1000);
  const shown = /^cpu MHz\s*:\s*([\d.]+)$/m.exec(cpuInfo)?.[1];
  return shown === undefined ? null : Math.round(Number(shown));
}

/** A machine without a battery of its own runs on mains power. */
export function isOnMains(root: string): boolean {
  const folder = join(root, "class/power_supply");
  const supplies = namesIn(folder).map((name) => ({
    type: textOf(join(folder, name, "type")),
    online: textOf(join(folder, name, "online")),
    status: textOf(join(folder, name, "status")),
    scope: textOf(join(folder, name, "scope")),
  }));
  if (supplies.some(({ type, online }) => (type === "Mains" || type.startsWith("USB")) && online === "1")) return true;
  // Batteries of mice and keyboards say nothing about the machine.
  return !supplies.some(({ type, scope, status }) => type === "Battery" && scope !== "Device" && status !== "Charging");
}

/** An adapter of Ethernet with a device behind it, which has a link. */
export function isWired(root: string, name: string): boolean {
  const folder = join(root, "class/net", name);
  return (
    textOf(join(folder, "type")) === "1" &&
    isFolder(join(folder, "device")) &&
    !isFolder(join(folder, "wireless")) &&
    textOf(join(folder, "carrier")) === "1"
  );
}

/** The kernel has a driver of TPM 2.0 for those alone that firmware has switched on. */
export function hasTpm(root: string): boolean {
  const folder = join(root, "class/tpm");
  return namesIn(folder).some((name) => textOf(join(folder, name, "tpm_version_major")) === "2");
}

/** Empty: it is not there, or gives no answer as things are. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
