// How each field of a record stands on disk, version 1, and back. Secrets are sealed; texts for people are masked. What is
// written is named here field by field: a field that is not in the table does not compile, and is never written by accident.
import { maskTexts } from "../secrets/mask-texts.ts";
import type { Value } from "../plan/value.ts";
import { equalValues } from "../plan/compare.ts";
import type { Guarded, JournalRecord, RecordFields, RecordKind } from "./record.ts";
import { seal, unseal } from "./seal.ts";

/**
 * `plain`: as it is, never from outside · `text`: shown to people, masked · `guarded`: a value, sealed if it is or holds a
 * secret · `guardedMap`, `guardedList`: of such.
 */
type FieldCodec = "plain" | "text" | "guarded" | "guardedMap" | "guardedList";

type Codecs<K extends RecordKind> = { readonly [field in keyof Required<RecordFields[K]>]: FieldCodec };

const plain = "plain";
const step = { x: plain, node: plain } as const;
const ended = { state: plain, code: plain, reason: plain, message: "text" } as const;

export const recordCodecs: { readonly [kind in RecordKind]: Codecs<kind> } = {
  open: {
    ...{ format: plain, run: plain, plan: plain, semantics: plain, runtime: plain, sequence: plain, title: plain },
    ...{ parameters: "guardedMap", environment: "guardedMap", missing: plain, noRestart: plain, consent: plain },
    ...{ host: plain, platform: plain, phase: plain, boot: plain, logs: plain, content: plain },
  },
  check: { problems: "text" },
  read: { pc: plain, fact: plain, args: "guarded", value: "guarded", error: "text", early: plain },
  begin: { ...step, attempt: plain, pc: plain, operands: "guardedList" },
  spawned: { x: plain, process: plain, started: plain, group: plain },
  end: {
    ...{ ...step, attempt: plain, ...ended, output: "guarded", globals: "guardedMap", restart: "text" },
    ...{ next: plain, delay: plain, duration: plain },
  },
  waited: { ...step, result: plain },
  signal: { pc: plain, signal: plain, now: plain, count: plain, time: plain, message: plain },
  "restart-begin": { to: plain, boot: plain },
  "restart-asked": { to: plain, boot: plain },
  "restart-due": { to: plain, boot: plain },
  "restart-seen": { phase: plain, boot: plain },
  "restart-failed": { reason: plain, message: "text" },
  resume: { boot: plain, phase: plain, runtime: plain, cut: plain },
  verdict: { ...step, verdict: plain, ...ended },
  close: { state: plain, failure: "text", failures: plain, outputs: "guardedMap", duration: plain },
  decide: { node: plain, pc: plain, outcome: plain, parts: "text" },
  enter: { node: plain, frame: plain, item: plain, x: plain, failure: "text" },
  leave: { node: plain, frame: plain, state: plain, handled: plain, cut: plain, failure: "text" },
  wait: { ...step, pc: plain, timeout: plain },
  met: step,
  set: { pc: plain, scope: plain, name: plain, value: "guarded" },
  skip: { node: plain },
  done: { ...step, pc: plain, ...ended },
  log: { node: plain, pc: plain, text: "text" },
};

/** Hides secrets while records are written and read. */
export interface Guard {
  /** Null: the run is over and its key gone; sealed values can't be read any more. */
  readonly key: Buffer | null;
  /** Masks known secrets in a text. */
  mask(text: string): string;
  /** False: no secret is known, so nothing is masked. */
  readonly masks: boolean;
}

interface Fields {
  readonly [field: string]: unknown;
}

/** The record as it stands on a line, without the envelope. */
export function encodeRecord(record: JournalRecord, guard: Guard): { readonly [field: string]: unknown } {
  const codecs: { readonly [field: string]: FieldCodec } = recordCodecs[record.k];
  const fields = record as unknown as Fields;
  const encoded: { [field: string]: unknown } = {};
  for (const field in codecs) {
    const value = fields[field];
    if (value !== undefined) encoded[field] = encodeField(codecs[field] ?? plain, value, guard);
  }
  return encoded;
}

