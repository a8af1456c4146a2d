// `run`, `resume`, `cancel` and `runs` for real: compiled, journaled, with processes.
import { chmodSync, existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import type { CallSettings, Controls } from "../test-support/call-cli.ts";
import { createScreen } from "../test-support/screen.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const deploy = `/// Shows each kind of result.
sequence deploy "Deploy" {
  param site: "AMS" | "RTM"
  param times: int = 1
  param pause: duration = 10ms
  secret pin: string

  group "Software" {
    step "Say hello"
      sh '''
        echo "hello $SITE"
        echo "$PIN" > pin.txt
        cat pin.txt
      '''
      env { SITE: site, PIN: pin }
    step "Only in Rotterdam"
      run "true"
      when site == "RTM"
    step "Try"
      run "false"
      retry 1 every 10ms
      continue on error
  }
  step "Wait a little"
    wait pause
}
`;
const failing = `/// Fails in a group.
sequence failing "Fail" {
  group "Outer" {
    step "Break"
      sh '''
        echo "to the log"
        echo "what went wrong" >&2
        exit 7
      '''
  } finally {
    step "Clean up"
      run "true"
  }
}
`;

function project(): {
  folder: string;
  call: (args: readonly string[], settings?: CallSettings) => ReturnType<typeof callCli>;
} {
  const folder = temporaryFolder({
    "deploy.seq": deploy,
    "failing.seq": failing,
    "pin.json": '{ "pin": "s3cr3t-pin" }',
  });
  return { folder, call: (args, settings) => callCli([...args, "--state", "state"], { folder, ...settings }) };
}

const given = ["--set", "site=AMS", "--params", "pin.json"];

describe("run", () => {
  test("compiles, runs, and says how it went; no secret is shown or kept", async () => {
    const { folder, call } = project();
    const { code, stdout, stderr } = await call(["run", "deploy.seq", ...given, "--events", "events.jsonl"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Deploy succeeded after 0\.\ds: 2 steps ok, 1 failed, 1 skipped\n {2}logs: .*\/state\/runs\/[-0-9a-f]+\n {2}more: sequitur runs show [-0-9a-f]+\n$/,
    );
    expect(stderr).toContain('Only in Rotterdam: site == "RTM" is false: site = "AMS"  (deploy.seq:');
    const id = /runs show (\S+)/.exec(stdout)?.[1] ?? "";
    const events = readFileSync(join(folder, "events.jsonl"), "utf8");
    expect(JSON.parse(events.split("\n")[0] ?? "")).toMatchObject({ v: 1, run: id, kind: "run.started" });
    expect(statSync(join(folder, "events.jsonl")).mode & 0o077).toBe(0);
    const journal = readFileSync(join(folder, "state/runs", id, "journal"), "utf8");
    for (const text of [stdout, stderr, events, journal]) expect(text).not.toContain("s3cr3t-pin");
  });

  test("tells a failure with its place and the end of its output", async () => {
    const { call } = project();
    const { code, stdout } = await call(["run", "failing.seq"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^Fail failed after 0\.\ds: 1 step ok, 1 failed\n {2}Outer > Break failed at failing\.seq:4:5: .*7.*\n/,
    );
    expect(stdout).toContain("\n    | to the log\n    | what went wrong\n");
  });

  test("runs plans, from files and from standard input", async () => {
    const { folder, call } = project();
    await callCli(["build", "failing.seq", "-o", "p.json"], { folder });
    expect((await call(["run", "p.json"])).code).toBe(1);
    expect((await call(["run", "-"], { input: readFileSync(join(folder, "p.json")) })).stdout).toContain("Fail failed");
    expect((await call(["run", "-"], { input: failing })).stdout).toContain("Fail failed");
    expect((await call(["run", "p.json", "--sequence", "other"])).stderr).toContain(
      "the plan runs the sequence failing, not other",
    );
  });

  test("takes no wrong parameters, and starts nothing then", async () => {
    const { folder, call } = project();
    const said = async (...args: string[]) => {
      const { code, stdout, stderr } = await call(["run", "deploy.seq", ...args]);
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      return stderr;
    };
    expect(await said()).toContain('The parameter "site" (string) is missing.');
    expect(await said("--set", "site=BRU", "--params", "pin.json")).toContain('takes one of "AMS", "RTM", not "BRU"');
    expect(await said("--set", "sites=AMS")).toContain("Did you mean site?");
    expect(await said("--set", "site")).toContain("--set takes name=value");
    expect(await said(...given, "--set", "times=three")).toContain('The parameter "times"');
    expect(await said(...given, "--set", "pause=10 apples")).toContain('The parameter "pause"');
    const secret = await said("--set", "pin=1234");
    expect(secret).toContain("pin is a secret, and others on this machine can see the command line.");
    expect(secret).not.toContain("1234");
    expect(await said("--params", "no.json")).toContain("there is no such file");
    expect(existsSync(join(folder, "state"))).toBe(false);
  });

  test("never quotes a file with secrets", async () => {
    const folder = temporaryFolder({ "deploy.seq": deploy, "bad.json": '{ "pin": "s3cr3t-pin" ', "list.json": "[1]" });
    const bad = await callCli(["run", "deploy.seq", "--params", "bad.json"], { folder });
    expect(bad).toMatchObject({ code: 2, stderr: "sequitur: bad.json is not valid JSON.\n" });
    const list = await callCli(["run", "deploy.seq", "--params", "list.json"], { folder });
    expect(list.stderr).toContain("must hold a JSON object");
  });

  test("converts what is given to the types of the parameters", async () => {
    const { call } = project();
    const { code } = await call(["run", "deploy.seq", ...given, "--set", "times=3", "--set", "pause=1s"]);
    expect(code).toBe(0);
  });
});

describe("consent", () => {
  const destroying = `image base "./base.wim"
/// Would destroy data.
sequence wipe "Wipe" {
  step "Apply the image"
    use image.apply { image: base, to: "/nonexistent" }
    when false
}
`;
  const run = (settings: CallSettings, ...args: string[]) => {
    const folder = temporaryFolder({ "wipe.seq": destroying, "base.wim": "x" });
    return callCli(["run", "wipe.seq", "--state", "state", ...args], { folder, ...settings });
  };

  test("is asked for on a terminal, and anything but yes is no", async () => {
    const refused = await run({ answer: "y" });
    expect(refused).toMatchObject({ code: 1, stdout: "" });
    expect(refused.stderr).toContain(
      "These steps destroy data on this machine:\n  Apply the image (image.apply, wipe.seq:4)\n",
    );
    expect(refused.stderr).toContain("sequitur: nothing was run.\n");
    expect((await run({ answer: "yes" })).stderr).not.toContain("nothing was run");
  });

  test("is given by --yes where nobody can be asked", async () => {
    expect((await run({})).stderr).toContain("sequitur: nothing was run. Agree with --yes.\n");
    expect((await run({}, "--yes")).stderr).not.toContain("destroy");
  });

  test("is not needed for what is disabled", async () => {
    const source = destroying.replace("when false", 'disabled "not now"');
    const folder = temporaryFolder({ "wipe.seq": source, "base.wim": "x" });
    const ended = await callCli(["run", "wipe.seq", "--state", "state"], { folder });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).not.toContain("destroy");
  });
});

describe.skipIf(process.platform === "win32" || process.geteuid?.() !== 0)("a step as another account", () => {
  test("reads its content from the cache, and neither runs nor keys", async () => {
    const folder = temporaryFolder({
      "notes/hello.txt": "hello from the package\n",
      "main.seq": `package notes "./notes"
account worker { user: "nobody" }
sequence main {
  param state: string
  step "Read" run "/bin/cat hello.txt" from notes as worker
  step "Look around"
    sh '''
      ls "$STATE" || ls "$STATE/runs" || ls "$STATE/keys" || exit 0
      exit 1
    '''
    env { STATE: state }
    as worker
}
`,
    });
    chmodSync(folder, 0o711);
    const state = join(folder, "state");
    const mask = process.umask(0o077);
    try {
      const ended = await callCli(["run", "main.seq", "--state", state, "--set", `state=${state}`], { folder });
      expect(ended).toMatchObject({ code: 0 });
    } finally {
      process.umask(mask);
    }
    const modes = ["", "cache", "runs", "keys"].map((name) => (statSync(join(state, name)).mode & 0o777).toString(8));
    expect(modes).toEqual(["711", "755", "700", "700"]);
  });
});

describe("interrupts", () => {
  const long = `/// Runs until it is stopped.
sequence long "Long" {
  param mark: string
  group "Body" {
    step "Sleep"
      sh '''
        touch "$MARK"
        exec sleep 60
      '''
      env { MARK: mark }
  } finally {
    step "Clean up"
      run "true"
  }
}
`;

  test("the first one cancels at once; finally blocks run", async () => {
    const folder = temporaryFolder({ "long.seq": long });
    let controls: Controls | undefined;
    const running = callCli(["run", "long.seq", "--state", "state", "--set", `mark=${folder}/started`], {
      folder,
      onSurroundings: (offered) => {
        controls = offered;
      },
    });
    await until(() => existsSync(join(folder, "started")));
    controls?.interrupt();
    const { code, stdout, stderr } = await running;
    expect(code).toBe(1);
    expect(stdout).toContain("Long was cancelled");
    expect(stderr).toContain("cancelling; Ctrl-C again leaves the run as it is");
    expect(stderr).toContain("Clean up");
  });

  test("`cancel` ends a run from another terminal", async () => {
    const folder = temporaryFolder({ "long.seq": long });
    const running = callCli(["run", "long.seq", "--state", "state", "--set", `mark=${folder}/started`], { folder });
    await until(() => existsSync(join(folder, "started")));
    const cancelled = await callCli(["cancel", "--now", "--state", "state"], { folder });
    expect(cancelled).toMatchObject({ code: 0 });
    expect(cancelled.stdout).toMatch(/^[-0-9a-f]+ will be cancelled now\n$/);
    expect(await running).toMatchObject({ code: 1 });
    expect((await callCli(["cancel", "--state", "state"], { folder })).stderr).toContain("no run is under way");
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    if (tries > 1000) throw new Error("it never happened");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe("history", () => {
  test("lists runs and shows each as it went", async () => {
    const { folder, call } = project();
    expect(await call(["runs"])).toMatchObject({ code: 0, stdout: "" });
    await call(["run", "failing.seq"]);
    const { stdout: list } = await call(["runs"]);
    expect(list).toMatch(/^run +state +started +took +sequence\n[-0-9a-f]+ {2}failed {2}20\S+ \S+Z {2}0\.\ds +Fail\n$/);
    const [run] = JSON.parse((await call(["runs", "--format", "json"])).stdout);
    expect(run).toMatchObject({ title: "Fail", state: "failed" });
    const { code, stdout } = await call(["runs", "show", run.id.slice(0, 10)]);
    expect(code).toBe(0);
    expect(stdout).toContain("  Outer\n    ✗ Break");
    expect(stdout).toContain("        | what went wrong\n");
    expect(stdout).toContain("    ✓ Clean up");
    expect(stdout).toContain("\n  Outer > Break failed at failing.seq:4:5: ");
    const json = JSON.parse((await call(["runs", "show", run.id, "--format", "json"])).stdout);
    expect(json.steps).toMatchObject([{ name: "Break", state: "failed", code: 7 }, { name: "Clean up" }]);
    expect(readFileSync(json.steps[0].stderr, "utf8")).toBe("what went wrong\n");
    const unknown = await callCli(["runs", "show", "2000", "--state", "state"], { folder });
    expect(unknown).toMatchObject({ code: 2, stdout: "" });
  });

  test("a run that waits for a restart exits with 3 and goes on with resume", async () => {
    const text = `/// Restarts half way.
sequence half "Half" {
  step "Before"
    run "true"
  restart
  step "After"
    run "true"
}
`;
    const folder = temporaryFolder({ "half.seq": text });
    const begun = await callCli(["run", "half.seq", "--no-restart", "--state", "state"], { folder });
    expect(begun.code).toBe(3);
    expect(begun.stdout).toContain("Half waits for a restart");
    expect(begun.stdout).toContain("restart this machine, then: sequitur resume");
    // The machine was not restarted: the run must not go on as if it had been.
    const resumed = await callCli(["resume", "--no-restart", "--state", "state"], { folder });
    expect(resumed.code).toBe(3);
    expect(resumed.stderr).not.toContain("After");
  });

  test("resume has nothing to do where nothing was left", async () => {
    const { call } = project();
    expect(await call(["resume"])).toMatchObject({ code: 0, stdout: "" });
  });
});

test("on a terminal the run is a live tree", async () => {
  const { call } = project();
  const { code, stderr } = await call(["run", "deploy.seq", ...given, "--color", "never"], { columns: 100 });
  expect(code).toBe(0);
  const screen = createScreen(100);
  screen.write(stderr);
  const lines = screen.lines().map((line) => line.replace(/\d+\.\ds/, "0.0s"));
  expect(lines.slice(1)).toEqual([
    "  Software",
    "    ✓ Say hello  0.0s",
    '    – Only in Rotterdam  skipped: site == "RTM" is false (deploy.seq:18)',
    '        site = "AMS"',
    expect.stringContaining("Try: "),
    "    ✗ Try  0.0s, 2 tries, the sequence continues",
    expect.stringContaining("(deploy.seq:19)"),
    "  ✓ Wait a little  0.0s",
  ]);
});
