// The command line of the runtime that ships, in process.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Surroundings } from "../commands/surroundings.ts";
import { main } from "../main.ts";
import { encodePlan } from "../plan/encode.ts";
import { buildPlan, fact, lit, local, log, optional, restart, run, type PlanSource } from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";
import { removeTemporaryFolders, temporaryFolder } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

class World {
  folder = temporaryFolder();
  readonly stateFolder = join(this.folder, "state");
  /** Of the latest host. */
  contentFolder = "";
  out = "";
  err = "";
  host = new FakeHost();
  interrupt = (): void => undefined;
  left = false;

  plan(source: PlanSource, name = "plan.json"): string {
    writeFileSync(join(this.folder, name), buildPlan(source).text);
    return name;
  }

  async call(args: readonly string[], host: FakeHostOptions = {}): Promise<number> {
    this.out = "";
    this.err = "";
    this.host = new FakeHost(host);
    const surroundings: Surroundings = {
      stdout: { write: (text) => void (this.out += text) },
      stderr: { write: (text) => void (this.err += text) },
      folder: this.folder,
      stateFolder: this.stateFolder,
      version: "1.2.3",
      createHost: ({ contentFolder }) => {
        this.contentFolder = contentFolder;
        return this.host;
      },
      onInterrupt: (listener) => {
        this.interrupt = listener;
        return () => undefined;
      },
      leave: () => void (this.left = true),
    };
    return main(args, surroundings);
  }
}

const typed: PlanSource = {
  slots: { site: "string", pause: "duration" },
  parameters: { site: {}, pause: { default: lit(1, "duration") } },
  body: [log(local("site")), run("a")],
};
const withSecret: PlanSource = { slots: { key: "secret" }, parameters: { key: {} }, body: [run("a")] };

describe("run", () => {
  test("parameters by their types, events in a file, exit code 0", async () => {
    const world = new World();
    const plan = world.plan(typed);
    const args = ["run", plan, "--set", "site=AMS", "--set", "pause=30s", "--events", "events"];
    expect(await world.call(args)).toBe(0);
    expect(world.err).toContain("log        AMS");
    const events = readFileSync(join(world.folder, "events"), "utf8").trimEnd().split("\n");
    expect(events.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
      ...["run.started", "run.checked", "log", "step.started", "step.ended", "run.ended"],
    ]);
  });

  test("secrets come from a file, never from the command line", async () => {
    const world = new World();
    const plan = world.plan(withSecret);
    writeFileSync(join(world.folder, "params.json"), '{ "key": "from a file" }');
    expect(await world.call(["run", plan, "--params", "params.json"])).toBe(0);
    expect(world.host.secrets).toEqual(["from a file"]);
    expect(await world.call(["run", plan, "--set", "key=hunter2hunter2"])).toBe(2);
    expect(world.err).toContain("is a secret");
    expect(world.err).not.toContain("hunter2");
  });

  test.each([
    [["run"], "takes one plan"],
    [["run", "nowhere.json"], "can't be read"],
    [["run", "plan.json", "--bogus"], "bogus"],
    [["run", "plan.json", "--set", "pause=soon"], "takes duration"],
    [["fly"], 'no command "fly"'],
    [[], "usage"],
  ])("%j is a wrong call: exit code 2", async (args, message) => {
    const world = new World();
    world.plan(typed);
    expect(await world.call(args)).toBe(2);
    expect(world.err).toContain(message);
    expect(existsSync(join(world.folder, "state"))).toBe(false);
  });

  test("a plan that was changed does not verify: exit code 4", async () => {
    const world = new World();
    const plan = world.plan(typed);
    const text = readFileSync(join(world.folder, plan), "utf8");
    writeFileSync(join(world.folder, plan), text.replace('"value":"a"', '"value":"b"'));
    expect(await world.call(["run", plan, "--set", "site=AMS"])).toBe(4);
    expect(await world.call(["verify", plan])).toBe(4);
    expect(world.err).toContain("digest");
  });

  test("failed 1, refused 1, restart due 3 and then resumed 0", async () => {
    const world = new World();
    const plan = world.plan(typed);
    expect(await world.call(["run", plan, "--set", "site=AMS"], { outcomes: { a: { code: 5 } } })).toBe(1);
    expect(await world.call(["run", plan, "--events", "events.jsonl"])).toBe(1);
    expect(world.err.split('The parameter "site" (string) is missing.')).toHaveLength(2);
    const events = readFileSync(join(world.folder, "events.jsonl"), "utf8").trim().split("\n");
    expect(events.map((line) => JSON.parse(line) as object)).toMatchObject([
      { kind: "run.started" },
      { kind: "run.checked", problems: ['The parameter "site" (string) is missing.'] },
      { kind: "run.ended", state: "refused" },
    ]);
    expect(await world.call(["runs", "--format", "json"])).toBe(0);
    const runs = JSON.parse(world.out) as { id: string; state: string }[];
    const refused = runs.find(({ state }) => state === "refused");
    expect(await world.call(["runs", "show", refused?.id ?? ""])).toBe(0);
    expect(world.out).toContain('The parameter "site" (string) is missing.');
    const restarting = world.plan({ body: [restart("system"), run("b")] }, "restart.json");
    expect(await world.call(["run", restarting, "--no-restart"])).toBe(3);
    expect(await world.call(["resume"])).toBe(3);
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(0);
    expect(world.host.effects).toEqual(["b"]);
    expect(await world.call(["resume"])).toBe(0);
    expect(world.err).toContain("no run to go on with");
  });

  test("a resumed run has the content folder and the environment that it began with", async () => {
    const world = new World();
    const password = { name: "installer", user: "installer", password: "INSTALLER" };
    const caller = optional(fact("env", lit("CALLER")), lit("nobody"));
    const body = [restart("system"), log(caller), restart("system"), run("a")];
    const built = buildPlan({ environment: ["CALLER"], body });
    writeFileSync(join(world.folder, "plan.json"), encodePlan({ ...built.plan, accounts: [password] }));
    const began = { CALLER: "me", INSTALLER: "correct horse" };
    const args = ["run", "plan.json", "--no-restart"];
    expect(await world.call([...args, "--content", "share"], { environment: began })).toBe(3);
    const share = join(world.folder, "share");
    expect(world.contentFolder).toBe(share);
    // Another folder and another environment: what a boot hook has.
    world.folder = temporaryFolder();
    const rebooted = { boot: "boot-2", environment: { CALLER: "somebody else" } };
    expect(await world.call(["resume"], rebooted)).toBe(3);
    expect([world.contentFolder, world.host.runEnvironment]).toEqual([share, began]);
    expect(world.err).toContain("log        me\n");
    expect(await world.call(["resume", "--content", "elsewhere"], { boot: "boot-3" })).toBe(0);
    expect(world.contentFolder).toBe(join(world.folder, "elsewhere"));
    expect(world.host.secrets).toContain("correct horse");
  });

  test("without --content it lies beside the plan, and there after a restart too", async () => {
    const world = new World();
    mkdirSync(join(world.folder, "project"));
    const plan = world.plan({ body: [restart("system"), run("a")] }, "project/plan.json");
    expect(await world.call(["run", plan, "--no-restart"])).toBe(3);
    const beside = join(world.folder, "project");
    world.folder = temporaryFolder();
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(0);
    expect(world.contentFolder).toBe(beside);
  });

  test("a defect: exit code 70", async () => {
    const world = new World();
    const broken = (): never => {
      throw new Error("a bug");
    };
    expect(await world.call(["run", world.plan({ body: [run("a")] })], { outcomes: { a: { does: broken } } })).toBe(70);
    expect(world.err).toContain("Sequitur itself is wrong");
  });

  test("the first interrupt cancels, the second leaves", async () => {
    const world = new World();
    const plan = world.plan(typed);
    const does = (): void => {
      world.interrupt();
      world.interrupt();
    };
    expect(await world.call(["run", plan, "--set", "site=AMS"], { outcomes: { a: { takes: 1000, does } } })).toBe(1);
    expect(world.err).toContain("cancelled");
    expect(world.left).toBe(true);
  });
});

