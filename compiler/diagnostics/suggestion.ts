// What an unknown name was meant to be: the hint, and the fix that writes it.
import { didYouMean, editDistance, isSlip } from "@sequitur/grammar";
import type { DiagnosticDetails, Location, Related } from "@sequitur/grammar";

/** Something that a name could have meant; `at` is where it is declared. */
export interface Candidate {
  readonly name: string;
  readonly at?: Location;
}

/** What is looked at for one finding: with all names for every name that is not known, the cost would be their product. */
const mostCandidates = 2_000;

/** By which a slip differs at most from what was meant. */
const mostEdits = 3;

const identifier = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name as it is written in source: in backticks where it is no identifier. */
export function writeName(name: string): string {
  return identifier.test(name) ? name : `\`${name}\``;
}

/**
 * Hint, related place and fix for a name that is not known at `place`; empty when nothing is near. The fix is safe where it
 * is plain what was meant.
 */
export function suggestName(place: Location, written: string, candidates: Iterable<Candidate>): DiagnosticDetails {
  return suggest(place, written, candidates, writeName);
}

/** The same for a text in quotes or a word of a dotted name, which is replaced as it is. */
export function suggestText(place: Location, written: string, candidates: Iterable<Candidate>): DiagnosticDetails {
  return suggest(place, written, candidates, (text) => text);
}

/** A fix that replaces the place by a text. */
export function changeTo(place: Location, text: string, safe: boolean): DiagnosticDetails {
  return { fixes: [{ title: `Change to ${text}`, safe, edits: [{ ...locationOf(place), text }] }] };
}

export function locationOf(place: Location): Location {
  return { file: place.file, start: place.start, end: place.end };
}

function suggest(
  place: Location,
  written: string,
  candidates: Iterable<Candidate>,
  write: (name: string) => string,
): DiagnosticDetails {
  const known = new Map<string, Candidate>();
  for (const candidate of candidates) {
    if (known.size >= mostCandidates) break;
    if (!known.has(candidate.name)) known.set(candidate.name, candidate);
  }
  const meant = didYouMean(written, known.keys());
  if (meant === undefined) return {};
  const at = known.get(meant)?.at;
  const related: Related[] = at === undefined ? [] : [{ ...locationOf(at), message: `${meant} is declared here` }];
  const edits = [{ ...locationOf(place), text: write(meant) }];
  const safe = isSlip(written, meant) && isAlone(written, meant, known.keys());
  return { hint: `did you mean "${meant}"?`, related, fixes: [{ title: `Change to "${meant}"`, safe, edits }] };
}

/** Is no other name as near? */
function isAlone(written: string, meant: string, names: Iterable<string>): boolean {
  const lower = written.toLowerCase();
  const limit = editDistance(lower, meant.toLowerCase(), mostEdits);
  for (const name of names) if (name !== meant && editDistance(lower, name.toLowerCase(), limit) <= limit) return false;
  return true;
}
