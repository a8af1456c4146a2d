// What can be wrong with the files around the sources: content that is not there or changed (SEQ70xx), the lock and the
// project's configuration (SEQ71xx).
import { defineDiagnostics } from "@sequitur/grammar";

export const contentDiagnostics = defineDiagnostics({
  SEQ7001: {
    name: "content-out-of-reach",
    severity: "error",
    message: (a: { kind: string; name: string; path: string }) =>
      `the ${a.kind} "${a.name}" can't be hashed: nothing can be read at "${a.path}"`,
    why: "Content is hashed when a plan is built, so that every machine gets exactly these bytes. What lies on a server or a share must be within reach of the build, or copied beside the sources.",
    wrong: `package tools "https://files.example.com/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    right: `package tools "./packages/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    files: { "packages/tools/setup.exe": "program" },
  },
  SEQ7002: {
    name: "content-unreadable",
    severity: "error",
    message: (a: { kind: string; name: string; why: string }) => `the ${a.kind} "${a.name}" can't be read: ${a.why}`,
    why: "All files of a piece of content are hashed, so all of them must be readable. Links are refused: what they lead to may differ from machine to machine.",
    wrong: `package tools "./setup.exe"

sequence main {
  run "setup.exe" from tools
}
`,
    right: `package tools "./packages/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    files: { "setup.exe": "program", "packages/tools/setup.exe": "program" },
  },
  SEQ7003: {
    name: "content-path-not-portable",
    severity: "error",
    message: (a: { name: string; path: string; problem: string }) =>
      `the file "${a.path}" of "${a.name}" can't go to every machine: its path ${a.problem}`,
    why: "A plan made on one system runs on others. A file name that Windows reserves, or two names that differ only in case, would be lost or mixed up there.",
    wrong: `package tools "./packages/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    right: `package tools "./packages/apps"

sequence main {
  run "setup.exe" from tools
}
`,
    files: {
      "packages/tools/aux.txt": "text",
      "packages/tools/setup.exe": "program",
      "packages/apps/setup.exe": "program",
    },
  },
  SEQ7004: {
    name: "script-not-in-content",
    severity: "error",
    message: (a: { path: string; name: string }) => `there is no file "${a.path}" in "${a.name}"`,
    why: "With `from`, a script's file lies in that package, and its path counts from the package's top.",
    wrong: `package tools "configmgr:ABC00012"

sequence main {
  step "Tag" sh file("tga.sh") from tools
}
`,
    right: `package tools "configmgr:ABC00012"

sequence main {
  step "Tag" sh file("tag.sh") from tools
}
`,
    files: {
      "packages/tools/tag.sh": "echo tag\n",
      "sequitur.json": `{ "content": { "configmgr:ABC00012": "./packages/tools" } }`,
    },
  },
  SEQ7010: {
    name: "content-changed",
    severity: "error",
    message: (a: { kind: string; name: string; pinned: boolean }) =>
      a.pinned
        ? `the ${a.kind} "${a.name}" is pinned, and its files are not those that sequitur.lock notes`
        : `the files of the ${a.kind} "${a.name}" are not those that sequitur.lock notes`,
    why: "`pin: true` and `--locked` promise that nothing changed since the lock was written. To take the change: leave out `pin` or `--locked` for one build, which writes the lock anew, and commit it.",
    wrong: `package tools "./packages/tools" { pin: true }

sequence main {
  run "setup.exe" from tools
}
`,
    right: `package tools "./packages/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    files: {
      "packages/tools/setup.exe": "program",
      "sequitur.lock": `{\n  "lock": 1,\n  "content": {\n    "packages/tools": { "digest": "${"0".repeat(64)}", "files": 1, "size": 7 }\n  }\n}\n`,
    },
  },
  SEQ7011: {
    name: "content-not-locked",
    severity: "error",
    message: (a: { kind: string; name: string }) => `sequitur.lock does not note the ${a.kind} "${a.name}"`,
    why: "With `--locked` every piece of content must be noted. Build once without it, and commit the lock that it writes.",
    wrong: `package tools "./packages/tools"

sequence main {
  run "setup.exe" from tools
}
`,
    right: `sequence main {
  run "/usr/bin/true"
}
`,
    files: { "packages/tools/setup.exe": "program" },
  },
  SEQ7012: {
    name: "lock-unreadable",
    severity: "error",
    message: (a: { why: string }) => `sequitur.lock can't be used: ${a.why}`,
    why: "The lock notes the digests of all content, and is written by `build`. Delete it if it was damaged: the next build makes it anew.",
    wrong: `sequence main {
  run "/usr/bin/true"
}
`,
    right: `sequence main {
  run "/usr/bin/true"
}
`,
    files: { "sequitur.lock": "{" },
  },
  SEQ7101: {
    name: "configuration-unreadable",
    severity: "error",
    message: (a: { why: string }) => `sequitur.json can't be used: ${a.why}`,
    why: "The configuration is one JSON object. A file that can't be read would silently mean other rules, so it is an error.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "language": 1,, }` },
  },
  SEQ7102: {
    name: "unknown-configuration-setting",
    severity: "error",
    message: (a: { name: string; where: string }) => `there is no setting "${a.name}" in ${a.where}`,
    why: "A misspelt setting would silently do nothing.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "langauge": 1 }` },
  },
  SEQ7103: {
    name: "wrong-configuration-value",
    severity: "error",
    message: (a: { name: string; expected: string }) => `"${a.name}" must be ${a.expected}`,
    why: "Each setting takes one kind of value: see `sequitur config`, or the schema that an editor shows.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "language": "one" }` },
  },
  SEQ7104: {
    name: "unknown-rule",
    severity: "warning",
    message: (a: { name: string }) => `there is no rule "${a.name}"`,
    why: "`rules` names diagnostics by code or by name. A name that is none changes nothing.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "rules": { "SEQ0000": "off" } }` },
  },
  SEQ7105: {
    name: "rule-not-adjustable",
    severity: "error",
    message: (a: { name: string }) => `"${a.name}" is an error that no configuration can make less of`,
    why: "Errors mean that a plan can't be built, or would not do what the text says. Warnings and infos may be raised, lowered or switched off.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "rules": { "SEQ7001": "off" } }` },
  },
  SEQ7106: {
    name: "shared-configuration-not-found",
    severity: "error",
    message: (a: { name: string }) => `there is no shared configuration "${a.name}"`,
    why: "`extends` names a file by its path from the one that extends it, or a package that is installed and holds a sequitur.json.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "extends": ["./shared.json"] }` },
  },
  SEQ7107: {
    name: "circular-configuration",
    severity: "error",
    message: (a: { name: string }) => `"${a.name}" extends this file, so it can't come before it`,
    why: "What a configuration extends comes before it, which has to begin somewhere.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: {
      "sequitur.json": `{ "extends": ["./shared.json"] }`,
      "shared.json": `{ "extends": ["./sequitur.json"] }`,
    },
  },
  SEQ7108: {
    name: "wrong-rule-option",
    severity: "error",
    message: (a: { rule: string; name: string; why: string }) => `the option "${a.name}" of "${a.rule}" ${a.why}`,
    why: "Each rule lists its options and what they take on its page. One that is misspelt would silently do nothing.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "rules": { "long-wait": { "options": { "minutes": "1h" } } } }` },
  },
});
