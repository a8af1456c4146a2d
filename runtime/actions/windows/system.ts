// Setting up and upgrading Windows and its settings, with Windows' own tools. Not proved on a real Windows.
import { accountOf, fieldOf, flagOf, type Given, numberOf, recordsOf, textOf, textsOf, windowsPath } from "../given.ts";
import { type Component, type Setting, withSettings } from "./answer-file.ts";
import {
  type Around,
  noTarget,
  type Planner,
  powershell,
  targetOf,
  type WindowsCommand,
  type WindowsFile,
} from "./work.ts";

export const setUp: Planner = (given, around) => {
  const to = targetOf(textOf(given, "to"), around);
  if (to === null) return noTarget;
  if (flagOf(given, "preProduction") || textOf(given, "preProductionClient") !== "") {
    return { problem: "clients before production are chosen by ConfigMgr alone; leave preProduction out" };
  }
  const commands: WindowsCommand[] = [{ program: "bcdboot.exe", args: [windowsPath(to, "Windows")] }];
  const client = textOf(given, "client");
  if (client !== "") commands.push(firstStart(to, client, textOf(given, "clientProperties")));
  return { commands, restart: { to: "system" } };
};

/** Windows runs SetupComplete.cmd at the end of its setup; the client's folder lies beside it. */
function firstStart(to: string, client: string, properties: string): WindowsCommand {
  const text =
    "$scripts = Join-Path $env:SEQUITUR_TO 'Windows\\Setup\\Scripts'; $files = Join-Path $scripts 'client'; " +
    "New-Item -ItemType Directory -Force -Path $files | Out-Null; " +
    "Copy-Item -Path (Join-Path $env:SEQUITUR_CLIENT '*') -Destination $files -Recurse -Force; " +
    "Set-Content -LiteralPath (Join-Path $files 'properties.txt') -Value $env:SEQUITUR_PROPERTIES; " +
    "Set-Content -LiteralPath (Join-Path $scripts 'SetupComplete.cmd') -Encoding ascii -Value " +
    "'powershell.exe -NoProfile -ExecutionPolicy Bypass -Command \"Start-Process -Wait -FilePath %~dp0client\\ccmsetup.exe " +
    "-ArgumentList (Get-Content %~dp0client\\properties.txt -Raw).Trim()\"'";
  return powershell(text, {
    SEQUITUR_TO: to,
    SEQUITUR_CLIENT: client,
    SEQUITUR_PROPERTIES: `/forceinstall ${properties}`,
  });
}

export const upgrade: Planner = (given) => {
  const updates = textsOf(given, "featureUpdates");
  if (updates.length > 0)
    return { problem: "feature updates come through ConfigMgr alone; give a package or a source" };
  const folder = textOf(given, "package") || textOf(given, "source");
  const scans = flagOf(given, "scanOnly");
  const drivers = textOf(given, "drivers") || textOf(given, "stagedDrivers");
  const key = textOf(given, "productKey");
  const edition = numberOf(given, "edition");
  const dynamic = textOf(given, "dynamicUpdate") || "disable";
  const args = [
    ...["/Auto", textOf(given, "preserve") || "Upgrade", "/Quiet", "/NoReboot", "/EULA", "Accept"],
    ...["/DynamicUpdate", dynamic === "disable" ? "Disable" : "Enable"],
    ...(drivers === "" ? [] : ["/InstallDrivers", drivers]),
    ...(key === "" ? [] : ["/PKey", key]),
    ...(edition === null ? [] : ["/ImageIndex", String(edition)]),
    ...(scans || flagOf(given, "ignoreMessages")
      ? ["/Compat", ...(scans ? ["ScanOnly"] : []), ...(flagOf(given, "ignoreMessages") ? ["IgnoreWarning"] : [])]
      : []),
  ];
  // What a scan ends with when nothing is in the way.
  const success = scans ? { success: [0xc1900210] } : { reboots: [3010] };
  const setup = { program: windowsPath(folder, "setup.exe"), args, ...success };
  return scans ? { commands: [setup] } : { commands: [setup], restart: { to: "system" } };
};

