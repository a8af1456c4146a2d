// Driving a machine to its end: it asks, the journal answers while it replays, then the world. What ends a run without an end in
// the journal (a failed write, a defect, a journal that diverges) is told here, and nowhere else caught.
import type { RunState } from "../events/event.ts";
import { failureForEvents } from "../events/failure-event.ts";
import { JournalError } from "../journal/journal-writer.ts";
import { advance } from "../machine/advance.ts";
import { InvariantError } from "../machine/invariant.ts";
import type { Machine } from "../machine/machine.ts";
import { failureRecord } from "../machine/raise.ts";
import type { Answer, EndRequest, Ports } from "../machine/request.ts";
import { holdsSecret } from "../plan/type-relation.ts";
import { restartIsDue, type LiveSource } from "./live-source.ts";
import { DivergedError, type ReplaySource } from "./replay-source.ts";
import type { RunContext } from "./run-context.ts";
import type { RunResult } from "./run-options.ts";

export interface Sources {
  readonly replay: ReplaySource | null;
  readonly live: LiveSource;
}

/** What the machine reaches without waiting: the journal's records first, then the journal's end. */
export function portsOf(ctx: RunContext, sources: () => Sources): Ports {
  return {
    trace: (record) => sources().replay?.trace(record) ?? sources().live.trace(record),
    signal: (pc, deadline) => {
      const replayed = sources().replay?.signal(pc);
      return replayed === undefined ? sources().live.signal(pc, deadline) : replayed;
    },
    phase: () => sources().replay?.phase() ?? ctx.phase,
  };
}

/** Runs the machine until the run ends, or can't go on here. */
export async function drive(ctx: RunContext, machine: Machine, sources: Sources): Promise<RunResult> {
  try {
    const request = await driveToEnd(machine, sources);
    if (request === restartIsDue) return unfinished(ctx, "restart-due", []);
    return close(ctx, request, machine.state.failures);
  } catch (error) {
    return halted(ctx, error);
  } finally {
    ctx.sendEvents();
  }
}

async function driveToEnd(machine: Machine, { replay, live }: Sources): Promise<EndRequest | typeof restartIsDue> {
  let answer: Answer | undefined = undefined;
  for (;;) {
    const request = advance(machine, answer);
    if (request.kind === "end") return request;
    const replayed = replay?.answer(request);
    if (replayed !== undefined) {
      answer = replayed;
      continue;
    }
    const given = await live.answer(request, replay?.restartProgress ?? null);
    if (given === restartIsDue) return given;
    answer = given;
    // What an earlier life had come to with its last restart is told once.
    if (replay !== null && request.kind === "restart") replay.restartProgress = null;
  }
}

function close(ctx: RunContext, request: EndRequest, failures: number): RunResult {
  const { state, failure, outputs } = request;
  const types = ctx.plan.sequences[0]?.outputs ?? [];
  const guarded = types.map(
    ({ name, type }) => [name, { value: outputs[name] ?? null, secret: holdsSecret(type) }] as const,
  );
  const record = failure === null ? undefined : failureRecord(failure);
  ctx.append({
    ...{ k: "close", state, failures },
    ...(record === undefined ? {} : { failure: record }),
    outputs: state === "succeeded" ? Object.fromEntries(guarded) : {},
    duration: Math.round(ctx.clock.at(ctx.host.monotonicClock())),
  });
  ctx.sync();
  const told = record === undefined ? {} : { failure: failureForEvents(ctx.plan, record) };
  return { ...unfinished(ctx, state, []), ...told, outputs };
}

function unfinished(ctx: RunContext, state: RunState, problems: readonly string[]): RunResult {
  return { id: ctx.run.id, state, problems, folder: ctx.run.folder, outputs: {} };
}

/** Nothing more may run: what is in the journal can be resumed, or looked at. */
function halted(ctx: RunContext, error: unknown): RunResult {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DivergedError) return unfinished(ctx, "damaged", [message]);
  if (error instanceof JournalError) return unfinished(ctx, "halted", [message]);
  const what = error instanceof InvariantError ? `This must hold and does not: ${message}.` : message;
  return {
    ...unfinished(ctx, "halted", [`Sequitur itself is wrong here, and the run can't go on. ${what}`]),
    defect: true,
  };
}
