// The tokens of a text that changes: after an edit only the lines around it are cut again, and the tokens of the rest are
// moved. They are always those that lexing the whole text would give, and so are the findings of the lexer.
import type { Declared } from "../diagnostics/diagnostic.ts";
import { syntaxDiagnostics } from "../diagnostics/syntax-diagnostics.ts";
import {
  lex,
  lexFrom,
  mostTokens,
  type DocLine,
  type LexedText,
  type ReportAt,
  type ReportFix,
} from "../lexer/lexer.ts";
import { tokens, typeIndex } from "../lexer/token-types.ts";

/** One replacement in a text: what stood from `start` to `end` is `text` now. UTF-16 offsets, `end` exclusive. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A finding of the lexer that can still be moved. */
interface Finding {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each finding has the arguments of its own declaration
  readonly declared: Declared<any>;
  readonly start: number;
  readonly end: number;
  readonly args: unknown;
  readonly fix: ReportFix | undefined;
}

/** Which tokens an edit left alone, as numbers of the present tokens. */
export interface Untouched {
  /** All tokens before this one are what they were. */
  readonly before: number;
  /** This token and all behind it are what they were, moved; what stands in front of this one may be new. */
  readonly from: number;
  /** How far those behind were moved. */
  readonly delta: number;
}

const stringStart = typeIndex(tokens.StringStart);
const stringEnd = typeIndex(tokens.StringEnd);

/** How many tokens stand behind the last one, see `LexedText`. */
const padding = 4;

/** Findings about what has no end: where it ends is decided by all the text behind. */
const openEnded: ReadonlySet<string> = new Set([
  syntaxDiagnostics.SEQ1003.code,
  syntaxDiagnostics.SEQ1004.code,
  syntaxDiagnostics.SEQ1007.code,
]);

export class IncrementalTokens {
  private text: string;
  private lexed: LexedText;
  private findings: readonly Finding[];

  constructor(text: string) {
    this.text = text;
    const findings: Finding[] = [];
    this.lexed = lex(text, collect(findings));
    this.findings = findings;
  }

  /** The present tokens, as a copy: the parser changes them. */
  present(): LexedText {
    const { types, starts, ends, count, docs } = this.lexed;
    const length = count + padding;
    return { types: types.slice(0, length), starts: starts.slice(0, length), ends: ends.slice(0, length), count, docs };
  }

  /** Tells what the lexer has found in the present text. */
  report(to: ReportAt): void {
    for (const { declared, start, end, args, fix } of this.findings) to(declared, start, end, args, fix);
  }

  /** Takes an edit over; `text` is the whole text after it. */
  change(edit: TextChange, text: string): Untouched {
    const delta = edit.text.length - (edit.end - edit.start);
    const depths = depthsOf(this.lexed);
    const first = this.restart(edit, text, depths);
    const from = first < 0 ? 0 : (this.lexed.starts[first] ?? 0);
    const before = Math.max(first, 0);
    const lineBreak = text.indexOf("\n", edit.start + edit.text.length);
    const nextLine = lineBreak < 0 ? text.length : lineBreak + 1;
    const found: Finding[] = [];
    const meeting = new Meeting(this.lexed, depths, nextLine, delta);
    const cut = lexFrom(
      text,
      from,
      nextLine,
      collect(found),
      (lexed) => lexed.count > mostTokens / 2 || !meeting.found(lexed),
    );
    const isMet = meeting.own >= 0;
    const place = isMet ? (cut.starts[meeting.own] ?? 0) : text.length + 1;
    this.findings = [
      ...this.findings.filter((finding) => finding.start < from),
      ...found.filter((finding) => finding.start < place),
      ...this.findings.filter((finding) => finding.start + delta >= place).map((finding) => moved(finding, delta)),
    ];
    const count = isMet ? meeting.own : cut.count + padding;
    const next = isMet ? meeting.old : this.lexed.count + padding;
    this.splice(cut, { before, count, next, delta, from, place });
    this.text = text;
    return { before, from: before + (isMet ? meeting.own : cut.count), delta };
  }

  /** The token to cut again from: the last one outside of strings on a line before the edit; -1: the start of the text. */
  private restart(edit: TextChange, text: string, depths: Uint8Array): number {
    // Of a file that may have more tokens than are read, all are counted again.
    if (this.lexed.count + edit.text.length > mostTokens / 2) return -1;
    // What ends a comment is looked for in all the text behind its start.
    const removed = this.text.slice(Math.max(0, edit.start - 1), edit.end + 1);
    const inserted = text.slice(Math.max(0, edit.start - 1), edit.start + edit.text.length + 1);
    if ((removed.includes("*/") || inserted.includes("*/")) && text.includes("/*")) return -1;
    const open = this.findings.find((finding) => openEnded.has(finding.declared.code))?.start ?? edit.start;
    const place = Math.min(open, edit.start);
    const lineStart = place === 0 ? 0 : this.text.lastIndexOf("\n", place - 1) + 1;
    let index = firstAt(this.lexed, lineStart) - 1;
    while (index >= 0 && (depths[index] ?? 0) > 0) index--;
    return index;
  }

