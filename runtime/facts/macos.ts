// Facts on macOS, through the tools that every Mac has.
import { release } from "node:os";
import type { FactAnswer } from "../host.ts";
import { versionHead } from "../plan/version.ts";
import { always, commonFacts, type FactReaders, pathOf } from "./fact-reader.ts";
import { query } from "./query.ts";

export const macosFacts: Omit<FactReaders, "os.phase"> = {
  ...commonFacts,
  "device.serial": async () => registryEntry("IOPlatformSerialNumber"),
  "device.manufacturer": always("Apple Inc."),
  "device.model": async () => lineOf("/usr/sbin/sysctl", ["-n", "hw.model"]),
  "device.chassis": always(0),
  "device.firmware": always("uefi"),
  "os.family": always("macos"),
  "os.version": async () => {
    const answer = await lineOf("/usr/bin/sw_vers", ["-productVersion"]);
    return "error" in answer ? answer : { value: versionHead(String(answer.value)) ?? versionHead(release()) ?? "0" };
  },
  "os.name": async () => lineOf("/usr/bin/sw_vers", ["-productName"]),
  "file.version": always(null),
  "registry.exists": always(false),
  "registry.value": always(null),
  "wmi.exists": always(false),
  "software.exists": async (args) => {
    const answer = await receipt(pathOf(args));
    return "error" in answer ? answer : { value: answer.value !== null };
  },
  "software.version": async (args) => receipt(pathOf(args)),
};

async function lineOf(program: string, args: readonly string[]): Promise<FactAnswer> {
  const answer = await query(program, args);
  if (answer.kind !== "ended") return { error: answer.kind === "failed" ? answer.problem : `there is no ${program}` };
  return answer.code === 0 ? { value: answer.stdout.trim() } : { error: `${program} ended with ${answer.code}` };
}

async function registryEntry(name: string): Promise<FactAnswer> {
  const answer = await lineOf("/usr/sbin/ioreg", ["-c", "IOPlatformExpertDevice", "-d", "2"]);
  if ("error" in answer) return answer;
  return { value: new RegExp(`"${name}" = "([^"]*)"`).exec(String(answer.value))?.[1] ?? "" };
}

/** Version of an installed package; absent: there is no receipt of it. */
async function receipt(id: string): Promise<FactAnswer> {
  const answer = await query("/usr/sbin/pkgutil", ["--pkg-info", id]);
  if (answer.kind === "failed") return { error: answer.problem };
  if (answer.kind === "missing" || answer.code !== 0) return { value: null };
  return { value: versionHead(/^version: (.*)$/m.exec(answer.stdout)?.[1] ?? "") };
}