const setup = "Microsoft-Windows-Shell-Setup";

function answerFile(given: Given, around: Around, components: readonly Component[]): WindowsFile | null {
  const to = targetOf(textOf(given, "to"), around);
  if (to === null) return null;
  const architecture = around.environment["PROCESSOR_ARCHITECTURE"] === "ARM64" ? "arm64" : "amd64";
  return {
    path: windowsPath(to, "Windows", "Panther", "unattend.xml"),
    update: (before) => withSettings(before, components, architecture),
  };
}

/** Those that have a value. */
function settings(values: { readonly [name: string]: string }): readonly Setting[] {
  return Object.entries(values).flatMap(([name, value]) => (value === "" ? [] : [{ name, value }]));
}

export const applySettings: Planner = (given, around) => {
  if (textOf(given, "serverLicensing") !== "" || numberOf(given, "maxConnections") !== null) {
    return { problem: "licensing by server or seat is a matter of Windows Server 2003; leave it out" };
  }
  const random = fieldOf(given, "randomAdminPassword") !== false;
  const password = textOf(given, "adminPassword");
  if (!random && password === "") return { problem: "adminPassword is needed where randomAdminPassword is false" };
  const administrator: readonly Setting[] = random
    ? []
    : [
        {
          name: "UserAccounts",
          value: [
            {
              name: "AdministratorPassword",
              value: [
                { name: "Value", value: password },
                { name: "PlainText", value: "true" },
              ],
            },
          ],
        },
      ];
  const file = answerFile(given, around, [
    {
      pass: "specialize",
      name: setup,
      settings: settings({
        ComputerName: textOf(given, "computerName"),
        ProductKey: textOf(given, "productKey"),
        RegisteredOwner: textOf(given, "userName"),
        RegisteredOrganization: textOf(given, "organization"),
        TimeZone: textOf(given, "timeZone"),
      }),
    },
    { pass: "oobeSystem", name: setup, settings: administrator },
    {
      pass: "oobeSystem",
      name: "Microsoft-Windows-International-Core",
      settings: settings({
        InputLocale: textOf(given, "inputLocale"),
        SystemLocale: textOf(given, "systemLocale"),
        UILanguage: textOf(given, "uiLanguage"),
        UILanguageFallback: textOf(given, "uiLanguageFallback"),
        UserLocale: textOf(given, "userLocale"),
      }),
    },
  ]);
  return file === null ? noTarget : { files: [file] };
};

