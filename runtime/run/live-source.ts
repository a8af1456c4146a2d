// Answers from the world, each in the journal before the machine gets it: the intent of an effect is durable before it starts, its
// outcome before anything that follows.
import type { EffectRequest, FactAnswer, Outcome, RestartTarget } from "../host.ts";
import type { TraceRecord } from "../journal/record.ts";
import { unreachable } from "../machine/invariant.ts";
import { judge } from "../machine/judge.ts";
import type { MachineState } from "../machine/state.ts";
import type { Answer, Answers, DelayRequest, EffectStep, FactRequest, Request, Signal } from "../machine/request.ts";
import type { VerdictRequest } from "../machine/request.ts";
import type { PlanStep } from "../plan/format.ts";
import { limits } from "../plan/limits.ts";
import { holdsSecret } from "../plan/type-relation.ts";
import type { Value } from "../plan/value.ts";
import { durationText } from "../plan/value-text.ts";
import type { CancelWatch } from "./cancel-watch.ts";
import { EffectBounds } from "./effect-bounds.ts";
import { lifetimeOf } from "./facts-of-run.ts";
import { LiveRestart } from "./live-restart.ts";
import type { RestartProgress } from "./replay-source.ts";
import type { RunContext } from "./run-context.ts";

/** The run ends here for now: the machine is to be restarted by somebody else. */
export const restartIsDue = "restart-due";

interface PollReading {
  readonly request: FactRequest;
  readonly answer: FactAnswer;
}

export interface LiveOptions {
  readonly cancel: CancelWatch;
  readonly platform: string;
  readonly noRestart: boolean;
}

export class LiveSource {
  readonly #ctx: RunContext;
  readonly #state: () => MachineState;
  readonly #options: LiveOptions;
  readonly #restart: LiveRestart;
  #limit: string | null = null;
  #isJournalFull = false;
  #poll: { readonly execution: number; readonly since: number } | null = null;
  #pollReadings: PollReading[] = [];
  #globals: { readonly of: number; readonly values: { readonly [name: string]: string } } | null = null;

  constructor(ctx: RunContext, state: () => MachineState, options: LiveOptions) {
    this.#ctx = ctx;
    this.#state = state;
    this.#options = options;
    this.#restart = new LiveRestart(ctx, options.cancel, options.noRestart);
  }

  /** A breaker: the run is stopped at the next boundary. */
  stop(message: string): void {
    this.#limit ??= message;
  }

  trace(record: TraceRecord): number {
    const ctx = this.#ctx;
    if (record.k === "set" && record.value.secret) ctx.guard.addSecrets(record.value.value);
    if (record.k === "met") this.#endPoll();
    const time = ctx.clock.at(ctx.append(record).m);
    if (record.k === "wait") {
      this.#poll = { execution: record.x, since: time };
      ctx.sync();
    }
    return time;
  }

  signal(pc: number, deadline: number | null): Signal | null {
    const ctx = this.#ctx;
    const monotonic = ctx.host.monotonicClock();
    if (ctx.journalSize > limits.journalBytes && !this.#isJournalFull) {
      // Once: what cleans up afterwards is journaled all the same.
      this.#isJournalFull = true;
      this.stop(`the journal of the run has ${limits.journalBytes} bytes`);
    }
    if (this.#limit !== null) return this.#takeLimit(pc, this.#limit);
    const { cancel } = this.#options;
    cancel.lookAtBoundary(monotonic);
    if (cancel.isPending) return this.#takeCancel(pc);
    if (deadline === null || ctx.clock.at(monotonic) < deadline) return null;
    return this.#takeDeadline(pc);
  }

  #takeLimit(pc: number, message: string): Signal {
    this.#limit = null;
    this.#ctx.append({ k: "signal", pc, signal: "limit", message });
    this.#ctx.sync();
    return { signal: "limit", message };
  }

