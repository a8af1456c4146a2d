// What the parts of a run's driver share: the plan, the host, the run's folder, the journal, and what is known of this boot.
import { maskTexts } from "../secrets/mask-texts.ts";
import type { Host, Phase } from "../host.ts";
import type { RunEvent } from "../events/event.ts";
import { EventProjector, type StepProgress } from "../events/project-events.ts";
import type { Guard } from "../journal/encode-record.ts";
import type { JournalWriter } from "../journal/journal-writer.ts";
import type { JournalRecord, StoredRecord } from "../journal/record.ts";
import { invariant } from "../machine/invariant.ts";
import type { Plan } from "../plan/format.ts";
import type { Value } from "../plan/value.ts";
import { RunClock } from "./run-clock.ts";
import type { RunFolder } from "./state-folder.ts";

/** Seals with the run's key, masks with the host's masker once a secret is known. */
export class RunGuard implements Guard {
  readonly key: Buffer;
  readonly #host: Host;
  readonly #known = new Set<string>();

  constructor(key: Buffer, host: Host) {
    this.key = key;
    this.#host = host;
  }

  get masks(): boolean {
    return this.#known.size > 0;
  }

  mask(text: string): string {
    return this.#host.mask(text);
  }

  /** From now on the text is hidden wherever it stands. */
  addSecret(text: string): void {
    if (text === "" || this.#known.has(text)) return;
    this.#known.add(text);
    this.#host.addSecret(text);
  }

  /** All texts in a value that is secret. */
  addSecrets(value: Value): void {
    if (typeof value === "string") this.addSecret(value);
    else if (value !== null && typeof value === "object")
      for (const member of Object.values(value)) this.addSecrets(member);
  }
}

export interface RunContextOptions {
  readonly plan: Plan;
  readonly host: Host;
  readonly run: RunFolder;
  readonly guard: RunGuard;
  readonly boot: string;
  readonly phase: Phase;
  readonly onEvent?: (event: RunEvent) => void;
}

export class RunContext {
  readonly plan: Plan;
  readonly host: Host;
  readonly run: RunFolder;
  readonly guard: RunGuard;
  readonly clock = new RunClock();
  /** Identity of the boot, as of the record that was written or replayed last. */
  boot: string;
  phase: Phase;
  /** The boot in which the last effect ended. */
  bootOfLastEnd: string;
  restarts = 0;
  /** Restarts asked for since an effect ended. */
  restartsInVain = 0;
  /** What the plan reads of the environment, as at the start of the run. */
  environment: { readonly [name: string]: string } = {};
  /** An outcome waits to be made durable: no more may be done, or asked of the world, before. */
  owesSync = false;
  /** Facts that hold for this boot. */
  readonly #facts = new Map<string, Value>();
  readonly #onEvent: ((event: RunEvent) => void) | undefined;
  readonly #projector: EventProjector;
  #writer: JournalWriter | null = null;
  /** Not durable yet. */
  #unsent: StoredRecord[] = [];
  /** Durable; their events go out when there is time for it: while the next effect runs. */
  #due: StoredRecord[] = [];

  constructor(options: RunContextOptions) {
    this.plan = options.plan;
    this.host = options.host;
    this.run = options.run;
    this.guard = options.guard;
    this.boot = options.boot;
    this.phase = options.phase;
    this.bootOfLastEnd = options.boot;
    this.#onEvent = options.onEvent;
    this.#projector = new EventProjector(options.plan, options.run.id);
  }

  useWriter(writer: JournalWriter): void {
    this.#writer = writer;
  }

  get #journal(): JournalWriter {
    invariant(this.#writer, "the journal is open");
    return this.#writer;
  }

  get journalSize(): number {
    return this.#journal.size;
  }

  /** Adds a record; with the next `sync` it is durable, and its event is sent. */
  append(record: JournalRecord): StoredRecord {
    const stored = this.#journal.append(record);
    if (this.#onEvent !== undefined) this.#unsent.push(stored);
    return stored;
  }

  /** Makes all records durable; their events follow in the next turn of the event loop at the latest. */
  sync(): void {
    this.#journal.sync();
    this.owesSync = false;
    if (this.#unsent.length === 0) return;
    if (this.#due.length === 0) setImmediate(() => this.sendEvents());
    this.#due.push(...this.#unsent);
    this.#unsent = [];
  }

  /** Sends the events of all records that are durable. */
  sendEvents(): void {
    const due = this.#due;
    this.#due = [];
    for (const stored of due) for (const event of this.#projector.project(stored)) this.#send(event);
  }

  /** The first records of a run that goes on: what was open then. */
  beginReplay(opened: StoredRecord): void {
    this.clock.beginLife(opened.m);
    this.replayed(opened);
    this.bootOfLastEnd = this.boot;
  }

  /** A record that an earlier life wrote: its events were sent then. */
  replayed(stored: StoredRecord): void {
    if (this.#onEvent !== undefined) this.#projector.project(stored);
  }

  /** An event that stands for no record: output and progress of a step that runs. */
  sendProgress(progress: StepProgress): void {
    if (this.#onEvent === undefined) return;
    this.sendEvents();
    const event = this.#projector.progress(progress, this.host.wallClock());
    if (event !== null) this.#send(event);
  }

  /** Events leave the runtime as records do: with every secret hidden, also one that the sequence has revealed. */
  #send(event: RunEvent): void {
    this.#onEvent?.(this.guard.masks ? maskTexts(event, this.guard) : event);
  }

  /** The machine has come up again. */
  enterBoot(boot: string, phase: Phase): void {
    if (boot !== this.boot) this.#facts.clear();
    this.boot = boot;
    this.phase = phase;
  }

  factOfBoot(fact: string, args: readonly Value[]): Value | undefined {
    return this.#facts.get(factKey(fact, args));
  }

  keepFactOfBoot(fact: string, args: readonly Value[], value: Value): void {
    this.#facts.set(factKey(fact, args), value);
  }
}

function factKey(fact: string, args: readonly Value[]): string {
  return `${fact} ${JSON.stringify(args)}`;
}