export const applyNetworkSettings: Planner = (given, around) => {
  const domain = textOf(given, "domain");
  const account = accountOf(given, "account");
  if (domain !== "" && account === null) return { problem: "joining a domain needs an account" };
  if (flagOf(given, "tcpIpFiltering")) return { problem: "TCP/IP filtering is a matter of Windows XP; leave it out" };
  const [user = "", userDomain = ""] = (account?.user ?? "").split("\\").reverse();
  const credentials = settings({ Domain: userDomain || domain, Password: account?.password ?? "", Username: user });
  const identification: readonly Setting[] =
    domain === ""
      ? settings({ JoinWorkgroup: textOf(given, "workgroup") })
      : [
          { name: "Credentials", value: credentials },
          ...settings({ JoinDomain: domain, MachineObjectOU: textOf(given, "ou").replace(/^LDAP:\/\//i, "") }),
        ];
  const join = { pass: "specialize", name: "Microsoft-Windows-UnattendedJoin" } as const;
  const adapters = recordsOf(given, "adapters");
  const file = answerFile(given, around, [
    { ...join, settings: [{ name: "Identification", value: identification }] },
    { pass: "specialize", name: "Microsoft-Windows-TCPIP", settings: listOf("Interfaces", adapters.map(tcpInterface)) },
    {
      pass: "specialize",
      name: "Microsoft-Windows-DNS-Client",
      settings: [
        ...settings({ DNSDomain: textOf(given, "dnsDomain") }),
        ...listOf("DNSSuffixSearchOrder", domainNames(textOf(given, "dnsSuffix")).map(numbered("DomainName"))),
        ...listOf("Interfaces", adapters.map(dnsInterface)),
      ],
    },
  ]);
  return file === null ? noTarget : { files: [file] };
};

function domainNames(list: string): readonly string[] {
  return list.split(/[,; ]+/).filter((name) => name !== "");
}

function listOf(name: string, items: readonly Setting[]): readonly Setting[] {
  return items.length === 0 ? [] : [{ name, value: items }];
}

/** Items of such lists are told apart by a key; here their number. */
function numbered(name: string): (value: string, index: number) => Setting {
  return (value, index) => ({ name, key: index + 1, value });
}

type Adapter = ReturnType<typeof recordsOf>[number];

/** Windows finds an adapter by its address, else by its name. */
function identifierOf(adapter: Adapter): string {
  return textOf(adapter, "macAddress").replaceAll(":", "-") || textOf(adapter, "name");
}

function tcpInterface(adapter: Adapter): Setting {
  const masks = textsOf(adapter, "masks");
  const addresses = textsOf(adapter, "addresses").map((address, i) => `${address}/${prefixOf(masks[i] ?? "")}`);
  const routes = textsOf(adapter, "gateways").map((gateway, i): Setting => {
    const fields = { Identifier: String(i), NextHopAddress: gateway, Prefix: "0.0.0.0/0" };
    return { name: "Route", item: true, value: settings(fields) };
  });
  const dhcp: Setting = { name: "DhcpEnabled", value: fieldOf(adapter, "dhcp") === false ? "false" : "true" };
  return {
    name: "Interface",
    item: true,
    value: [
      { name: "Ipv4Settings", value: [dhcp] },
      ...settings({ Identifier: identifierOf(adapter) }),
      ...listOf("UnicastIpAddresses", addresses.map(numbered("IpAddress"))),
      ...listOf("Routes", routes),
    ],
  };
}

function dnsInterface(adapter: Adapter): Setting {
  const register = fieldOf(adapter, "registerDns");
  return {
    name: "Interface",
    item: true,
    value: [
      ...settings({ Identifier: identifierOf(adapter), DNSDomain: textOf(adapter, "dnsDomain") }),
      ...(register === null ? [] : settings({ EnableAdapterDomainNameRegistration: String(register) })),
      ...listOf("DNSServerSearchOrder", textsOf(adapter, "dnsServers").map(numbered("IpAddress"))),
    ],
  };
}

/** `255.255.255.0` is 24; a number stays. */
export function prefixOf(mask: string): number {
  if (/^\d{1,2}$/.test(mask)) return Number(mask);
  const bits = mask.split(".").map((part) => Number(part).toString(2).replaceAll("0", "").length);
  return bits.length === 4 ? bits.reduce((sum, each) => sum + each, 0) : 24;
}

export const captureSettings: Planner = (given) => {
  const text =
    "$key = Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'; $found = @{}; " +
    "if ($env:SEQUITUR_NAME) { $found.computerName = $env:COMPUTERNAME }; " +
    "if ($env:SEQUITUR_ORGANIZATION) { $found.organization = [string]$key.RegisteredOrganization }; " +
    "if ($env:SEQUITUR_ZONE) { $found.timeZone = (Get-TimeZone).Id }; ConvertTo-Json $found -Compress";
  const environment = {
    SEQUITUR_NAME: given["computerName"] === false ? "" : "1",
    SEQUITUR_ORGANIZATION: given["registration"] === false ? "" : "1",
    SEQUITUR_ZONE: given["timeZone"] === false ? "" : "1",
  };
  return { commands: [powershell(text, environment, { gives: true })] };
};
