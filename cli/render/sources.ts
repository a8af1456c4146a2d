// The texts that findings point into, by the path that the findings bear, and positions in them for people.
// The line map alone: what shows findings that are known already does without the parser.
import { lineMap } from "@sequitur/grammar/line-map";
import type { LineMap, Location } from "@sequitur/grammar";

/** Texts by path. A file that is not in it can't be shown: its places have no line. */
export type Sources = ReadonlyMap<string, string>;

/** Line and column from 1, columns in UTF-16 units; offset from 0. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

export interface TextRange {
  readonly start: TextPosition;
  readonly end: TextPosition;
}

/** Finds lines and positions, each file's lines are looked for once. */
export interface Positions {
  lines(file: string): LineMap | undefined;
  /** Undefined for a file without text. */
  rangeOf(location: Location): TextRange | undefined;
}

export function positionsIn(sources: Sources): Positions {
  const maps = new Map<string, LineMap>();
  const lines = (file: string): LineMap | undefined => {
    const known = maps.get(file);
    const text = sources.get(file);
    if (known !== undefined || text === undefined) return known;
    const made = lineMap(text);
    maps.set(file, made);
    return made;
  };
  return {
    lines,
    rangeOf(location) {
      const map = lines(location.file);
      if (map === undefined) return undefined;
      const end = Math.max(location.start, location.end);
      return {
        start: { ...map.positionAt(location.start), offset: location.start },
        end: { ...map.positionAt(end), offset: end },
      };
    },
  };
}
