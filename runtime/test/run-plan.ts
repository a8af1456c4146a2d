// Runs a test's plan with a host in memory and a state folder of its own, and tells what happened as short texts.
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunEvent } from "../events/event.ts";
import type { CancelOrder, RunOptions, RunResult } from "../run/run-options.ts";
import { startRun } from "../run/start-run.ts";
import type { Value } from "../plan/value.ts";
import { buildPlan, type BuiltPlan, type PlanSource } from "./build-plan.ts";
import { FakeHost, type FakeHostOptions } from "./fake-host.ts";

export interface Ran {
  readonly result: RunResult;
  readonly host: FakeHost;
  readonly events: readonly RunEvent[];
  readonly stateFolder: string;
  readonly built: BuiltPlan;
}

export interface RunPlanOptions extends FakeHostOptions {
  readonly host?: FakeHost;
  readonly parameters?: { readonly [name: string]: Value };
  readonly cancel?: CancelOrder;
  readonly noRestart?: boolean;
  readonly consent?: boolean;
  readonly missing?: "stop" | "fail-step";
  readonly stateFolder?: string;
}

const folders: string[] = [];

/** A folder that goes when the tests of the file have ended. */
export function temporaryFolder(): string {
  // In memory where the system has such a place: these tests write much and are not about disks.
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "sequitur-test-"));
  folders.push(folder);
  return folder;
}

export function removeTemporaryFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export async function runPlan(source: PlanSource | BuiltPlan, options: RunPlanOptions = {}): Promise<Ran> {
  const built = "plan" in source ? source : buildPlan(source);
  const host = options.host ?? new FakeHost(options);
  const stateFolder = options.stateFolder ?? temporaryFolder();
  const events: RunEvent[] = [];
  const { cancel, noRestart, consent, missing } = options;
  const runOptions: RunOptions = {
    ...{
      plan: built.plan,
      planText: built.text,
      host,
      stateFolder,
      parameters: options.parameters ?? {},
      checked: true,
    },
    onEvent: (event) => events.push(event),
    ...(cancel === undefined ? {} : { cancel }),
    ...(noRestart === undefined ? {} : { noRestart }),
    ...(consent === undefined ? {} : { consent }),
    ...(missing === undefined ? {} : { missing }),
  };
  const result = await startRun(runOptions);
  if (result.defect === true) throw new Error(result.problems.join(" "));
  return { result, host, events, stateFolder, built };
}

/** The log's lines. */
export function logOf(ran: { readonly events: readonly RunEvent[] }): readonly string[] {
  return ran.events.flatMap((event) => (event.kind === "log" ? [event.text] : []));
}

/** `name state` of steps and groups in the order in which they ended or were skipped. */
export function endsOf(ran: { readonly events: readonly RunEvent[] }): readonly string[] {
  return ran.events.flatMap((event) => {
    if (event.kind === "step.ended") return [`${event.name} ${event.state}`];
    if (event.kind === "step.skipped") return [`${event.name} skipped`];
    if (event.kind === "group.ended")
      return [`${event.name} ${event.state}${event.handled === true ? " handled" : ""}`];
    return [];
  });
}

export function journalOf(result: RunResult): string {
  return readFileSync(join(result.folder, "journal"), "utf8");
}

/** A cancel that a test gives while a run goes on. */
export class TestCancel implements CancelOrder {
  requested: "after-step" | "now" | null = null;
  #listeners: (() => void)[] = [];

  onRequest(listener: () => void): void {
    this.#listeners.push(listener);
  }

  give(how: "after-step" | "now"): void {
    this.requested = how;
    for (const listener of this.#listeners) listener();
  }
}