describe("runs, cancel, verify, help", () => {
  test("the list, and one in full", async () => {
    const world = new World();
    await world.call(["run", world.plan(typed), "--set", "site=AMS"]);
    expect(await world.call(["runs", "--format", "json"])).toBe(0);
    const [only] = JSON.parse(world.out) as { id: string; state: string }[];
    expect(only?.state).toBe("succeeded");
    expect(await world.call(["runs", "show", only?.id ?? ""])).toBe(0);
    expect(world.out).toContain("succeeded");
    expect(world.out).toContain("a");
    expect(await world.call(["runs", "show", "20200101-000000-0000"])).toBe(1);
  });

  test("an order to cancel waits for the run that goes on after a restart", async () => {
    const world = new World();
    const plan = world.plan({ body: [restart("system"), run("a")] });
    expect(await world.call(["cancel"])).toBe(1);
    expect(await world.call(["run", plan, "--no-restart"])).toBe(3);
    expect(await world.call(["cancel"])).toBe(0);
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(1);
    expect(world.err).toContain("cancelled");
    expect(world.host.effects).toEqual([]);
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(0);
  });

  test("resume takes up an older run only by its name", async () => {
    const world = new World();
    const waits = world.plan({ body: [restart("system"), run("a")] });
    expect(await world.call(["run", waits, "--no-restart"])).toBe(3);
    const [id = ""] = readdirSync(join(world.stateFolder, "runs"));
    const typing = ["run", world.plan(typed, "other.json"), "--set", "site=AMS"];
    expect(await world.call(typing, { since: 60_000 })).toBe(0);
    const ids = readdirSync(join(world.stateFolder, "runs")).sort();
    expect([ids.length, ids[0]]).toEqual([2, id]);
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(1);
    expect(world.err).toContain(`but ${ids[1]} has run since`);
    expect(await world.call(["resume", ids[1] ?? ""])).toBe(1);
    expect(world.err).toContain("has ended already");
    expect(await world.call(["resume", "2099"])).toBe(1);
    expect(await world.call(["resume", id], { boot: "boot-2" })).toBe(0);
    expect(world.host.effects).toEqual(["a"]);
  });

  test("verify, help, version", async () => {
    const world = new World();
    expect(await world.call(["verify", world.plan(typed)])).toBe(0);
    expect(world.out).toContain("sha256:");
    for (const command of ["run", "resume", "cancel", "runs", "verify"]) {
      expect(await world.call([command, "--help"])).toBe(0);
      expect(world.out).toContain(`example: runtime.mjs ${command}`);
    }
    expect(await world.call(["--version"])).toBe(0);
    expect(world.out).toBe("1.2.3\n");
  });
});
