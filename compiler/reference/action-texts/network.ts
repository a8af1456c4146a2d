// The network, in words.
import { notProved } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

const membership = {
  domain: "The domain to join. Give `domain` or `workgroup`.",
  workgroup: "The workgroup to join.",
  ou: "With `domain`: where the machine's object goes, as a path of the directory.",
  account: "With `domain`: the account that may join machines.",
} as const;

const adapterFields = {
  name: "What the system calls it.",
  macAddress: "Its hardware address, by which Windows finds it again.",
  dhcp: "Does it take its addresses from a server?",
  addresses: "IPv4 addresses.",
  masks: "The masks of these, in the same order: `255.255.255.0` or `24`.",
  gateways: "Ways out.",
  dnsServers: "Name servers.",
  dnsDomain: "Its own domain of names.",
  dnsSuffix: "Kept for sequences of other systems.",
  registerDns: "Does it tell the name servers its addresses?",
  registerFullDns: "Kept for sequences of other systems.",
  protocolFiltering: "Kept for sequences of Windows XP.",
  protocols: "Kept for sequences of Windows XP.",
  portFiltering: "Kept for sequences of Windows XP.",
  ports: "Kept for sequences of Windows XP.",
  netbios: "NetBIOS over TCP/IP. Kept for sequences of other systems.",
} as const;

export const networkTexts: ActionTexts<
  | "network.applySettings"
  | "network.captureSettings"
  | "network.join"
  | "network.connectFolder"
  | "network.disconnectFolder"
> = {
  "network.applySettings": {
    summary: "Writes membership and adapters into the answer file of the Windows that was applied.",
    parameters: {
      ...membership,
      to: "The drive of that Windows. Left out: what the global `OSDTargetSystemDrive` says.",
      dnsSuffix: "Domains in which short names are looked up, with commas between them.",
      dnsDomain: "The machine's own domain of names.",
      tcpIpFiltering: "Kept for sequences of Windows XP; fails the step.",
      adapters: "Settings of adapters. Left out: every adapter takes its addresses from a server.",
    },
    fields: { adapters: adapterFields },
    notes: ["The password stands in the answer file until Windows has been set up.", notProved],
    example: {
      text: `account joiner { user: "CONTOSO\\\\joiner", password: env("JOINER_PASSWORD") }

sequence main {
  step "Into the domain"
    use network.applySettings { to: "C:", domain: "corp.example.com", account: joiner }
}
`,
    },
  },
  "network.captureSettings": {
    summary: "Tells membership and adapters of the system that runs, for the one that takes its place.",
    parameters: {
      membership: "Tell domain or workgroup? Linux has none.",
      adapters: "Tell the settings of the adapters that have an IPv4 address?",
    },
    notes: [`On Windows PowerShell does it. ${notProved}`],
    example: {
      text: `sequence main {
  step network "Remember the network"
    use network.captureSettings {}
  log "it has \${network.output.adapters.length} adapters"
}
`,
    },
  },
  "network.join": {
    summary: "Joins the machine to a domain or a workgroup.",
    parameters: { ...membership, restart: "Restart when the membership has changed?" },
    notes: ["A machine that is a member already stays as it is.", `PowerShell does it. ${notProved}`],
    example: {
      text: `account joiner { user: "CONTOSO\\\\joiner", password: env("JOINER_PASSWORD") }

sequence main {
  step "Join the domain"
    use network.join { domain: "corp.example.com", account: joiner }
}
`,
    },
  },
  "network.connectFolder": {
    summary: "Connects a folder of another machine.",
    parameters: {
      path: "`\\\\\\\\server\\\\share` or `//server/share`; on Linux also `server:/folder` (NFS) and a folder of this machine.",
      to: "On Linux: the folder that it appears at, which is made. On Windows: a drive letter, as `drive`.",
      drive: "On Windows: the letter that it appears at. Left out: it has none.",
      account: "Whose name and password the server gets. Left out: nobody's.",
      kind: "What it must be; a path of another kind fails the step.",
      readOnly: "On Linux: may it only be read?",
    },
    notes: [
      "What is connected there already stays as it is.",
      "On Linux `mount.cifs` (package `cifs-utils`), `mount.nfs` (`nfs-common`) or `mount` does it, as root; the password reaches it by the environment.",
      `On Windows PowerShell does it. ${notProved}`,
    ],
    example: {
      text: `account reader { user: "CONTOSO\\\\reader", password: env("READER_PASSWORD") }

sequence main {
  step "Connect the store"
    use network.connectFolder { path: "//files/store", to: "/mnt/store", account: reader, readOnly: true }
}
`,
    },
  },
  "network.disconnectFolder": {
    summary: "Disconnects a folder of another machine.",
    parameters: { path: "As it was connected, or where it appears: the folder or the drive letter." },
    notes: ["What is not connected is no failure.", `On Windows PowerShell does it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Let go of the store"
    use network.disconnectFolder { path: "/mnt/store" }
}
`,
    },
  },
};
