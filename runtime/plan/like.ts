// Wildcards (`like`): `*` stands for any text, `?` for one character; the whole text must fit, and case does not count.
import { foldCase } from "./case-mapping.ts";
import type { Evaluation } from "./evaluate.ts";
import { limits } from "./limits.ts";

/**
 * Two pointers walk text and pattern; on a mismatch the latest `*` takes one character more, for an earlier one need not be
 * tried again. That is text × pattern comparisons at worst, so they are counted: past the limit it is a failure.
 */
export function matchesWildcards(text: string, pattern: string): Evaluation {
  const characters = Array.from(foldCase(text));
  const wanted = Array.from(foldCase(pattern));
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  let left = limits.likeComparisons;
  while (at < characters.length) {
    left -= 1;
    if (left < 0) return { failure: costText(text, pattern) };
    const symbol = wanted[next];
    if (symbol === "*") {
      star = next;
      starAt = at;
      next += 1;
    } else if (symbol === "?" || (symbol !== undefined && symbol === characters[at])) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      next = star + 1;
    } else {
      return { value: false };
    }
  }
  while (wanted[next] === "*") next += 1;
  return { value: next === wanted.length };
}

function costText(text: string, pattern: string): string {
  return (
    `like: a text of ${text.length} UTF-16 units and wildcards of ${pattern.length} take more than ` +
    `${limits.likeComparisons} comparisons of characters.`
  );
}
