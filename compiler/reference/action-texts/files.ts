// Files, folders, archives and the content of packages, in words.
import { absolutePaths } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

export const fileTexts: ActionTexts<
  | "file.write"
  | "file.copy"
  | "file.remove"
  | "folder.create"
  | "folder.copy"
  | "folder.remove"
  | "content.copy"
  | "content.download"
  | "archive.create"
  | "archive.extract"
> = {
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
  "content.download": {
    summary: "Fetches the verified content of packages and says where it lies.",
    parameters: {
      packages: "The packages, by the names that their declarations give them.",
      location:
        "`work` and `cache`: where the runtime keeps verified content, read-only; `folder`: a copy below `folder`, one folder a package.",
      folder: "With `location: folder`: the folder that receives the copies.",
      variable:
        "A global whose name begins those of the places: `Tools` sets `Tools01`, `Tools02` … in the order of the packages, where the sequence has such globals, and itself to the first place.",
      continueOnErrors: "Go on with the next package when one can't be had?",
    },
    notes: [
      "The places are also what `into` receives, in the same order; a package that could not be had is left out.",
      "Content is compared with the hashes in the plan first; wrong or missing content fails the step with reason `content`.",
    ],
    example: {
      text: `package tools "./tools"

sequence main {
  var places: list<string>
  step "Have the tools at hand"
    use content.download { packages: [tools], location: folder, folder: "/srv/tools" }
    into places
  log "they lie in \${join(places, ", ")}"
}
`,
      files: { "tools/readme.txt": "tools\n" },
    },
  },
};
