import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createMasker } from "./masker.ts";

const secret = 'p@ss/Wört 1+"';

function maskedInChunks(text: Buffer, sizes: readonly number[], ...secrets: readonly string[]): string {
  const masker = createMasker();
  for (const value of secrets) masker.add(value);
  const stream = masker.stream();
  const parts: Buffer[] = [];
  let at = 0;
  for (let i = 0; at < text.length; i += 1) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    parts.push(stream.push(text.subarray(at, at + size)));
    at += size;
  }
  return Buffer.concat([...parts, stream.end()]).toString("latin1");
}

describe("the masker", () => {
  const forms: readonly (readonly [name: string, form: Buffer])[] = [
    ["the value itself", Buffer.from(secret)],
    ["UTF-16LE", Buffer.from(secret, "utf16le")],
    ["JSON", Buffer.from(JSON.stringify(secret).slice(1, -1))],
    ["percent encoding", Buffer.from(encodeURIComponent(secret))],
    ["base64", Buffer.from(Buffer.from(secret).toString("base64").replace(/=+$/, ""))],
    ["base64 after one byte", Buffer.from(Buffer.from(`x${secret}`).toString("base64"))],
    ["base64 after two bytes", Buffer.from(Buffer.from(`xy${secret}`).toString("base64"))],
    ["base64 of UTF-16LE", Buffer.from(Buffer.from(secret, "utf16le").toString("base64"))],
  ];
  it.each(forms)("hides a secret as %s, however the output is cut", (_name, form) => {
    const whole = Buffer.concat([Buffer.from("before "), form, Buffer.from(" after")]);
    for (let size = 1; size < whole.length; size += 1) {
      const text = maskedInChunks(whole, [size], secret);
      expect(text).toContain("***");
      // Base64 keeps the characters that its neighbours have a part in: too little to know a byte of it for certain.
      expect(text.length).toBeLessThanOrEqual("before *** after".length + 6);
      expect(text.startsWith("before ") && text.endsWith(" after")).toBe(true);
    }
  });

  it("hides each longer line of a secret", () => {
    const key = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\nabc\n-----END KEY-----";
    expect(maskedInChunks(Buffer.from("> MIIEvQIBADANBgkq <"), [3], key)).toBe("> *** <");
  });

  it("leaves short secrets, which would mask everything", () => {
    expect(maskedInChunks(Buffer.from("abcde"), [2], "abc")).toBe("abcde");
  });

  it("gives the same whatever the chunks are, and never a secret", () => {
    const alphabet = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 60 });
    const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(alphabet, sizes, (text, cuts) => {
        const secrets = ["abcabc", "bcabcabb", "ccccccc"];
        const streamed = maskedInChunks(Buffer.from(text), cuts, ...secrets);
        const masker = createMasker();
        for (const value of secrets) masker.add(value);
        expect(streamed).toBe(masker.mask(text));
        for (const value of secrets) expect(streamed).not.toContain(value);
      }),
    );
  });
});
