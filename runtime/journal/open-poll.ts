// A poll keeps only the readings that ended it, and they go out in one write with what they decided. Where a torn end has left
// some of them without it, they decided nothing: the poll begins anew (semantics 3.5), and reads the world anew.
import type { StoredRecord } from "./record.ts";

/** How many of the records count: all, or those before the last readings of a poll that has no end. */
export function countWithoutOpenPoll(records: readonly StoredRecord[]): number {
  let count = records.length;
  while (isReading(records[count - 1])) count -= 1;
  let before = count;
  while (isBetween(records[before - 1])) before -= 1;
  return records[before - 1]?.body.k === "wait" ? count : records.length;
}

function isReading(stored: StoredRecord | undefined): boolean {
  return stored?.body.k === "read" && stored.body.early !== true;
}

/** What may stand between the beginning of a poll and its last readings. */
function isBetween(stored: StoredRecord | undefined): boolean {
  return stored?.body.k === "resume" || stored?.body.k === "read";
}
