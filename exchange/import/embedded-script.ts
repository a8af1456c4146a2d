// Scripts that a step carries: base64 of UTF-16 with a mark, or of UTF-8.

/** The script with `\n` as line end, and whether encoding it again gives the same; undefined: it is no script. */
export function embeddedScript(value: string): { readonly text: string; readonly isSigned: boolean } | undefined {
  if (!/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)) return undefined;
  const bytes = bytesOf(value.replace(/\s/g, ""));
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  try {
    const decoder = new TextDecoder(isWide ? "utf-16le" : "utf-8", { fatal: true });
    const text = decoder.decode(bytes);
    if (text.includes("\0")) return undefined;
    const isSigned = text.includes("# SIG # Begin signature block");
    // One changed byte breaks a signature.
    return { text: isSigned ? text : text.replaceAll("\r\n", "\n").replaceAll("\r", "\n"), isSigned };
  } catch {
    // Bytes that are no text: the caller keeps the value as it is.
    return undefined;
  }
}

function bytesOf(base64: string): Uint8Array {
  const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const values = new Map([...digits].map((digit, index) => [digit, index]));
  const bytes: number[] = [];
  let bits = 0;
  let count = 0;
  for (const digit of base64) {
    const value = values.get(digit);
    if (value === undefined) break;
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 0xff);
  }
  return Uint8Array.from(bytes);
}
