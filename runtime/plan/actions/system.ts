// The system as a whole: setting it up, upgrading it, its settings, and whether a machine is good enough for it.
import {
  type ActionTable,
  everywhere,
  flag,
  flagThatIsSet,
  inFullSystem,
  inWindowsPe,
  once,
  onLinux,
  onLinuxAndWindows,
  onWindows,
  optional,
  required,
  text,
  texts,
  word,
} from "./declaration.ts";

const check = optional("bool", { default: false });

export const systemActions = {
  /** From Windows PE into the system that was applied. */
  "os.setup": {
    ...onWindows,
    ...inWindowsPe,
    ...once,
    parameters: {
      to: text,
      client: optional("package"),
      clientProperties: text,
      preProduction: flag,
      preProductionClient: optional("package"),
    },
    phaseEffect: "setsUpSystem",
  },
  "os.upgrade": {
    ...onWindows,
    ...inFullSystem,
    ...once,
    parameters: {
      package: optional("package"),
      source: text,
      featureUpdates: texts,
      edition: optional("int", { range: [0, 2_147_483_647] }),
      productKey: text,
      drivers: optional("package"),
      stagedDrivers: text,
      scanOnly: flag,
      ignoreMessages: flag,
      dynamicUpdate: word(["disable", "policy", "override"], { default: "disable" }),
      preserve: text,
    },
    exactlyOne: [["package", "source", "featureUpdates"]],
    phaseEffect: "restarts",
  },
  /** Into the answer file of the system that was applied. */
  "os.applySettings": {
    ...onWindows,
    ...inWindowsPe,
    parameters: {
      to: text,
      userName: required("string"),
      organization: required("string"),
      computerName: text,
      productKey: text,
      serverLicensing: word(["perSeat", "perServer"]),
      maxConnections: optional("int", { range: [5, 9999] }),
      randomAdminPassword: flagThatIsSet,
      adminPassword: optional("secret"),
      timeZone: text,
      inputLocale: text,
      systemLocale: text,
      uiLanguage: text,
      uiLanguageFallback: text,
      userLocale: text,
    },
  },
  "os.captureSettings": {
    ...onLinuxAndWindows,
    parameters: { computerName: flagThatIsSet, registration: flagThatIsSet, timeZone: flagThatIsSet },
    output: {
      record: {
        computerName: { optional: "string" },
        organization: { optional: "string" },
        timeZone: { optional: "string" },
      },
    },
  },
  "os.setHostName": { ...onLinux, ...inFullSystem, parameters: { name: required("string") }, needsRoot: true },
  /** Fails unless the machine has what is asked for. */
  "machine.checkReadiness": {
    ...everywhere,
    parameters: {
      memory: optional("size"),
      processorSpeed: optional("int", { range: [1, 100_000] }),
      disk: optional("size"),
      folder: text,
      firmware: word(["uefi", "bios"]),
      architecture: word(["x86", "x64", "arm64"]),
      osType: word(["client", "server"]),
      minimumVersion: optional("version"),
      maximumVersion: optional("version"),
      clientVersion: optional("version"),
      language: optional("int"),
      power: check,
      network: check,
      wired: check,
      tpm: check,
      tpmActivated: check,
    },
  },
} as const satisfies ActionTable;
