// The text of a value where a sequence puts it into a text (`"${timeout}"`), and the texts that become values again.
import type { Value } from "./value.ts";
import { canonicalJson } from "./canonical-json.ts";

const durationUnits = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;
const sizeUnits = [
  ["TB", 1024 ** 4],
  ["GB", 1024 ** 3],
  ["MB", 1024 ** 2],
  ["KB", 1024],
  ["B", 1],
] as const;

function inLargestExactUnit(amount: number, units: readonly (readonly [unit: string, factor: number])[]): string {
  for (const [unit, factor] of units) if (amount % factor === 0) return `${amount / factor}${unit}`;
  return String(amount);
}

/** Milliseconds in the largest unit that needs no fraction: `90s`, `2h`; nothing is `0s`. */
export function durationText(milliseconds: number): string {
  return milliseconds === 0 ? "0s" : inLargestExactUnit(milliseconds, durationUnits);
}

/** Bytes in the largest unit that needs no fraction: `300MB`, `17B`; nothing is `0B`. */
export function sizeText(bytes: number): string {
  return bytes === 0 ? "0B" : inLargestExactUnit(bytes, sizeUnits);
}

/** Any value as JSON, for `log`; a string stays bare. */
export function valueText(value: Value): string {
  return typeof value === "string" ? value : canonicalJson(value);
}

/** A decimal integer within ±(2^53−1), with nothing around it; null: the text is none. */
export function parseInteger(text: string): number | null {
  if (!/^-?[0-9]+$/.test(text)) return null;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : null;
}
