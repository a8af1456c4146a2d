// Answers from the journal: the same answers in the same order as the first time. What the machine decides is compared with what
// was recorded; a difference means that journal, plan and runtime don't belong together, and nothing is run.
import type { Phase } from "../host.ts";
import { sameRecord } from "../journal/encode-record.ts";
import type { RecordOf, StoredRecord, TraceRecord } from "../journal/record.ts";
import { unreachable } from "../machine/invariant.ts";
import type { Answer, Answers, DelayRequest, EffectStep, FactRequest, Request, Signal } from "../machine/request.ts";
import type { VerdictRequest } from "../machine/request.ts";
import type { FactName } from "../plan/facts.ts";
import type { Value } from "../plan/value.ts";
import { lifetimeOf } from "./facts-of-run.ts";
import type { RunContext } from "./run-context.ts";

/** What the machine does is not what the journal says it did. */
export class DivergedError extends Error {
  override readonly name = "DivergedError";
}

/** How far a restart had come when the records end. */
export interface RestartProgress {
  readonly reached: "nothing" | "begin" | "asked" | "due";
  /** The boot in which that was. */
  readonly boot: string;
}

export class ReplaySource {
  readonly #ctx: RunContext;
  readonly #records: readonly StoredRecord[];
  readonly #platform: string;
  #next = 0;
  restartProgress: RestartProgress | null = null;

  constructor(ctx: RunContext, records: readonly StoredRecord[], platform: string) {
    this.#ctx = ctx;
    this.#records = records;
    this.#platform = platform;
  }

  /** All records have been used: what comes now has not happened yet. */
  get isOver(): boolean {
    return this.#peek() === undefined;
  }

