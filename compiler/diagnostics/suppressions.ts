// What can be wrong with a comment that silences findings: SEQ7301-7309.
import { defineDiagnostics } from "@sequitur/grammar";

const withComment = (comment: string): string =>
  `sequence main {\n  ${comment}\n  step "Turn it on"\n    run "enable.exe"\n    retry 3\n}\n`;

export const suppressionDiagnostics = defineDiagnostics({
  SEQ7301: {
    name: "malformed-suppression",
    severity: "warning",
    message: (a: { why: string }) => `this comment silences nothing: ${a.why}`,
    why: "A finding is silenced by `// sequitur-ignore CODE until 2027-01-31: reason` on a line of its own above a declaration, step or group. Whoever reads it later needs the reason; the date may be left out.",
    wrong: withComment("// sequitur-ignore SEQ8003"),
    right: withComment("// sequitur-ignore SEQ8003: it answers at once or never"),
  },
  SEQ7302: {
    name: "unknown-suppression",
    severity: "warning",
    message: (a: { name: string }) => `there is no finding "${a.name}"`,
    why: "Findings are named by code or name. One that is misspelt silences nothing.",
    wrong: `// sequitur-ignore SEQ0000: the vendor wants it\nsequence main {\n  log "hello"\n}\n`,
    right: withComment("// sequitur-ignore retry-without-delay: it answers at once or never"),
  },
  SEQ7303: {
    name: "unused-suppression",
    severity: "warning",
    message: (a: { name: string }) => `"${a.name}" is not found here, so nothing is silenced`,
    why: "A comment that silences nothing hides the next finding of its kind. Take it out when what it was for is mended.",
    wrong: `// sequitur-ignore SEQ8003: it answers at once or never\nsequence main {\n  run "enable.exe"\n}\n`,
    right: `sequence main {\n  run "enable.exe"\n}\n`,
  },
  SEQ7304: {
    name: "expired-suppression",
    severity: "warning",
    message: (a: { name: string; until: string }) => `"${a.name}" was to be silent until ${a.until}, which is over`,
    why: "The date says when to look again. Mend what was silenced, or give a new date.",
    wrong: `sequence main {\n  // sequitur-ignore SEQ8001: until it is rewritten\n  // sequitur-ignore SEQ8003 until 2020-01-31: the new agent comes in January\n  step "Turn it on"\n    run "enable.exe"\n}\n`,
    right: withComment("// sequitur-ignore SEQ8003 until 2999-01-31: it answers at once or never"),
  },
  SEQ7305: {
    name: "suppression-of-error",
    severity: "warning",
    message: (a: { name: string }) => `"${a.name}" is an error, which no comment can silence`,
    why: "Errors mean that no plan can be built, or that it would not do what the text says. Warnings and notes can be silenced.",
    wrong: `// sequitur-ignore wrong-type: we know better\nsequence main {\n  log "hello"\n}\n`,
    right: `sequence main {\n  log "hello"\n}\n`,
  },
});
