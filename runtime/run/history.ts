// What ran here: made from the journals alone, whether a run has ended, is under way, or was interrupted.
import { readFileSync } from "node:fs";
import { EventProjector } from "../events/project-events.ts";
import type { DecidedPart, EventPlace, RunEvent, RunFailure, RunState, StepState } from "../events/event.ts";
import type { Guard } from "../journal/encode-record.ts";
import { readJournal } from "../journal/read-journal.ts";
import type { RecordOf, StoredRecord } from "../journal/record.ts";
import { decodePlan } from "../plan/decode.ts";
import type { Plan } from "../plan/format.ts";
import { isLocked } from "./lock.ts";
import { isMissing, isRunId, runFolderOf, runIds } from "./state-folder.ts";

export interface RunSummary {
  readonly id: string;
  readonly sequence: string;
  readonly title: string;
  /** Digest of the plan. */
  readonly plan: string;
  readonly host: string;
  readonly state: RunState;
  /** RFC 3339, UTC. */
  readonly started: string;
  /** Of its last record. */
  readonly lastSeen: string;
  /** Milliseconds in which a runtime was up; absent: it has not ended. */
  readonly duration?: number;
  readonly folder: string;
  /** Where the plan's relative content lies; "": nobody said. */
  readonly contentFolder: string;
}

export interface StepHistory {
  /** Number of the execution; absent: it was skipped. */
  readonly execution?: number;
  readonly node: number;
  readonly name: string;
  readonly path: readonly string[];
  readonly at?: EventPlace;
  /** `running` in a run that was interrupted: nobody knows how it ended. */
  readonly state: StepState | "skipped" | "disabled" | "running";
  readonly started: string;
  readonly code?: number;
  readonly reason?: string;
  readonly message?: string;
  readonly duration?: number;
  readonly attempts?: number;
  /** Why it was skipped. */
  readonly condition?: string;
  readonly parts?: readonly DecidedPart[];
}

export interface RunHistory extends RunSummary {
  readonly steps: readonly StepHistory[];
  readonly failure?: RunFailure;
  /** Why the journal can't be trusted; absent: it can. What is shown then comes before the damage. */
  readonly damage?: string;
  /** Everything, as it was sent while it ran. */
  readonly events: readonly RunEvent[];
}

/** Records are only looked at: sealed values stay closed. */
const closed: Guard = { key: null, masks: false, mask: (text) => text };

/** All runs of a state folder, latest first. Cost: all their journals are read. */
export async function listRuns(stateFolder: string): Promise<readonly RunSummary[]> {
  const locked = await isLocked(stateFolder);
  const summaries = runIds(stateFolder).flatMap((id) => {
    const read = readRecords(stateFolder, id);
    return read === null ? [] : [summaryOf(stateFolder, id, read, false)];
  });
  // One runtime holds the folder: what it runs is the latest run without an end.
  const running = locked ? summaries.findLast(({ state }) => isOpen(state))?.id : undefined;
  return summaries.reverse().map((summary) => (summary.id === running ? { ...summary, state: "running" } : summary));
}

/** One run in full; null: there is none of this id. */
export async function readRun(stateFolder: string, id: string): Promise<RunHistory | null> {
  if (!isRunId(id)) return null;
  const read = readRecords(stateFolder, id);
  const plan = read === null ? null : readPlan(stateFolder, id);
  if (read === null || plan === null) return null;
  const latest = latestOpenRun(stateFolder);
  const summary = summaryOf(stateFolder, id, read, latest === id && (await isLocked(stateFolder)));
  const projector = new EventProjector(plan, id);
  const events = read.records.flatMap((record) => projector.project(record));
  const ended = events.find((event) => event.kind === "run.ended");
  return {
    ...summary,
    steps: stepsOf(events),
    ...(ended?.failure === undefined ? {} : { failure: ended.failure }),
    ...(read.damage === undefined ? {} : { damage: read.damage }),
    events,
  };
}

