// Reading a journal back, and telling a torn end from damage (semantics 5.3). Each record names the last one that was durable
// when it was written: a bad line up to there is damage, and nothing is guessed; after it the end is torn, and is cut.
import { decodeRecord, type Guard } from "./encode-record.ts";
import type { JournalEnd } from "./journal-writer.ts";
import { crcSeed, parseLine } from "./line.ts";
import { countWithoutOpenPoll } from "./open-poll.ts";
import { journalFormat, type StoredRecord } from "./record.ts";

export type JournalReading =
  | {
      readonly kind: "read";
      readonly records: readonly StoredRecord[];
      readonly end: JournalEnd;
      /** Bytes of a torn end that do not count; unused space that was allocated ahead is none. */
      readonly cut: number;
    }
  /** With the records before the damage, for people to look at. */
  | { readonly kind: "damaged"; readonly message: string; readonly records: readonly StoredRecord[] };

interface GoodLine {
  readonly stored: StoredRecord;
  readonly previous: number;
  readonly crc: number;
}

/** Reads the bytes of a journal of this run. Linear. */
export function readJournal(bytes: Buffer, run: string, guard: Guard): JournalReading {
  const { lines, ends } = splitLines(bytes);
  const seed = crcSeed(run);
  const other = otherFormat(lines[0], seed);
  if (other !== null) return { kind: "damaged", message: otherFormatMessage(other), records: [] };
  const parsed = lines.map((line) => goodLine(line, seed, guard));
  const durable = parsed.reduce((highest, line) => Math.max(highest, line?.stored.d ?? 0), 0);
  const records: StoredRecord[] = [];
  let crc = 0;
  for (const line of parsed) {
    if (line === null || line.stored.q !== records.length + 1 || line.previous !== crc) break;
    records.push(line.stored);
    crc = line.crc;
  }
  if (records.length < durable) {
    return { kind: "damaged", message: damageMessage(records.length + 1, durable), records };
  }
  const count = Math.max(durable, countWithoutOpenPoll(records));
  const size = ends[count - 1] ?? 0;
  const lastCrc = parsed[count - 1]?.crc ?? 0;
  return {
    ...{ kind: "read", records: records.slice(0, count), end: { lastNumber: count, lastCrc, size } },
    cut: withoutTrailingZeros(bytes) - size,
  };
}

/** The format of a journal that another version of the runtime wrote; null: it is ours, or its first line is bad. */
function otherFormat(first: Buffer | undefined, seed: number): number | null {
  const fields = first === undefined ? undefined : parseLine(first, seed)?.fields;
  const format = fields?.["k"] === "open" ? fields["format"] : journalFormat;
  return typeof format === "number" && format !== journalFormat ? format : null;
}

function otherFormatMessage(format: number): string {
  const age = format > journalFormat ? "a newer" : "an older";
  return (
    `The journal was written by ${age} version of Sequitur (journal format ${format}; this one has ${journalFormat}). ` +
    "Nothing is run. Go on with the version that the run began with, or start a new run."
  );
}

function damageMessage(line: number, durable: number): string {
  return (
    `The journal is damaged at line ${line} (record ${line} of at least ${durable} that were safely written). ` +
    "Nothing is run, for nobody can know what was done. Look at the run with `runs show`, bring the machine into a known " +
    "state, and start a new run."
  );
}

function splitLines(bytes: Buffer): { readonly lines: readonly Buffer[]; readonly ends: readonly number[] } {
  const lines: Buffer[] = [];
  const ends: number[] = [];
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(0x0a, start);
    if (end < 0) break;
    lines.push(bytes.subarray(start, end));
    ends.push(end + 1);
    start = end + 1;
  }
  return { lines, ends };
}

function goodLine(line: Buffer, seed: number, guard: Guard): GoodLine | null {
  const parsed = parseLine(line, seed);
  if (parsed === null) return null;
  const { crc, fields } = parsed;
  const { q, p, d, t, m } = fields;
  const areNumbers = [q, p, d, t, m].every((value) => typeof value === "number");
  const body = areNumbers ? decodeRecord(fields, guard) : null;
  if (body === null) return null;
  const stored = { q: Number(q), d: Number(d), t: Number(t), m: Number(m), body };
  return { stored, previous: Number(p), crc };
}

function withoutTrailingZeros(bytes: Buffer): number {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  return end;
}
