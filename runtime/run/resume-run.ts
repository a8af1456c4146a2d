// Going on with a run after a crash or a restart: recovery is replay from the first instruction, and there is no other way (5.6).
import { readFileSync } from "node:fs";
import type { HostIdentity } from "../host.ts";
import { JournalError, JournalWriter } from "../journal/journal-writer.ts";
import { journalFormat, type RecordOf, type StoredRecord } from "../journal/record.ts";
import { readJournal, type JournalReading } from "../journal/read-journal.ts";
import { createSealKey } from "../journal/seal.ts";
import { initialState, type Machine } from "../machine/machine.ts";
import { linkProgram } from "../machine/program.ts";
import { decodePlan } from "../plan/decode.ts";
import { planSemantics, type Plan } from "../plan/format.ts";
import { verify } from "../plan/verify.ts";
import type { Value } from "../plan/value.ts";
import { CancelWatch } from "./cancel-watch.ts";
import { drive, portsOf, type Sources } from "./drive.ts";
import { hasBegun, latestOpenRun } from "./history.ts";
import { LiveSource } from "./live-source.ts";
import { takeLock } from "./lock.ts";
import { parametersOf } from "./parameters.ts";
import { passwordVariables } from "./password-variables.ts";
import { ReplaySource } from "./replay-source.ts";
import { RunContext, RunGuard } from "./run-context.ts";
import type { ResumeOptions, RunResult } from "./run-options.ts";
import { endRun } from "./start-run.ts";
import { isMissing, readKey, runFolderOf, type RunFolder } from "./state-folder.ts";

/** So often a run may be resumed without any effect coming to an end. */
const mostResumesInVain = 5;

/** Goes on with a run; null: there is none to go on with. Rejects as `startRun`. */
export async function resumeRun(options: ResumeOptions): Promise<RunResult | null> {
  const lock = await takeLock(options.stateFolder);
  if (typeof lock === "string") return { ...stopped("", "", "refused"), problems: [lock] };
  try {
    const id = options.id ?? latestOpenRun(options.stateFolder);
    return id === null ? null : await resumeLocked(options, runFolderOf(options.stateFolder, id));
  } finally {
    await lock.release();
  }
}

function stopped(id: string, folder: string, state: RunResult["state"]): RunResult {
  return { id, state, problems: [], folder, outputs: {} };
}

interface Recovered {
  readonly plan: Plan;
  readonly guard: RunGuard;
  readonly open: RecordOf<"open">;
  readonly openedAt: StoredRecord;
  readonly reading: Extract<JournalReading, { readonly kind: "read" }>;
}

async function resumeLocked(options: ResumeOptions, run: RunFolder): Promise<RunResult | null> {
  const recovered = recover(options, run);
  if (recovered === null) return null;
  if (typeof recovered === "string") return { ...stopped(run.id, run.folder, "damaged"), problems: [recovered] };
  const last = recovered.reading.records.at(-1);
  if (last?.body.k === "close") return { ...stopped(run.id, run.folder, last.body.state) };
  const identity = await options.host.identity();
  try {
    return await goOn(options, run, recovered, identity);
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { ...stopped(run.id, run.folder, "halted"), problems: [error.message] };
  }
}

