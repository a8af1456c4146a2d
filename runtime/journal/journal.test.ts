import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { Guard } from "./encode-record.ts";
import { JournalWriter } from "./journal-writer.ts";
import { crcSeed, formatLine, lineCrc } from "./line.ts";
import { readJournal, type JournalReading } from "./read-journal.ts";
import type { JournalRecord } from "./record.ts";
import { createSealKey } from "./seal.ts";

const folder = mkdtempSync(join(tmpdir(), "sequitur-journal-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = "20261122-193000-3f9a";
const guard: Guard = { key: createSealKey(), masks: true, mask: (text) => text.split("hunter2hunter2").join("***") };
const clocks = { wallClock: () => 1000, monotonicClock: () => 5 };
let files = 0;

/** Writes batches, each with a sync after it, and gives the file's bytes. */
function write(batches: readonly (readonly JournalRecord[])[], close = true): Buffer {
  const file = join(folder, `journal-${(files += 1)}`);
  const writer = new JournalWriter(file, run, guard, clocks, null);
  for (const batch of batches) {
    for (const record of batch) writer.append(record);
    writer.sync();
  }
  if (close) writer.close();
  return readFileSync(file);
}

const log = (text: string): JournalRecord => ({ k: "log", node: 1, pc: 2, text });
const texts = (reading: JournalReading): readonly string[] =>
  reading.records.map(({ body }) => (body.k === "log" ? body.text : body.k));

/** Three batches: records 1 to 2, 3 to 5, 6 to 8. */
const sample = write([
  [log("1"), log("2")],
  [log("3"), log("4"), log("5")],
  [log("6"), log("7"), log("8")],
]);
const lineEnds = [...sample].flatMap((byte, i) => (byte === 0x0a ? [i + 1] : []));

describe("writing and reading back", () => {
  test("records come back as they were, in order", () => {
    const reading = readJournal(sample, run, guard);
    expect(reading).toMatchObject({ kind: "read", cut: 0, end: { lastNumber: 8, size: sample.length } });
    expect(texts(reading)).toEqual(["1", "2", "3", "4", "5", "6", "7", "8"]);
    expect(reading.records.map(({ d }) => d)).toEqual([0, 0, 2, 2, 2, 5, 5, 5]);
  });

  test("space that was allocated ahead is no torn end", () => {
    const open = write([[log("1")]], false);
    expect(open.length).toBeGreaterThan(200_000);
    expect(readJournal(open, run, guard)).toMatchObject({ kind: "read", cut: 0 });
  });

  test.each([
    [2, "a newer version of Sequitur (journal format 2; this one has 1)"],
    [0, "an older version of Sequitur (journal format 0; this one has 1)"],
  ])("format %s is refused, and said", (format, what) => {
    const line = { q: 1, p: 0, d: 0, t: 1, m: 1, k: "open", format, unheardOf: {} };
    const json = JSON.stringify(line);
    const bytes = Buffer.from(formatLine(json, lineCrc(json, crcSeed(run))));
    const reading = readJournal(bytes, run, guard);
    expect(reading).toMatchObject({ kind: "damaged", records: [], message: expect.stringContaining(what) as string });
  });

  test("lines of another run are bad", () => {
    expect(texts(readJournal(sample, "20261122-193000-0000", guard))).toEqual([]);
  });

  test("goes on where the good part ends", () => {
    const file = join(folder, "goes-on");
    const first = new JournalWriter(file, run, guard, clocks, null);
    first.append(log("1"));
    first.close();
    const reading = readJournal(readFileSync(file), run, guard);
    if (reading.kind !== "read") throw new Error("readable");
    const second = new JournalWriter(file, run, guard, clocks, reading.end);
    second.append(log("2"));
    second.close();
    expect(texts(readJournal(readFileSync(file), run, guard))).toEqual(["1", "2"]);
  });
});

describe("torn or damaged (5.3)", () => {
  test("cut anywhere after what is known to be durable: the good part is read", () => {
    for (let length = 0; length <= sample.length; length += 1) {
      const reading = readJournal(sample.subarray(0, length), run, guard);
      const whole = lineEnds.filter((end) => end <= length).length;
      // The last lines name record 5 as durable, so a cut never takes that away from a file that has them.
      expect(reading.kind).toBe("read");
      expect(reading.records).toHaveLength(whole);
    }
  });

  test("lost sectors of the last write are cut, though good lines follow", () => {
    const bytes = Buffer.from(sample);
    bytes.fill(0, lineEnds[4] ?? 0, lineEnds[5] ?? 0);
    expect(texts(readJournal(bytes, run, guard))).toEqual(["1", "2", "3", "4", "5"]);
  });

  test("lost sectors of an earlier write are damage", () => {
    for (const line of [0, 1, 2, 3, 4]) {
      const bytes = Buffer.from(sample);
      bytes.fill(0, lineEnds[line - 1] ?? 0, lineEnds[line] ?? 0);
      const reading = readJournal(bytes, run, guard);
      expect(reading.kind).toBe("damaged");
      expect(reading.records).toHaveLength(line);
    }
  });

  test("no bit flip is believed", () => {
    for (let bit = 0; bit < sample.length * 8; bit += 1) {
      const bytes = Buffer.from(sample);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const reading = readJournal(bytes, run, guard);
      const expected = ["1", "2", "3", "4", "5", "6", "7", "8"].slice(0, reading.records.length);
      expect(texts(reading)).toEqual(expected);
      if (bit >> 3 < (lineEnds[4] ?? 0)) expect(reading.kind).toBe("damaged");
    }
  });

  test("no bytes whatever break the reader", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(sample.length), (noise, at) => {
        const bytes = Buffer.concat([sample.subarray(0, at), Buffer.from(noise)]);
        expect(["read", "damaged"]).toContain(readJournal(bytes, run, guard).kind);
      }),
    );
  });
});

describe("secrets", () => {
  const secret = "hunter2hunter2";
  const records: readonly JournalRecord[] = [
    { k: "set", pc: 1, scope: "local", name: "password", value: { value: secret, secret: true } },
    { k: "set", pc: 1, scope: "local", name: "revealed", value: { value: `is ${secret}`, secret: false } },
    log(`it is ${secret}`),
    {
      ...{ k: "begin", x: 1, node: 1, attempt: 1, pc: 3 },
      operands: [
        { role: "environment", name: "P", value: secret, secret: true },
        { role: "words", value: ["a", secret], secret: false },
      ],
    },
  ];

  test("are in no byte, and come back with the key", () => {
    const bytes = write([records]);
    expect(bytes.includes(secret)).toBe(false);
    const read = readJournal(bytes, run, guard).records.map(({ body }) => body);
    expect(read).toEqual([records[0], records[1], log("it is ***"), records[3]]);
  });

  test("stay closed without it", () => {
    const reading = readJournal(write([records]), run, { key: null, masks: false, mask: (text) => text });
    expect(JSON.stringify(reading.records)).not.toContain(secret);
    expect(reading.records).toHaveLength(4);
    const other = readJournal(write([records]), run, { ...guard, key: createSealKey() });
    expect(JSON.stringify(other.records)).not.toContain(secret);
  });
});
