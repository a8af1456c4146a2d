// Broken text never breaks the checker: every case and example, with a line or a token taken out, or cut off.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkFiles } from "../test-support/check.ts";

function textsBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return textsBelow(path);
    return name.endsWith(".seq") ? [readFileSync(path, "utf8")] : [];
  });
}

const texts = [
  ...textsBelow(new URL("cases", import.meta.url).pathname),
  ...textsBelow(new URL("../../examples", import.meta.url).pathname),
];

const breaks = fc.record({
  text: fc.constantFrom(...texts),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  way: fc.constantFrom("line", "token", "cut", "double"),
});

function broken(text: string, at: number, way: string): string {
  const offset = Math.floor(text.length * at);
  if (way === "cut") return text.slice(0, offset);
  const pattern = way === "line" ? /.*\n/y : /\w+|\s+|[^\w\s]/y;
  pattern.lastIndex = way === "line" ? text.lastIndexOf("\n", offset) + 1 : offset;
  const found = pattern.exec(text)?.[0] ?? "";
  const start = pattern.lastIndex - found.length;
  if (way === "double") return text.slice(0, start) + found + found + text.slice(start + found.length);
  return text.slice(0, start) + text.slice(start + found.length);
}

test("every broken text is checked to its end, and findings stay within it", () => {
  fc.assert(
    fc.property(breaks, ({ text, at, way }) => {
      const changed = broken(text, at, way);
      for (const diagnostic of checkFiles(changed).diagnostics) {
        expect(diagnostic.start).toBeGreaterThanOrEqual(0);
        expect(diagnostic.end).toBeLessThanOrEqual(changed.length);
        expect(diagnostic.start).toBeLessThanOrEqual(diagnostic.end);
      }
    }),
    { numRuns: 400, seed: 5 },
  );
});
