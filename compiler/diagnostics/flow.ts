// What can be wrong with the order of things: values and steps that are not there yet, cycles, statements never
// reached.
import { defineDiagnostics } from "@sequitur/grammar";

export const flowDiagnostics = defineDiagnostics({
  SEQ4001: {
    name: "unset-variable",
    severity: "error",
    message: (a: { name: string; maybe: boolean }) =>
      a.maybe ? `"${a.name}" may not be set here` : `"${a.name}" is not set here yet`,
    why: "A variable without a value must be assigned on every path before it is read; also on the path of a failure.",
    wrong: `sequence a {\n  var count: int\n  set count = 1 when device.cpus > 4\n  log "\${count}"\n}\n`,
    right: `sequence a {\n  var count: int = 0\n  step set count = 1 when device.cpus > 4\n  log "\${count}"\n}\n`,
  },
  SEQ4002: {
    name: "step-not-run-yet",
    severity: "error",
    message: (a: { name: string }) => `the step "${a.name}" can't have ended when this is asked`,
    why: "Only what stands before in the text, and is not the other branch of an `if`, has run.",
    wrong: `sequence a {\n  step "Tell" log "x" when format.succeeded\n  step format "Format" run "mkfs"\n}\n`,
    right: `sequence a {\n  step format "Format" run "mkfs" continue on error\n  step "Tell" log "x" when format.succeeded\n}\n`,
  },
  SEQ4003: {
    name: "error-outside-handler",
    severity: "error",
    message: () => "`error` is known in `on error` and `finally` blocks only",
    why: "It describes the failure that is being handled; outside there is none.",
    wrong: `sequence a {\n  log error.name\n}\n`,
    right: `sequence a {\n  group { run "x" } on error { log error.name }\n}\n`,
  },
  SEQ4004: {
    name: "call-cycle",
    severity: "error",
    message: (a: { path: string }) => `these sequences call each other without end: ${a.path}`,
    why: "A call starts the child anew, so a cycle never ends. Imports may go round, calls may not.",
    wrong: `sequence a {\n  call b\n}\nsequence b {\n  call a\n}\n`,
    right: `sequence a {\n  call b\n}\nsequence b {\n  log "b"\n}\n`,
  },
  SEQ4005: {
    name: "never-reached",
    severity: "warning",
    message: () => "this is never reached",
    why: "What stands after a step that always fails does not run.",
    wrong: `sequence a {\n  fail "no"\n  log "never"\n}\n`,
    right: `sequence a {\n  fail "no" when device.cpus < 2\n  log "fine"\n}\n`,
  },
  SEQ4006: {
    name: "needs-earlier-value",
    severity: "error",
    message: (a: { name: string; what: string }) => `"${a.name}" is not known yet where ${a.what} is computed`,
    why: "Defaults of parameters are computed before the first step, from parameters that stand above them.",
    wrong: `sequence a {\n  param first: string = second\n  param second: string = "x"\n}\n`,
    right: `sequence a {\n  param second: string = "x"\n  param first: string = second\n}\n`,
  },
  SEQ4007: {
    name: "constant-condition",
    severity: "warning",
    message: (a: { truth: boolean }) => `this is always ${String(a.truth)}`,
    why: "Nothing is asked, so nothing is decided. To switch something off for a while, say `disabled`; a switch that is turned in source is a constant with a name.",
    wrong: `sequence a {\n  log "x" when 1 > 2\n}\n`,
    right: `const verbose = false\nsequence a {\n  log "x" when verbose\n}\n`,
  },
  SEQ4008: {
    name: "decided-condition",
    severity: "warning",
    message: (a: { truth: boolean }) => `this is always ${String(a.truth)} here`,
    why: "A condition around this one, or before it, has decided it already.",
    wrong: `sequence a {\n  param site: string\n  if site == "AMS" {\n    log "x" when site == "RTM"\n  }\n}\n`,
    right: `sequence a {\n  param site: string\n  if site == "AMS" {\n    log "x"\n  } else if site == "RTM" {\n    log "y"\n  }\n}\n`,
  },
  SEQ4009: {
    name: "handler-never-reached",
    severity: "warning",
    message: () => "nothing in this group can fail, so its handler never runs",
    why: "`on error` is for failures of the steps in its own group, and these can't fail: they log plain texts, set variables, wait or restart. A restart that can't be done ends the run.",
    wrong: `sequence a {\n  group {\n    log "start"\n  } on error {\n    log "failed"\n  }\n  run "x"\n}\n`,
    right: `sequence a {\n  group {\n    log "start"\n    run "x"\n  } on error {\n    log "failed"\n  }\n}\n`,
  },
  SEQ4010: {
    name: "nothing-left-for-else",
    severity: "warning",
    message: () => "this is never reached: every value has been asked for",
    why: "The type of the value lists all that it can be, and a condition before this asks for each. An `else` that only fails is taken as a precaution.",
    wrong: `sequence a {\n  param ring: "fast" | "slow"\n  if ring == "fast" {\n    log "f"\n  } else if ring == "slow" {\n    log "s"\n  } else {\n    log "?"\n  }\n}\n`,
    right: `sequence a {\n  param ring: "fast" | "slow"\n  if ring == "fast" {\n    log "f"\n  } else {\n    log "s"\n  }\n}\n`,
  },
});