/** Reads plan, key and journal; a text: why they can't be trusted; null: the run never began. */
function recover(options: ResumeOptions, run: RunFolder): Recovered | string | null {
  const key = readKey(options.stateFolder, run.id);
  // Without the key the values of secrets are lost, and only a run that has ended needs none.
  const guard = new RunGuard(key ?? createSealKey(), options.host);
  let bytes: Buffer;
  let planText: string;
  try {
    bytes = readFileSync(run.journal);
    planText = readFileSync(run.plan, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
  const reading = readJournal(bytes, run.id, guard);
  if (reading.kind === "damaged") return reading.message;
  const openedAt = reading.records[0];
  if (openedAt === undefined) return null;
  const open = openedAt.body;
  if (open.k !== "open" || open.format !== journalFormat || open.run !== run.id)
    return "The journal is none of this run.";
  if (open.semantics !== planSemantics) {
    return `The run began under semantics ${open.semantics}; this runtime has ${planSemantics}. Resume it with the one it began with.`;
  }
  if (key === null && reading.records.at(-1)?.body.k !== "close") {
    return "The key that opens the run's secrets is gone, so the run can't go on.";
  }
  // Cut before its first records were durable, or refused: nothing has happened.
  if (!hasBegun(reading.records) && reading.records.at(-1)?.body.k !== "close") return null;
  const plan = trustedPlan(planText, open.plan);
  return typeof plan === "string" ? plan : { plan, guard, open, openedAt, reading };
}

function trustedPlan(planText: string, digest: string): Plan | string {
  const decoded = decodePlan(planText);
  if ("problems" in decoded)
    return `The plan kept with the run is not as it was: ${decoded.problems[0]?.message ?? ""}`;
  if (decoded.plan.digest !== digest) return "The plan kept with the run is another one than it began with.";
  const [problem] = verify(decoded.plan);
  return problem === undefined ? decoded.plan : `The plan kept with the run does not verify: ${problem.message}`;
}

async function goOn(
  options: ResumeOptions,
  run: RunFolder,
  { plan, guard, open, openedAt, reading }: Recovered,
  identity: HostIdentity,
): Promise<RunResult> {
  const { host } = options;
  const events = options.onEvent === undefined ? {} : { onEvent: options.onEvent };
  const ctx = new RunContext({ plan, host, run, guard, boot: open.boot, phase: open.phase, ...events });
  learnSecrets(guard, plan, reading.records);
  ctx.environment = plainValues(open.environment);
  const writer = new JournalWriter(run.journal, run.id, guard, host, reading.end);
  ctx.useWriter(writer);
  const { boot, phase } = identity;
  const resumed = ctx.append({ k: "resume", boot, phase, runtime: options.runtimeVersion ?? "", cut: reading.cut });
  ctx.sync();
  ctx.sendEvents();
  await host.useRun({ id: run.id, folder: run.folder, environment: ctx.environment });
  await endLeftovers(options, reading.records, boot);
  const cancel = new CancelWatch(run.folder, options.cancel);
  const noRestart = options.noRestart ?? open.noRestart;
  const live = new LiveSource(ctx, () => machine.state, { cancel, platform: open.platform, noRestart });
  if (resumesInVain(reading.records) >= mostResumesInVain) {
    live.stop(`the run was resumed ${mostResumesInVain} times without any step coming to its end`);
  }
  ctx.beginReplay(openedAt);
  const records = [...reading.records.filter(({ body }) => body.k !== "open" && body.k !== "check"), resumed];
  const sources: Sources = { replay: new ReplaySource(ctx, records, open.platform), live };
  const machine: Machine = {
    program: linkProgram(plan),
    state: initialState(plan, runFacts(run, open, openedAt), parametersBySlot(plan, open)),
    ports: portsOf(ctx, () => sources),
    checked: options.checked ?? false,
  };
  const result = await drive(ctx, machine, sources);
  cancel.close();
  endRun(options.stateFolder, result, writer);
  return result;
}

function runFacts(
  run: RunFolder,
  open: RecordOf<"open">,
  openedAt: StoredRecord,
): { id: string; started: string; logs: string } {
  return { id: run.id, started: new Date(openedAt.t).toISOString(), logs: open.logs };
}

function parametersBySlot(plan: Plan, open: RecordOf<"open">): ReadonlyMap<number, Value> {
  const given = parametersOf(plan).flatMap(({ name, slot }) => {
    const guarded = Object.hasOwn(open.parameters, name) ? open.parameters[name] : undefined;
    return guarded === undefined ? [] : [[slot, guarded.value] as const];
  });
  return new Map(given);
}

function plainValues(guarded: RecordOf<"open">["environment"]): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(guarded).map(([name, { value }]) => [name, String(value)]));
}

/** Every secret that the records hold is masked again from the start. */
function learnSecrets(guard: RunGuard, plan: Plan, records: readonly StoredRecord[]): void {
  const passwords = passwordVariables(plan);
  for (const { body } of records) {
    if (body.k === "open") {
      for (const [name, { value }] of Object.entries(body.environment)) {
        if (passwords.has(name)) guard.addSecrets(value);
      }
    }
    const held =
      body.k === "open"
        ? Object.values(body.parameters)
        : body.k === "set"
          ? [body.value]
          : body.k === "end"
            ? [...Object.values(body.globals ?? {}), ...(body.output === undefined ? [] : [body.output])]
            : [];
    for (const { value, secret } of held) if (secret) guard.addSecrets(value);
  }
}

/** Within one boot, what an execution without an end left running is ended before anything else. */
async function endLeftovers(options: ResumeOptions, records: readonly StoredRecord[], boot: string): Promise<void> {
  let open: { readonly x: number; readonly boot: string } | null = null;
  let before = "";
  let spawned: { readonly id: number; readonly started: string }[] = [];
  for (const { body } of records) {
    if (body.k === "open" || body.k === "resume" || body.k === "restart-seen") before = body.boot;
    if (body.k === "begin") {
      open = { x: body.x, boot: before };
      spawned = [];
    } else if (body.k === "end" || body.k === "verdict") open = null;
    else if (body.k === "spawned") spawned.push({ id: body.process, started: body.started });
  }
  if (open !== null && open.boot === boot) await options.host.endLeftovers(open.x, spawned);
}

function resumesInVain(records: readonly StoredRecord[]): number {
  let count = 0;
  for (const { body } of records) {
    if (body.k === "end" || body.k === "verdict") count = 0;
    else if (body.k === "resume") count += 1;
  }
  return count;
}
