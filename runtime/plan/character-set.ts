// Sets of code points as sorted, disjoint ranges: what a character class of a regular expression means.
import { caseFoldings } from "./case-mapping.ts";

export type Range = readonly [low: number, high: number];

export const lastCodePoint = 0x10ffff;

/** The same set, sorted, without overlaps and without ranges that touch. */
export function normalizeRanges(ranges: readonly Range[]): readonly Range[] {
  const merged: [number, number][] = [];
  for (const [low, high] of [...ranges].sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1);
    if (last !== undefined && low <= last[1] + 1) last[1] = Math.max(last[1], high);
    else merged.push([low, high]);
  }
  return merged;
}

/** All code points that are not in the set. The ranges must be normal. */
export function invertRanges(ranges: readonly Range[]): readonly Range[] {
  const inverted: Range[] = [];
  let next = 0;
  for (const [low, high] of ranges) {
    if (low > next) inverted.push([next, low - 1]);
    next = high + 1;
  }
  if (next <= lastCodePoint) inverted.push([next, lastCodePoint]);
  return inverted;
}

/** Is the code point in the set? The ranges must be normal. */
export function includesCodePoint(ranges: readonly Range[], codePoint: number): boolean {
  let from = 0;
  let to = ranges.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const range = ranges[middle];
    if (range === undefined) return false;
    if (codePoint < range[0]) to = middle;
    else if (codePoint > range[1]) from = middle + 1;
    else return true;
  }
  return false;
}

/** The set with every code point that equals one of its members but for case. The ranges must be normal. */
export function closeOverCase(ranges: readonly Range[]): readonly Range[] {
  const foldings = caseFoldings();
  const letters = new Set([...foldings.keys(), ...foldings.values()]);
  const folded = new Set<number>();
  for (const letter of letters) {
    if (includesCodePoint(ranges, letter)) folded.add(foldings.get(letter) ?? letter);
  }
  const more: Range[] = [];
  for (const letter of letters) {
    if (folded.has(foldings.get(letter) ?? letter)) more.push([letter, letter]);
  }
  return normalizeRanges([...ranges, ...more]);
}
