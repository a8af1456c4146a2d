// What can be wrong with the use of an action beyond the types of its parameters.
import { defineDiagnostics } from "@sequitur/grammar";

const inStep = (text: string): string => `sequence main {\n  step "It"\n    ${text}\n}\n`;

export const actionDiagnostics = defineDiagnostics({
  SEQ5201: {
    name: "action-of-another-system",
    severity: "error",
    message: (a: { name: string }) =>
      `"${a.name}" is an action of another system: it can be checked and exported, but no plan can run it`,
    why: "A plan runs without Configuration Manager and without MDT. Do it with an action or a program of your own, or disable the step.",
    wrong: inStep("use mdt.gather { localOnly: true }"),
    right: inStep('run "gather"'),
  },
  SEQ5202: {
    name: "number-out-of-range",
    severity: "error",
    message: (a: { name: string; least: number; greatest: number; value: number }) =>
      `"${a.name}" goes from ${a.least} to ${a.greatest}, and this is ${a.value}`,
    why: "The action takes numbers of this range alone, and would fail when the run gets there.",
    wrong: inStep("use bitlocker.disable { restarts: 16 }"),
    right: inStep("use bitlocker.disable { restarts: 15 }"),
  },
  SEQ5203: {
    name: "one-parameter-of-several",
    severity: "error",
    message: (a: { action: string; names: string; given: string }) =>
      `"${a.action}" needs exactly one of ${a.names}; it has ${a.given}`,
    why: "They are different ways to say the same thing: without one the action does not know it, and two could disagree.",
    wrong: inStep(`use disk.format { style: gpt, partitions: [{ name: "System" }] }`),
    right: inStep(`use disk.format { disk: 0, style: gpt, partitions: [{ name: "System" }] }`),
  },
  SEQ5204: {
    name: "secret-in-source",
    severity: "error",
    message: (a: { name: string }) => `"${a.name}" is secret, and its value does not stand in source`,
    why: "Source files are copied, reviewed and kept for ever, and a plan would hold it in clear. A `secret` of the sequence is given when it starts.",
    wrong: inStep('use bitlocker.enable { mode: tpmAndPin, pin: "123456" }'),
    right: `sequence main {\n  secret pin: string\n  step "It"\n    use bitlocker.enable { mode: tpmAndPin, pin: pin }\n}\n`,
  },
  SEQ5205: {
    name: "read-only-variable",
    severity: "error",
    message: (a: { name: string }) => `"${a.name}" is read-only: the agent of Configuration Manager sets it`,
    why: "There such a variable can't be set, so a sequence that sets it would mean different things here and there. Take a name of your own.",
    wrong: `sequence main {\n  set _SMSTSMachineName = "kiosk"\n}\n`,
    right: `sequence main {\n  set OSDComputerName = "kiosk"\n}\n`,
  },
  SEQ5206: {
    name: "variable-spelling",
    severity: "warning",
    message: (a: { name: string; written: string }) => `the variable "${a.name}" is spelt "${a.written}" here`,
    why: "Configuration Manager does not care for case, people who search for the variable do.",
    wrong: `sequence main {\n  set osdComputerName = "kiosk"\n}\n`,
    right: `sequence main {\n  set OSDComputerName = "kiosk"\n}\n`,
  },
  SEQ5207: {
    name: "variable-not-known",
    severity: "warning",
    message: (a: { name: string }) => `neither Configuration Manager nor MDT has a variable "${a.name}"`,
    why: "A name that begins like theirs needs no declaration, so a misspelt one would be another variable. If it is one of your own, declare it: `global var`.",
    wrong: `sequence main {\n  set OSDComputrName = "kiosk"\n}\n`,
    right: `sequence main {\n  set OSDComputerName = "kiosk"\n}\n`,
  },
});
