// Does a pattern find a match in a text? Simulation of the pattern's machine, all states at once: time is text × program,
// whatever the pattern (Thompson; Pike's machine without captures).
import { includesCodePoint } from "./character-set.ts";
import type { Evaluation } from "./evaluate.ts";
import type { PatternInstruction, PlanPattern } from "./format.ts";
import { limits } from "./limits.ts";
import type { Value } from "./value.ts";

/** MATCH: an absent subject has no match. A text of more than 64 Ki units is a failure. */
export function matchPattern(pattern: PlanPattern, subject: Value): Evaluation {
  if (typeof subject !== "string") return { value: false };
  if (subject.length > limits.patternText) {
    return {
      failure: `a text of ${subject.length} UTF-16 units is too long for a pattern, which reads ${limits.patternText}`,
    };
  }
  return { value: findsMatch(pattern.program, subject) };
}

function findsMatch(program: readonly PatternInstruction[], subject: string): boolean {
  let current = new StateSet(program.length);
  let next = new StateSet(program.length);
  let before = -1;
  for (let at = 0; ;) {
    const codePoint = subject.codePointAt(at) ?? -1;
    if (enter(program, current, 0, before, codePoint)) return true;
    if (codePoint === -1) return false;
    at += codePoint > 0xffff ? 2 : 1;
    const after = subject.codePointAt(at) ?? -1;
    for (let i = 0; i < current.size; i += 1) {
      const state = current.list[i] ?? 0;
      const instruction = program[state];
      if (instruction?.[0] !== "char") continue;
      if (includesCodePoint(instruction[2], codePoint) !== instruction[1]) {
        if (enter(program, next, state + 1, codePoint, after)) return true;
      }
    }
    [current, next] = [next, current];
    next.clear();
    before = codePoint;
  }
}

/** A set of states in order of arrival, emptied in no time. */
class StateSet {
  readonly list: Uint32Array;
  size = 0;
  private readonly round: Uint32Array;
  private now = 1;

  constructor(states: number) {
    this.list = new Uint32Array(states);
    this.round = new Uint32Array(states);
  }

  /** False if the state is in already. */
  add(state: number): boolean {
    if (this.round[state] === this.now) return false;
    this.round[state] = this.now;
    this.list[this.size] = state;
    this.size += 1;
    return true;
  }

  clear(): void {
    this.size = 0;
    this.now += 1;
  }
}

/** Adds a state, and all that it leads to without a character. True: a match is among them. */
function enter(
  program: readonly PatternInstruction[],
  states: StateSet,
  start: number,
  before: number,
  after: number,
): boolean {
  const open = [start];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (!states.add(state)) continue;
    const instruction = program[state];
    if (instruction === undefined) continue;
    switch (instruction[0]) {
      case "match":
        return true;
      case "jump":
        open.push(instruction[1]);
        break;
      case "split":
        open.push(instruction[2], instruction[1]);
        break;
      case "assert":
        if (holds(instruction[1], before, after)) open.push(state + 1);
        break;
      case "char":
        break;
    }
  }
  return false;
}

/** `before` and `after`: the code points around the place; −1 at the ends of the text. */
function holds(what: "start" | "end" | "word" | "notWord", before: number, after: number): boolean {
  switch (what) {
    case "start":
      return before === -1;
    case "end":
      return after === -1;
    case "word":
      return isWord(before) !== isWord(after);
    case "notWord":
      return isWord(before) === isWord(after);
  }
}

function isWord(codePoint: number): boolean {
  return (
    (codePoint >= 0x30 && codePoint <= 0x39) ||
    (codePoint >= 0x41 && codePoint <= 0x5a) ||
    (codePoint >= 0x61 && codePoint <= 0x7a) ||
    codePoint === 0x5f
  );
}
