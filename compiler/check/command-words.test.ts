// The words of a command, as semantics 7.1 has them.
import { expect, test } from "vitest";
import { parse } from "@sequitur/grammar";
import type { StringLiteral } from "@sequitur/grammar";
import { splitCommand } from "./command-words.ts";

function wordsOf(literal: string): readonly string[] {
  const text = `const a = ${literal}`;
  const [declaration] = parse(text, "main.seq").tree.declarations;
  if (declaration?.kind !== "const" || declaration.value.kind !== "string") throw new Error("a string is needed");
  const value: StringLiteral = declaration.value;
  const { words, problem } = splitCommand(value);
  const shown = words.map((word) => {
    const pieces = word.pieces.map((piece) =>
      piece.kind === "text" ? piece.text : `<${text.slice(piece.expression.start, piece.expression.end)}>`,
    );
    return `${pieces.join("")} @ ${text.slice(word.start, word.end)}`;
  });
  return problem === undefined ? shown : [...shown, `! ${problem.quote} at ${problem.start}`];
}

const cases: readonly (readonly [literal: string, words: readonly string[]])[] = [
  [`"setup.exe /q"`, ["setup.exe @ setup.exe", "/q @ /q"]],
  [`"  a \t b  "`, ["a @ a", "b @ b"]],
  [String.raw`"a\tb"`, [String.raw`a @ a\tb`, String.raw`b @ a\tb`]],
  [
    `"setup.exe /name='My App' \${files}"`,
    ["setup.exe @ setup.exe", "/name=My App @ /name='My App'", "<files> @ ${files}"],
  ],
  [`"a '' b"`, ["a @ a", " @ ''", "b @ b"]],
  [`'a "b c"d'`, ["a @ a", `b cd @ "b c"d`]],
  [`"a'\${x} \${y}'b"`, ["a<x> <y>b @ a'${x} ${y}'b"]],
  [`"a '\${x}"`, ["a @ a", "<x> @ '${x}", "! ' at 13"]],
  [`""`, []],
];

test.each(cases)("%s", (literal, words) => {
  expect(wordsOf(literal)).toEqual(words);
});
