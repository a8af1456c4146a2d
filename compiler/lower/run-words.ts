// Splits the literal of `run` into words (semantics 7.1): blanks separate, quotes group, an interpolation adds to its word
// unsplit. Knows nothing of values: an interpolation is any object. The checker reports what can't be split.

/** One word: texts and interpolations in order, to be joined. Empty: an empty argument. */
export type RunWord<T> = readonly (string | T)[];

export interface RunWords<T> {
  readonly words: readonly RunWord<T>[];
  /** The quote that is never closed, and the index of the piece and the offset in it where it opens. */
  readonly unclosed?: { readonly quote: string; readonly piece: number; readonly offset: number };
}

const isBlank = (character: string): boolean =>
  character === " " || character === "\t" || character === "\r" || character === "\n";

/** `pieces`: the literal's texts, cooked, and its interpolations. An unclosed quote reaches to the end. */
export function splitWords<T extends object>(pieces: readonly (string | T)[]): RunWords<T> {
  const words: (string | T)[][] = [];
  let word: (string | T)[] | undefined;
  let open: { quote: string; piece: number; offset: number } | undefined;
  const add = (text: string): void => {
    word ??= [];
    const last = word.at(-1);
    if (typeof last === "string") word[word.length - 1] = last + text;
    else if (text !== "") word.push(text);
  };
  for (const [index, piece] of pieces.entries()) {
    if (typeof piece !== "string") {
      (word ??= []).push(piece);
      continue;
    }
    for (let offset = 0; offset < piece.length; offset += 1) {
      const character = piece.charAt(offset);
      if (open !== undefined) {
        if (character === open.quote) open = undefined;
        else add(character);
      } else if (character === "'" || character === '"') {
        open = { quote: character, piece: index, offset };
        add("");
      } else if (!isBlank(character)) add(character);
      else if (word !== undefined) {
        words.push(word);
        word = undefined;
      }
    }
  }
  if (word !== undefined) words.push(word);
  return open === undefined ? { words } : { words, unclosed: open };
}