  /** Compares with what was recorded; undefined: the records have ended. */
  trace(record: TraceRecord): number | undefined {
    const stored = this.#peek();
    if (stored === undefined) return undefined;
    if (!sameRecord(record, stored.body, this.#ctx.guard)) throw this.#diverged(stored, `a record "${record.k}"`);
    return this.#use(stored);
  }

  /** The signal that was taken at this boundary, if one was; undefined: the records have ended. */
  signal(pc: number): Signal | null | undefined {
    const stored = this.#peek();
    if (stored === undefined) return undefined;
    const { body } = stored;
    if (body.k !== "signal" || body.pc !== pc) return null;
    this.#use(stored);
    return signalOf(body);
  }

  phase(): Phase {
    this.#peek();
    return this.#ctx.phase;
  }

  /** The answer that was given the first time; undefined: there was none, and the records have ended. */
  answer(request: Request): Answer | undefined {
    switch (request.kind) {
      case "fact":
        return this.#fact(request);
      case "effect":
        return this.#effect(request);
      case "delay":
        return this.#delay(request);
      case "verdict":
        return this.#verdict(request);
      case "restart":
        return this.#restart();
      case "breathe":
        return this.isOver ? undefined : null;
      case "end":
        return undefined;
      default:
        return unreachable(request);
    }
  }

  #fact(request: FactRequest): Answers["fact"] | undefined {
    const stored = this.#peek();
    const { fact, args } = request;
    const lifetime = lifetimeOf(fact, args, this.#platform);
    if (lifetime === "run") return { value: this.#ctx.environment[String(args[0])] ?? null };
    const known = lifetime === "boot" ? this.#ctx.factOfBoot(fact, args) : undefined;
    if (known !== undefined) return { value: known };
    if (stored === undefined) return undefined;
    const { body } = stored;
    const asked = { k: "read", pc: request.pc, fact, args: { value: args as Value, secret: false } } as const;
    if (body.k !== "read") throw this.#diverged(stored, `a reading of ${fact}`);
    const { value: _, error: __, ...question } = body;
    if (!sameRecord(asked, question, this.#ctx.guard)) throw this.#diverged(stored, `a reading of ${fact}`);
    this.#use(stored);
    if (body.value === undefined) return { error: body.error ?? "" };
    if (lifetime === "boot") this.#ctx.keepFactOfBoot(fact, args, body.value.value);
    return { value: body.value.value };
  }

  #effect(request: EffectStep): Answers["effect"] | undefined {
    const begun = this.#peek();
    if (begun === undefined) return undefined;
    const { execution: x, node, attempt, pc, operands } = request;
    if (!sameRecord({ k: "begin", x, node, attempt, pc, operands }, begun.body, this.#ctx.guard)) {
      throw this.#diverged(begun, `attempt ${attempt} of execution ${x}`);
    }
    this.#use(begun);
    for (;;) {
      const stored = this.#records[this.#next];
      if (stored?.body.k === "spawned") this.#use(stored);
      else if (stored?.body.k === "end") return this.#ended(stored, stored.body);
      // Records end, or another life of the runtime begins: it does not know how this attempt ended.
      else return "interrupted";
    }
  }

  #ended(stored: StoredRecord, end: RecordOf<"end">): Answers["effect"] {
    const time = this.#use(stored);
    this.#ctx.bootOfLastEnd = this.#ctx.boot;
    this.#ctx.restartsInVain = 0;
    const { state, code, reason, message, output, globals, restart, next, delay } = end;
    const named = globals === undefined ? undefined : Object.entries(globals);
    return {
      outcome: {
        ...{ state, code, reason, message, next, delay },
        ...(output === undefined ? {} : { output: output.value }),
        ...(named === undefined ? {} : { globals: Object.fromEntries(named.map(([n, g]) => [n, String(g.value)])) }),
        ...(restart === undefined ? {} : { restart }),
      },
      time,
    };
  }

  #delay(request: DelayRequest): Answers["delay"] | undefined {
    const stored = this.#peek();
    if (stored === undefined) return undefined;
    const { body } = stored;
    if (body.k === "signal" && body.pc === request.pc) {
      this.#use(stored);
      return { expired: false, signal: signalOf(body) };
    }
    if (request.purpose === "retry") return { expired: false, signal: null };
    if (body.k !== "waited" || body.x !== request.execution) throw this.#diverged(stored, "the end of a poll");
    this.#use(stored);
    return { expired: true, signal: null };
  }

  #verdict(request: VerdictRequest): null | undefined {
    const stored = this.#peek();
    if (stored === undefined) return undefined;
    const { execution: x, node, verdict, state, code, reason, message } = request;
    const computed = { k: "verdict", x, node, verdict, state, code, reason, message } as const;
    if (!sameRecord(computed, stored.body, this.#ctx.guard)) throw this.#diverged(stored, "a verdict");
    this.#use(stored);
    return null;
  }

  #restart(): Answers["restart"] | undefined {
    let progress: RestartProgress = { reached: "nothing", boot: this.#ctx.bootOfLastEnd };
    for (;;) {
      const stored = this.#peek();
      const body = stored?.body;
      switch (body?.k) {
        case "restart-begin":
          progress = { reached: "begin", boot: body.boot };
          break;
        case "restart-asked":
          progress = { reached: "asked", boot: body.boot };
          this.#ctx.restartsInVain += 1;
          break;
        case "restart-due":
          progress = { reached: "due", boot: body.boot };
          break;
        case "restart-seen":
          this.#ctx.enterBoot(body.boot, body.phase);
          this.#ctx.restarts += 1;
          break;
        case "restart-failed":
          if (stored !== undefined) this.#use(stored);
          return { failure: { reason: body.reason, message: body.message } };
        case undefined:
          this.restartProgress = progress;
          return undefined;
        default:
          throw this.#diverged(stored, "a restart");
      }
      if (stored !== undefined) this.#use(stored);
      if (body.k === "restart-seen" && this.#peek()?.body.k !== "restart-failed") return { failure: null };
    }
  }

  /**
   * The next record that a request or a trace can be about. What came in between lives (`resume`), and facts of the boot that a
   * poll read early, are taken on the way, before anything that reads the world.
   */
  #peek(): StoredRecord | undefined {
    for (;;) {
      const stored = this.#records[this.#next];
      if (stored === undefined) return undefined;
      const { body } = stored;
      if (body.k === "resume") {
        this.#ctx.clock.beginLife(stored.m);
        this.#ctx.enterBoot(body.boot, body.phase);
      } else if (body.k === "read" && body.early === true && body.value !== undefined) {
        this.#ctx.keepFactOfBoot(body.fact as FactName, body.args.value as readonly Value[], body.value.value);
      } else return stored;
      this.#use(stored);
    }
  }

  /** Goes on to the next record; the time of the run of this one. */
  #use(stored: StoredRecord): number {
    this.#next += 1;
    this.#ctx.replayed(stored);
    return this.#ctx.clock.at(stored.m);
  }

  #diverged(stored: StoredRecord | undefined, computed: string): DivergedError {
    const recorded = stored === undefined ? "nothing" : `"${stored.body.k}"`;
    return new DivergedError(
      `The journal diverges from the plan at record ${stored?.q ?? 0}: it holds ${recorded}, and the plan gives ${computed}.`,
    );
  }
}

function signalOf(body: RecordOf<"signal">): Signal {
  switch (body.signal) {
    case "cancel":
      return { signal: "cancel", now: body.now ?? false, count: body.count ?? 1 };
    case "deadline":
      return { signal: "deadline", time: body.time ?? 0 };
    case "limit":
      return { signal: "limit", message: body.message ?? "" };
    default:
      return unreachable(body.signal);
  }
}
