// Starting a run: everything is checked before anything is touched, all problems are told at once; then the run is opened, with
// all in its first record that a later life of the runtime needs.
import type { Host, HostIdentity } from "../host.ts";
import { createSealKey } from "../journal/seal.ts";
import { journalFormat, type Guarded } from "../journal/record.ts";
import { JournalWriter, JournalError } from "../journal/journal-writer.ts";
import { initialState, type Machine } from "../machine/machine.ts";
import { linkProgram } from "../machine/program.ts";
import type { Plan } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { CancelWatch } from "./cancel-watch.ts";
import { destroyingSteps } from "./destroying-steps.ts";
import { drive, portsOf, type Sources } from "./drive.ts";
import { LiveSource } from "./live-source.ts";
import { takeLock } from "./lock.ts";
import { checkParameters, parametersOf } from "./parameters.ts";
import { passwordVariables } from "./password-variables.ts";
import { RunContext, RunGuard } from "./run-context.ts";
import type { RunOptions, RunResult } from "./run-options.ts";
import { createRunId, eraseKey, makeRunFolder, syncFolder, writeKey, type RunFolder } from "./state-folder.ts";

/** Runs a verified plan here. What can't be done is the result's state; it rejects for a defect of the host alone. */
export async function startRun(options: RunOptions): Promise<RunResult> {
  const lock = await takeLock(options.stateFolder);
  if (typeof lock === "string") return refused([lock]);
  try {
    return await startLocked(options);
  } finally {
    await lock.release();
  }
}

async function startLocked(options: RunOptions): Promise<RunResult> {
  const { plan, host } = options;
  const parameters = checkParameters(plan, options.parameters);
  const identity = await host.identity();
  const preflight = await host.preflight(plan);
  const blocking = preflight.filter(({ reason }) => reason !== "content" || options.missing !== "fail-step");
  const problems = [...parameters.problems, ...consentProblems(options), ...blocking.map(({ message }) => message)];
  const given = parameters.bySlot;
  if (problems.length > 0) return recordRefusal(options, identity, given, problems);
  const opened = openRun(options, identity, given, []);
  if (!(opened instanceof JournalError)) return runOpened(options, opened, identity, given);
  return { ...refused([opened.message]), state: "halted" };
}

/** A run that was refused is seen among the runs, with its problems; where that can't be written, it is refused all the same. */
function recordRefusal(
  options: RunOptions,
  identity: HostIdentity,
  given: ReadonlyMap<number, Value>,
  problems: readonly string[],
): RunResult {
  const opened = openRun(options, identity, given, problems);
  if (opened instanceof JournalError) return refused(problems);
  opened.ctx.sendEvents();
  const { id, folder } = opened.run;
  const result: RunResult = { ...refused(problems), id, folder };
  endRun(options.stateFolder, result, opened.writer);
  return result;
}

function refused(problems: readonly string[]): RunResult {
  return { id: "", state: "refused", problems, folder: "", outputs: {} };
}

/** Steps that destroy data need the caller's consent. */
function consentProblems({ plan, consent }: RunOptions): readonly string[] {
  if (consent === true) return [];
  const destroying = destroyingSteps(plan);
  if (destroying.length === 0) return [];
  const names = destroying.map(({ name }) => `"${name}"`).join(", ");
  return [`The run can destroy data (${names}). Say yes to that (--yes), or don't run it here.`];
}

interface OpenedRun {
  readonly run: RunFolder;
  readonly ctx: RunContext;
  readonly writer: JournalWriter;
  readonly started: string;
}

/** Makes the run's folder and writes its first records; with problems those are its last ones too. */
function openRun(
  options: RunOptions,
  identity: HostIdentity,
  bySlot: ReadonlyMap<number, Value>,
  problems: readonly string[],
): OpenedRun | JournalError {
  const { plan, host, stateFolder } = options;
  const wallClock = host.wallClock();
  const id = createRunId(wallClock);
  try {
    const run = makeRunFolder(stateFolder, id, options.planText);
    const key = createSealKey();
    writeKey(stateFolder, id, key);
    const guard = new RunGuard(key, host);
    const events = options.onEvent === undefined ? {} : { onEvent: options.onEvent };
    const ctx = new RunContext({ plan, host, run, guard, boot: identity.boot, phase: identity.phase, ...events });
    const writer = new JournalWriter(run.journal, id, guard, host, null);
    ctx.useWriter(writer);
    syncFolder(run.folder);
    writeOpenRecord(ctx, options, identity, bySlot);
    ctx.append({ k: "check", problems });
    if (problems.length > 0) ctx.append({ k: "close", state: "refused", failures: 0, outputs: {}, duration: 0 });
    ctx.sync();
    return { run, ctx, writer, started: new Date(wallClock).toISOString() };
  } catch (error) {
    if (error instanceof JournalError) return error;
    const reason = error instanceof Error ? error.message : String(error);
    return new JournalError(`The run's folder can't be made: ${reason}`);
  }
}

