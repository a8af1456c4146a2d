// What a process wrote, as a value of the type that its step asks for. Strict: text that does not fit is a failure, never a
// guess.
import { limits } from "../plan/limits.ts";
import type { PlanType } from "../plan/plan-type.ts";
import type { Value } from "../plan/value.ts";
import { valueProblem } from "../plan/value-check.ts";
import { parseInteger } from "../plan/value-text.ts";
import { isVersion } from "../plan/version.ts";
import { wellFormed as decodable } from "./decode.ts";

/** The value, or why there is none, as the end of a sentence about the output. */
export type ParsedOutput = { readonly value: Value } | { readonly problem: string };

const durationFactors: { readonly [unit: string]: number } = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const sizeFactors: { readonly [unit: string]: number } = {
  B: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};

/** Trailing line ends do not count. Numbers, versions and switches may have blanks around them; lists and records are JSON. */
export function parseOutput(text: string, type: PlanType): ParsedOutput {
  const bare = text.replace(/[\r\n]+$/, "");
  if (typeof type === "object" && "optional" in type) {
    return bare.trim() === "" ? { value: null } : parseOutput(text, type.optional);
  }
  const parsed = typeof type === "string" ? parseScalar(bare, type) : parseJson(bare);
  if ("problem" in parsed) return parsed;
  const problem = valueProblem(parsed.value, type);
  return problem === null ? parsed : { problem };
}

function parseScalar(text: string, type: PlanType & string): ParsedOutput {
  const word = text.trim();
  switch (type) {
    case "string":
    case "secret":
      return { value: text };
    case "int":
    case "percent": {
      const number = parseInteger(type === "percent" ? word.replace(/%$/, "") : word);
      return number === null ? unfit(word, "a whole number") : { value: number };
    }
    case "bool":
      return word === "true" || word === "false" ? { value: word === "true" } : unfit(word, "true or false");
    case "version":
      return isVersion(word) ? { value: word } : unfit(word, "a version such as 10.0.1");
    case "duration":
      return amount(word, durationFactors, "a duration such as 90s");
    case "size":
      return amount(word, sizeFactors, "a size such as 300MB");
    case "extent": {
      const size = amount(word, sizeFactors, "a size");
      return "value" in size ? { value: String(size.value) } : { value: word };
    }
    default:
      return { problem: `can't be read as ${type}` };
  }
}

function amount(text: string, factors: { readonly [unit: string]: number }, what: string): ParsedOutput {
  const match = /^(\d+)([A-Za-z]+)$/.exec(text);
  const factor = match === null || !Object.hasOwn(factors, match[2] ?? "") ? undefined : factors[match[2] ?? ""];
  if (match === null || factor === undefined) return unfit(text, what);
  const value = Number(match[1]) * factor;
  return Number.isSafeInteger(value)
    ? { value }
    : { problem: `is beyond the largest ${what.split(" ")[1]} that there is` };
}

function unfit(text: string, what: string): ParsedOutput {
  const shown = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return { problem: shown === "" ? `is empty, not ${what}` : `is ${JSON.stringify(shown)}, not ${what}` };
}

/** JSON as a value of no particular type. */
export function parseJson(text: string): ParsedOutput {
  if (nesting(text) > limits.valueDepth) return { problem: `is nested deeper than ${limits.valueDepth}` };
  try {
    return { value: wellFormed(JSON.parse(text) as Value) };
  } catch {
    return { problem: text.trim() === "" ? "is empty, not JSON" : "is not JSON" };
  }
}

/** Deepest nesting of brackets outside of strings. */
function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, (depth += 1));
    else if (token === "]" || token === "}") depth -= 1;
  }
  return deepest;
}

/** Lone surrogates, which JSON can spell, become U+FFFD. */
function wellFormed(value: Value): Value {
  if (typeof value === "string") return decodable(value);
  if (Array.isArray(value)) return value.map(wellFormed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([field, member]) => [field, wellFormed(member)]));
}
