// Facts on Linux. SMBIOS through sysfs, the distribution through os-release, software through dpkg or rpm.
import { readFileSync } from "node:fs";
import type { FactAnswer } from "../host.ts";
import { versionHead } from "../plan/version.ts";
import { errorText } from "../system/error-text.ts";
import {
  absent,
  always,
  commonFacts,
  type FactReaders,
  isFolder,
  pathOf,
  systemFile,
  systemNumber,
} from "./fact-reader.ts";
import { query } from "./query.ts";

const dmi = "/sys/class/dmi/id";

export const linuxFacts: Omit<FactReaders, "os.phase"> = {
  ...commonFacts,
  "device.serial": systemFile(`${dmi}/product_serial`),
  "device.manufacturer": systemFile(`${dmi}/sys_vendor`),
  "device.model": systemFile(`${dmi}/product_name`),
  "device.chassis": systemNumber(`${dmi}/chassis_type`, 0),
  "device.memory": () => memory(),
  "device.firmware": () => ({ value: isFolder("/sys/firmware/efi") ? "uefi" : "bios" }),
  "os.family": always("linux"),
  // A rolling distribution has no version; then the kernel's says how new the system is.
  "os.version": () => ({ value: versionHead(release("VERSION_ID") ?? "") ?? kernelVersion() }),
  "os.name": () => ({ value: release("PRETTY_NAME") ?? "Linux" }),
  "file.version": always(null),
  "registry.exists": always(false),
  "registry.value": always(null),
  "wmi.exists": always(false),
  "software.exists": async (args) => {
    const answer = await softwareVersion(pathOf(args));
    return "error" in answer ? answer : { value: answer.value !== null };
  },
  "software.version": async (args) => {
    const answer = await softwareVersion(pathOf(args));
    return "error" in answer || answer.value === null ? answer : { value: versionHead(String(answer.value)) };
  },
};

function memory(): FactAnswer {
  try {
    const match = /^MemTotal:\s+(\d+) kB$/m.exec(readFileSync("/proc/meminfo", "utf8"));
    return match === null ? { error: "/proc/meminfo names no MemTotal" } : { value: Number(match[1]) * 1024 };
  } catch (error) {
    return { error: `/proc/meminfo can't be read: ${errorText(error)}` };
  }
}

function release(name: string): string | null {
  for (const path of ["/etc/os-release", "/usr/lib/os-release"]) {
    try {
      const line = readFileSync(path, "utf8")
        .split("\n")
        .find((text) => text.startsWith(`${name}=`));
      if (line !== undefined) return line.slice(name.length + 1).replace(/^(["'])(.*)\1$/, "$2");
    } catch {
      // The other place may have it.
    }
  }
  return null;
}

function kernelVersion(): string {
  return versionHead(readFileSync("/proc/sys/kernel/osrelease", "utf8")) ?? "0";
}

/** As the package manager writes it, without epoch; absent: not installed, or there is no package manager that we know. */
export async function softwareVersion(id: string): Promise<FactAnswer> {
  if (!/^[A-Za-z0-9][A-Za-z0-9+._:~-]*$/.test(id)) return absent;
  const dpkg = await query("dpkg-query", ["-W", "-f=${db:Status-Status} ${Version}\\n", "--", id]);
  if (dpkg.kind === "failed") return { error: dpkg.problem };
  if (dpkg.kind === "ended") {
    if (dpkg.code > 1) return { error: `dpkg-query ended with ${dpkg.code}: ${dpkg.stderr.trim()}` };
    const installed = /^installed (\S+)$/m.exec(dpkg.stdout)?.[1];
    return installed === undefined ? absent : { value: installed.replace(/^\d+:/, "") };
  }
  const rpm = await query("rpm", ["-q", "--qf", "%{VERSION}\\n", "--", id]);
  if (rpm.kind === "failed") return { error: rpm.problem };
  if (rpm.kind === "missing" || rpm.code !== 0) return absent;
  return { value: rpm.stdout.split("\n")[0] ?? "" };
}
