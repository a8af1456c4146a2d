import { describe, expect, it } from "vitest";
import { splitWords } from "./run-words.ts";

const value = (name: string) => ({ name });

/** Words as text: pieces of a word joined by `+`, interpolations in `${}`. */
function wordsOf(...pieces: (string | { readonly name: string })[]): readonly string[] {
  return splitWords(pieces).words.map((word) =>
    word.map((piece) => (typeof piece === "string" ? piece : `\${${piece.name}}`)).join("+"),
  );
}

describe("words of run", () => {
  it("are split on blanks, tabs and line ends", () => {
    expect(wordsOf("  setup.exe\t/q \r\n /s ")).toEqual(["setup.exe", "/q", "/s"]);
  });

  it("are kept together by quotes, which are removed; pieces join", () => {
    expect(wordsOf(`setup.exe /name='My App' "a b"c`)).toEqual(["setup.exe", "/name=My App", "a bc"]);
  });

  it("may be empty", () => {
    expect(wordsOf("a '' b")).toEqual(["a", "", "b"]);
  });

  it("take an interpolation unsplit, alone or with text", () => {
    expect(wordsOf("a ", value("x"), " b=", value("y"), "c")).toEqual(["a", "${x}", "b=+${y}+c"]);
  });

  it("know no escape: a backslash is a character", () => {
    expect(wordsOf(String.raw`C:\a\b 'C:\Program Files\'`)).toEqual(["C:\\a\\b", "C:\\Program Files\\"]);
  });

  it("report the quote that is never closed", () => {
    expect(splitWords(["a 'b ", value("x"), " c"]).unclosed).toEqual({ quote: "'", piece: 0, offset: 2 });
  });

  it("let a quote reach over interpolations", () => {
    expect(wordsOf("a 'b ", value("x"), " c' d")).toEqual(["a", "b +${x}+ c", "d"]);
  });
});
