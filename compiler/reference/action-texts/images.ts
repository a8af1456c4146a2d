// Images and drivers, in words.
import { notProved } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

const target = {
  to: "The folder, which is made if the folder above it is there; a drive (`C:`) on Windows; on Linux also a block device or file with an empty NTFS volume. Give `to`, or `disk` and `partition`, or `nextVolume`.",
  disk: "The number of the disk, from 0.",
  partition: "With `disk`: the number of the partition on it, from 1.",
  nextVolume: "On Windows: take the first volume that is formatted and empty?",
} as const;
const image = "The image, by the name that its declaration gives it.";
const index = "Which image of the file, from 1.";

export const imageTexts: ActionTexts<
  | "image.apply"
  | "image.applyData"
  | "image.capture"
  | "image.prepareClient"
  | "image.prepareWindows"
  | "driver.applyPackage"
> = {
  "image.apply": {
    summary: "Applies one image of a WIM file, with a system in it, to a folder or volume.",
    parameters: {
      image: `${image} Give \`image\` or \`package\`.`,
      index,
      package: "A package of Windows' setup files, whose `sources/install.wim` is applied.",
      edition: "With `package`: which image of that file, from 1.",
      ...target,
      answerPackage: "A package that holds an answer file for the new system.",
      answerFile: "Its path in that package. Left out: `unattend.xml`.",
      keyboardDriver: "Kept for sequences of other systems (layered keyboard drivers); nothing reads it.",
      fromNetwork: "Kept for sequences of other systems; content is always verified and read from its cache.",
    },
    notes: [
      "The file is compared with the hash in the plan first, and its own checksums while it is applied.",
      "On Linux it needs `wimlib-imagex`. On Windows DISM does it, and a global `OSDTargetSystemDrive`, if the sequence has one, receives the drive.",
      `Only the files are applied: making the system start is a step of its own (\`os.setup\`). On Windows: ${notProved}`,
    ],
    example: {
      text: `image windows "./images/install.wim"

sequence main {
  step "Apply Windows"
    use image.apply { image: windows, index: 1, to: "/mnt/target" }
}
`,
      files: { "images/install.wim": "MSWIM" },
    },
  },
  "image.applyData": {
    summary: "Lays the files of a WIM image down as plain data.",
    parameters: { image, index, ...target, wipe: "Remove all that `to` holds first?" },
    notes: [
      "The file is compared with the hash in the plan first, and its own checksums while it is applied.",
      `On Linux it needs \`wimlib-imagex\`. On Windows DISM does it. ${notProved}`,
    ],
    example: {
      text: `image media "./images/media.wim"

sequence main {
  step "Lay the data down"
    use image.applyData { image: media, to: "/srv/media", wipe: true }
}
`,
      files: { "images/media.wim": "MSWIM" },
    },
  },
  "image.capture": {
    summary: "Captures a folder or volume into a new WIM file with one image.",
    parameters: {
      from: "The folder or volume to capture.",
      to: "The WIM file. A file of this name is replaced when the new one is whole; folders above it are made.",
      name: "The name of the image within the file. Left out: the name of the file without its end.",
      description: "What the image is, for people; kept in it.",
      version: "Kept in the image's description.",
      createdBy: "Kept in the image's description.",
      compression: "How hard to compress.",
      account: "On Windows: the account that connects to the share of `to`.",
    },
    notes: [`On Linux it needs \`wimlib-imagex\`. On Windows DISM does it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Capture the reference machine"
    use image.capture { from: "/mnt/target", to: "/srv/images/base.wim", name: "Base", compression: maximum }
    timeout 2h
}
`,
    },
  },
  "image.prepareClient": {
    summary: "Takes the Configuration Manager client off a machine that is going to be captured.",
    parameters: {},
    notes: [`The client's own set-up program does it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Remove the client"
    use image.prepareClient {}
}
`,
    },
  },
  "image.prepareWindows": {
    summary: "Generalizes Windows with Sysprep, for capturing, and restarts to Windows PE.",
    parameters: {
      buildStorageDriverList: "Kept for sequences of Windows XP; fails the step.",
      keepActivation: "Keep the activation as it is?",
      shutdown: "Switch the machine off in place of the restart?",
    },
    notes: [`Sysprep does it. ${notProved}`],
    example: {
      text: `sequence main {
  step "Generalize"
    use image.prepareWindows { keepActivation: true }
}
`,
    },
  },
  "driver.applyPackage": {
    summary: "Adds the drivers of a package to the Windows that was applied.",
    parameters: {
      package: "The package with the drivers.",
      to: "The drive of that Windows. Left out: what the global `OSDTargetSystemDrive` says.",
      recurse: "Look into folders below it, too?",
      unsigned: "Take drivers without a signature?",
      bootContentId: "Kept for sequences of Windows XP; fails the step.",
      bootInfFile: "Kept for sequences of Windows XP; nothing reads it.",
      bootHardware: "Kept for sequences of Windows XP; nothing reads it.",
      bootDriverId: "Kept for sequences of Windows XP; nothing reads it.",
    },
    notes: [`DISM does it. ${notProved}`],
    example: {
      text: `package drivers "./drivers"

sequence main {
  step "Add the drivers"
    use driver.applyPackage { package: drivers, to: "C:", recurse: true }
}
`,
      files: { "drivers/net.inf": "[Version]\r\n" },
    },
  },
};
