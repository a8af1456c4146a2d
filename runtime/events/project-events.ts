// Records → events. What a terminal, a log or a report shows comes from the journal's records alone, live and afterwards alike.
import type { GuardedOperand, RecordOf, StoredRecord } from "../journal/record.ts";
import type { Plan, PlanStep, Position } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { declaredAction } from "../plan/declared-action.ts";
import { canonicalJson } from "../plan/canonical-json.ts";
import { failureForEvents, placeOf } from "./failure-event.ts";
import { eventVersion, type DecidedPart, type RunEvent } from "./event.ts";

/** Secrets in reports. */
const hidden = "<secret>";

interface Running {
  readonly node: number;
  readonly pc: number;
  readonly attempt: number;
  /** Time of the record that began it, on the runtime's monotonic clock. */
  readonly began: number;
  duration: number;
}

interface Head {
  readonly v: typeof eventVersion;
  readonly run: string;
  readonly id: string;
  readonly time: string;
  readonly path: readonly string[];
}

type Unheaded<E> = E extends RunEvent ? Omit<E, "v" | "run" | "id" | "time" | "path"> : never;

/** What comes of a step while it runs. */
export type StepProgress = { readonly execution: number; readonly text: string } & (
  { readonly kind: "step.progress" } | { readonly kind: "step.output"; readonly stream: "stdout" | "stderr" }
);

export class EventProjector {
  readonly #plan: Plan;
  readonly #run: string;
  readonly #path: string[] = [];
  /** Nodes whose names stand in the path, for groups that fail before they were entered. */
  readonly #open: number[] = [];
  readonly #running = new Map<number, Running>();

  constructor(plan: Plan, run: string) {
    this.#plan = plan;
    this.#run = run;
  }

