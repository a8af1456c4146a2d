// The facts in words: what each asks, what it answers where a platform has no such thing, and an example.
import type { FactName } from "@sequitur/runtime/plan";

export interface FactText {
  /** One sentence: what the answer is. */
  readonly summary: string;
  /** A sentence for each argument, by its name in the declaration. */
  readonly parameters?: { readonly [name: string]: string };
  /** Neutral answers, sources, limits. */
  readonly notes?: readonly string[];
  /** An expression of this fact as an author writes it; `condition` is put into a `when`, `text` into a `log`. */
  readonly example: { readonly condition: string } | { readonly text: string };
}

const path = { path: "An absolute path." };
const product = {
  id: "Linux: a package of dpkg or rpm. Windows: the name of the product's key under `Uninstall`, such as its product code. macOS: the id of a receipt.",
};
const registryKey = {
  key: "The key with its root, such as `HKLM\\SOFTWARE\\Contoso`; the 64-bit view is read.",
  name: 'The value. `""` is the key itself for `exists`, and its unnamed value for `value`.',
};
const windowsOnly = "On other systems the answer is always";

export const factTexts: { readonly [Name in FactName]: FactText } = {
  "device.name": { summary: "The machine's own name.", example: { condition: 'device.name like "srv-*"' } },
  "device.serial": {
    summary: "The serial number that the firmware states.",
    notes: ['`""` where the firmware has none. On Linux only root may read it; for others the question fails.'],
    example: { text: "PC-${device.serial}" },
  },
  "device.manufacturer": {
    summary: "Who made the machine, as the firmware states it.",
    notes: ['`""` where it is unknown. Makers spell themselves in several ways: compare with `~=` or `like`.'],
    example: { condition: 'device.manufacturer like "dell*"' },
  },
  "device.model": {
    summary: "The model, as the firmware states it.",
    notes: ['`""` where it is unknown.'],
    example: { condition: 'device.model in ["Latitude 5440", "Latitude 5450"]' },
  },
  "device.chassis": {
    summary: "The SMBIOS number of the case: 3 is a desktop, 8, 9, 10 and 14 are portable, 31 converts.",
    notes: ["0 where it is unknown, and always on macOS."],
    example: { condition: "device.chassis in [8, 9, 10, 14, 31]" },
  },
  "device.memory": {
    summary: "The main memory that the system can use, a little less than is built in.",
    example: { condition: "device.memory >= 7GB" },
  },
  "device.cpus": {
    summary: "How many processors the system sees; each thread counts. At least 1.",
    example: { condition: "device.cpus >= 4" },
  },
  "device.architecture": {
    summary: "`x64`, `arm64` or `x86`, as the runtime's own Node.js was built.",
    example: { condition: 'device.architecture == "arm64"' },
  },
  "device.firmware": {
    summary: "What started the machine: `uefi` or `bios`.",
    example: { condition: 'device.firmware == "uefi"' },
  },
  "device.addresses": {
    summary: "The network addresses of the machine, IPv4 and IPv6, without those of the loopback.",
    example: { text: '${join(device.addresses, ", ")}' },
  },
  "os.family": {
    summary: "`windows`, `linux` or `macos`.",
    example: { condition: 'os.family == "linux"' },
  },
  "os.version": {
    summary: "The version of the system: 12.4, 10.0.22631.",
    notes: ["On a rolling Linux distribution, which has none, the kernel's version."],
    example: { condition: 'os.version >= "12"' },
  },
  "os.name": {
    summary: "The system as it names itself to people: Debian GNU/Linux 12 (bookworm).",
    example: { condition: 'os.name like "Debian*"' },
  },
  "os.architecture": {
    summary: "`x64`, `arm64` or `x86`, as the runtime's own Node.js was built.",
    example: { condition: 'os.architecture == "x64"' },
  },
  "os.phase": {
    summary: "`winpe` in Windows PE, `fullos` in any full system.",
    example: { condition: 'os.phase == "winpe"' },
  },
  env: {
    summary: "A variable of the environment that the run was started in.",
    parameters: { name: "The name as a text in quotes: all names are read when the run starts." },
    notes: [
      'Absent where it is not set. The system\'s own names (`PATH`, `SystemDrive`, `windir` and their like) are never absent; they are read once in each boot and are `""` where a system lacks them.',
    ],
    example: { text: '${env("SITE") ?? "unknown"}' },
  },
  "file.exists": {
    summary: "Is there a file (or device, or pipe) under this path? A folder is none.",
    parameters: path,
    notes: ["A path that may not be looked at is an error and fails the step; it does not count as absent."],
    example: { condition: 'not file("/etc/app.conf").exists' },
  },
  "file.size": {
    summary: "The size of a file.",
    parameters: path,
    notes: ["Absent if there is no such file."],
    example: { condition: '(file("/var/log/app.log").size ?? 0KB) > 100MB' },
  },
  "file.version": {
    summary: "The version in the resources of a Windows program or library.",
    parameters: path,
    notes: ["Absent if there is no such file. " + windowsOnly + " absent."],
    example: { condition: '(file(\'C:\\Program Files\\App\\app.exe\').version ?? "0") < "2.4"' },
  },
  "file.text": {
    summary: "All that a text file holds, as UTF-8, or as UTF-16 where it begins with that mark.",
    parameters: path,
    notes: ["Absent if there is no such file. More than 1 MB is an error."],
    example: { condition: 'contains(file("/etc/app.conf").text ?? "", "mode = kiosk")' },
  },
  "dir.exists": {
    summary: "Is there a folder under this path?",
    parameters: path,
    notes: ["A path that may not be looked at is an error and fails the step; it does not count as absent."],
    example: { condition: "not dir('C:\\Windows').exists" },
  },
  "registry.exists": {
    summary: "Is there this key, or this value of it, in the Windows registry?",
    parameters: registryKey,
    notes: [windowsOnly + " `false`."],
    example: { condition: "registry('HKLM\\SOFTWARE\\Contoso', \"Site\").exists" },
  },
  "registry.value": {
    summary: "A value of the Windows registry as text, numbers in decimal.",
    parameters: registryKey,
    notes: ["Absent if there is no such key or value. " + windowsOnly + " absent."],
    example: { condition: 'registry(\'HKLM\\SOFTWARE\\Contoso\', "Site").value == "AMS"' },
  },
  "wmi.exists": {
    summary: "Does a query of Windows Management Instrumentation find anything?",
    parameters: {
      namespace: "The namespace, such as `root\\cimv2`.",
      query: "The query in WQL.",
    },
    notes: [
      windowsOnly + " `false`. The rows themselves can't be read yet.",
      "A value that is put in with `${…}` becomes one quoted text of WQL, so that it can add nothing to the query: write no quotes around it, `WHERE Name = ${name}`.",
    ],
    example: { condition: "wmi('root\\cimv2', \"SELECT * FROM Win32_Battery\").exists" },
  },
  "software.exists": {
    summary: "Is this product installed?",
    parameters: product,
    notes: ["`false` on a Linux system that has neither dpkg nor rpm."],
    example: { condition: 'not software("openssh-server").exists' },
  },
  "software.version": {
    summary: "The version of an installed product, cut to its leading numbers: 9.2 of `1:9.2p1-2`.",
    parameters: product,
    notes: ["Absent if it is not installed, or if its version begins with no number."],
    example: { condition: '(software("openssh-server").version ?? "0") < "9"' },
  },
  now: {
    summary: "Date and time in UTC as text, in the form 2027-01-09T22:00:00.000Z.",
    notes: ["The clock of a machine can be set back: nothing should depend on two readings being in order."],
    example: { text: "started at ${now()}" },
  },
};
