// Masks every text in a piece of data that is about to leave the runtime: a record, an event.

export interface TextMask {
  mask(text: string): string;
}

/** The same data with known secrets hidden in every text of it; names of fields stay. */
export function maskTexts<T>(value: T, mask: TextMask): T {
  return masked(value, mask) as T;
}

function masked(value: unknown, mask: TextMask): unknown {
  if (typeof value === "string") return mask.mask(value);
  if (Array.isArray(value)) return value.map((member) => masked(member, mask));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, masked(member, mask)]));
}