function encodeField(codec: FieldCodec, value: unknown, guard: Guard): unknown {
  switch (codec) {
    case "plain":
      return value;
    case "text":
      return guard.masks ? maskTexts(value, guard) : value;
    case "guarded":
      return encodeGuarded(value as Guarded, guard);
    case "guardedMap":
      return mapFields(value as Fields, (member) => encodeGuarded(member as Guarded, guard));
    case "guardedList":
      return (value as readonly Guarded[]).map((member) => encodeGuarded(member, guard));
  }
}

/** `v`: in clear; `s`: sealed. What else stands beside the value (the role of an operand) is kept. */
function encodeGuarded(guarded: Guarded, guard: Guard): object {
  const { value, secret, ...rest } = guarded;
  const hidden = secret ? value !== null : guard.masks && holdsMasked(value, guard);
  if (!hidden) return secret ? { ...rest, v: value, secret } : { ...rest, v: value };
  if (guard.key === null) return { ...rest, s: "" };
  return { ...rest, s: seal(guard.key, JSON.stringify(value)), ...(secret ? { secret } : {}) };
}

function holdsMasked(value: Value, guard: Guard): boolean {
  if (typeof value === "string") return guard.mask(value) !== value;
  if (value === null || typeof value !== "object") return false;
  return Object.entries(value).some(
    ([name, member]) => guard.mask(name) !== name || holdsMasked(member as Value, guard),
  );
}

function mapFields(fields: Fields, map: (member: unknown) => unknown): { readonly [field: string]: unknown } {
  return Object.fromEntries(Object.entries(fields).map(([name, member]) => [name, map(member)]));
}

/** The record on a line; null: the line is none of this version. */
export function decodeRecord(line: { readonly [field: string]: unknown }, guard: Guard): JournalRecord | null {
  const kind = line["k"];
  if (typeof kind !== "string" || !Object.hasOwn(recordCodecs, kind)) return null;
  const codecs: { readonly [field: string]: FieldCodec } = recordCodecs[kind as RecordKind];
  const record: { [field: string]: unknown } = { k: kind };
  for (const field in codecs) {
    const value = line[field];
    if (value === undefined) continue;
    const decoded = decodeField(codecs[field] ?? plain, value, guard);
    if (decoded === undefined) return null;
    record[field] = decoded;
  }
  return record as unknown as JournalRecord;
}

function decodeField(codec: FieldCodec, value: unknown, guard: Guard): unknown {
  switch (codec) {
    case "plain":
    case "text":
      return value;
    case "guarded":
      return decodeGuarded(value, guard);
    case "guardedMap": {
      if (value === null || typeof value !== "object") return undefined;
      return mapFields(value as Fields, (member) => decodeGuarded(member, guard));
    }
    case "guardedList":
      return Array.isArray(value) ? value.map((member) => decodeGuarded(member, guard)) : undefined;
  }
}

function decodeGuarded(encoded: unknown, guard: Guard): Guarded {
  const { v, s, secret, ...rest } = encoded as { v?: Value; s?: string; secret?: boolean };
  if (s === undefined) return { ...rest, value: v ?? null, secret: secret ?? false };
  const opened = guard.key === null ? null : unseal(guard.key, s);
  // Without the key a sealed value is shown as a secret, whatever it was.
  if (opened === null) return { ...rest, value: null, secret: true };
  return { ...rest, value: JSON.parse(opened) as Value, secret: secret ?? false };
}

/**
 * Is a record that was computed again the one that was written? Texts are compared masked, both of them: what was written
 * before a secret was known is hidden less than what is computed now.
 */
export function sameRecord(computed: JournalRecord, written: JournalRecord, guard: Guard): boolean {
  if (computed.k !== written.k) return false;
  const codecs: { readonly [field: string]: FieldCodec } = recordCodecs[computed.k];
  const a = computed as unknown as Fields;
  const b = written as unknown as Fields;
  for (const field in codecs) {
    const left = a[field];
    const right = b[field];
    if (left === undefined || right === undefined) {
      if (left !== right) return false;
    } else {
      const isMasked = codecs[field] === "text" && guard.masks;
      const [shown, stored] = isMasked ? [maskTexts(left, guard), maskTexts(right, guard)] : [left, right];
      if (!equalValues(shown as Value, stored as Value)) return false;
    }
  }
  return true;
}
