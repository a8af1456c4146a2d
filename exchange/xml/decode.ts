// Bytes to text and back without loss: UTF-8 with and without a mark, UTF-16 of both orders. What would not give the same
// bytes again is refused.
import { xmlLimits } from "./limits.ts";
import type { XmlProblem } from "./tree.ts";

export type XmlEncoding = "utf-8" | "utf-8-mark" | "utf-16le" | "utf-16be";

export type DecodedXml =
  | { readonly kind: "text"; readonly text: string; readonly encoding: XmlEncoding }
  | { readonly kind: "problem"; readonly problem: XmlProblem };

const refused = (message: string): DecodedXml => ({ kind: "problem", problem: { offset: 0, message } });

export function decodeXml(bytes: Uint8Array): DecodedXml {
  if (bytes.length > xmlLimits.bytes) return refused(`it is larger than ${xmlLimits.bytes} bytes`);
  const encoding = encodingOf(bytes);
  if (encoding === undefined) return refused("its encoding is UTF-32, which is not read");
  const text = textIn(bytes, encoding);
  if (text === undefined) return refused(`it is not valid ${encoding.startsWith("utf-8") ? "UTF-8" : "UTF-16"}`);
  const declared = /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(text)?.[1]?.toLowerCase();
  if (declared !== undefined && !agrees(declared, encoding, text)) {
    return refused(`it says that its encoding is ${declared}, and that is not so or not read`);
  }
  return { kind: "text", text, encoding };
}

export function encodeXml(text: string, encoding: XmlEncoding): Uint8Array {
  if (encoding === "utf-8") return new TextEncoder().encode(text);
  if (encoding === "utf-8-mark") return new TextEncoder().encode(`\uFEFF${text}`);
  const units = `\uFEFF${text}`;
  const bytes = new Uint8Array(units.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < units.length; index++) {
    view.setUint16(index * 2, units.charCodeAt(index), encoding === "utf-16le");
  }
  return bytes;
}

function encodingOf(bytes: Uint8Array): XmlEncoding | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8-mark";
  if (first === 0xff && second === 0xfe) return third === 0 && fourth === 0 ? undefined : "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first === 0 && second === 0) return undefined;
  return "utf-8";
}

function textIn(bytes: Uint8Array, encoding: XmlEncoding): string | undefined {
  if (encoding.startsWith("utf-16")) return utf16(bytes.subarray(2), encoding === "utf-16le");
  const body = encoding === "utf-8-mark" ? bytes.subarray(3) : bytes;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    // Only malformed input makes the decoder throw, and that is the answer.
    return undefined;
  }
}

function utf16(bytes: Uint8Array, littleEndian: boolean): string | undefined {
  if (bytes.length % 2 !== 0) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += 8192) {
    const units: number[] = [];
    for (let at = start; at < Math.min(start + 8192, bytes.length); at += 2)
      units.push(view.getUint16(at, littleEndian));
    pieces.push(String.fromCharCode(...units));
  }
  const text = pieces.join("");
  return /[\uD800-\uDFFF]/u.test(text) ? undefined : text;
}

function agrees(declared: string, encoding: XmlEncoding, text: string): boolean {
  if (declared === "utf-8" || declared === "utf8") return encoding.startsWith("utf-8");
  if (declared === "utf-16" || declared === "utf-16le" || declared === "utf-16be") return encoding.startsWith("utf-16");
  // Files of one-byte encodings are read as long as they hold nothing but ASCII: then all of them agree.
  const isOneByte = /^(us-ascii|ascii|iso-8859-\d+|windows-125\d)$/.test(declared);
  return isOneByte && encoding === "utf-8" && isAscii(text);
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
