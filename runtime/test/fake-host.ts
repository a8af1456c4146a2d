// A host in memory: programs are scripts of outcomes by name, time is virtual and passes only when everybody waits.
import type {
  Cancellation,
  EffectProgress,
  EffectRequest,
  FactAnswer,
  Host,
  HostIdentity,
  Outcome,
  Phase,
} from "../host.ts";
import type { PreflightProblem, RestartTarget } from "../host.ts";
import type { Reason } from "../plan/state-fields.ts";
import type { Value } from "../plan/value.ts";

export interface ScriptedOutcome {
  readonly code?: number;
  readonly reason?: Reason;
  readonly message?: string;
  readonly output?: Value;
  readonly globals?: { readonly [name: string]: string };
  /** Virtual milliseconds that it takes; 0 by default. */
  readonly takes?: number;
  /** Called when it begins. */
  readonly does?: () => void;
}

export interface FakeHostOptions {
  /** By program or action; a list: one each time it is done, its last one from then on. What is not listed succeeds. */
  readonly outcomes?:
    | { readonly [program: string]: ScriptedOutcome | readonly ScriptedOutcome[] }
    | ((request: EffectRequest) => ScriptedOutcome);
  readonly facts?:
    | { readonly [fact: string]: FactAnswer | (() => FactAnswer) }
    | ((fact: string, args: readonly Value[]) => FactAnswer);
  readonly environment?: { readonly [name: string]: string };
  readonly problems?: readonly PreflightProblem[];
  readonly phase?: Phase;
  readonly boot?: string;
  /** Virtual milliseconds that have passed when it begins. */
  readonly since?: number;
  /** What a requested restart leads to: another phase, or nothing at all. */
  readonly restartsInto?: Phase | "nothing" | "refused";
}

interface Sleeper {
  readonly at: number;
  readonly wake: () => void;
}

export class FakeHost implements Host {
  readonly #options: FakeHostOptions;
  /** What was done, in order: `program` or `program#attempt` of later attempts. */
  readonly effects: string[] = [];
  readonly requests: EffectRequest[] = [];
  readonly readings: string[] = [];
  readonly leftovers: number[] = [];
  readonly secrets: string[] = [];
  /** What the run was opened with. */
  runEnvironment: { readonly [name: string]: string } = {};
  now = 0;
  boot: string;
  phase: Phase;
  #sleepers: Sleeper[] = [];
  #scheduled = false;
  #uses = new Map<string, number>();

  constructor(options: FakeHostOptions = {}) {
    this.#options = options;
    this.boot = options.boot ?? "boot-1";
    this.phase = options.phase ?? "fullos";
    this.now = options.since ?? 0;
  }

  async identity(): Promise<HostIdentity> {
    return { name: "fake", boot: this.boot, phase: this.phase, platform: "linux" };
  }

  wallClock(): number {
    return Date.UTC(2026, 10, 22, 19, 30) + this.now;
  }

  monotonicClock(): number {
    return this.now;
  }

  environment(names: readonly string[]): { readonly [name: string]: string } {
    const all = this.#options.environment ?? {};
    return Object.fromEntries(names.flatMap((name) => (all[name] === undefined ? [] : [[name, all[name]]])));
  }

  async useRun(run: Parameters<Host["useRun"]>[0]): Promise<void> {
    this.runEnvironment = run.environment;
  }

  async endLeftovers(execution: number): Promise<void> {
    this.leftovers.push(execution);
  }

  async preflight(): Promise<readonly PreflightProblem[]> {
    return this.#options.problems ?? [];
  }

  async readFact(fact: string, args: readonly Value[]): Promise<FactAnswer> {
    this.readings.push(fact);
    const { facts } = this.#options;
    if (typeof facts === "function") return facts(fact, args);
    const found = facts?.[args.length === 0 ? fact : `${fact} ${String(args[0])}`];
    if (found === undefined) return { value: null };
    return typeof found === "function" ? found() : found;
  }

  async act(request: EffectRequest, progress: EffectProgress, cancellation: Cancellation): Promise<Outcome> {
    const program = String(request.operands.find(({ role }) => role === "program")?.value ?? request.step.name);
    this.requests.push(request);
    this.effects.push(request.attempt === 1 ? program : `${program}#${request.attempt}`);
    const script = this.#scriptOf(program, request);
    progress.spawned({ id: 1000 + request.execution, started: "1", group: 1 });
    script.does?.();
    if (script.takes !== undefined) {
      const full = await this.sleep(script.takes, cancellation);
      if (!full) return { succeeded: false, code: -1, reason: cancellation.requested ?? "none", message: "ended" };
    }
    const { code = 0, output, globals } = script;
    const reason = script.reason ?? (code === 0 ? "none" : "exit");
    return {
      ...{ succeeded: reason === "none", code, reason, message: script.message ?? "" },
      ...(output === undefined ? {} : { output }),
      ...(globals === undefined ? {} : { globals }),
    };
  }

  #scriptOf(program: string, request: EffectRequest): ScriptedOutcome {
    const { outcomes } = this.#options;
    if (typeof outcomes === "function") return outcomes(request);
    const found = outcomes?.[program];
    if (found === undefined) return {};
    if (!isList(found)) return found;
    const used = this.#uses.get(program) ?? 0;
    this.#uses.set(program, used + 1);
    return found[Math.min(used, found.length - 1)] ?? {};
  }

  sleep(milliseconds: number, cancellation: Cancellation): Promise<boolean> {
    if (cancellation.requested !== null) return Promise.resolve(false);
    return new Promise((resolve) => {
      const sleeper: Sleeper = { at: this.now + milliseconds, wake: () => resolve(true) };
      this.#sleepers.push(sleeper);
      cancellation.onRequest(() => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        resolve(false);
      });
      this.#schedule();
    });
  }

  /** Time goes on to the next sleeper once nothing else can happen. */
  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      const [first] = [...this.#sleepers].sort((a, b) => a.at - b.at);
      if (first === undefined) return;
      this.#sleepers = this.#sleepers.filter((other) => other !== first);
      this.now = Math.max(this.now, first.at);
      first.wake();
      if (this.#sleepers.length > 0) this.#schedule();
    });
  }

  async requestRestart(target: RestartTarget): Promise<Outcome> {
    this.effects.push(`restart to ${target.to}`);
    const into = this.#options.restartsInto ?? (target.to === "system" ? "fullos" : "winpe");
    if (into === "refused") return { succeeded: false, code: -1, reason: "restart", message: "nothing to boot" };
    if (into !== "nothing") {
      this.boot = `boot-${Number(this.boot.slice(5)) + 1}`;
      this.phase = into;
    }
    return { succeeded: true, code: 0, reason: "none", message: "" };
  }

  addSecret(value: string): void {
    this.secrets.push(value);
  }

  mask(text: string): string {
    return this.secrets.reduce((masked, secret) => masked.split(secret).join("***"), text);
  }

  async close(): Promise<void> {}
}

function isList(outcome: ScriptedOutcome | readonly ScriptedOutcome[]): outcome is readonly ScriptedOutcome[] {
  return Array.isArray(outcome);
}
