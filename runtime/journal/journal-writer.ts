// The one place that writes a journal. Records are gathered and go out together; what must be durable before the run goes on
// is written and synced. The file is lengthened with zeros ahead of the writes: a sync then has no new length to store.
import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { limits } from "../plan/limits.ts";
import { encodeRecord, type Guard } from "./encode-record.ts";
import { crcSeed, formatLine, lineCrc } from "./line.ts";
import type { JournalRecord, StoredRecord } from "./record.ts";

/** The journal can't be written, or not be made durable: nothing more may run, for nothing can be recorded. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}

export interface JournalClocks {
  wallClock(): number;
  monotonicClock(): number;
}

/** Where an existing journal goes on. */
export interface JournalEnd {
  readonly lastNumber: number;
  readonly lastCrc: number;
  /** Length of its good part in bytes. */
  readonly size: number;
}

const step = 256 * 1024;
/** Past this, waiting records are written though nothing asks for a sync. */
const waitingLimit = 256 * 1024;

export class JournalWriter {
  readonly #fd: number;
  readonly #seed: number;
  readonly #guard: Guard;
  readonly #clocks: JournalClocks;
  #number: number;
  #crc: number;
  #size: number;
  #allocated: number;
  #durable: number;
  #waiting: string[] = [];
  #waitingLength = 0;
  #isSynced = true;
  #failed: JournalError | null = null;

  /** Creates the file, or goes on at `end` of one that exists; what stands after it is overwritten. */
  constructor(file: string, run: string, guard: Guard, clocks: JournalClocks, end: JournalEnd | null) {
    this.#seed = crcSeed(run);
    this.#guard = guard;
    this.#clocks = clocks;
    this.#number = end?.lastNumber ?? 0;
    this.#durable = this.#number;
    this.#crc = end?.lastCrc ?? 0;
    this.#size = end?.size ?? 0;
    this.#allocated = this.#size;
    this.#fd = this.#guarded(() => openSync(file, end === null ? "wx" : "r+", 0o600));
    if (end !== null) this.#guarded(() => ftruncateSync(this.#fd, this.#size));
  }

  /** Bytes written, waiting ones included. */
  get size(): number {
    return this.#size + this.#waitingLength;
  }

  /** Adds a record; it is durable after the next `sync`. */
  append(body: JournalRecord): StoredRecord {
    if (this.#failed !== null) throw this.#failed;
    this.#number += 1;
    const stored: StoredRecord = {
      ...{ q: this.#number, d: this.#durable, t: this.#clocks.wallClock(), m: this.#clocks.monotonicClock(), body },
    };
    const { q, d, t, m } = stored;
    const json = JSON.stringify({ q, p: this.#crc, d, t, m, k: body.k, ...encodeRecord(body, this.#guard) });
    if (json.length > limits.recordBytes)
      throw this.#fail(new Error(`a record of ${json.length} characters is too long`));
    this.#crc = lineCrc(json, this.#seed);
    const line = formatLine(json, this.#crc);
    this.#waiting.push(line);
    this.#waitingLength += line.length;
    if (this.#waitingLength > waitingLimit) this.#write();
    return stored;
  }

  /** Makes all records durable. A failed sync is never tried again: the kernel may have dropped the pages. */
  sync(): void {
    this.#write();
    if (this.#isSynced) return;
    this.#guarded(() => fdatasyncSync(this.#fd));
    this.#isSynced = true;
    this.#durable = this.#number;
  }

  /** Highest number that is durable. */
  get durable(): number {
    return this.#durable;
  }

  /** Makes all durable, cuts what was allocated ahead, closes the file. */
  close(): void {
    if (this.#failed === null) {
      this.sync();
      this.#guarded(() => {
        ftruncateSync(this.#fd, this.#size);
        fsyncSync(this.#fd);
      });
    }
    closeSync(this.#fd);
  }

  #write(): void {
    if (this.#failed !== null) throw this.#failed;
    if (this.#waiting.length === 0) return;
    const bytes = Buffer.from(this.#waiting.join(""), "utf8");
    this.#waiting = [];
    this.#waitingLength = 0;
    this.#guarded(() => {
      this.#allocate(this.#size + bytes.length);
      for (let offset = 0; offset < bytes.length;) {
        offset += writeSync(this.#fd, bytes, offset, bytes.length - offset, this.#size + offset);
      }
    });
    this.#size += bytes.length;
    this.#isSynced = false;
  }

  #allocate(size: number): void {
    if (size <= this.#allocated) return;
    const target = Math.ceil((size + 1) / step) * step;
    const zeros = Buffer.alloc(target - this.#allocated);
    for (let offset = 0; offset < zeros.length;) {
      offset += writeSync(this.#fd, zeros, offset, zeros.length - offset, this.#allocated + offset);
    }
    this.#allocated = target;
  }

  #guarded<T>(write: () => T): T {
    try {
      return write();
    } catch (error) {
      throw this.#fail(error);
    }
  }

  #fail(error: unknown): JournalError {
    const reason = error instanceof Error ? error.message : String(error);
    this.#failed = new JournalError(`The journal can't be written, so the run can't go on: ${reason}`, {
      cause: error,
    });
    return this.#failed;
  }
}
