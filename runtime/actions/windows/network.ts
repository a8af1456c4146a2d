// Membership, shares and settings of the network with Windows' own tools. Not proved on a real Windows.
import { accountOf, fieldOf, textOf } from "../given.ts";
import { connectShare } from "./images.ts";
import { driveOf, type Planner, powershell } from "./work.ts";

export const join: Planner = (given) => {
  const domain = textOf(given, "domain");
  const account = accountOf(given, "account");
  if (domain !== "" && account === null) return { problem: "joining a domain needs an account" };
  // 3 tells that nothing had to change: then no restart is due.
  const text =
    "$system = Get-CimInstance Win32_ComputerSystem; " +
    "if ($env:SEQUITUR_DOMAIN) { if ($system.PartOfDomain -and $system.Domain -eq $env:SEQUITUR_DOMAIN) { exit 3 }; " +
    "$secret = ConvertTo-SecureString $env:SEQUITUR_PASSWORD -AsPlainText -Force; " +
    "$joining = @{ DomainName = $env:SEQUITUR_DOMAIN; Force = $true; " +
    "Credential = New-Object System.Management.Automation.PSCredential($env:SEQUITUR_USER, $secret) }; " +
    "if ($env:SEQUITUR_OU) { $joining.OUPath = $env:SEQUITUR_OU }; Add-Computer @joining } " +
    "else { if (-not $system.PartOfDomain -and $system.Workgroup -eq $env:SEQUITUR_WORKGROUP) { exit 3 }; " +
    "Add-Computer -WorkgroupName $env:SEQUITUR_WORKGROUP -Force }; exit 3010";
  const environment = {
    SEQUITUR_DOMAIN: domain,
    SEQUITUR_WORKGROUP: textOf(given, "workgroup"),
    SEQUITUR_OU: textOf(given, "ou").replace(/^LDAP:\/\//i, ""),
    SEQUITUR_USER: account?.user ?? "",
    SEQUITUR_PASSWORD: account?.password ?? "",
  };
  const codes = fieldOf(given, "restart") === false ? { success: [3010] } : { reboots: [3010] };
  return { commands: [powershell(text, environment, { ...codes, endsAt: 3 })] };
};

export const connectFolder: Planner = (given) => {
  const path = textOf(given, "path").replaceAll("/", "\\");
  if (!/^\\\\[^\\]+\\[^\\]+/.test(path)) return { problem: `${path} is not a network folder: \\\\server\\share` };
  const asked = textOf(given, "drive") || textOf(given, "to");
  const drive = asked === "" ? "" : driveOf(asked);
  if (drive === null || drive === "X:") return { problem: `${asked} can't be the letter of a network folder` };
  return { commands: [connectShare(path, drive, accountOf(given, "account"))] };
};

export const disconnectFolder: Planner = (given) => {
  const path = textOf(given, "path").replaceAll("/", "\\");
  const text =
    "Get-SmbMapping | Where-Object { $_.RemotePath -eq $env:SEQUITUR_PATH -or $_.LocalPath -eq $env:SEQUITUR_PATH } | " +
    "Remove-SmbMapping -Force";
  return { commands: [powershell(text, { SEQUITUR_PATH: path })] };
};

export const captureNetwork: Planner = (given) => {
  const text =
    "$system = Get-CimInstance Win32_ComputerSystem; $found = @{ adapters = @() }; " +
    "if ($env:SEQUITUR_MEMBERSHIP) { if ($system.PartOfDomain) { $found.domain = $system.Domain } " +
    "else { $found.workgroup = $system.Workgroup } }; " +
    "if ($env:SEQUITUR_ADAPTERS) { $found.adapters = @(Get-CimInstance Win32_NetworkAdapterConfiguration -Filter 'IPEnabled = TRUE' | " +
    "ForEach-Object { @{ name = $_.Description; macAddress = $_.MACAddress; dhcp = $_.DHCPEnabled; " +
    "addresses = @($_.IPAddress | Where-Object { $_ -match '^\\d+\\.' }); " +
    "masks = @($_.IPSubnet | Where-Object { $_ -match '^\\d+\\.' }); gateways = @($_.DefaultIPGateway | Where-Object { $_ }); " +
    "dnsServers = @($_.DNSServerSearchOrder | Where-Object { $_ }); dnsDomain = $_.DNSDomain } }) }; " +
    "ConvertTo-Json $found -Depth 4 -Compress";
  const environment = {
    SEQUITUR_MEMBERSHIP: given["membership"] === false ? "" : "1",
    SEQUITUR_ADAPTERS: given["adapters"] === false ? "" : "1",
  };
  return { commands: [powershell(text, environment, { gives: true })] };
};
