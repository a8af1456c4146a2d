// Disks, and what encrypts them.
import {
  type ActionTable,
  flag,
  flagThatIsSet,
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

/** Disks and partitions as Windows counts them. */
export const diskNumber = optional("int", { range: [0, 10_000] });
export const partitionNumber = optional("int", { range: [1, 99] });

const encryption = word(["default", "aes128", "aes256", "xtsAes128", "xtsAes256"], { default: "default" });

export const diskActions = {
  /** Partitions a whole disk (by number, or by device path or image file) and makes the file systems. */
  "disk.format": {
    ...onLinuxAndWindows,
    ...once,
    parameters: {
      disk: diskNumber,
      device: text,
      style: required("string", { choices: ["gpt", "mbr"] }),
      bootDisk: flag,
      biosCompatible: flag,
      partitions: required(
        {
          list: {
            record: {
              name: { optional: "string" },
              type: { optional: "string" },
              size: { optional: "extent" },
              fileSystem: { optional: "string" },
              quickFormat: { optional: "bool" },
              bootable: { optional: "bool" },
              letter: { optional: "variable" },
              assignLetter: { optional: "bool" },
            },
          },
        },
        {
          fieldChoices: {
            type: ["primary", "extended", "logical", "hidden", "efi", "msr", "recovery"],
            fileSystem: ["ext4", "ntfs", "fat32", "xfs"],
          },
        },
      ),
    },
    exactlyOne: [["disk", "device"]],
    destroys: true,
  },
  "disk.convertToDynamic": {
    ...onWindows,
    ...once,
    parameters: { disk: required("int", { range: [0, 10_000] }) },
    destroys: true,
  },
  "bitlocker.enable": {
    ...onWindows,
    ...inFullSystem,
    repeatable: false,
    parameters: {
      drive: text,
      mode: word(["tpm", "key", "tpmAndKey", "tpmAndPin"], { default: "tpm" }),
      startupKeyDrive: text,
      pin: optional("secret"),
      recoveryKey: word(["none", "ad", "database"], { default: "ad" }),
      method: encryption,
      fullDisk: flag,
      wait: flag,
      skipWithoutTpm: flag,
    },
  },
  /** Suspends the protection; nothing is decrypted. */
  "bitlocker.disable": {
    ...onWindows,
    ...inFullSystem,
    parameters: { drive: text, restarts: optional("int", { default: 1, range: [0, 15] }) },
  },
  "bitlocker.preProvision": {
    ...onWindows,
    ...inWindowsPe,
    repeatable: false,
    parameters: {
      drive: text,
      disk: diskNumber,
      partition: partitionNumber,
      method: encryption,
      fullDisk: flag,
      skipWithoutTpm: flagThatIsSet,
    },
    exactlyOne: [["drive", "disk"]],
  },
} as const satisfies ActionTable;
