// Regular expressions as text → tree. Literals, classes, `. * + ? {m,n} | ( ) (?: ) ^ $ \b \B`, lazy quantifiers (which find
// the same texts), `(?i)` at the start. No back-references and no look-around: nothing that could take more than linear time.
import { closeOverCase, invertRanges, lastCodePoint, normalizeRanges } from "./character-set.ts";
import type { Range } from "./character-set.ts";

export type PatternTree =
  | { readonly kind: "characters"; readonly negated: boolean; readonly ranges: readonly Range[] }
  | { readonly kind: "assertion"; readonly what: "start" | "end" | "word" | "notWord" }
  | { readonly kind: "sequence"; readonly items: readonly PatternTree[] }
  | { readonly kind: "choice"; readonly alternatives: readonly PatternTree[] }
  | { readonly kind: "repeat"; readonly item: PatternTree; readonly least: number; readonly most: number };

/** What is wrong with a pattern. */
export interface PatternProblem {
  /** UTF-16 offset in the pattern's text. */
  readonly offset: number;
  /** A sentence, with a way out. */
  readonly message: string;
}

const mostRepeats = 1000;
const deepestGroup = 100;

const digits: readonly Range[] = [[0x30, 0x39]];
const word: readonly Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const blanks: readonly Range[] = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const lineEnds: readonly Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const classEscapes: { readonly [letter: string]: readonly Range[] } = {
  d: digits,
  D: invertRanges(digits),
  w: word,
  W: invertRanges(word),
  s: blanks,
  S: invertRanges(blanks),
};
const controlEscapes: { readonly [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** The tree of a pattern, or the first thing that is wrong with it. */
export function parsePattern(source: string): { readonly tree: PatternTree } | { readonly problem: PatternProblem } {
  const reader = new PatternReader(source);
  const tree = reader.choice(0);
  if (reader.problem === null && !reader.atEnd()) reader.fail("A `)` closes nothing: write `\\)` for the character.");
  return reader.problem === null ? { tree } : { problem: reader.problem };
}

class PatternReader {
  problem: PatternProblem | null = null;
  private offset = 0;
  private readonly ignoresCase: boolean;
  private readonly source: string;

  constructor(source: string) {
    this.source = source;
    this.ignoresCase = source.startsWith("(?i)");
    if (this.ignoresCase) this.offset = 4;
  }

  /** The first problem stays; the reader then sees the end, so that every loop comes to an end. */
  fail(message: string, offset = this.offset): void {
    this.problem ??= { offset, message };
    this.offset = this.source.length;
  }

  atEnd(): boolean {
    return this.offset >= this.source.length;
  }

  choice(depth: number): PatternTree {
    const alternatives = [this.sequence(depth)];
    while (this.eat("|")) alternatives.push(this.sequence(depth));
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? only : { kind: "choice", alternatives };
  }

  private sequence(depth: number): PatternTree {
    const items: PatternTree[] = [];
    while (!this.atEnd() && !this.sees("|") && !this.sees(")")) items.push(this.repeated(depth));
    return { kind: "sequence", items };
  }

  private repeated(depth: number): PatternTree {
    const start = this.offset;
    const item = this.atom(depth);
    const counts = this.quantifier();
    if (counts === null) return item;
    if (item.kind === "assertion") this.fail("A place can't be repeated.", start);
    // Lazy or greedy: whether there is a match is the same.
    this.eat("?");
    if (this.sees("*") || this.sees("+") || this.sees("?") || this.sees("{")) {
      this.fail("A repetition can't be repeated: put it into parentheses.");
    }
    return { kind: "repeat", item, least: counts[0], most: counts[1] };
  }

  private quantifier(): readonly [least: number, most: number] | null {
    if (this.eat("*")) return [0, Infinity];
    if (this.eat("+")) return [1, Infinity];
    if (this.eat("?")) return [0, 1];
    if (!this.sees("{")) return null;
    const counts = /^\{([0-9]+)(,([0-9]*))?\}/.exec(this.source.slice(this.offset, this.offset + 24));
    if (counts === null) {
      this.fail("`{` starts a count like {2,5}: write `\\{` for the character.");
      return null;
    }
    const least = Number(counts[1]);
    const most = counts[2] === undefined ? least : counts[3] === "" ? Infinity : Number(counts[3]);
    if (least > mostRepeats || (most !== Infinity && most > mostRepeats))
      this.fail(`A count goes up to ${mostRepeats}.`);
    else if (least > most) this.fail("The lower count is above the upper one.");
    else this.offset += counts[0].length;
    return [least, most];
  }

  private atom(depth: number): PatternTree {
    const start = this.offset;
    const character = this.take();
    switch (character) {
      case "(":
        return this.group(start, depth);
      case "[":
        return this.characterClass(start);
      case ".":
        return { kind: "characters", negated: true, ranges: lineEnds };
      case "^":
        return { kind: "assertion", what: "start" };
      case "$":
        return { kind: "assertion", what: "end" };
      case "\\":
        return this.escape(start);
      case "*":
      case "+":
      case "?":
        this.fail(
          `There is nothing to repeat before \`${character}\`: write \`\\${character}\` for the character.`,
          start,
        );
        break;
      case "{":
      case "}":
      case "]":
        this.fail(`Write \`\\${character}\` for the character.`, start);
    }
    return this.literal(character.codePointAt(0) ?? 0);
  }

  private group(start: number, depth: number): PatternTree {
    if (depth >= deepestGroup) this.fail(`Parentheses go ${deepestGroup} deep at most.`, start);
    if (this.eat("?") && !this.eat(":")) {
      const rest = this.source.slice(this.offset);
      if (/^(?:[=!]|<[=!])/.test(rest)) this.fail("There is no look-around: it has no bound on its time.", start);
      else if (rest.startsWith("i)")) this.fail("`(?i)` stands at the start and covers the whole pattern.", start);
      else this.fail("Of the groups with `?` there is only `(?:…)`.", start);
    }
    const tree = this.choice(depth + 1);
    if (!this.eat(")")) this.fail("The `(` is not closed: write `\\(` for the character.", start);
    return tree;
  }

  private escape(start: number): PatternTree {
    if (this.eat("b")) return { kind: "assertion", what: "word" };
    if (this.eat("B")) return { kind: "assertion", what: "notWord" };
    const ranges = this.escapedClass();
    if (ranges !== null) return { kind: "characters", negated: false, ranges };
    return this.literal(this.escapedCharacter(start));
  }

  private escapedClass(): readonly Range[] | null {
    const letter = this.source[this.offset] ?? "";
    const ranges = Object.hasOwn(classEscapes, letter) ? classEscapes[letter] : undefined;
    if (ranges === undefined) return null;
    this.offset += 1;
    return ranges;
  }

  /** The code point of an escape whose backslash has been taken. */
  private escapedCharacter(start: number): number {
    const rest = this.source.slice(this.offset, this.offset + 12);
    const hex = /^(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\})/.exec(rest);
    if (hex !== null) {
      const code = parseInt(hex[1] ?? hex[2] ?? hex[3] ?? "0", 16);
      if (code > lastCodePoint) this.fail("There is no such character.", start);
      this.offset += hex[0].length;
      return Math.min(code, lastCodePoint);
    }
    const character = this.take();
    const control = Object.hasOwn(controlEscapes, character) ? controlEscapes[character] : undefined;
    if (character === "") this.fail("A backslash at the end escapes nothing: write `\\\\`.", start);
    else if (control !== undefined && !/^0[0-9]/.test(rest)) return control;
    else if (/[0-9k]/.test(character))
      this.fail("There are no back-references: they have no bound on their time.", start);
    else if (/[A-Za-z]/.test(character)) this.fail(`There is no escape \`\\${character}\`.`, start);
    return character.codePointAt(0) ?? 0;
  }

  private literal(codePoint: number): PatternTree {
    return { kind: "characters", negated: false, ranges: this.cased([[codePoint, codePoint]]) };
  }

  private cased(ranges: readonly Range[]): readonly Range[] {
    const normal = normalizeRanges(ranges);
    return this.ignoresCase ? closeOverCase(normal) : normal;
  }

  private characterClass(start: number): PatternTree {
    const negated = this.eat("^");
    const classes: Range[] = [];
    const characters: Range[] = [];
    while (!this.atEnd() && !this.sees("]")) {
      const itemStart = this.offset;
      const low = this.classItem(classes);
      if (!this.sees("-") || this.source[this.offset + 1] === "]") {
        if (low !== null) characters.push([low, low]);
        continue;
      }
      this.offset += 1;
      const high = this.classItem(classes);
      if (low === null || high === null) this.fail("A range needs a character at both ends: write `\\-`.", itemStart);
      else if (low > high) this.fail("The range is empty: its start comes after its end.", itemStart);
      else characters.push([low, high]);
    }
    if (!this.eat("]")) this.fail("The `[` is not closed: write `\\[` for the character.", start);
    else if (classes.length + characters.length === 0) this.fail("The class is empty.", start);
    return { kind: "characters", negated, ranges: normalizeRanges([...classes, ...this.cased(characters)]) };
  }

  /** A code point; null for a class escape, which has gone to `classes`. */
  private classItem(classes: Range[]): number | null {
    const start = this.offset;
    const character = this.take();
    if (character !== "\\") return character.codePointAt(0) ?? 0;
    const ranges = this.escapedClass();
    if (ranges === null) return this.eat("b") ? 8 : this.escapedCharacter(start);
    classes.push(...ranges);
    return null;
  }

  private sees(text: string): boolean {
    return this.source.startsWith(text, this.offset);
  }

  private eat(text: string): boolean {
    const found = this.sees(text);
    if (found) this.offset += text.length;
    return found;
  }

  /** The next code point as text; "" at the end. */
  private take(): string {
    const codePoint = this.source.codePointAt(this.offset);
    const character = codePoint === undefined ? "" : String.fromCodePoint(codePoint);
    this.offset += character.length;
    return character;
  }
}
