// The built-in actions in words, for the reference and the editor: what each does, what each parameter means, an example that is
// a whole sequence. What can be told from the declaration (types, phases, platforms, effects) is not said again here.
import type { actions, ActionName } from "@sequitur/runtime/plan";

/** A whole file that checks clean. */
export interface ReferenceExample {
  readonly text: string;
  /** What must lie beside the file, as path → text. */
  readonly files?: { readonly [path: string]: string };
}

export interface ActionText<Name extends ActionName = ActionName> {
  /** One sentence. */
  readonly summary: string;
  /** A sentence or two for each parameter, with its unit and what holds when it is left out. */
  readonly parameters: { readonly [Parameter in keyof (typeof actions)[Name]["parameters"]]: string };
  /** The same for the fields of a parameter that takes records. */
  readonly fields?: { readonly [parameter: string]: { readonly [field: string]: string } };
  /** What else somebody has to know, a sentence or two each. */
  readonly notes: readonly string[];
  readonly example: ReferenceExample;
}

const absolutePaths = "Paths are absolute; a relative or empty one fails the step before anything is touched.";

export const actionTexts: { readonly [Name in ActionName]: ActionText<Name> } = {
  "file.write": {
    summary: "Writes a text file, whole, in place of what was there.",
    parameters: {
      path: "The file. Folders above it are made when they lack.",
      text: "All that the file will hold, as UTF-8. Line ends are written as they stand in the text.",
      executable: "On Linux and macOS: may everybody start it (mode 755) or only read it (644)? Left out: `false`.",
    },
    notes: [
      absolutePaths,
      "The text is written beside its place, flushed to the disk, and renamed: after a power cut there is the old file or the new one, never half of one.",
    ],
    example: {
      text: `sequence main {
  step "Say what this machine is for"
    use file.write { path: "/etc/purpose", text: "kiosk\\n" }
}
`,
    },
  },
  "file.copy": {
    summary: "Copies one file, in place of what was there.",
    parameters: {
      from: "The file to copy.",
      to: "The new file; if it is a folder that exists, or ends in `/`, the copy goes into it under the old name.",
    },
    notes: [
      absolutePaths,
      "The copy keeps the permissions of the original, and takes its place only when it is whole.",
      "A folder as `from` fails with code 1: `folder.copy` copies folders.",
    ],
    example: {
      text: `sequence main {
  step "Keep the old list of hosts"
    use file.copy { from: "/etc/hosts", to: "/var/backups/hosts" }
    when file("/etc/hosts").exists
}
`,
    },
  },
  "file.remove": {
    summary: "Removes one file.",
    parameters: { path: "The file. If it is not there, all is well." },
    notes: [
      absolutePaths,
      "A folder fails with code 1: `folder.remove` removes folders. A link is removed, not its target.",
    ],
    example: {
      text: `sequence main {
  step "Forget the unattended answers"
    use file.remove { path: "/root/answers.txt" }
}
`,
    },
  },
  "folder.create": {
    summary: "Makes a folder and the folders above it.",
    parameters: { path: "The folder. If it is there already, all is well." },
    notes: [absolutePaths],
    example: {
      text: `sequence main {
  step "Make the store"
    use folder.create { path: "/srv/store/incoming" }
}
`,
    },
  },
  "folder.copy": {
    summary: "Copies all that is in a folder into another one.",
    parameters: {
      from: "The folder whose content is copied.",
      to: "The folder that receives it; it is made. Files of the same name are replaced, all others stay.",
    },
    notes: [
      absolutePaths,
      "Links are copied as links, and times are kept. A folder can't be copied into itself.",
      "A cancel takes effect between two entries of the folder; then a part of the copy is there.",
    ],
    example: {
      text: `sequence main {
  step "Keep a copy of the settings"
    use folder.copy { from: "/etc/app", to: "/var/backups/app" }
    timeout 10m
}
`,
    },
  },
  "folder.remove": {
    summary: "Removes a folder and all that is in it.",
    parameters: { path: "The folder. If it is not there, all is well." },
    notes: [absolutePaths, "A file fails with code 1. The root of a disk is refused."],
    example: {
      text: `sequence main {
  step "Remove the old cache"
    use folder.remove { path: "/var/cache/app" }
}
`,
    },
  },
  "content.copy": {
    summary: "Copies the verified files of a package into a folder.",
    parameters: {
      package: "The package, by the name that its declaration gives it.",
      to: "The folder that receives the files; it is made. Files of the same name are replaced, all others stay.",
    },
    notes: [
      "The content is compared with the hashes in the plan first; wrong or missing content fails the step with reason `content`.",
      "The copies can be written to, also where the kept content is read-only.",
    ],
    example: {
      text: `package settings "./settings"

sequence main {
  step "Put the settings in place"
    use content.copy { package: settings, to: "/etc/app" }
}
`,
      files: { "settings/app.conf": "mode = kiosk\n" },
    },
  },
  "archive.create": {
    summary: "Packs all that is in a folder into a tar archive.",
    parameters: {
      from: "The folder. Paths in the archive are relative to it.",
      to: "The archive. The end of its name chooses the compression: `.tar`, `.tar.gz`, `.tar.xz`, `.tar.zst`.",
      exclude: "Patterns of `tar --exclude` for what stays out. Left out: nothing does.",
    },
    notes: [
      absolutePaths,
      "Needs `tar`. Owners are kept as numbers. The archive takes its place only when it is whole.",
    ],
    example: {
      text: `sequence main {
  param home: string
  step "Save the home"
    use archive.create { from: home, to: "/srv/store/home.tar.gz", exclude: [".cache"] }
    timeout 30m
}
`,
    },
  },
  "archive.extract": {
    summary: "Unpacks a tar archive into a folder.",
    parameters: {
      from: "The archive. Its compression is recognised.",
      to: "The folder, which is made. What it holds under the same names is replaced, all else stays.",
    },
    notes: [absolutePaths, "Needs `tar`. Owners are taken as numbers; only root can give files to others."],
    example: {
      text: `sequence main {
  param home: string
  step "Bring the home back"
    use archive.extract { from: "/srv/store/home.tar.gz", to: home }
}
`,
    },
  },
  "disk.format": {
    summary: "Writes a new partition table on a whole disk and makes the file systems.",
    parameters: {
      disk: "The number of the disk, from 0, in the order of the kernel's names (`sda`, `sdb`, `nvme0n1` …), without loop, RAM, optical and combined devices.",
      device:
        "The path of a whole disk, or of a plain file that is a disk's image. Give `disk` or `device`, and not both.",
      style: "The kind of partition table. `mbr` has room for four partitions, and the first one is made bootable.",
      partitions: "The partitions in their order on the disk; at least one.",
    },
    fields: {
      partitions: {
        name: "Up to 36 characters; it also becomes the volume label, cut to what the file system can hold.",
        type: "What the partition is for. Left out: `primary`. `msr` exists with `gpt` alone.",
        size: "A size (`300MB`), or a percentage of what the fixed sizes and the percentages before it leave (`100%`). Left out: all of that. Sizes are rounded up to whole megabytes.",
        fileSystem: "What to format it with. Left out: `fat32` on `efi`, nothing on others.",
      },
    },
    notes: [
      "All that can be wrong is looked at before the first byte is written: room, names, missing tools, and whether the disk is mounted, swap space, or behind a loop device. Then the step fails with reason `value` and the disk is as it was.",
      "Needs `sfdisk`, and `mkfs.ext4`, `mkfs.xfs`, `mkfs.fat` or `mkfs.ntfs` for the file systems asked for; a device also needs `wipefs` and `partx`. A real disk needs root.",
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
  "image.apply": {
    summary: "Applies one image of a WIM file to a folder or volume.",
    parameters: {
      image: "The image, by the name that its declaration gives it.",
      index: "Which image of the file, from 1. Left out: the first.",
      to: "The folder, which is made if the folder above it is there; on Linux also a block device or file with an empty NTFS volume.",
    },
    notes: [
      "The file is compared with the hash in the plan first, and its own checksums while it is applied.",
      "Needs `wimlib-imagex` on Linux. On Windows DISM does it.",
      "Only the files are applied: making the system start is a step of its own.",
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
  "image.capture": {
    summary: "Captures a folder or volume into a new WIM file with one image.",
    parameters: {
      from: "The folder or volume to capture.",
      to: "The WIM file. A file of this name is replaced when the new one is whole; folders above it are made.",
      name: "The name of the image within the file.",
      compression: "How hard to compress. Left out: `fast`.",
    },
    notes: ["Needs `wimlib-imagex` on Linux. On Windows DISM does it."],
    example: {
      text: `sequence main {
  step "Capture the reference machine"
    use image.capture { from: "/mnt/target", to: "/srv/images/base.wim", name: "Base", compression: maximum }
    timeout 2h
}
`,
    },
  },
  "software.installPackages": {
    summary: "Installs packages of the distribution that are not installed yet.",
    parameters: {
      names: "The packages, as the package manager names them. Those that are installed are left alone.",
      update: "Read the list of available packages anew first? Left out: `false`.",
    },
    notes: [
      "Uses `apt-get` or `dnf`, whichever there is, without asking questions; settings that somebody changed are kept. Needs root.",
      "With `apt-get` it waits up to 10 minutes for another program that holds the lock, and installs no recommended packages.",
    ],
    example: {
      text: `sequence main {
  step "Install the tools"
    use software.installPackages { names: ["jq", "tree"], update: true }
    retry 2 every 10s
    timeout 15m
}
`,
    },
  },
  "machine.checkReadiness": {
    summary: "Fails unless the machine has what is asked for, and names all that lacks.",
    parameters: {
      memory: "The least main memory. A machine may fall short by 6%, since firmware keeps some for itself.",
      disk: "The least free space on the disk of `folder`.",
      folder: "Where `disk` looks. Left out: `/`, on Windows `C:\\`.",
      firmware: "What must have started the machine.",
    },
    notes: [
      "What is left out is not looked at. A machine that lacks something fails the step with code 1 and reason `exit`.",
    ],
    example: {
      text: `sequence main {
  step "Is this machine good enough?"
    use machine.checkReadiness { memory: 4GB, disk: 40GB, firmware: uefi }
}
`,
    },
  },
};
