// What can be wrong with secrets.
import { defineDiagnostics } from "@sequitur/grammar";

export const secretDiagnostics = defineDiagnostics({
  SEQ6001: {
    name: "secret-shown",
    severity: "error",
    message: (a: { place: string }) => `a secret can't stand in ${a.place}: it would be shown`,
    why: "A secret flows into `env` and into parameters that are declared secret; anything else needs `reveal(…)`.",
    wrong: `sequence a {\n  secret key: string\n  log key\n}\n`,
    right: `sequence a {\n  secret key: string\n  run "tool" env { KEY: key }\n}\n`,
  },
  SEQ6002: {
    name: "secret-compared",
    severity: "error",
    message: () => "a secret can't be compared: the journal would tell the answer",
    why: "What is compared is written down with its values, so that a run can be explained.",
    wrong: `sequence a {\n  secret key: string\n  log "x" when key == "a"\n}\n`,
    right: `sequence a {\n  secret key: string\n  log "x" when reveal(key) == "a"\n}\n`,
  },
  SEQ6003: {
    name: "password-in-source",
    severity: "error",
    message: () => 'a password does not stand in source: write env("NAME"), and give it when the sequence starts',
    why: "Source files are copied, reviewed and kept for ever.",
    wrong: `account installer { user: "svc", password: "hunter2" }\n`,
    right: `account installer { user: "svc", password: env("INSTALLER_PASSWORD") }\n`,
  },
  SEQ6004: {
    name: "secret-not-text",
    severity: "error",
    message: (a: { type: string }) => `a secret is a text, so its type is string, not ${a.type}`,
    why: "Secrets are sealed and masked as texts.",
    wrong: `sequence a {\n  secret pin: int\n  run "tool" env { PIN: pin }\n}\n`,
    right: `sequence a {\n  secret pin: string\n  run "tool" env { PIN: pin }\n}\n`,
  },
});
