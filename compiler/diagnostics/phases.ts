// What can be wrong with where a step runs: Windows PE or the full system.
import { defineDiagnostics } from "@sequitur/grammar";

/** Who can't run somewhere: an action by its name, or a step that `needs` a phase. */
export interface WrongPlace {
  readonly what: string;
  readonly where: string;
}

export const phaseDiagnostics = defineDiagnostics({
  SEQ4101: {
    name: "wrong-phase",
    severity: "error",
    message: (a: WrongPlace) => `${a.what} can't run in ${a.where}, where the machine always is here`,
    why: "Restarts, actions that set up a system, and what the steps before need say in which phase a step finds the machine. Run the step before that, or restart first.",
    wrong: `sequence a {
  restart to winpe
  step "Install"
    run "./setup"
    needs fullos
}
`,
    right: `sequence a {
  restart to winpe
  step "Look around" run "./look"
  restart
  step "Install"
    run "./setup"
    needs fullos
}
`,
  },
  SEQ4102: {
    name: "perhaps-wrong-phase",
    severity: "warning",
    message: (a: WrongPlace) => `${a.what} can't run in ${a.where}, where the machine may be here`,
    why: "On one of the ways that lead here, a restart or a step has put the machine into the other phase. `when os.phase == …` makes the step wait for its own; `continue on error`, on it or around it, says that it may fail.",
    wrong: `sequence a {
  param again: bool = false
  restart to winpe when again
  step "Install"
    run "./setup"
    needs fullos
}
`,
    right: `sequence a {
  param again: bool = false
  restart to winpe when again
  step "Install"
    run "./setup"
    needs fullos
    when os.phase == "fullos"
}
`,
  },
  SEQ4103: {
    name: "phase-never",
    severity: "warning",
    message: (a: { where: string }) => `this is never true: the machine is always in ${a.where} here`,
    why: "What stands before leaves one phase alone possible, and the condition asks for the other.",
    wrong: `sequence a {
  restart
  log "still in Windows PE" when os.phase == "winpe"
}
`,
    right: `sequence a {
  log "in Windows PE" when os.phase == "winpe"
  restart
}
`,
  },
  SEQ4104: {
    name: "needs-no-phase",
    severity: "error",
    message: (a: { action: string; runs: string; needs: string }) =>
      `"${a.action}" runs in ${a.runs} alone, and the step needs ${a.needs}`,
    why: "`needs` narrows where a step may run; an action that can't run there can't run at all.",
    wrong: `sequence a {
  use software.installPackages { names: ["curl"] }
    needs winpe
}
`,
    right: `sequence a {
  use software.installPackages { names: ["curl"] }
    needs fullos
}
`,
  },
  SEQ4105: {
    name: "no-such-phase",
    severity: "warning",
    message: () => `this is never true: \`os.phase\` is "winpe" or "fullos"`,
    why: "There are these two phases; on Linux and macOS a machine is always in the full system.",
    wrong: `sequence a {
  log "in Windows PE" when os.phase == "WinPE"
}
`,
    right: `sequence a {
  log "in Windows PE" when os.phase == "winpe"
}
`,
  },
});
