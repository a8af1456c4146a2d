// SHA-256 (FIPS 180-4) in plain TypeScript, for the places that have no node:crypto: a compiler in a browser. Content files
// are hashed by the host, which has a faster one.

const firstPrimes: number[] = [];
for (let n = 2; firstPrimes.length < 64; n += 1) if (firstPrimes.every((prime) => n % prime !== 0)) firstPrimes.push(n);

/** The first 32 bits of the fraction, as the standard derives its constants. */
const fractionBits = (x: number): number => ((x - Math.floor(x)) * 2 ** 32) | 0;
const roundConstants = Int32Array.from(firstPrimes, (prime) => fractionBits(Math.cbrt(prime)));
const initialState = Int32Array.from(firstPrimes.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));

/** The message, a 1 bit, zeros, and its length in bits: a multiple of 64 bytes. */
function padded(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  bytes.set(message);
  bytes[message.length] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(bytes.length - 4, (message.length * 8) >>> 0);
  return bytes;
}

const at = (words: Int32Array, i: number): number => words[i] ?? 0;
const rotate = (x: number, bits: number): number => (x >>> bits) | (x << (32 - bits));

function compress(state: Int32Array, words: Int32Array): void {
  for (let t = 16; t < 64; t += 1) {
    const w15 = at(words, t - 15);
    const w2 = at(words, t - 2);
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3);
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10);
    words[t] = (at(words, t - 16) + s0 + at(words, t - 7) + s1) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < 64; t += 1) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + at(roundConstants, t) + at(words, t)) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) | 0, c, b, a, (t1 + t2) | 0];
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i += 1) state[i] = at(state, i) + (next[i] ?? 0);
}

/** The hash as 64 hexadecimal digits; a text is hashed as its UTF-8 bytes. */
export function sha256(message: Uint8Array | string): string {
  const bytes = padded(typeof message === "string" ? new TextEncoder().encode(message) : message);
  const view = new DataView(bytes.buffer);
  const state = Int32Array.from(initialState);
  const words = new Int32Array(64);
  for (let block = 0; block < bytes.length; block += 64) {
    for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(block + 4 * t);
    compress(state, words);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
