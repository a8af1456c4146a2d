// Disks and BitLocker, in words.
import { notProved } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

const drive = "The letter of the drive, with or without a colon.";
const method = "How to encrypt. `default`: as Windows does by itself.";
const fullDisk = "Encrypt all of the drive, or only the space that is used?";

export const diskTexts: ActionTexts<
  "disk.format" | "disk.convertToDynamic" | "bitlocker.enable" | "bitlocker.disable" | "bitlocker.preProvision"
> = {
  "disk.format": {
    summary: "Writes a new partition table on a whole disk and makes the file systems.",
    parameters: {
      disk: "The number of the disk, from 0; on Linux in the order of the kernel's names (`sda`, `sdb`, `nvme0n1` …), without loop, RAM, optical and combined devices.",
      device:
        "On Linux: the path of a whole disk, or of a plain file that is a disk's image. Give `disk` or `device`, and not both.",
      style:
        "The kind of partition table. `mbr` has room for four partitions, and the first one is made bootable unless another one says that it is.",
      bootDisk: "Make an EFI partition of 300 MB in front, if the list has none? Only `gpt` disks take one.",
      biosCompatible:
        "Leave the alignment of old BIOS machines? Kept for sequences of other systems; nothing reads it.",
      partitions: "The partitions in their order on the disk; at least one.",
    },
    fields: {
      partitions: {
        name: "Up to 36 characters; it also becomes the volume label, cut to what the file system can hold. Left out: what the type is called.",
        type: "What the partition is for. Left out: `primary`. `msr` exists with `gpt` alone; `extended` and `logical` on Windows alone.",
        size: "A size (`300MB`), or a percentage of what the fixed sizes and the percentages before it leave (`100%`). Left out: all of that. Sizes are rounded up to whole megabytes. Windows knows `100%` alone.",
        fileSystem: "What to format it with. Left out: `fat32` on `efi`, nothing on others.",
        quickFormat: "On Windows: format without looking at every sector? On Linux it is always so.",
        bootable: "With `mbr`: is it the one that the firmware starts?",
        letter: "A global that receives the letter that Windows gives the volume (`C:`), on Linux its device.",
        assignLetter: "On Windows: give it a letter though no global asks for it?",
      },
    },
    notes: [
      "All that can be wrong is looked at before the first byte is written: room, names, missing tools, and whether the disk is mounted, swap space, or behind a loop device. Then the step fails with reason `value` and the disk is as it was.",
      "On Linux it needs `sfdisk`, and `mkfs.ext4`, `mkfs.xfs`, `mkfs.fat` or `mkfs.ntfs` for the file systems asked for; a device also needs `wipefs` and `partx`. A real disk needs root.",
      `On Windows \`diskpart\` does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Partition the disk"
    use disk.format {
      disk: 0
      style: gpt
      partitions: [
        { name: "EFI", type: efi, size: 300MB },
        { name: "System", type: primary, size: 100%, fileSystem: ext4 },
      ]
    }
}
`,
    },
  },
  "disk.convertToDynamic": {
    summary: "Makes a basic disk a dynamic one.",
    parameters: { disk: "The number of the disk, from 0." },
    notes: [
      "Windows has given up dynamic disks; this is for sequences that come from other systems.",
      `\`diskpart\` does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Make it dynamic"
    use disk.convertToDynamic { disk: 1 }
}
`,
    },
  },
  "bitlocker.enable": {
    summary: "Turns BitLocker on for a drive.",
    parameters: {
      drive: `${drive} Left out: the drive of the system.`,
      mode: "What unlocks the drive when the machine starts.",
      startupKeyDrive: "With `key` and `tpmAndKey`: the drive that the start-up key goes to.",
      pin: "With `tpmAndPin`: 4 to 20 digits.",
      recoveryKey:
        "Where the recovery password goes. `ad`: to Active Directory, and the step fails if that does; `none`: there is none; `database`: to Configuration Manager, which its own client alone can do.",
      method,
      fullDisk,
      wait: "Wait until all is encrypted?",
      skipWithoutTpm: "Is a machine without a TPM that is ready left as it is? Else the step fails on it.",
    },
    notes: [
      "The pin reaches the tool by the environment of one process, never by a command line.",
      `PowerShell and \`manage-bde\` do it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  secret pin: string
  step "Encrypt the system"
    use bitlocker.enable { mode: tpmAndPin, pin: pin, method: xtsAes256, wait: true }
}
`,
    },
  },
  "bitlocker.disable": {
    summary: "Suspends the protection of a drive; nothing is decrypted.",
    parameters: {
      drive: `${drive} Left out: the drive of the system.`,
      restarts: "How many restarts later it protects again; 0: not by itself.",
    },
    notes: [`\`manage-bde\` does it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Let the firmware be changed"
    use bitlocker.disable { restarts: 2 }
}
`,
    },
  },
  "bitlocker.preProvision": {
    summary: "Encrypts a drive in Windows PE, before Windows is put on it.",
    parameters: {
      drive: `${drive} Give it, or \`disk\` and \`partition\`.`,
      disk: "The number of the disk, from 0.",
      partition: "The number of the partition on that disk, from 1.",
      method,
      fullDisk,
      skipWithoutTpm: "Is a machine without a TPM that is ready left as it is? Else the step fails on it.",
    },
    notes: [
      "Nothing protects the key until `bitlocker.enable` runs in the full system.",
      `\`manage-bde\` does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Encrypt while the disk is empty"
    use bitlocker.preProvision { disk: 0, partition: 3 }
}
`,
    },
  },
};
