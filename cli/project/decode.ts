// Bytes to text, strictly: what is not UTF-8 is said with its place instead of being replaced.

export type Decoded =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "wrong"; readonly offset: number };

/** Decodes UTF-8 (RFC 3629). A byte order mark at the start is left out. `offset` is that of the first wrong byte. */
export function decodeText(bytes: Uint8Array): Decoded {
  try {
    return { kind: "text", text: new TextDecoder("utf-8", { fatal: true }).decode(bytes) };
  } catch {
    // The decoder only says that something is wrong; where it is, is looked for once it matters.
    return { kind: "wrong", offset: firstWrongByte(bytes) };
  }
}

/** True when a text starts with a byte order mark, which writing it back must keep. */
export function hasByteOrderMark(bytes: Uint8Array): boolean {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

function firstWrongByte(bytes: Uint8Array): number {
  let offset = 0;
  while (offset < bytes.length) {
    const length = sequenceLength(bytes, offset);
    if (length === 0) return offset;
    offset += length;
  }
  return offset;
}

/** The length of the well-formed sequence at an offset; 0 for none (RFC 3629, section 4). */
function sequenceLength(bytes: Uint8Array, offset: number): number {
  const lead = bytes[offset] ?? 0;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  const second = bytes[offset + 1] ?? 0;
  const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < lowest || second > highest) return 0;
  for (let index = 2; index < length; index++) {
    if (((bytes[offset + index] ?? 0) & 0xc0) !== 0x80) return 0;
  }
  return length;
}
