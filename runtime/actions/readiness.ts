// Does the machine have what the sequence asks for? All that lacks is said at once.
import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { cpus, networkInterfaces, totalmem } from "node:os";
import { isFolder } from "../facts/fact-reader.ts";
import { sizeText } from "../plan/value-text.ts";
import { compareVersions } from "../plan/version.ts";
import { done, failed } from "../system/outcome.ts";
import { errorText } from "../system/error-text.ts";
import { linuxFacts } from "../facts/linux.ts";
import { macosFacts } from "../facts/macos.ts";
import { query } from "../facts/query.ts";
import { windowsFacts } from "../facts/windows.ts";
import { type ActionContext, type ActionImplementation, numberArgument, textArgument } from "./action.ts";
import { hasTpm, isOnMains, isWired, processorSpeed } from "./linux-hardware.ts";

/** Memory that the firmware keeps for itself is not counted against the machine. */
const memoryTolerance = 0.94;

/** What lacks, as a clause with `it` for the machine; null: nothing does. */
type Check = (context: ActionContext) => Promise<string | null> | string | null;

const checks: readonly Check[] = [
  checkMemory,
  checkProcessor,
  checkDisk,
  checkFirmware,
  checkArchitecture,
  checkVersion,
  checkNetwork,
  checkPowerAndTpm,
  checkWindows,
];

export const checkReadiness: ActionImplementation = async (context) => {
  const problems: string[] = [];
  for (const check of checks) {
    const problem = await check(context);
    if (problem !== null) problems.push(problem);
  }
  return problems.length === 0 ? done : failed("exit", `the machine is not ready: ${problems.join("; ")}`, 1);
};

function checkMemory(context: ActionContext): string | null {
  const memory = numberArgument(context, "memory");
  if (memory === null || totalmem() >= memory * memoryTolerance) return null;
  return `it has ${rounded(totalmem())} of memory, not ${sizeText(memory)}`;
}

function checkProcessor(context: ActionContext): string | null {
  const wanted = numberArgument(context, "processorSpeed");
  if (wanted === null) return null;
  const reported = Math.max(0, ...cpus().map(({ speed }) => speed));
  const speed = process.platform === "linux" ? (processorSpeed("/sys", processorText()) ?? reported) : reported;
  if (speed === 0) return "the speed of its processor can't be told";
  return speed >= wanted ? null : `its processor has ${speed} MHz, not ${wanted}`;
}

async function checkDisk(context: ActionContext): Promise<string | null> {
  const wanted = numberArgument(context, "disk");
  if (wanted === null) return null;
  const folder = textArgument(context, "folder") || (process.platform === "win32" ? "C:\\" : "/");
  try {
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    return free >= wanted ? null : `${rounded(free)} are free on the disk of ${folder}, not ${sizeText(wanted)}`;
  } catch (error) {
    return `the disk of ${folder} can't be looked at: ${errorText(error)}`;
  }
}

async function checkFirmware(context: ActionContext): Promise<string | null> {
  const firmware = textArgument(context, "firmware");
  if (firmware === "" || firmware === (await firmwareOf())) return null;
  return `it was started by ${firmware === "uefi" ? "a BIOS, not by UEFI" : "UEFI, not by a BIOS"}`;
}

async function firmwareOf(): Promise<"uefi" | "bios"> {
  if (process.platform === "darwin") return "uefi";
  if (process.platform !== "win32") return isFolder("/sys/firmware/efi") ? "uefi" : "bios";
  const key = "HKLM\\SYSTEM\\CurrentControlSet\\Control";
  const answer = await query("reg.exe", ["query", key, "/v", "PEFirmwareType"]);
  return answer.kind === "ended" && /0x2\s*$/m.test(answer.stdout) ? "uefi" : "bios";
}

const architectures: { readonly [name: string]: string } = { x64: "x64", arm64: "arm64", ia32: "x86" };

function checkArchitecture(context: ActionContext): string | null {
  const wanted = textArgument(context, "architecture");
  const own = architectures[process.arch] ?? process.arch;
  return wanted === "" || wanted === own ? null : `its system is for ${own}, not for ${wanted}`;
}

function processorText(): string {
  try {
    return readFileSync("/proc/cpuinfo", "utf8");
  } catch {
    return "";
  }
}

function systemFacts(): typeof linuxFacts {
  if (process.platform === "win32") return windowsFacts;
  return process.platform === "darwin" ? macosFacts : linuxFacts;
}

async function checkVersion(context: ActionContext): Promise<string | null> {
  const least = textArgument(context, "minimumVersion");
  const greatest = textArgument(context, "maximumVersion");
  if (least === "" && greatest === "") return null;
  const answer = await systemFacts()["os.version"]([]);
  if ("error" in answer) return `the version of its system can't be told: ${answer.error}`;
  const version = String(answer.value);
  if (least !== "" && compareVersions(version, least) < 0)
    return `its system has version ${version}, not ${least} or later`;
  if (greatest === "" || compareVersions(version, greatest) <= 0) return null;
  return `its system has version ${version}, not ${greatest} or earlier`;
}

