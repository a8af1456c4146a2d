// Upper case, lower case and case folding of text, code point by code point: never a locale, never the engine's own tables.
import { caseFoldingRuns, lowerCaseRuns, upperCaseRuns } from "./case-table.ts";

/** A text's code points, each replaced by its image. */
type CaseMapping = (text: string) => string;

function readRuns(runs: string): ReadonlyMap<number, number> {
  const images = new Map<number, number>();
  let start = 0;
  for (const run of runs.split(" ")) {
    const parts = /^([0-9a-z]+)([.:])([0-9a-z]+)([+-])([0-9a-z]+)$/.exec(run);
    if (parts === null) throw new Error(`Broken run in the case table: ${run}`);
    const [, gap = "", mark, count = "", sign, distance = ""] = parts;
    start += parseInt(gap, 36);
    const delta = parseInt(distance, 36) * (sign === "-" ? -1 : 1);
    for (let i = 0; i < parseInt(count, 36); i += 1) {
      const codePoint = start + (mark === ":" ? 2 * i : i);
      images.set(codePoint, codePoint + delta);
    }
  }
  return images;
}

/** The table is read at first use: most runs never need it beyond ASCII. */
function mappingOf(runs: string, ascii: CaseMapping): CaseMapping {
  let images: ReadonlyMap<number, number> | undefined;
  return (text) => {
    if (/^[\0-\x7f]*$/.test(text)) return ascii(text);
    images ??= readRuns(runs);
    let mapped = "";
    for (const character of text) {
      const image = images.get(character.codePointAt(0) ?? 0);
      mapped += image === undefined ? character : String.fromCodePoint(image);
    }
    return mapped;
  };
}

/** Simple upper case: `ß` stays `ß`. */
export const upperCase: CaseMapping = mappingOf(upperCaseRuns, (text) => text.toUpperCase());

/** Simple lower case. */
export const lowerCase: CaseMapping = mappingOf(lowerCaseRuns, (text) => text.toLowerCase());

/** Two texts are equal but for case exactly when their foldings are equal. Not for showing. */
export const foldCase: CaseMapping = mappingOf(caseFoldingRuns, (text) => text.toLowerCase());

/** All code points that folding changes, with their images. */
export function caseFoldings(): ReadonlyMap<number, number> {
  return readRuns(caseFoldingRuns);
}
