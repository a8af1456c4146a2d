// Does the machine have what the sequence asks for? All that lacks is said at once.
import { statfs } from "node:fs/promises";
import { totalmem } from "node:os";
import { isFolder } from "../facts/fact-reader.ts";
import { sizeText } from "../plan/value-text.ts";
import { done, failed } from "../system/outcome.ts";
import { errorText } from "../system/error-text.ts";
import { query } from "../facts/query.ts";
import { type ActionImplementation, numberArgument, textArgument } from "./action.ts";

/** Memory that the firmware keeps for itself is not counted against the machine. */
const memoryTolerance = 0.94;

export const checkReadiness: ActionImplementation = async (context) => {
  const problems: string[] = [];
  const memory = numberArgument(context, "memory");
  if (memory !== null && totalmem() < memory * memoryTolerance) {
    problems.push(`it has ${rounded(totalmem())} of memory, not ${sizeText(memory)}`);
  }
  const disk = numberArgument(context, "disk");
  const folder = textArgument(context, "folder") || (process.platform === "win32" ? "C:\\" : "/");
  if (disk !== null) problems.push(...(await diskProblem(folder, disk)));
  const firmware = textArgument(context, "firmware");
  if (firmware !== "" && firmware !== (await firmwareOf())) {
    problems.push(`it was started by ${firmware === "uefi" ? "a BIOS, not by UEFI" : "UEFI, not by a BIOS"}`);
  }
  return problems.length === 0 ? done : failed("exit", `the machine is not ready: ${problems.join("; ")}`, 1);
};

async function diskProblem(folder: string, wanted: number): Promise<readonly string[]> {
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return free >= wanted ? [] : [`${rounded(free)} are free on the disk of ${folder}, not ${sizeText(wanted)}`];
  } catch (error) {
    return [`the disk of ${folder} can't be looked at: ${errorText(error)}`];
  }
}

async function firmwareOf(): Promise<"uefi" | "bios"> {
  if (process.platform === "darwin") return "uefi";
  if (process.platform !== "win32") return isFolder("/sys/firmware/efi") ? "uefi" : "bios";
  const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
  const answer = await query("reg.exe", ["query", key, "/v", "PEFirmwareType"]);
  return answer.kind === "ended" && /0x2\s*$/m.test(answer.stdout) ? "uefi" : "bios";
}

function rounded(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
}