function checkNetwork(context: ActionContext): string | null {
  if (context.args["network"] !== true && context.args["wired"] !== true) return null;
  const usable = Object.entries(networkInterfaces()).filter(([, all = []]) =>
    all.some(({ internal, address }) => !internal && !/^(?:fe80|169\.254)/i.test(address)),
  );
  if (usable.length === 0) return "it has no network";
  if (context.args["wired"] !== true || process.platform !== "linux") return null;
  return usable.some(([name]) => isWired("/sys", name)) ? null : "it has no network by wire";
}

function checkPowerAndTpm({ args }: ActionContext): string | null {
  if (process.platform === "win32") return null;
  const problems: string[] = [];
  if (args["power"] === true) {
    if (process.platform !== "linux") problems.push("whether it runs on mains power can't be told here");
    else if (!isOnMains("/sys")) problems.push("it runs on its battery");
  }
  if ((args["tpm"] === true || args["tpmActivated"] === true) && !hasTpm("/sys")) {
    problems.push("it has no TPM 2.0 that is switched on");
  }
  return problems.length === 0 ? null : problems.join("; ");
}

/** What Windows alone knows, in one question. */
async function checkWindows(context: ActionContext): Promise<string | null> {
  const { args } = context;
  const asked = ["osType", "clientVersion", "language"].filter(
    (name) => args[name] !== undefined && args[name] !== null,
  );
  const hardware = ["power", "tpm", "tpmActivated", "wired"].filter((name) => args[name] === true);
  if (process.platform !== "win32") {
    return asked.length === 0 ? null : `${asked.join(", ")} can be told on Windows alone`;
  }
  if (asked.length + hardware.length === 0) return null;
  const answer = await query("powershell.exe", ["-NoProfile", "-NonInteractive", "-Command", windowsQuestion]);
  if (answer.kind !== "ended" || answer.code !== 0) return `${[...asked, ...hardware].join(", ")} can't be told`;
  const problems = windowsProblems(answer.stdout, args);
  return problems.length === 0 ? null : problems.join("; ");
}

const windowsQuestion =
  "$os = Get-CimInstance Win32_OperatingSystem; " +
  "$tpm = Get-CimInstance -Namespace root/cimv2/Security/MicrosoftTpm -ClassName Win32_Tpm -ErrorAction SilentlyContinue; " +
  "$client = Get-CimInstance -Namespace root/ccm -ClassName SMS_Client -ErrorAction SilentlyContinue; " +
  "$battery = Get-CimInstance Win32_Battery -ErrorAction SilentlyContinue | Select-Object -First 1; " +
  "$wired = @(Get-CimInstance -Namespace root/StandardCimv2 -ClassName MSFT_NetAdapter -ErrorAction SilentlyContinue | " +
  "Where-Object { $_.NdisPhysicalMedium -eq 14 -and $_.MediaConnectState -eq 1 }).Count; " +
  "ConvertTo-Json -Compress @{ type = [int]$os.ProductType; language = [int]$os.OSLanguage; client = [string]$client.ClientVersion; " +
  "tpm = [bool]$tpm.IsEnabled_InitialValue; activated = [bool]$tpm.IsActivated_InitialValue; " +
  "battery = ($null -ne $battery -and $battery.BatteryStatus -eq 1); wired = $wired }";

/** What lacks according to the answer; its text comes from outside. */
export function windowsProblems(text: string, args: ActionContext["args"]): readonly string[] {
  let found: { readonly [name: string]: unknown };
  try {
    found = JSON.parse(text) as { readonly [name: string]: unknown };
  } catch {
    return ["what Windows says of itself can't be read"];
  }
  const problems: string[] = [];
  const { osType, clientVersion, language } = args;
  if (typeof osType === "string" && (found["type"] === 1 ? "client" : "server") !== osType) {
    problems.push(`its Windows is not for a ${osType}`);
  }
  if (typeof language === "number" && found["language"] !== language) {
    problems.push(`its language is ${String(found["language"])}, not ${language}`);
  }
  const client = String(found["client"] ?? "");
  if (typeof clientVersion === "string" && (client === "" || compareVersions(client, clientVersion) < 0)) {
    problems.push(`its ConfigMgr client has version ${client || "none"}, not ${clientVersion} or later`);
  }
  if (args["power"] === true && found["battery"] === true) problems.push("it runs on its battery");
  if (args["tpm"] === true && found["tpm"] !== true) problems.push("it has no TPM that is switched on");
  if (args["tpmActivated"] === true && found["activated"] !== true) problems.push("its TPM is not activated");
  if (args["wired"] === true && !(Number(found["wired"]) > 0)) problems.push("it has no network by wire");
  return problems;
}

function rounded(bytes: number): string {
  return bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GB` : `${Math.floor(bytes / 1024 ** 2)} MB`;
}
