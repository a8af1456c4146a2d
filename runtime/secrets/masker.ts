// Hides secret values in whatever is written or shown: the value itself, its UTF-16LE, JSON, percent and base64 forms, and
// each of its longer lines. A value that a program transformed in another way is not found, and no one is promised it.

/** Shorter values are not masked: half of every text would be. */
export const shortestMasked = 6;
const replacement = "***";

/** A stream's masker: what may be the beginning of a secret is held back until it is known. */
export interface MaskingStream {
  /** Bytes that may be written now. */
  push(chunk: Buffer): Buffer;
  /** The rest; the stream may be used again. */
  end(): Buffer;
}

export interface Masker {
  /** Is there anything to hide? */
  readonly active: boolean;
  add(secret: string): void;
  mask(text: string): string;
  stream(): MaskingStream;
}

export function createMasker(): Masker {
  const forms = new Set<string>();
  let pattern: RegExp | null = null;
  let longest = 0;
  const refresh = (): void => {
    const sorted = [...forms].sort((a, b) => b.length - a.length);
    longest = sorted[0]?.length ?? 0;
    pattern = sorted.length === 0 ? null : new RegExp(sorted.map(escaped).join("|"), "g");
  };
  return {
    get active() {
      return pattern !== null;
    },
    add(secret) {
      for (const form of formsOf(secret)) forms.add(form);
      refresh();
    },
    mask(text) {
      if (pattern === null) return text;
      const bytes = Buffer.from(text, "utf8").toString("latin1");
      return Buffer.from(bytes.replace(pattern, replacement), "latin1").toString("utf8");
    },
    stream() {
      let held = "";
      return {
        push(chunk) {
          held += chunk.toString("latin1");
          const { done, rest } = maskBefore(held, held.length - longest + 1, pattern);
          held = rest;
          return Buffer.from(done, "latin1");
        },
        end() {
          const { done } = maskBefore(held, held.length, pattern);
          held = "";
          return Buffer.from(done, "latin1");
        },
      };
    },
  };
}

/** Masks every match that begins before `limit`: there the longest form fits, so the choice among forms is final. */
function maskBefore(
  text: string,
  limit: number,
  pattern: RegExp | null,
): { readonly done: string; readonly rest: string } {
  let done = "";
  let at = 0;
  if (pattern !== null) {
    pattern.lastIndex = 0;
    for (let match = pattern.exec(text); match !== null && match.index < limit; match = pattern.exec(text)) {
      done += text.slice(at, match.index) + replacement;
      at = match.index + match[0].length;
    }
  }
  const end = Math.max(at, limit, 0);
  return { done: done + text.slice(at, end), rest: text.slice(end) };
}

/** Every form as Latin-1 text, one character a byte. */
function formsOf(secret: string): readonly string[] {
  if (secret.length < shortestMasked) return [];
  const texts = new Set<string>();
  for (const part of [secret, ...secret.split(/\r\n|\r|\n/)]) {
    if (part.length < shortestMasked) continue;
    const json = JSON.stringify(part).slice(1, -1);
    const percent = encodeURIComponent(Buffer.from(part, "utf8").toString("utf8"));
    const ascii = json.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
    for (const text of [part, json, json.replaceAll("/", "\\/"), ascii, percent, percent.replaceAll("%20", "+")]) {
      texts.add(text);
    }
    texts.add(percent.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()));
    texts.add(ascii.replace(/\\u[0-9a-f]{4}/g, (hex) => `\\u${hex.slice(2).toUpperCase()}`));
  }
  const forms = new Set<string>();
  for (const text of texts) {
    forms.add(Buffer.from(text, "utf8").toString("latin1"));
    forms.add(Buffer.from(text, "utf16le").toString("latin1"));
  }
  for (const encoding of ["utf8", "utf16le"] as const) {
    for (let alignment = 0; alignment < 3; alignment += 1) {
      const form = base64Form(Buffer.from(secret, encoding), alignment);
      forms.add(form);
      forms.add(form.replaceAll("+", "-").replaceAll("/", "_"));
    }
  }
  return [...forms].filter((form) => form.length >= shortestMasked);
}

/** Characters of the base64 text that the bytes alone decide, when `alignment` bytes (modulo 3) stand before them. */
function base64Form(bytes: Buffer, alignment: number): string {
  const text = Buffer.concat([Buffer.alloc(alignment), bytes]).toString("base64");
  return text.slice(Math.ceil((alignment * 8) / 6), Math.floor(((alignment + bytes.length) * 8) / 6));
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
}
