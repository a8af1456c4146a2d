// A run as plain lines, whole: what groups, loops, child sequences, handlers and skipped steps look like.
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

/** The plain lines of a run, with run ids and durations made alike. */
async function linesOf(source: string, parameters: object = {}): Promise<readonly string[]> {
  const folder = temporaryFolder({ "lines.seq": source, "parameters.json": JSON.stringify(parameters) });
  const options = ["--sequence", "main", "--params", "parameters.json", "--state", "state"];
  const { stderr } = await callCli(["run", "lines.seq", ...options], { folder });
  const alike = stderr.replaceAll(/\d{8}-\d{6}-[0-9a-f]{4}/g, "ID").replaceAll(/\d+\.\ds/g, "0.0s");
  return alike.trimEnd().split("\n");
}

it("indents what stands in groups, items of loops and child sequences", async () => {
  const lines = await linesOf(`
sequence main "Lines" {
  param site: string = "AMS"
  group "Outer" {
    for copy in ["one", "two"] {
      step "Print" run "echo \${copy}"
    }
    step "Child" call child { }
  }
  step "Only there" run "false" when site == "RTM" or site == "BRU"
  group "Try" { step "Fail" run "false" } on error { log "handled" }
}
sequence child "Child" { step "Inside" run "true" }
`);
  expect(lines).toEqual([
    "run        Lines  (run ID)",
    "group      Outer",
    "  group      for copy: item 1",
    "    start      Print: echo one",
    "    done       Print  (0.0s)",
    "  group      for copy: item 2",
    "    start      Print: echo two",
    "    done       Print  (0.0s)",
    "  start      Child: call",
    "    start      Inside: true",
    "    done       Inside  (0.0s)",
    "  done       Child  (0.0s)",
    'skipped    Only there: site == "RTM" or site == "BRU" is false: site = "AMS"  (lines.seq:10)',
    "group      Try",
    "  start      Fail: false",
    "  failed     Fail: exited with 1 (success codes: 0)  (lines.seq:11)",
    "  log        handled",
    "failed     Try; handled",
    "succeeded  after 0.0s",
  ]);
});

it("hides a secret also where the sequence has revealed it", async () => {
  const source = `
sequence main "Reveal" {
  secret pin: string
  step "Log" log "pin \${reveal(pin)}"
  step "Run" run "echo \${reveal(pin)}"
}
`;
  expect(await linesOf(source, { pin: "hunter2hunter2" })).toEqual([
    "run        Reveal  (run ID)",
    "log        pin ***",
    "done       Log  (0.0s)",
    "start      Run: echo ***",
    "done       Run  (0.0s)",
    "succeeded  after 0.0s",
  ]);
});

it("calls an untitled sequence by its identifier, and says as long as a restart is due that it is", async () => {
  const folder = temporaryFolder({ "plain.seq": "sequence plain { run \"sh -c 'exit 194'\" reboots 194 }\n" });
  const call = (...args: string[]) => callCli([...args, "--state", "state"], { folder });
  const run = await call("run", "plain.seq", "--no-restart");
  expect(run.code).toBe(3);
  expect(run.stdout).toMatch(/^plain waits for a restart: 1 step ok\n/);
  expect((await call("resume")).code).toBe(3);
  expect((await call("runs")).stdout).toMatch(/ restart-due .* plain\n$/);
});
