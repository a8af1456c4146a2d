// The network: settings, membership, folders of other machines.
import {
  type ActionTable,
  flag,
  flagThatIsSet,
  inFullSystem,
  inWindowsPe,
  onLinuxAndWindows,
  onWindows,
  optional,
  required,
  text,
  word,
} from "./declaration.ts";

const membership = { domain: text, workgroup: text, ou: text, account: optional("account") } as const;

/** The settings of one adapter, as they are captured and applied. */
const adapter = {
  record: {
    name: { optional: "string" },
    macAddress: { optional: "string" },
    dhcp: { optional: "bool" },
    addresses: { optional: { list: "string" } },
    masks: { optional: { list: "string" } },
    gateways: { optional: { list: "string" } },
    dnsServers: { optional: { list: "string" } },
    dnsDomain: { optional: "string" },
    dnsSuffix: { optional: "string" },
    registerDns: { optional: "bool" },
    registerFullDns: { optional: "bool" },
    protocolFiltering: { optional: "bool" },
    protocols: { optional: { list: "string" } },
    portFiltering: { optional: "bool" },
    ports: { optional: { list: "string" } },
    netbios: { optional: "string" },
  },
} as const;

export const networkActions = {
  /** Into the answer file of the system that was applied. */
  "network.applySettings": {
    ...onWindows,
    ...inWindowsPe,
    parameters: {
      ...membership,
      to: text,
      dnsSuffix: text,
      dnsDomain: text,
      tcpIpFiltering: flag,
      adapters: optional({ list: adapter }, { fieldChoices: { netbios: ["dhcp", "on", "off"] } }),
    },
    exactlyOne: [["domain", "workgroup"]],
  },
  "network.captureSettings": {
    ...onLinuxAndWindows,
    ...inFullSystem,
    parameters: { membership: flagThatIsSet, adapters: flagThatIsSet },
    output: {
      record: { domain: { optional: "string" }, workgroup: { optional: "string" }, adapters: { list: adapter } },
    },
  },
  "network.join": {
    ...onWindows,
    ...inFullSystem,
    parameters: { ...membership, restart: flagThatIsSet },
    exactlyOne: [["domain", "workgroup"]],
    phaseEffect: "mayRestart",
  },
  "network.connectFolder": {
    ...onLinuxAndWindows,
    parameters: {
      path: required("string"),
      to: text,
      drive: text,
      account: optional("account"),
      kind: word(["smb", "nfs", "bind"]),
      readOnly: flag,
    },
    needsRoot: true,
  },
  "network.disconnectFolder": {
    ...onLinuxAndWindows,
    parameters: { path: required("string") },
    needsRoot: true,
  },
} as const satisfies ActionTable;
