// What keeps a run from going round for ever: bounds on restarts, on requests in vain, and on lives in which nothing ends.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { resumeRun } from "../run/resume-run.ts";
import { group, restart, run } from "./build-plan.ts";
import { FakeHost } from "./fake-host.ts";
import { removeTemporaryFolders, runPlan, type Ran } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

/** A run that waits for its restart: its journal is open, its key is there. */
function begin(): Promise<Ran> {
  return runPlan({ body: [restart("system"), run("b")] }, { noRestart: true });
}

/** Resumes, then cuts the journal after the last record of this kind, as if the machine had died there. */
async function liveAndDie(ran: Ran, kind: string, host: FakeHost): Promise<void> {
  const file = join(ran.result.folder, "journal");
  const key = join(ran.stateFolder, "keys", `${ran.result.id}.key`);
  const secret = readFileSync(key);
  await resumeRun({ stateFolder: ran.stateFolder, host, noRestart: false });
  const lines = readFileSync(file, "utf8").split(/(?<=\n)/);
  const last = lines.findLastIndex((line) => line.includes(`"k":"${kind}"`));
  writeFileSync(file, lines.slice(0, last + 1).join(""));
  writeFileSync(key, secret);
}

describe("breakers (4.8)", () => {
  test("a run restarts 50 times, not once more; finally blocks run", async () => {
    const restarts = Array.from({ length: 51 }, () => restart("system"));
    const ran = await runPlan({ body: [group("g", restarts, { finally: [run("f")] })] });
    expect(ran.result).toMatchObject({
      state: "stopped",
      failure: { reason: "limit", message: "the run has restarted 50 times" },
    });
    expect(ran.host.effects).toEqual([...Array.from({ length: 50 }, () => "restart to system"), "f"]);
  });

  test("a restart is asked for three times, also when the runtime goes down in between", async () => {
    const ran = await runPlan({ body: [restart("system"), run("b")] }, { noRestart: true });
    const file = join(ran.result.folder, "journal");
    // As the first life would have left it without --no-restart.
    const lines = readFileSync(file, "utf8").split(/(?<=\n)/);
    writeFileSync(file, lines.filter((line) => !line.includes('"k":"restart-due"')).join(""));
    const asked = (): number => readFileSync(file, "utf8").split('"k":"restart-asked"').length - 1;
    const first = new FakeHost({ restartsInto: "nothing" });
    const order = first.requestRestart.bind(first);
    let orders = 0;
    first.requestRestart = async (target) => {
      orders += 1;
      return order(target);
    };
    await liveAndDie(ran, "restart-asked", first);
    expect([asked(), orders]).toEqual([3, 3]);
    const second = new FakeHost({ restartsInto: "nothing" });
    const result = await resumeRun({ stateFolder: ran.stateFolder, host: second, noRestart: false });
    expect(result).toMatchObject({ state: "stopped", failure: { reason: "restart" } });
    expect([asked(), ...second.effects]).toEqual([3]);
  });

  test("the sixth life after five in which nothing came to its end stops the run", async () => {
    const ran = await begin();
    const file = join(ran.result.folder, "journal");
    const lines = readFileSync(file, "utf8").split(/(?<=\n)/);
    // The machine died before the first step had begun.
    writeFileSync(file, lines.slice(0, 2).join(""));
    for (let life = 1; life <= 5; life += 1) await liveAndDie(ran, "resume", new FakeHost());
    expect(readFileSync(file, "utf8").split('"k":"resume"')).toHaveLength(6);
    const host = new FakeHost();
    const result = await resumeRun({ stateFolder: ran.stateFolder, host });
    expect(result).toMatchObject({
      state: "stopped",
      failure: { reason: "limit", message: "the run was resumed 5 times without any step coming to its end" },
    });
    expect(host.effects).toEqual([]);
  });
});
