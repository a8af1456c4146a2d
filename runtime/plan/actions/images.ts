// Images of systems and data, and the drivers that go into them.
import {
  type ActionTable,
  flag,
  inFullSystem,
  inWindowsPe,
  once,
  onLinuxAndWindows,
  onWindows,
  optional,
  required,
  text,
  word,
} from "./declaration.ts";
import { diskNumber, partitionNumber } from "./disks.ts";

/** Where an image goes: a path, a partition, or the next volume that is formatted and empty. */
const target = { to: text, disk: diskNumber, partition: partitionNumber, nextVolume: flag } as const;
const oneTarget = ["to", "disk", "nextVolume"] as const;
const imageIndex = optional("int", { default: 1, range: [1, 2_147_483_647] });

export const imageActions = {
  /** Applies one image of a WIM file to a folder or volume. */
  "image.apply": {
    ...onLinuxAndWindows,
    ...once,
    parameters: {
      image: optional("image"),
      index: imageIndex,
      package: optional("package"),
      edition: optional("int", { range: [0, 2_147_483_647] }),
      ...target,
      answerPackage: optional("package"),
      answerFile: text,
      keyboardDriver: optional("int", { default: 0, range: [0, 6] }),
      fromNetwork: flag,
    },
    exactlyOne: [["image", "package"], oneTarget],
    phaseEffect: "appliesSystem",
    destroys: true,
  },
  "image.applyData": {
    ...onLinuxAndWindows,
    ...once,
    parameters: { image: required("image"), index: imageIndex, ...target, wipe: flag },
    exactlyOne: [oneTarget],
    destroys: true,
  },
  "image.capture": {
    ...onLinuxAndWindows,
    parameters: {
      from: required("string"),
      to: required("string"),
      name: text,
      description: text,
      version: text,
      createdBy: text,
      compression: word(["none", "fast", "maximum"], { default: "fast" }),
      account: optional("account"),
    },
  },
  /** Takes the Configuration Manager client off a machine that is going to be captured. */
  "image.prepareClient": { ...onWindows, ...inFullSystem, parameters: {} },
  /** Generalizes Windows. */
  "image.prepareWindows": {
    ...onWindows,
    ...inFullSystem,
    ...once,
    parameters: { buildStorageDriverList: flag, keepActivation: flag, shutdown: flag },
    phaseEffect: "restartsToWinpe",
  },
  "driver.applyPackage": {
    ...onWindows,
    ...inWindowsPe,
    parameters: {
      package: required("package"),
      to: text,
      recurse: flag,
      unsigned: flag,
      bootContentId: text,
      bootInfFile: text,
      bootHardware: text,
      bootDriverId: text,
    },
  },
} as const satisfies ActionTable;
