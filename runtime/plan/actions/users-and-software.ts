// What people keep on a machine, and the software that they use.
import {
  type ActionTable,
  flag,
  flagThatIsSet,
  inFullSystem,
  onLinux,
  onLinuxAndWindows,
  optional,
  required,
  text,
  texts,
  word,
} from "./declaration.ts";

const mode = word(["simple", "advanced"], { default: "simple" });

export const userActions = {
  "state.capture": {
    ...onLinuxAndWindows,
    parameters: {
      to: text,
      tool: optional("package"),
      users: texts,
      mode,
      configFiles: texts,
      verbose: flag,
      skipEncryptedFiles: flag,
      fileAccess: word(["normal", "shadowCopy"], { default: "normal" }),
      continueOnLockedFiles: flagThatIsSet,
      hardLinks: flag,
      offline: flag,
    },
    needsRoot: true,
  },
  "state.restore": {
    ...onLinuxAndWindows,
    ...inFullSystem,
    parameters: {
      from: text,
      tool: optional("package"),
      users: texts,
      mode,
      configFiles: texts,
      localAccounts: flag,
      localPassword: optional("secret"),
      continueOnErrors: flag,
      verbose: flag,
    },
    needsRoot: true,
  },
} as const satisfies ActionTable;

const update = flag;
const names = required({ list: "string" });

export const softwareActions = {
  /** Installs packages of the distribution (apt or dnf) that are not installed yet. */
  "software.installPackages": { ...onLinux, ...inFullSystem, parameters: { names, update }, needsRoot: true },
  "software.removePackages": { ...onLinux, ...inFullSystem, parameters: { names }, needsRoot: true },
  "software.installUpdates": {
    ...onLinuxAndWindows,
    ...inFullSystem,
    parameters: {
      target: required("string", { choices: ["mandatory", "all"] }),
      useCachedScan: flagThatIsSet,
      interruptedRetries: optional("int", { default: 2, range: [1, 5] }),
    },
    phaseEffect: "mayRestart",
    needsRoot: true,
  },
} as const satisfies ActionTable;
