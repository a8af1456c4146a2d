import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { watchOutput } from "./watch-output.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sequitur-watch-"));
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

function watched(limit?: number): {
  stdout: string;
  stderr: string;
  told: string[];
  watch: ReturnType<typeof watchOutput>;
} {
  const files = { stdout: join(folder, "1.stdout"), stderr: join(folder, "1.stderr") };
  const told: string[] = [];
  const listener = {
    output: (stream: string, text: string) => told.push(`${stream}: ${text}`),
    progress: (line: string) => told.push(`line: ${line}`),
  };
  return { ...files, told, watch: watchOutput(files, listener, limit) };
}

describe("output of a program that runs", () => {
  it("is told each second and at the end, each piece once, no character in halves", () => {
    const { stdout, stderr, told, watch } = watched();
    vi.advanceTimersByTime(1000);
    appendFileSync(stdout, Buffer.concat([Buffer.from("one\ntw"), Buffer.from("ö").subarray(0, 1)]));
    vi.advanceTimersByTime(3000);
    appendFileSync(stdout, Buffer.from("ö").subarray(1));
    appendFileSync(stderr, "oops\n");
    watch.stop();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual(["stdout: one\ntw", "line: tw", "stdout: ö", "stderr: oops\n"]);
    expect(watch.isCut).toBe(false);
  });

  it("begins anew in its file when it grows past the limit, and says so", () => {
    const { stdout, told, watch } = watched(10);
    appendFileSync(stdout, "123456789\n");
    vi.advanceTimersByTime(1000);
    expect([watch.isCut, readFileSync(stdout, "utf8")]).toEqual([false, "123456789\n"]);
    appendFileSync(stdout, "more\n");
    vi.advanceTimersByTime(1000);
    expect([watch.isCut, readFileSync(stdout, "utf8")]).toEqual([true, ""]);
    appendFileSync(stdout, "after\n");
    watch.stop();
    expect(readFileSync(stdout, "utf8")).toBe("after\n");
    expect(told.filter((text) => text.startsWith("stdout"))).toEqual([
      "stdout: 123456789\n",
      "stdout: more\n",
      "stdout: after\n",
    ]);
  });
});
