// SHA-256 (FIPS 180-4) in plain TypeScript, for the places that have no node:crypto: a compiler in a browser. Content files
// are hashed by the host, which has a faster one.

const firstPrimes: number[] = [];
for (let n = 2; firstPrimes.length < 64; n += 1) if (firstPrimes.every((prime) => n % prime !== 0)) firstPrimes.push(n);

/** The first 32 bits of the fraction, as the standard derives its constants. */
const fractionBits = (x: number): number => ((x - Math.floor(x)) * 2 ** 32) | 0;
const roundConstants = Int32Array.from(firstPrimes, (prime) => fractionBits(Math.cbrt(prime)));
const initialState = Int32Array.from(firstPrimes.slice(0, 8), (prime) => fractionBits(Math.sqrt(prime)));

/** What follows the whole blocks: the rest, a 1 bit, zeros, and the length of all in bits. */
function ending(message: Uint8Array): Uint8Array {
  const rest = message.length % 64;
  const bytes = new Uint8Array(rest < 56 ? 64 : 128);
  bytes.set(message.subarray(message.length - rest));
  bytes[rest] = 0x80;
  const view = new DataView(bytes.buffer);
  view.setUint32(bytes.length - 8, Math.floor(message.length / 2 ** 29));
  view.setUint32(bytes.length - 4, (message.length * 8) >>> 0);
  return bytes;
}

const at = (words: Int32Array | Uint8Array, i: number): number => words[i] ?? 0;

/** The 16 words of a block, and the 48 that follow from them. */
function schedule(words: Int32Array, bytes: Uint8Array, block: number): void {
  for (let t = 0, i = block; t < 16; t += 1, i += 4) {
    words[t] = (at(bytes, i) << 24) | (at(bytes, i + 1) << 16) | (at(bytes, i + 2) << 8) | at(bytes, i + 3);
  }
  for (let t = 16; t < 64; t += 1) {
    const w15 = at(words, t - 15);
    const w2 = at(words, t - 2);
    const s0 = ((w15 >>> 7) | (w15 << 25)) ^ ((w15 >>> 18) | (w15 << 14)) ^ (w15 >>> 3);
    const s1 = ((w2 >>> 17) | (w2 << 15)) ^ ((w2 >>> 19) | (w2 << 13)) ^ (w2 >>> 10);
    words[t] = (((at(words, t - 16) + s0) | 0) + ((at(words, t - 7) + s1) | 0)) | 0;
  }
}

function compress(state: Int32Array, words: Int32Array): void {
  let a = at(state, 0);
  let b = at(state, 1);
  let c = at(state, 2);
  let d = at(state, 3);
  let e = at(state, 4);
  let f = at(state, 5);
  let g = at(state, 6);
  let h = at(state, 7);
  for (let t = 0; t < 64; t += 1) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const choice = (e & f) ^ (~e & g);
    // Kept within 32 bits at each addition, which engines then do on plain integers.
    const t1 = (((((h + s1) | 0) + choice) | 0) + ((at(roundConstants, t) + at(words, t)) | 0)) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + ((s0 + majority) | 0)) | 0;
  }
  state[0] = at(state, 0) + a;
  state[1] = at(state, 1) + b;
  state[2] = at(state, 2) + c;
  state[3] = at(state, 3) + d;
  state[4] = at(state, 4) + e;
  state[5] = at(state, 5) + f;
  state[6] = at(state, 6) + g;
  state[7] = at(state, 7) + h;
}

function absorb(state: Int32Array, words: Int32Array, bytes: Uint8Array): void {
  for (let block = 0; block + 64 <= bytes.length; block += 64) {
    schedule(words, bytes, block);
    compress(state, words);
  }
}

/** The hash as 64 hexadecimal digits; a text is hashed as its UTF-8 bytes. */
export function sha256(message: Uint8Array | string): string {
  const bytes = typeof message === "string" ? new TextEncoder().encode(message) : message;
  const state = Int32Array.from(initialState);
  const words = new Int32Array(64);
  absorb(state, words, bytes);
  absorb(state, words, ending(bytes));
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
