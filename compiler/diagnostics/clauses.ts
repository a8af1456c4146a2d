// What can be wrong with actions and their clauses: SEQ50xx clauses, SEQ51xx command lines and scripts.
import { defineDiagnostics } from "@sequitur/grammar";

const inStep = (statement: string): string => `sequence a {\n  ${statement}\n}\n`;

export const clauseDiagnostics = defineDiagnostics({
  SEQ5001: {
    name: "clause-not-taken",
    severity: "error",
    message: (a: { owner: string; clause: string; taken: string }) =>
      `${a.owner} takes no "${a.clause}"${a.taken === "" ? "" : `; it takes ${a.taken}`}`,
    why: "Each action takes the clauses that mean something for it.",
    wrong: inStep('log "x" retry 3'),
    right: inStep('run "x" retry 3'),
  },
  SEQ5002: {
    name: "duplicate-clause",
    severity: "error",
    message: (a: { clause: string }) => `"${a.clause}" stands here twice`,
    why: "Each clause stands at most once, so that no reader has to know which one wins.",
    wrong: inStep('run "x" timeout 1m timeout 2m'),
    right: inStep('run "x" timeout 2m'),
  },
  SEQ5003: {
    name: "wait-without-timeout",
    severity: "error",
    message: () => "`wait until` needs the clause `timeout`",
    why: "A condition that never comes true would wait for ever.",
    wrong: inStep('wait until file("/a").exists'),
    right: inStep('wait until file("/a").exists timeout 5m'),
  },
  SEQ5004: {
    name: "code-in-both-lists",
    severity: "error",
    message: (a: { code: number }) => `the code ${a.code} stands in \`success\` and in \`reboots\``,
    why: "A code means success, or success with a restart due, not both.",
    wrong: inStep('run "x" success 0, 3010 reboots 3010'),
    right: inStep('run "x" success 0 reboots 3010'),
  },
  SEQ5005: {
    name: "verify-needs-value",
    severity: "error",
    message: (a: { name: string }) =>
      `"${a.name}" must be set before this step: when \`verify\` is true, the step gives no value`,
    why: "After an interruption `verify` may say that the step was done, and its output is lost then.",
    wrong: `sequence a {\n  var x: string\n  run "x" into x on interruption verify file("/a").exists\n}\n`,
    right: `sequence a {\n  var x: string = ""\n  run "x" into x on interruption verify file("/a").exists\n}\n`,
  },
  // ---- command lines and scripts
  SEQ5101: {
    name: "empty-command",
    severity: "error",
    message: () => "this command names no program",
    why: "The first word of a command is the program.",
    wrong: inStep('run ""'),
    right: inStep('run "setup.exe"'),
  },
  SEQ5102: {
    name: "unclosed-word",
    severity: "error",
    message: (a: { quote: string }) => `this ${a.quote} is not closed within the command`,
    why: "Quotes within a command keep a word together, and go in pairs.",
    wrong: inStep(`run "setup.exe 'My App"`),
    right: inStep(`run "setup.exe 'My App'"`),
  },
  SEQ5103: {
    name: "list-within-word",
    severity: "error",
    message: () => "a list must be a word of its own: each item is one argument",
    why: "A list beside other text in one word would have several readings.",
    wrong: inStep('run "tool --ip=${device.addresses}"'),
    right: inStep('run "tool --ip ${device.addresses}"'),
  },
  SEQ5104: {
    name: "script-as-program",
    severity: "error",
    message: (a: { extension: string; way: string }) => `a ${a.extension} file is no program: ${a.way}`,
    why: "It would start a shell, which reads its arguments in a way of its own.",
    wrong: inStep('run "install.cmd /q"'),
    right: inStep('run "install.exe /q"'),
  },
  SEQ5105: {
    name: "script-not-ascii",
    severity: "error",
    message: (a: { character: string }) =>
      `a cmd script holds ASCII alone, and "${a.character}" is none: pass it through \`env\``,
    why: "The command interpreter reads its scripts in the code page of the machine.",
    wrong: inStep("cmd 'echo Zürich'"),
    right: inStep("cmd 'echo %PLACE%' env { PLACE: \"Zürich\" }"),
  },
  SEQ5106: {
    name: "program-is-a-list",
    severity: "error",
    message: () => "the program can't come from a list: its first word must be one text",
    why: "An empty list would make the first argument the program.",
    wrong: inStep('run "${device.addresses} x"'),
    right: inStep('run "tool ${device.addresses}"'),
  },
});
