// Reads number tokens: integers, hexadecimal numbers, durations, sizes and percentages; and guesses what a malformed one
// was meant to be.
import { didYouMean } from "../diagnostics/did-you-mean.ts";
import type { NumberUnit } from "../syntax/tree.ts";

export interface NumberValue {
  readonly unit: NumberUnit;
  /** Milliseconds, bytes, or the number itself; 0 with a problem. */
  readonly value: number;
  readonly problem?: "malformed" | "tooLarge";
  /** What the text was most likely meant to be, when it is malformed. */
  readonly meant?: string;
}

const units: ReadonlyMap<string, { readonly unit: NumberUnit; readonly factor: number }> = new Map([
  ["ms", { unit: "duration", factor: 1 }],
  ["s", { unit: "duration", factor: 1000 }],
  ["m", { unit: "duration", factor: 60_000 }],
  ["h", { unit: "duration", factor: 3_600_000 }],
  ["d", { unit: "duration", factor: 86_400_000 }],
  ["KB", { unit: "size", factor: 1024 }],
  ["MB", { unit: "size", factor: 1024 ** 2 }],
  ["GB", { unit: "size", factor: 1024 ** 3 }],
  ["TB", { unit: "size", factor: 1024 ** 4 }],
  ["%", { unit: "percent", factor: 1 }],
]);

/** Spellings of units that people bring along. */
const otherUnits: Readonly<{ [suffix: string]: string }> = {
  msec: "ms",
  sec: "s",
  secs: "s",
  second: "s",
  seconds: "s",
  min: "m",
  mins: "m",
  minute: "m",
  minutes: "m",
  hr: "h",
  hrs: "h",
  hour: "h",
  hours: "h",
  day: "d",
  days: "d",
  k: "KB",
  kib: "KB",
  mib: "MB",
  g: "GB",
  gib: "GB",
  t: "TB",
  tib: "TB",
};

/** The value of a number token. */
export function numberValue(text: string): NumberValue {
  const digits = countDigits(text);
  if (digits > 0) {
    if (digits === text.length) return exact("int", Number(text));
    const unit = units.get(text.slice(digits));
    if (unit !== undefined) return exact(unit.unit, Number(text.slice(0, digits)) * unit.factor);
  }
  if (/^0x[0-9A-Fa-f]+$/.test(text)) return exact("int", Number(text));
  const meant = guess(text);
  return { unit: "error", value: 0, problem: "malformed", ...(meant === undefined ? {} : { meant }) };
}

function countDigits(text: string): number {
  let count = 0;
  while (count < text.length && text.charCodeAt(count) >= 48 && text.charCodeAt(count) <= 57) count++;
  return count;
}

function exact(unit: NumberUnit, value: number): NumberValue {
  if (value <= Number.MAX_SAFE_INTEGER) return { unit, value };
  return { unit: "error", value: 0, problem: "tooLarge" };
}

function knownUnit(suffix: string): string | undefined {
  if (units.has(suffix)) return suffix;
  const other = otherUnits[suffix.toLowerCase()];
  if (other !== undefined) return other;
  return [...units.keys()].find((unit) => unit.toLowerCase() === suffix.toLowerCase());
}

function guess(text: string): string | undefined {
  const hexadecimal = /^0X([0-9A-Fa-f]+)$/.exec(text);
  if (hexadecimal !== null) return `0x${hexadecimal[1]}`;
  if (text.includes("_")) {
    const plain = text.replaceAll("_", "");
    return numberValue(plain).problem === undefined ? plain : undefined;
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)([A-Za-z%]+)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text) return undefined;
  return sumOfParts(parts) ?? undefined;
}

/** `1h30m` is `90m`, `1.5GB` is `1536MB`: one number with the largest unit that leaves no fraction. */
function sumOfParts(parts: readonly RegExpExecArray[]): string | undefined {
  let sum = 0;
  let kind: NumberUnit | undefined;
  for (const part of parts) {
    const name = knownUnit(part[2] ?? "") ?? didYouMean(part[2] ?? "", [...units.keys()]);
    const unit = name === undefined ? undefined : units.get(name);
    if (unit === undefined || (kind !== undefined && kind !== unit.unit)) return undefined;
    if (parts.length === 1 && Number.isInteger(Number(part[1]))) return `${part[1]}${name}`;
    kind = unit.unit;
    sum += Number(part[1]) * unit.factor;
  }
  const fitting = [...units].filter(([, unit]) => unit.unit === kind && Number.isInteger(sum / unit.factor));
  const largest = fitting.at(-1);
  return largest === undefined ? undefined : `${sum / largest[1].factor}${largest[0]}`;
}