  #takeCancel(pc: number): Signal {
    const { cancel } = this.#options;
    const { now, count } = cancel;
    this.#ctx.append({ k: "signal", pc, signal: "cancel", now, count });
    this.#ctx.sync();
    cancel.take();
    return { signal: "cancel", now, count };
  }

  #takeDeadline(pc: number): Signal {
    const time = this.#ctx.clock.at(this.#ctx.host.monotonicClock());
    this.#ctx.append({ k: "signal", pc, signal: "deadline", time });
    this.#ctx.sync();
    return { signal: "deadline", time };
  }

  answer(request: Request, restart: RestartProgress | null): Promise<Answer | typeof restartIsDue> {
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
        return this.#restart.answer(request, restart);
      case "breathe":
        return this.#breathe();
      case "end":
        return Promise.resolve(null);
      default:
        return unreachable(request);
    }
  }

  /** Lets timers, signals and files have their turn. */
  async #breathe(): Promise<null> {
    this.#ctx.sync();
    await new Promise((resolve) => setImmediate(resolve));
    return null;
  }

  // ---- facts

  async #fact(request: FactRequest): Promise<Answers["fact"]> {
    const { fact, args } = request;
    const ctx = this.#ctx;
    const lifetime = lifetimeOf(fact, args, this.#options.platform);
    if (lifetime === "run") return { value: ctx.environment[String(args[0])] ?? null };
    const known = lifetime === "boot" ? ctx.factOfBoot(fact, args) : undefined;
    if (known !== undefined) return { value: known };
    if (ctx.owesSync) ctx.sync();
    const answer = await ctx.host.readFact(fact, args);
    const isKept = lifetime === "boot" && "value" in answer;
    if (isKept) ctx.keepFactOfBoot(fact, args, answer.value);
    if (request.polling && !isKept) this.#pollReadings.push({ request, answer });
    else this.#recordReading(request, answer, request.polling);
    return answer;
  }

  #recordReading({ pc, fact, args }: FactRequest, answer: FactAnswer, early: boolean): void {
    const read = "value" in answer ? { value: { value: answer.value, secret: false } } : { error: answer.error };
    const question = { k: "read", pc, fact, args: { value: args as Value, secret: false } } as const;
    this.#ctx.append({ ...question, ...read, ...(early ? { early } : {}) });
  }

  // ---- polls and pauses

  /** The readings of the poll that ended it: the others decided nothing. */
  #endPoll(): void {
    for (const { request, answer } of this.#pollReadings) this.#recordReading(request, answer, false);
    this.#pollReadings = [];
    this.#poll = null;
  }

  async #delay(request: DelayRequest): Promise<Answers["delay"]> {
    const ctx = this.#ctx;
    let { milliseconds } = request;
    if (request.purpose === "poll") {
      const left = this.#pollTimeLeft(request);
      if (left <= 0) return this.#expirePoll(request);
      milliseconds = Math.min(milliseconds, left);
    }
    ctx.sync();
    const bounds = new EffectBounds(ctx, this.#options.cancel, { ...request, isPause: true });
    const full = await ctx.host.sleep(milliseconds, bounds.cancellation);
    bounds.close();
    const { requested } = bounds.cancellation;
    if (full || requested === null) {
      this.#pollReadings = [];
      return { expired: false, signal: null };
    }
    if (request.purpose === "poll") this.#endPoll();
    const signal = requested === "deadline" ? this.#takeDeadline(request.pc) : this.#takeCancel(request.pc);
    return { expired: false, signal };
  }

  /** A poll that an earlier life began, begins anew. */
  #pollTimeLeft(request: DelayRequest): number {
    const now = this.#ctx.clock.at(this.#ctx.host.monotonicClock());
    if (this.#poll?.execution !== request.execution) this.#poll = { execution: request.execution, since: now };
    return this.#poll.since + (this.#stepOf(request.node).timeout ?? 0) - now;
  }

  #expirePoll(request: DelayRequest): Answers["delay"] {
    this.#endPoll();
    this.#ctx.append({ k: "waited", x: request.execution, node: request.node, result: "expired" });
    this.#ctx.sync();
    return { expired: true, signal: null };
  }

  // ---- effects

  async #effect(request: EffectStep): Promise<Answers["effect"]> {
    const ctx = this.#ctx;
    const { execution: x, node, attempt, pc, operands, retries } = request;
    const step = this.#stepOf(node);
    ctx.append({ k: "begin", x, node, attempt, pc, operands });
    ctx.sync();
    const began = ctx.host.monotonicClock();
    const bounds = new EffectBounds(ctx, this.#options.cancel, {
      ...request,
      step,
      isPause: step.action.kind === "wait",
    });
    const raw = await this.#perform(step, request, bounds);
    bounds.close();
    const settled = settle(step, raw, bounds);
    const judged = judge(step, { ...settled, message: ctx.guard.mask(settled.message) }, retries);
    this.#learnSecrets(judged.globals ?? {});
    const { state, code, reason, message, output, globals, restart, next, delay } = judged;
    const secret = step.output !== null && holdsSecret(step.output);
    if (secret) ctx.guard.addSecrets(output ?? null);
    const stored = ctx.append({
      ...{ k: "end", x, node, attempt, state, code, reason, message },
      ...(output === undefined ? {} : { output: { value: output, secret } }),
      ...(globals === undefined ? {} : { globals: this.#guardGlobals(globals) }),
      ...(restart === undefined ? {} : { restart }),
      ...{ next, delay, duration: Math.round(ctx.host.monotonicClock() - began) },
    });
    // Made durable with the intent of the next effect, in one sync; nothing is done in between.
    ctx.owesSync = true;
    const isTaken = reason === "cancelled" && next === "done";
    if (isTaken || restart !== undefined) ctx.sync();
    if (isTaken) this.#options.cancel.take();
    ctx.bootOfLastEnd = ctx.boot;
    ctx.restartsInVain = 0;
    return { outcome: judged, time: ctx.clock.at(stored.m) };
  }

  #perform(step: PlanStep, request: EffectStep, bounds: EffectBounds): Promise<Outcome> {
    const operand = (role: string): Value => request.operands.find((found) => found.role === role)?.value ?? null;
    switch (step.action.kind) {
      case "wait":
        return this.#wait(Number(operand("duration")), bounds);
      case "restart": {
        const image = step.action.to === "image" ? { image: step.action.image ?? -1 } : {};
        const rest = { delay: Number(operand("delay") ?? 0), message: String(operand("message") ?? "") };
        const restart = { to: step.action.to, ...image, ...rest } as RestartTarget;
        return Promise.resolve({ succeeded: true, code: 0, reason: "none", message: "", restart });
      }
      default:
        return this.#act(step, request, bounds);
    }
  }

  async #wait(duration: number, bounds: EffectBounds): Promise<Outcome> {
    await this.#ctx.host.sleep(duration, bounds.cancellation);
    return { succeeded: true, code: 0, reason: "none", message: "" };
  }

  #act(step: PlanStep, request: EffectStep, bounds: EffectBounds): Promise<Outcome> {
    const ctx = this.#ctx;
    const { execution, attempt, node, operands } = request;
    const effect: EffectRequest = { execution, attempt, node, step, operands, globals: this.#exportedGlobals(step) };
    const progress = {
      spawned: ({ id, started, group }: { id: number; started: string; group: number }): void => {
        ctx.append({ k: "spawned", x: execution, process: id, started, group });
        bounds.started();
      },
      progress: (text: string): void => ctx.sendProgress({ kind: "step.progress", execution, text }),
      output: (stream: "stdout" | "stderr", text: string): void =>
        ctx.sendProgress({ kind: "step.output", execution, stream, text }),
    };
    return ctx.host.act(effect, progress, bounds.cancellation);
  }

  #exportedGlobals(step: PlanStep): { readonly [name: string]: string } {
    // Steps by the thousand share one table: it is made anew only when a global has changed.
    const { globals, globalsVersion: of } = this.#state();
    if (this.#globals?.of !== of) {
      const exported = this.#ctx.plan.globals.flatMap(({ name, secret }, i) => {
        const value = globals[i];
        return secret || value === undefined ? [] : [[name, value] as const];
      });
      this.#globals = { of, values: Object.fromEntries(exported) };
    }
    return step.foreign === undefined ? this.#globals.values : { ...this.#globals.values, ...step.foreign };
  }

  #isSecretGlobal(name: string): boolean {
    const folded = name.toLowerCase();
    return this.#ctx.plan.globals.some((global) => global.secret && global.name.toLowerCase() === folded);
  }

  #learnSecrets(globals: { readonly [name: string]: string }): void {
    for (const [name, value] of Object.entries(globals))
      if (this.#isSecretGlobal(name)) this.#ctx.guard.addSecret(value);
  }

  #guardGlobals(globals: { readonly [name: string]: string }): { [name: string]: { value: string; secret: boolean } } {
    return Object.fromEntries(
      Object.entries(globals).map(([name, value]) => [name, { value, secret: this.#isSecretGlobal(name) }]),
    );
  }

  async #verdict(request: VerdictRequest): Promise<null> {
    const { execution: x, node, verdict, state, code, reason, message } = request;
    this.#ctx.append({ k: "verdict", x, node, verdict, state, code, reason, message });
    this.#ctx.sync();
    return null;
  }

  #stepOf(node: number): PlanStep {
    return this.#ctx.plan.nodes[node] as PlanStep;
  }
}

/** What an effect that was to be ended early came to: the reason for which it was ended, whatever code it gave. */
function settle(step: PlanStep, outcome: Outcome, bounds: EffectBounds): Outcome {
  const reason = bounds.cancellation.requested ?? (bounds.isOverdue ? "timeout" : null);
  if (reason === null) return outcome;
  const words = {
    timeout: `timed out after ${durationText(step.timeout ?? 0)}`,
    deadline: "ended, because the time of the group around it is up",
    cancelled: "ended, because the run was cancelled",
  };
  const { globals } = outcome;
  const rest = globals === undefined ? {} : { globals };
  return { succeeded: false, code: -1, reason, message: words[reason], ...rest };
}