  private splice(
    cut: LexedText,
    at: { before: number; count: number; next: number; delta: number; from: number; place: number },
  ): void {
    const { before, count, next, delta } = at;
    const old = this.lexed;
    const kept = old.count + padding - next;
    const total = before + count + kept;
    const room = total > old.types.length ? total + (total >> 2) : old.types.length;
    const types = grown(old.types, room, Uint16Array);
    const starts = grown(old.starts, room, Int32Array);
    const ends = grown(old.ends, room, Int32Array);
    types.copyWithin(before + count, next, next + kept);
    starts.copyWithin(before + count, next, next + kept);
    ends.copyWithin(before + count, next, next + kept);
    types.set(cut.types.subarray(0, count), before);
    starts.set(cut.starts.subarray(0, count), before);
    ends.set(cut.ends.subarray(0, count), before);
    if (delta !== 0) {
      for (let index = before + count; index < total; index++) {
        starts[index] = (starts[index] ?? 0) + delta;
        ends[index] = (ends[index] ?? 0) + delta;
      }
    }
    const docs: DocLine[] = old.docs.filter((doc) => doc.start < at.from);
    for (const doc of cut.docs) if (doc.start < at.place) docs.push({ ...doc, before: doc.before + before });
    const shift = before + count - next;
    for (const doc of old.docs) {
      if (doc.start + delta < at.place) continue;
      docs.push({ before: doc.before + shift, start: doc.start + delta, end: doc.end + delta });
    }
    this.lexed = { types, starts, ends, count: total - padding, docs };
  }
}

/** Looks for the first new token on a line behind the edit that the old text had as well, both outside of strings. */
class Meeting {
  /** The number of the token among the new ones; -1 as long as there is none. */
  own = -1;
  /** The number of the same token among the old ones. */
  old = -1;
  private readonly tokens: LexedText;
  private readonly depths: Uint8Array;
  private readonly nextLine: number;
  private readonly delta: number;
  private looked = 0;
  private open = 0;

  constructor(tokens: LexedText, depths: Uint8Array, nextLine: number, delta: number) {
    this.tokens = tokens;
    this.depths = depths;
    this.nextLine = nextLine;
    this.delta = delta;
  }

  found(lexed: LexedText): boolean {
    for (; this.looked < lexed.count; this.looked++) {
      const start = lexed.starts[this.looked] ?? 0;
      if (this.open === 0 && start >= this.nextLine && this.meets(start)) return true;
      const type = lexed.types[this.looked];
      if (type === stringStart) this.open++;
      else if (type === stringEnd) this.open--;
    }
    return false;
  }

  private meets(start: number): boolean {
    const old = firstAt(this.tokens, start - this.delta);
    if (old >= this.tokens.count || this.tokens.starts[old] !== start - this.delta) return false;
    if (this.depths[old] !== 0) return false;
    this.own = this.looked;
    this.old = old;
    return true;
  }
}

/** For each token how many strings with a `${` are open in front of it, at most 255. */
function depthsOf(lexed: LexedText): Uint8Array {
  const { types, count } = lexed;
  const depths = new Uint8Array(count);
  let depth = 0;
  for (let index = 0; index < count; index++) {
    depths[index] = Math.min(depth, 255);
    const type = types[index];
    if (type === stringStart) depth++;
    else if (type === stringEnd) depth--;
  }
  return depths;
}

/** The number of the first token that starts at an offset or behind it. */
function firstAt(lexed: LexedText, offset: number): number {
  let low = 0;
  let high = lexed.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lexed.starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown<T extends Uint16Array | Int32Array>(array: T, room: number, make: new (length: number) => T): T {
  if (array.length >= room) return array;
  const larger = new make(room);
  larger.set(array);
  return larger;
}

function collect(findings: Finding[]): ReportAt {
  return (declared, start, end, args, fix) => {
    findings.push({ declared, start, end, args, fix });
  };
}

function moved(finding: Finding, delta: number): Finding {
  const { fix } = finding;
  return {
    ...finding,
    start: finding.start + delta,
    end: finding.end + delta,
    fix: fix === undefined ? undefined : movedFix(fix, delta),
  };
}

function movedFix(fix: ReportFix, delta: number): ReportFix {
  return {
    ...fix,
    ...(fix.start === undefined ? {} : { start: fix.start + delta }),
    ...(fix.end === undefined ? {} : { end: fix.end + delta }),
    ...(fix.others === undefined
      ? {}
      : {
          others: fix.others.map((other) => ({ ...other, start: other.start + delta, end: other.end + delta })),
        }),
  };
}