/** The latest run that has begun and has no end; null: there is none. */
export function latestOpenRun(stateFolder: string): string | null {
  const ids = [...runIds(stateFolder)].reverse();
  return ids.find((id) => isOpen(stateOf(readRecords(stateFolder, id), false))) ?? null;
}

/**
 * Has the run begun? Its first two records go out together, so where the second one, that nothing spoke against it, did not
 * arrive, nothing was done.
 */
export function hasBegun(records: readonly StoredRecord[]): boolean {
  const checked = records[1]?.body;
  return checked?.k === "check" && checked.problems.length === 0;
}

interface ReadRecords {
  readonly records: readonly StoredRecord[];
  readonly damage?: string;
}

/** Null: there is no journal, or nothing in it was ever durable. */
function readRecords(stateFolder: string, id: string): ReadRecords | null {
  try {
    const reading = readJournal(readFileSync(runFolderOf(stateFolder, id).journal), id, closed);
    if (reading.kind === "damaged") return { records: reading.records, damage: reading.message };
    return reading.records.length === 0 ? null : { records: reading.records };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function readPlan(stateFolder: string, id: string): Plan | null {
  const decoded = decodePlan(readFileSync(runFolderOf(stateFolder, id).plan, "utf8"));
  return "plan" in decoded ? decoded.plan : null;
}

function stateOf(read: ReadRecords | null, isRunning: boolean): RunState {
  if (read === null) return "refused";
  if (read.damage !== undefined) return "damaged";
  // Going on in the same boot only finds that the restart is still due.
  const last = read.records.findLast(({ body }) => body.k !== "resume")?.body;
  if (last?.k === "close") return last.state;
  if (!hasBegun(read.records)) return "refused";
  if (isRunning) return "running";
  return last?.k === "restart-due" ? "restart-due" : "interrupted";
}

/** Can the run go on, as far as its state tells? */
export function isOpen(state: RunState): boolean {
  return state === "interrupted" || state === "restart-due" || state === "running" || state === "damaged";
}

function summaryOf(stateFolder: string, id: string, read: ReadRecords, isRunning: boolean): RunSummary {
  const first = read.records[0];
  const last = read.records.at(-1);
  const open: RecordOf<"open"> | undefined = first?.body.k === "open" ? first.body : undefined;
  const duration = last?.body.k === "close" ? { duration: last.body.duration } : {};
  return {
    id,
    ...{ sequence: open?.sequence ?? "", title: open?.title ?? "", plan: open?.plan ?? "", host: open?.host ?? "" },
    state: stateOf(read, isRunning),
    started: new Date(first?.t ?? 0).toISOString(),
    lastSeen: new Date(last?.t ?? 0).toISOString(),
    ...duration,
    folder: runFolderOf(stateFolder, id).folder,
    contentFolder: open?.content ?? "",
  };
}

/** The steps of a run, in the order in which they began, were skipped or, having no effect of their own, ended. */
export function stepsOf(events: readonly RunEvent[]): readonly StepHistory[] {
  const steps: StepHistory[] = [];
  const begun = new Map<number, number>();
  for (const event of events) {
    const at = event.at === undefined ? {} : { at: event.at };
    const base = { path: event.path, started: event.time, ...at };
    if (event.kind === "step.started" || event.kind === "wait.started") {
      const { execution, node, name } = event;
      if (begun.has(execution)) continue;
      begun.set(execution, steps.length);
      steps.push({ ...base, execution, node, name, state: "running" });
    } else if (event.kind === "step.ended") {
      const { execution, node, name, state, code, reason, message, duration, attempts } = event;
      const index = begun.get(execution) ?? steps.length;
      const started = steps[index]?.started ?? event.time;
      steps[index] = { ...base, started, execution, node, name, state, code, reason, message, duration, attempts };
    } else if (event.kind === "step.skipped") {
      const { node, name, why } = event;
      const condition = event.condition === undefined ? {} : { condition: event.condition };
      const parts = event.parts === undefined ? {} : { parts: event.parts };
      steps.push({ ...base, node, name, state: why === "disabled" ? "disabled" : "skipped", ...condition, ...parts });
    }
  }
  return steps;
}
