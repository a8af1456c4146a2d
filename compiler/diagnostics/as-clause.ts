// The interpreter's own checks speak in sentences, because they stand alone in a log; within a finding they are clauses.

/** `There is nothing to repeat before "*".` becomes `there is nothing to repeat before "*"`. */
export function asClause(sentence: string): string {
  return sentence
    .replace(/\.$/, "")
    .replace(/\. (?=[A-Z])/g, "; ")
    .replace(/(?:^|; )[A-Z](?=[a-z ])/g, (start) => start.toLowerCase());
}
