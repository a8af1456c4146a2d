// The difference of two texts as a patch that `git apply` and `patch -p1` take. It pairs the lines that each text has once, in
// the order they have in both, and what is alike around them: never wrong, and n log n for any texts, though not always the
// shortest.

/** Lines `start` to `end` (exclusive) of both texts, from 0. */
interface Change {
  readonly before: readonly [start: number, end: number];
  readonly after: readonly [start: number, end: number];
}

const contextLines = 3;

/** The patch that makes `after` of `before`; empty when they are equal. `path` is relative, with forward slashes. */
export function unifiedDiff(path: string, before: string, after: string): string {
  if (before === after) return "";
  const [old, made] = [linesOf(before), linesOf(after)];
  const changes = changesBetween(old, made);
  const output = [`--- a/${path}\n`, `+++ b/${path}\n`];
  for (const hunk of hunksOf(changes)) output.push(hunkText(hunk, old, made));
  return output.join("");
}

/** With their line breaks, so that the last one shows whether it has one. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function changesBetween(old: readonly string[], made: readonly string[]): readonly Change[] {
  const changes: Change[] = [];
  let [from, into] = [0, 0];
  const upTo = (oldEnd: number, madeEnd: number): void => {
    while (from < oldEnd && into < madeEnd && old[from] === made[into]) {
      from++;
      into++;
    }
    let [to, until] = [oldEnd, madeEnd];
    while (to > from && until > into && old[to - 1] === made[until - 1]) {
      to--;
      until--;
    }
    if (from < to || into < until) changes.push({ before: [from, to], after: [into, until] });
    [from, into] = [oldEnd, madeEnd];
  };
  for (const [oldLine, madeLine] of pairs(old, made)) {
    upTo(oldLine, madeLine);
    [from, into] = [oldLine + 1, madeLine + 1];
  }
  upTo(old.length, made.length);
  return changes;
}

/** Lines that both texts have exactly once: the longest chain of them that is in order in both. */
function pairs(old: readonly string[], made: readonly string[]): readonly (readonly [number, number])[] {
  const places = onlyPlaces(made);
  const candidates: (readonly [number, number])[] = [];
  for (const [line, oldPlace] of onlyPlaces(old)) {
    const madePlace = places.get(line);
    if (oldPlace !== undefined && madePlace !== undefined) candidates.push([oldPlace, madePlace]);
  }
  return longestRising(candidates);
}

/** The place of every line; undefined for one that is there more than once. In the order of the text. */
function onlyPlaces(lines: readonly string[]): ReadonlyMap<string, number | undefined> {
  const places = new Map<string, number | undefined>();
  lines.forEach((line, index) => places.set(line, places.has(line) ? undefined : index));
  return places;
}

/** The longest part of some pairs, rising in their first number, that rises in the second one too. */
function longestRising(candidates: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const ends: number[] = [];
  const previous: number[] = [];
  candidates.forEach(([, place], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((candidates[ends[middle] ?? 0]?.[1] ?? 0) < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = ends[low - 1] ?? -1;
    ends[low] = index;
  });
  const chain: (readonly [number, number])[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = candidates[index];
    if (pair !== undefined) chain.push(pair);
  }
  return chain.reverse();
}

/** Changes whose surroundings touch are shown together. */
function hunksOf(changes: readonly Change[]): readonly (readonly Change[])[] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    const hunk = hunks.at(-1);
    const last = hunk?.at(-1);
    if (last !== undefined && change.before[0] - last.before[1] <= 2 * contextLines) hunk?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

function hunkText(hunk: readonly Change[], old: readonly string[], made: readonly string[]): string {
  const [first, last] = [hunk[0], hunk.at(-1)];
  if (first === undefined || last === undefined) return "";
  const lead = Math.min(contextLines, first.before[0]);
  const [start, end] = [first.before[0] - lead, Math.min(old.length, last.before[1] + contextLines)];
  const madeStart = first.after[0] - lead;
  const madeEnd = last.after[1] + (end - last.before[1]);
  const output = [`@@ -${range(start, end)} +${range(madeStart, madeEnd)} @@\n`];
  let place = start;
  for (const { before, after } of hunk) {
    for (; place < before[0]; place++) output.push(shown(" ", old[place]));
    for (; place < before[1]; place++) output.push(shown("-", old[place]));
    for (let index = after[0]; index < after[1]; index++) output.push(shown("+", made[index]));
  }
  for (; place < end; place++) output.push(shown(" ", old[place]));
  return output.join("");
}

/** An empty range names the line before it. */
function range(start: number, end: number): string {
  const count = end - start;
  return `${count === 0 ? start : start + 1}${count === 1 ? "" : `,${count}`}`;
}

function shown(sign: string, line = ""): string {
  return line.endsWith("\n") ? `${sign}${line}` : `${sign}${line}\n\\ No newline at end of file\n`;
}