  /** The events that a record stands for, usually one or none; call it for each record in order. */
  project(stored: StoredRecord): readonly RunEvent[] {
    const { body } = stored;
    // What closes a frame is told from outside of it, and so is each further item of a loop.
    if (body.k === "leave" || (body.k === "enter" && body.frame === "item")) this.#close(body.node);
    const head: Head = {
      ...{ v: eventVersion, run: this.#run, id: `${this.#run}/${stored.q}` },
      time: new Date(stored.t).toISOString(),
      path: [...this.#path],
    };
    const events = this.#eventsOf(stored).map((event) => ({ ...head, ...event }) as RunEvent);
    if (body.k === "enter") this.#enter(body);
    return events;
  }

  /** Output or progress of a step that runs; null: it does not run. */
  progress(progress: StepProgress, wallClock: number): RunEvent | null {
    const { execution } = progress;
    const running = this.#running.get(execution);
    if (running === undefined) return null;
    const { node, pc } = running;
    const head = {
      v: eventVersion,
      run: this.#run,
      time: new Date(wallClock).toISOString(),
      path: [...this.#path],
    } as const;
    return { ...head, ...progress, execution, node, name: this.#name(node), at: this.#at(pc) };
  }

  #eventsOf(stored: StoredRecord): readonly Unheaded<RunEvent>[] {
    const { body } = stored;
    switch (body.k) {
      case "open":
        return [{ kind: "run.started", sequence: body.sequence, title: body.title, plan: body.plan }];
      case "check":
        return [{ kind: "run.checked", problems: body.problems }];
      case "resume":
        return [{ kind: "run.resumed", boot: body.boot }];
      case "close":
        return [this.#ended(body)];
      case "decide":
        return this.#decided(body);
      case "skip":
        return [{ kind: "step.skipped", ...this.#node(body.node), why: "disabled" }];
      case "enter":
        return this.#entered(body);
      case "leave":
        return this.#left(body);
      case "begin":
        return this.#begun(stored, body);
      case "end":
        return this.#stepEnded(stored, body);
      case "verdict":
        return this.#judged(stored, body);
      case "wait":
        return this.#waits(stored, body);
      case "met":
        return [{ kind: "wait.ended", ...this.#execution(body.x, body.node), result: "true" }];
      case "waited":
        return [{ kind: "wait.ended", ...this.#execution(body.x, body.node), result: body.result }];
      case "done":
        return this.#done(stored, body);
      case "set":
        return [
          {
            kind: "variable.set",
            at: this.#at(body.pc),
            name: body.name,
            value: shown(body.value.value, body.value.secret),
          },
        ];
      case "log":
        return [{ kind: "log", at: this.#at(body.pc), text: body.text }];
      case "restart-due":
      case "restart-asked":
        return [{ kind: "restart.asked", to: body.to }];
      case "restart-seen":
        return [{ kind: "restart.seen", phase: body.phase }];
      case "signal":
        return body.signal === "limit" ? [] : [{ kind: "signal", signal: body.signal, now: body.now ?? false }];
      case "read":
      case "spawned":
      case "restart-begin":
      case "restart-failed":
        return [];
    }
  }

  // ---- run and groups

  #ended(body: RecordOf<"close">): Unheaded<RunEvent> {
    const { state, failure, duration, failures, outputs } = body;
    const shownOutputs = Object.entries(outputs).map(
      ([name, { value, secret }]) => [name, secret ? hidden : value] as const,
    );
    return {
      ...{ kind: "run.ended", state, duration, failures },
      ...(failure === undefined ? {} : { failure: failureForEvents(this.#plan, failure) }),
      ...(shownOutputs.length === 0 ? {} : { outputs: Object.fromEntries(shownOutputs) }),
    };
  }

  #enter(body: RecordOf<"enter">): void {
    if (body.frame === "handler" || body.frame === "finally") return;
    this.#open.push(body.node);
    this.#path.push(this.#name(body.node));
  }

  #close(node: number): void {
    if (this.#open.at(-1) !== node) return;
    this.#open.pop();
    this.#path.pop();
  }

  #entered(body: RecordOf<"enter">): readonly Unheaded<RunEvent>[] {
    if (body.frame === "body") return [{ kind: "group.entered", ...this.#node(body.node) }];
    if (body.frame === "item") return [{ kind: "group.entered", ...this.#node(body.node), item: body.item ?? 0 }];
    if (body.frame === "call" && body.x !== undefined) {
      const began = { node: body.node, pc: -1, attempt: 1, began: 0, duration: 0 };
      this.#running.set(body.x, began);
      return [{ kind: "step.started", ...this.#execution(body.x, body.node), attempt: 1, what: "call" }];
    }
    return [];
  }

  #left(body: RecordOf<"leave">): readonly Unheaded<RunEvent>[] {
    if (body.frame === "call") return [];
    const handled = body.handled === undefined ? {} : { handled: body.handled };
    return [{ kind: "group.ended", ...this.#node(body.node), state: body.state, ...handled }];
  }

  // ---- decisions

  #decided(body: RecordOf<"decide">): readonly Unheaded<RunEvent>[] {
    const { node, outcome } = body;
    const found = this.#plan.nodes[node];
    const parts = body.parts.map(([part, value]): DecidedPart => ({
      text: this.#plan.parts[part] ?? "",
      value: shown(value, false),
    }));
    const condition = found?.condition === undefined ? {} : { condition: found.condition };
    const base = { node, name: this.#name(node), at: this.#at(body.pc) };
    const decision: Unheaded<RunEvent> = { kind: "decision", ...base, outcome, ...condition, parts };
    const skips = !outcome && (found?.kind === "step" || found?.kind === "group");
    return skips ? [decision, { kind: "step.skipped", ...base, why: "condition", ...condition, parts }] : [decision];
  }

  // ---- steps

  #begun(stored: StoredRecord, body: RecordOf<"begin">): readonly Unheaded<RunEvent>[] {
    const { x, node, attempt, pc } = body;
    const earlier = this.#running.get(x)?.duration ?? 0;
    this.#running.set(x, { node, pc, attempt, began: stored.m, duration: earlier });
    const step = this.#step(node);
    const timeout = step?.timeout === undefined ? {} : { timeout: step.timeout };
    const what = step === undefined ? "" : whatItDoes(this.#plan, step, body.operands);
    return [{ kind: "step.started", ...this.#execution(x, node), attempt, what, ...timeout }];
  }

  #stepEnded(stored: StoredRecord, body: RecordOf<"end">): readonly Unheaded<RunEvent>[] {
    const { x, node, attempt, state, code, reason, message, next, delay } = body;
    const running = this.#running.get(x);
    if (running !== undefined) running.duration += body.duration;
    const execution = this.#execution(x, node);
    if (next === "retry") return [{ kind: "step.retrying", ...execution, attempt: attempt + 1, delay, code, message }];
    const duration = running?.duration ?? body.duration;
    this.#running.delete(x);
    return [{ kind: "step.ended", ...execution, state, code, reason, message, duration, attempts: attempt }];
  }

  #judged(stored: StoredRecord, body: RecordOf<"verdict">): readonly Unheaded<RunEvent>[] {
    const { x, node, state, code, reason, message } = body;
    const execution = this.#execution(x, node);
    const running = this.#running.get(x);
    const attempts = running?.attempt ?? 1;
    if (body.verdict === "rerun") {
      return [{ kind: "step.retrying", ...execution, attempt: attempts + 1, delay: 0, code, message }];
    }
    this.#running.delete(x);
    return [
      { kind: "step.ended", ...execution, state, code, reason, message, duration: running?.duration ?? 0, attempts },
    ];
  }

  #waits(stored: StoredRecord, body: RecordOf<"wait">): readonly Unheaded<RunEvent>[] {
    const { x, node, pc, timeout } = body;
    this.#running.set(x, { node, pc, attempt: 1, began: stored.m, duration: 0 });
    return [{ kind: "wait.started", ...this.#execution(x, node), duration: timeout, poll: true }];
  }

  /** Ends of steps without an effect of their own. An unnamed `log` or `set` that went well has said all by what it did. */
  #done(stored: StoredRecord, body: RecordOf<"done">): readonly Unheaded<RunEvent>[] {
    const { x, node, pc, state, code, reason, message } = body;
    const running = this.#running.get(x);
    const base = { ...this.#execution(x, node), at: this.#at(pc) };
    this.#running.delete(x);
    const step = this.#step(node);
    const isQuiet = step?.titled === false && (step.action.kind === "log" || step.action.kind === "set");
    if (isQuiet && state === "succeeded") return [];
    const duration = running === undefined || running.began === 0 ? 0 : Math.round(stored.m - running.began);
    return [{ kind: "step.ended", ...base, state, code, reason, message, duration, attempts: running?.attempt ?? 1 }];
  }

  // ---- parts of events

  #step(node: number): PlanStep | undefined {
    const found = this.#plan.nodes[node];
    return found?.kind === "step" ? found : undefined;
  }

  #name(node: number): string {
    return this.#plan.nodes[node]?.name ?? "";
  }

  #node(node: number): {
    readonly node: number;
    readonly name: string;
    readonly at: { file: string; line: number; column: number };
  } {
    return { node, name: this.#name(node), at: this.#place(this.#plan.nodes[node]?.position) };
  }

  #execution(
    x: number,
    node: number,
  ): { execution: number; node: number; name: string; at: { file: string; line: number; column: number } } {
    const pc = this.#running.get(x)?.pc ?? -1;
    return { execution: x, ...this.#node(node), ...(pc >= 0 ? { at: this.#at(pc) } : {}) };
  }

  #at(pc: number): { file: string; line: number; column: number } {
    return this.#place(this.#plan.positions[pc]);
  }

  #place(position: Position | undefined): { file: string; line: number; column: number } {
    return placeOf(this.#plan, position ?? [0, 1, 1]);
  }
}

/** A value as people read it: `"RTM"`, `3`, `absent`. */
export function shown(value: Value, secret: boolean): string {
  if (secret) return hidden;
  return value === null ? "absent" : canonicalJson(value);
}

/** What a step does, in one line: the program and its arguments, or the kind of its action. */
function whatItDoes(plan: Plan, step: PlanStep, operands: readonly GuardedOperand[]): string {
  const { action } = step;
  const words = operands.flatMap(({ role, value, secret }) => {
    if (secret) return [hidden];
    if (role === "words" && Array.isArray(value)) return value.map(String);
    return role === "program" || role === "word" || role === "commandText" || role === "commandValue"
      ? [String(value)]
      : [];
  });
  switch (action.kind) {
    case "run":
      return words.map((word) => (/^[^\s"']+$/.test(word) ? word : JSON.stringify(word))).join(" ");
    case "commandline":
      return words.join("");
    case "script":
      return `${action.language} script`;
    case "use":
    case "projectAction":
      return declaredAction(plan, action)?.name ?? "";
    default:
      return action.kind;
  }
}
