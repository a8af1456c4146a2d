// What can be wrong with a checked program when it is made into a plan: constants that can't be computed, patterns that can't
// be compiled, what no plan can hold. Codes SEQ72xx, and
// SEQ12xx for limits.
import { defineDiagnostics } from "@sequitur/grammar";

export const loweringDiagnostics = defineDiagnostics({
  SEQ1201: {
    name: "plan-limit",
    severity: "error",
    message: (a: { limit: string }) => `this passes a limit of plans: ${a.limit}`,
    why: "Every plan can be run in a bounded memory, so what a step keeps in hand, how deep sequences call each other and how many variables they have is limited. Put a part of a long text, list or record into a variable first, or a part of the sequence into one of its own.",
    wrong: `sequence main {
  param name: string = "pc"
  log "${"${name} ".repeat(130)}"
}
`,
    right: `sequence main {
  param name: string = "pc"
  log "${"${name} ".repeat(100)}"
}
`,
  },
  SEQ7201: {
    name: "constant-not-computable",
    severity: "error",
    message: (a: { why: string }) => `this can't be computed: ${a.why}`,
    why: "What is known before the run is computed before the run. A division by zero, a number past 2^53−1 or a text that is too long would fail the step each time, so it is an error here.",
    wrong: `sequence main {
  var free: int = 100 / 0
  log "\${free}"
}
`,
    right: `sequence main {
  var free: int = 100 / 4
  log "\${free}"
}
`,
  },
  SEQ7202: {
    name: "constant-too-costly",
    severity: "error",
    message: () => "computing this constant takes too long",
    why: "Constants are computed while a file is checked. One that takes more than a million operations would freeze an editor.",
    wrong: `fn a(x: int): int = x + x + x + x + x + x + x + x + x + x
fn b(x: int): int = a(x) + a(x) + a(x) + a(x) + a(x) + a(x) + a(x) + a(x) + a(x) + a(x)
fn c(x: int): int = b(x) + b(x) + b(x) + b(x) + b(x) + b(x) + b(x) + b(x) + b(x) + b(x)
fn d(x: int): int = c(x) + c(x) + c(x) + c(x) + c(x) + c(x) + c(x) + c(x) + c(x) + c(x)
fn e(x: int): int = d(x) + d(x) + d(x) + d(x) + d(x) + d(x) + d(x) + d(x) + d(x) + d(x)
fn f(x: int): int = e(x) + e(x) + e(x) + e(x) + e(x) + e(x) + e(x) + e(x) + e(x) + e(x)

sequence main {
  log "\${f(1)}"
}
`,
    right: `fn million(x: int): int = x * 1000000

sequence main {
  log "\${million(1)}"
}
`,
  },
  SEQ7203: {
    name: "plan-too-large",
    severity: "error",
    message: (a: { sequence: string; limit: number }) =>
      `the plan of "${a.sequence}" has more than ${a.limit.toLocaleString("en-US")} instructions`,
    why: "A plan is checked, hashed and sent as a whole, so its size is bounded. A function that calls functions is written out at each call: moving such a value into a variable makes the plan small again.",
    wrong: `fn a(): bool = device.cpus in [device.chassis, 1, 2, 3] or device.cpus + device.chassis == 9
fn b(): bool = a() or a() or a() or a() or a() or a() or a() or a() or a() or a()
fn c(): bool = b() or b() or b() or b() or b() or b() or b() or b() or b() or b()
fn d(): bool = c() or c() or c() or c() or c() or c() or c() or c() or c() or c()
fn e(): bool = d() or d() or d() or d() or d() or d() or d() or d() or d() or d()
fn f(): bool = e() or e() or e() or e() or e() or e() or e() or e() or e() or e()

sequence main {
  step "Stamp"
    run "stamp.exe"
    when f()
}
`,
    right: `fn a(): bool = device.cpus in [device.chassis, 1, 2, 3] or device.cpus + device.chassis == 9

sequence main {
  step "Stamp"
    run "stamp.exe"
    when a()
}
`,
  },
  SEQ7204: {
    name: "sequence-choice-needed",
    severity: "error",
    message: (a: { names: readonly string[] }) =>
      a.names.length === 0
        ? "this file declares no sequence, so there is nothing to build"
        : `this file declares several sequences: choose one of ${a.names.map((name) => `"${name}"`).join(", ")}`,
    why: "A plan runs one sequence and what it calls. Where a file declares one, that is it; else the build has to be told (`--sequence NAME`).",
    wrong: `const ring = "1"
`,
    right: `sequence main {
  log "ring 1"
}
`,
  },
  SEQ7205: {
    name: "unknown-entry-sequence",
    severity: "error",
    message: (a: { name: string; names: readonly string[] }) =>
      `there is no sequence named "${a.name}" in this file; it declares ${
        a.names.length === 0 ? "none" : a.names.map((name) => `"${name}"`).join(", ")
      }`,
    why: "The name after `--sequence` is the identifier that stands after the word `sequence`, and only sequences of the file itself count.",
    wrong: `sequence deploy {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
  },
  SEQ7206: {
    name: "extern-sequence-not-runnable",
    severity: "error",
    message: (a: { name: string }) =>
      `"${a.name}" is a sequence of another system: it can be checked and exported, but no plan can run it`,
    why: "A plan holds everything that it runs. A sequence that only another system has can't be in it; disable the step, or import the sequence.",
    wrong: `extern sequence legacy "configmgr:ABC00013"

sequence main {
  step "Old base" call legacy
}
`,
    right: `sequence base {
  log "base"
}

sequence main {
  step "Base" call base
}
`,
  },
  SEQ7207: {
    name: "handle-from-outside",
    severity: "error",
    message: (a: { name: string; sequence: string }) =>
      `"${a.name}" can't be given from outside, and "${a.sequence}" is the sequence that is started`,
    why: "Packages, images and accounts are declared in the sources, so that they can be checked and hashed. A sequence that others call may take one; the one that is started takes texts, numbers and lists of them.",
    wrong: `sequence main {
  param source: package
  use content.copy { package: source, to: "/srv" }
}
`,
    right: `package tools "./tools"

sequence main {
  call unpack { source: tools }
}

sequence unpack {
  param source: package
  use content.copy { package: source, to: "/srv" }
}
`,
    files: { "tools/readme.txt": "tools\n" },
  },
});
