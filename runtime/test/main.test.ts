// The command line of the runtime that ships, in process.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Surroundings } from "../commands/surroundings.ts";
import { main } from "../main.ts";
import { buildPlan, lit, local, log, restart, run, type PlanSource } from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";
import { removeTemporaryFolders, temporaryFolder } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

class World {
  readonly folder = temporaryFolder();
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
      stateFolder: join(this.folder, "state"),
      version: "1.2.3",
      createHost: () => this.host,
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
    expect(await world.call(["run", plan])).toBe(1);
    expect(world.err).toContain('The parameter "site" (string) is missing.');
    const restarting = world.plan({ body: [restart("system"), run("b")] }, "restart.json");
    expect(await world.call(["run", restarting, "--no-restart"])).toBe(3);
    expect(await world.call(["resume"])).toBe(3);
    expect(await world.call(["resume"], { boot: "boot-2" })).toBe(0);
    expect(world.host.effects).toEqual(["b"]);
    expect(await world.call(["resume"])).toBe(0);
    expect(world.err).toContain("no run to go on with");
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
