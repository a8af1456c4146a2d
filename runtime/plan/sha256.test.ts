import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { sha256 } from "./sha256.ts";

const expected = (message: string | Uint8Array): string => createHash("sha256").update(message).digest("hex");

test("agrees with node:crypto for every length around the block borders", () => {
  for (let length = 0; length <= 260; length += 1) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    expect(sha256(bytes)).toBe(expected(bytes));
  }
});

test("hashes a text as its UTF-8 bytes", () => {
  for (const text of ["", "abc", "größe", "𝒮𝓮𝓺", "\u{10ffff}\ud800", "a".repeat(100_000)]) {
    expect(sha256(text)).toBe(expected(text));
  }
});
