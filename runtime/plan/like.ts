// Wildcards (`like`): `*` stands for any text, `?` for one character; the whole text must fit, and case does not count.
import { foldCase } from "./case-mapping.ts";

/**
 * Two pointers walk text and pattern; on a mismatch the latest `*` takes one character more. Never more than
 * text × pattern steps, since an earlier `*` need not be tried again.
 */
export function matchesWildcards(text: string, pattern: string): boolean {
  const characters = Array.from(foldCase(text));
  const wanted = Array.from(foldCase(pattern));
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < characters.length) {
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
      return false;
    }
  }
  while (wanted[next] === "*") next += 1;
  return next === wanted.length;
}
