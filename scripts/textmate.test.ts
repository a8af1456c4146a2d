// The highlighting of editors against the lexer, in the engine that editors use: for every token of every sequence of the
// repository, what the lexer calls a comment, string, number or reserved word is coloured as one, and nothing else is.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse, reservedWords, textMateGrammar, type Token } from "@sequitur/grammar";
import { beforeAll, expect, it } from "vitest";
import oniguruma from "vscode-oniguruma";
import textmate, { type IGrammar } from "vscode-textmate";

const root = join(import.meta.dirname, "..");
const files = ["examples", "cli/templates", "grammar", "compiler/check", "compiler/test"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".seq"))
    .map((path) => join(folder, path)),
);
const reserved: ReadonlySet<string> = new Set(Object.values(reservedWords).flat());

let grammar: IGrammar;

beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve("vscode-oniguruma/release/onig.wasm");
  await oniguruma.loadWASM(readFileSync(wasm).buffer);
  const registry = new textmate.Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => oniguruma.createOnigScanner(patterns),
      createOnigString: (text) => oniguruma.createOnigString(text),
    }),
    // Those of other languages are the editor's.
    loadGrammar: async (name) =>
      name === "source.sequitur" ? textmate.parseRawGrammar(JSON.stringify(textMateGrammar()), "a.json") : null,
  });
  const loaded = await registry.loadGrammar("source.sequitur");
  if (loaded === null) throw new Error("the grammar was not loaded");
  grammar = loaded;
});

/** The scopes of every character of a text. */
function scopesOf(text: string): readonly (readonly string[])[] {
  const all: (readonly string[])[] = [];
  let state = textmate.INITIAL;
  for (const line of text.split("\n")) {
    const result = grammar.tokenizeLine(line, state);
    for (let index = 0; index <= line.length; index++) {
      const found = result.tokens.find((token) => token.startIndex <= index && index < token.endIndex);
      all.push(found?.scopes ?? []);
    }
    state = result.ruleStack;
  }
  return all;
}

type Look = "comment" | "string" | "number" | "word" | "other";

/** What stands in a `${…}` counts as what it is there, not as the string around it. */
function lookOf(scopes: readonly string[]): Look {
  const inside = scopes.slice(scopes.findLastIndex((scope) => scope.startsWith("meta.interpolation")) + 1);
  const has = (part: string): boolean => inside.some((scope) => scope.startsWith(part));
  if (has("comment.")) return "comment";
  if (has("string.") || has("meta.embedded")) return "string";
  if (has("constant.numeric")) return "number";
  return has("keyword.control") || has("keyword.declaration") || has("keyword.other") || has("constant.language")
    ? "word"
    : "other";
}

/** What a token should look like; undefined: a word that is one or the other by its place. */
function expectedLook(text: string, token: Token): Look | undefined {
  const written = text.slice(token.start, token.end);
  switch (token.kind) {
    case "comment":
    case "docComment":
      return "comment";
    case "string":
      return "string";
    case "number":
      return "number";
    case "word":
      return wordLook(text, token, written);
    default:
      return "other";
  }
}

function wordLook(text: string, token: Token, written: string): Look | undefined {
  const isOperator = ["and", "or", "not", "in", "matches", "like"].includes(written);
  const isProperty = text[token.start - 1] === "." || /^\s*:/.test(text.slice(token.end));
  if (isProperty || isOperator) return "other";
  if (reserved.has(written)) return "word";
  return /^[a-z]+$/.test(written) ? undefined : "other";
}

/** The part of a token that has its look: the `}` and `${` at the ends of pieces of a string belong to what they enclose. */
function ownPart(text: string, token: Token): { readonly start: number; readonly end: number } {
  if (token.kind !== "string") return token;
  const start = text[token.start] === "}" ? token.start + 1 : token.start;
  return { start, end: text.slice(start, token.end).endsWith("${") ? token.end - 2 : token.end };
}

/** The tokens that do not look like what they are. */
function wrongLooks(text: string): readonly string[] {
  const scopes = scopesOf(text);
  const wrong: string[] = [];
  for (const token of parse(text, "a.seq").tokens()) {
    const expected = expectedLook(text, token);
    if (token.kind === "whitespace" || token.kind === "newline" || expected === undefined) continue;
    const { start, end } = ownPart(text, token);
    for (let index = start; index < end; index++) {
      if (/\s/.test(text.charAt(index)) || lookOf(scopes[index] ?? []) === expected) continue;
      wrong.push(`${text.slice(token.start, token.end)} at ${index}: ${expected}, not ${scopes[index]?.join(" ")}`);
      break;
    }
  }
  return wrong;
}

it.each(files)("%s", (path) => {
  expect(wrongLooks(readFileSync(join(root, path), "utf8").replaceAll("\r\n", "\n"))).toEqual([]);
});

it.each([
  ["texts in texts", 'const a = "a ${if b then "c ${{ d: "e" }.d} f" else \'g\'\'h\'} \\" \\${ i"\n'],
  [
    "texts of several lines",
    `const a = """\n  a \${b + "c"} "" \\\${ d\n  """\nconst e = ''''\n  '''\n  ''''\nconst f = 1\n`,
  ],
  ["comments", "/* a\n 'b' */ const a = 1 // \"c\n/// d 'e'\nconst b = 2 /* f */ + 3\n"],
  [
    "scripts",
    `sequence s {\n  sh '''\n    cat <<X; echo "\n    '''\n  python '''\n  x = 1\n  ''' timeout 5m\n  run "a"\n}\n`,
  ],
  ["numbers", "const a = [0xC190, 1000, 45m, 2GB, 50%, -1, b1, 1 - 2]\n"],
  ["words as names", "const a = { run: b.step, when: `for`, c: d?.in, e: true }\n"],
])("%s", (_name, text) => {
  expect(parse(text, "a.seq").diagnostics).toEqual([]);
  expect(wrongLooks(text)).toEqual([]);
});

it("contextual words are words where they act, and names elsewhere", () => {
  const text = `sequence s {\n  run "x" timeout 5m retry 3 doubling\n  set timeout = retry\n  log env when args in file\n}\n`;
  const scopes = scopesOf(text);
  const look = (written: string): Look => lookOf(scopes[text.indexOf(written)] ?? []);
  expect(["timeout 5m", "retry 3", "doubling"].map(look)).toEqual(["word", "word", "word"]);
  expect(["timeout =", "retry\n", "env when", "args in", "file\n"].map(look)).toEqual(Array(5).fill("other"));
});
