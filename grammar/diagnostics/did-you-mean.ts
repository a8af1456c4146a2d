// Finds what a misspelt word was meant to be.

/** The optimal string alignment distance: insertions, deletions, replacements and swaps of neighbours cost one each. */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  // What both start and end with costs nothing, and is most of two names that are near.
  let start = 0;
  while (start < left.length && left.charCodeAt(start) === right.charCodeAt(start)) start++;
  let tail = 0;
  const room = Math.min(left.length, right.length) - start;
  while (tail < room && left.charCodeAt(left.length - 1 - tail) === right.charCodeAt(right.length - 1 - tail)) tail++;
  return middleDistance(left.slice(start, left.length - tail), right.slice(start, right.length - tail), limit);
}

function middleDistance(left: string, right: string, limit: number): number {
  if (left.length === 0 || right.length === 0) return Math.min(left.length + right.length, limit + 1);
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const same = left.charCodeAt(row - 1) === right.charCodeAt(column - 1);
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 &&
        column > 1 &&
        left.charCodeAt(row - 1) === right.charCodeAt(column - 2) &&
        left.charCodeAt(row - 2) === right.charCodeAt(column - 1);
      if (swapped) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? limit + 1;
}

/**
 * The candidate that `word` most likely stands for, or undefined when none is near. A candidate that differs in case
 * alone wins; otherwise at most one edit for words of up to four letters, two up to eight, three above are allowed.
 * Among equals the first wins. Words longer than 100 letters have no near candidate.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > 100) return undefined;
  const lower = word.toLowerCase();
  const limit = word.length <= 4 ? 1 : word.length <= 8 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = limit + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const lowerCandidate = candidate.toLowerCase();
    if (lowerCandidate === lower) return candidate;
    const distance = editDistance(lower, lowerCandidate, bestDistance - 1);
    // A word that shares no letter in its place with the candidate was not meant to be it.
    if (distance < bestDistance && distance < Math.max(word.length, candidate.length) - 0.5) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * Is the word plainly a slip of the pen for what was found near it? A name with dots is compared part by part. Each part
 * may differ in case, by two letters that changed places, or by one letter that is not the first; in parts of more than
 * seven letters, by two. So `file.move` is no slip for `file.remove`.
 */
export function isSlip(word: string, meant: string): boolean {
  const parts = word.toLowerCase().split(".");
  const meantParts = meant.toLowerCase().split(".");
  return parts.length === meantParts.length && parts.every((part, index) => isSlipOf(part, meantParts[index] ?? ""));
}

function isSlipOf(part: string, meant: string): boolean {
  if (part === meant) return true;
  const distance = editDistance(part, meant, 2);
  const length = Math.max(part.length, meant.length);
  if (distance === 1 && part.length === meant.length && hasSameLetters(part, meant)) return true;
  if (part.charAt(0) !== meant.charAt(0)) return false;
  return (distance === 1 && length > 3) || (distance === 2 && length > 7);
}

function hasSameLetters(left: string, right: string): boolean {
  return [...left].sort().join("") === [...right].sort().join("");
}