function writeOpenRecord(
  ctx: RunContext,
  options: RunOptions,
  identity: HostIdentity,
  bySlot: ReadonlyMap<number, Value>,
): void {
  const { plan, host } = options;
  const parameters = guardParameters(ctx, plan, bySlot);
  const environment = guardEnvironment(ctx, plan, host);
  const stored = ctx.append({
    ...{ k: "open", format: journalFormat, run: ctx.run.id, plan: plan.digest, semantics: plan.semantics },
    runtime: options.runtimeVersion ?? "",
    ...{ sequence: plan.sequences[0]?.name ?? "", title: plan.sequences[0]?.title ?? "", parameters, environment },
    ...{ missing: options.missing ?? "stop", noRestart: options.noRestart ?? false, consent: options.consent ?? false },
    ...{ host: identity.name, platform: identity.platform, phase: identity.phase, boot: identity.boot },
    ...{ logs: ctx.run.logs, content: options.contentFolder ?? "" },
  });
  ctx.clock.beginLife(stored.m);
}

function guardParameters(
  ctx: RunContext,
  plan: Plan,
  bySlot: ReadonlyMap<number, Value>,
): { readonly [name: string]: Guarded } {
  const given = parametersOf(plan).flatMap(({ name, slot, secret }) => {
    const value = bySlot.get(slot);
    if (value === undefined) return [];
    if (secret) ctx.guard.addSecrets(value);
    return [[name, { value, secret }] as const];
  });
  return Object.fromEntries(given);
}

/** All of it is sealed: what is read with `env` may become a secret in the plan. Passwords are masked from the start, a
 *  value that becomes a secret from then on. */
function guardEnvironment(ctx: RunContext, plan: Plan, host: Host): { readonly [name: string]: Guarded } {
  const passwords = passwordVariables(plan);
  const values = host.environment([...new Set([...plan.environment, ...passwords])]);
  const guarded = Object.entries(values).map(([name, value]) => {
    if (passwords.has(name)) ctx.guard.addSecret(value);
    return [name, { value, secret: true }] as const;
  });
  ctx.environment = values;
  return Object.fromEntries(guarded);
}

async function runOpened(
  options: RunOptions,
  opened: OpenedRun,
  identity: HostIdentity,
  bySlot: ReadonlyMap<number, Value>,
): Promise<RunResult> {
  const { plan, host } = options;
  const { ctx, run, writer, started } = opened;
  await host.useRun({ id: run.id, folder: run.folder, environment: ctx.environment });
  const cancel = new CancelWatch(run.folder, options.cancel);
  const noRestart = options.noRestart ?? false;
  const facts = { id: run.id, started, logs: run.logs };
  const sources: Sources = {
    replay: null,
    live: new LiveSource(ctx, () => machine.state, { cancel, platform: identity.platform, noRestart }),
  };
  const machine: Machine = {
    program: linkProgram(plan),
    state: initialState(plan, facts, bySlot),
    ports: portsOf(ctx, () => sources),
    checked: options.checked ?? false,
  };
  const result = await drive(ctx, machine, sources);
  cancel.close();
  endRun(options.stateFolder, result, writer);
  return result;
}

/** Closes the journal; the key of a run that has ended goes. */
export function endRun(stateFolder: string, result: RunResult, writer: JournalWriter): void {
  try {
    writer.close();
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
  }
  const ended: readonly RunResult["state"][] = ["succeeded", "failed", "cancelled", "stopped", "refused"];
  if (ended.includes(result.state)) eraseKey(stateFolder, result.id);
}
