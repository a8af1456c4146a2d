// Durations and sizes as texts: `45m`, `300MB`. A written literal is the lexer's; this is for texts that stand where one
// is asked for.

const factors: { readonly [unit: string]: number } = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};

/** `45m`, `300MB` as milliseconds or bytes; undefined: the text is no duration, or no size, within the safe integers. */
export function parseQuantity(text: string, kind: "duration" | "size"): number | undefined {
  const pattern = kind === "duration" ? /^([0-9]+)(ms|s|m|h|d)$/ : /^([0-9]+)(KB|MB|GB|TB)$/;
  const match = pattern.exec(text);
  const value = Number(match?.[1]) * (factors[match?.[2] ?? ""] ?? Number.NaN);
  return Number.isSafeInteger(value) ? value : undefined;
}
