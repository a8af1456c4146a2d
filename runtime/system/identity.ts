// Who this machine is and which boot this is. The boot's identity is a value that dies with the boot, never a time: clocks jump
// at exactly these moments.
import { randomUUID } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import type { HostIdentity, Phase } from "../host.ts";
import { query } from "../facts/query.ts";

/** `phase` overrides what the machine tells: boot media of our own know it better. */
export async function readIdentity(phase?: Phase): Promise<HostIdentity> {
  const platform = process.platform === "win32" ? "windows" : process.platform === "darwin" ? "macos" : "linux";
  const told = phase ?? (platform === "windows" && (await isWindowsPe()) ? "winpe" : "fullos");
  return { name: hostname(), boot: await bootIdentity(platform, told), phase: told, platform };
}

async function isWindowsPe(): Promise<boolean> {
  const answer = await query("reg.exe", ["query", "HKLM\\SYSTEM\\CurrentControlSet\\Control\\MiniNT"]);
  return answer.kind === "ended" && answer.code === 0;
}

async function bootIdentity(platform: HostIdentity["platform"], phase: Phase): Promise<string> {
  switch (platform) {
    case "linux":
      return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    case "macos": {
      const answer = await query("/usr/sbin/sysctl", ["-n", "kern.bootsessionuuid"]);
      return answer.kind === "ended" ? answer.stdout.trim() : "";
    }
    case "windows":
      return phase === "winpe" ? ramDiskIdentity() : bootCounter();
  }
}

/** A file on the RAM disk of Windows PE: it goes when the boot goes. */
function ramDiskIdentity(): string {
  const path = `${process.env["SystemDrive"] ?? "X:"}\\sequitur-boot`;
  try {
    writeFileSync(path, randomUUID(), { flag: "wx" });
  } catch {
    // It is there: this boot has its identity already.
  }
  return readFileSync(path, "utf8");
}

async function bootCounter(): Promise<string> {
  const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Memory Management\\PrefetchParameters";
  const answer = await query("reg.exe", ["query", key, "/v", "BootId", "/reg:64"]);
  return answer.kind === "ended" ? (/0x[0-9a-f]+/i.exec(answer.stdout)?.[0] ?? "") : "";
}
