// The highlighting of editors, as a TextMate grammar made of the word lists and the token table. It knows lines and characters,
// not the parser: a contextual word counts as one where something follows that it could take. Meaning (which name is a step,
// a secret, a package) is the language server's to colour.
import { fixedText, tokens } from "../lexer/token-types.ts";
import { contextualWords, reservedWords } from "../lexer/words.ts";

/** What a part of a text is called, for themes. */
interface Captures {
  readonly [index: string]: { readonly name: string };
}

export interface TextMateRule {
  readonly name?: string;
  readonly contentName?: string;
  readonly match?: string;
  readonly begin?: string;
  readonly end?: string;
  readonly captures?: Captures;
  readonly beginCaptures?: Captures;
  readonly endCaptures?: Captures;
  readonly patterns?: readonly TextMateRule[];
  readonly include?: string;
}

export interface TextMateGrammar {
  readonly name: string;
  readonly scopeName: string;
  readonly fileTypes: readonly string[];
  readonly patterns: readonly TextMateRule[];
  readonly repository: { readonly [name: string]: TextMateRule };
}

/** The whole grammar; scopes end in `.sequitur`. */
export function textMateGrammar(): TextMateGrammar {
  const order = ["comments", "scripts", "strings", "names", "declarations", "words", "numbers", "signs"];
  return {
    name: "Sequitur",
    scopeName: "source.sequitur",
    fileTypes: ["seq"],
    patterns: order.map((name) => ({ include: `#${name}` })),
    repository: {
      comments: { patterns: comments },
      scripts: { patterns: scripts() },
      strings: { patterns: strings },
      names: { patterns: names },
      declarations: { patterns: declarations },
      words: { patterns: wordRules() },
      numbers: { match: String.raw`(?<!\w)\d\w*(?:\.\d\w*)?%?`, name: scope("constant.numeric") },
      signs: { patterns: signs() },
      escape: { match: String.raw`\\(?:u\{[0-9A-Fa-f]*\}|.)`, name: scope("constant.character.escape") },
      interpolation: interpolation(),
    },
  };
}

const scope = (name: string): string => `${name}.sequitur`;
const anyOf = (texts: readonly string[]): string => `(?:${texts.join("|")})`;
const name = "[A-Za-z_]\\w*";

const comments: readonly TextMateRule[] = [
  { match: "///(?!/).*$", name: scope("comment.line.documentation") },
  { match: "//.*$", name: scope("comment.line.double-slash") },
  { begin: String.raw`/\*`, end: String.raw`\*/`, name: scope("comment.block") },
];

/** Scripts of several lines are coloured as what they are, where the editor knows their language. */
const scriptLanguages: { readonly [W in (typeof reservedWords.actions)[number]]?: string } = {
  sh: "source.shell",
  bash: "source.shell",
  powershell: "source.powershell",
  cmd: "source.batchfile",
  python: "source.python",
};

function scripts(): readonly TextMateRule[] {
  return Object.entries(scriptLanguages).map(([word, language]) => ({
    begin: String.raw`(?<![\w.?])(${word})\s+('{3,})[ \t]*$`,
    end: String.raw`^[ \t]*(\2)(?!')`,
    beginCaptures: { "1": { name: scope("keyword.other.action") }, "2": { name: scope("string.quoted.triple") } },
    endCaptures: { "1": { name: scope("string.quoted.triple") } },
    contentName: `meta.embedded.block.${word} ${language}`,
    patterns: [{ include: language }],
  }));
}

const interpolated: readonly TextMateRule[] = [{ include: "#escape" }, { include: "#interpolation" }];

const strings: readonly TextMateRule[] = [
  {
    begin: String.raw`('{3,})[ \t]*$`,
    end: String.raw`^[ \t]*\1(?!')`,
    name: scope("string.quoted.triple.raw"),
  },
  {
    begin: String.raw`("{3,})[ \t]*$`,
    end: String.raw`^[ \t]*\1(?!")`,
    name: scope("string.quoted.triple"),
    patterns: interpolated,
  },
  { match: "'(?:[^']|'')*(?:'|$)", name: scope("string.quoted.single") },
  { begin: '"', end: '"|$', name: scope("string.quoted.double"), patterns: interpolated },
];

function interpolation(): TextMateRule {
  const mark = { "0": { name: scope("punctuation.section.interpolation") } };
  const braces: TextMateRule = { begin: String.raw`\{`, end: String.raw`\}`, patterns: [{ include: "$self" }] };
  return {
    begin: String.raw`\$\{`,
    end: String.raw`\}`,
    beginCaptures: mark,
    endCaptures: mark,
    name: scope("meta.interpolation"),
    patterns: [braces, { include: "$self" }],
  };
}

/** Any word may be a property or the name of a field, so these come before the words. */
const names: readonly TextMateRule[] = [
  { match: "`[^`]*`", name: scope("variable.other.quoted") },
  { match: String.raw`(?<=\.)[ \t]*${name}`, name: scope("variable.other.property") },
  { match: String.raw`(?<!\w)${name}(?=\s*:)`, name: scope("variable.other.member") },
];

const declarations: readonly TextMateRule[] = [
  declaration("sequence|fn", "entity.name.function"),
  declaration("type", "entity.name.type"),
  declaration("const", "variable.other.constant"),
];

function declaration(words: string, kind: string): TextMateRule {
  return {
    match: String.raw`(?<!\w)(${words})\s+(${name})`,
    captures: { "1": { name: scope("keyword.declaration") }, "2": { name: scope(kind) } },
  };
}

function wordRules(): readonly TextMateRule[] {
  const values: readonly string[] = ["true", "false"];
  const operators = reservedWords.expressions.filter((word) => !values.includes(word));
  const reserved = ([kind, words]: readonly [string, readonly string[]]): TextMateRule => ({
    match: String.raw`(?<!\w)${anyOf(words)}(?!\w)`,
    name: scope(kind),
  });
  const kinds: readonly (readonly [string, readonly string[]])[] = [
    ["keyword.control", reservedWords.structure],
    ["keyword.other.action", reservedWords.actions],
    ["keyword.other.clause", reservedWords.clauses],
    ["keyword.operator.word", operators],
    ["constant.language.boolean", values],
  ];
  return [...contextualRules(operators), ...kinds.map(reserved)];
}

/** A contextual word is a name unless something stands behind it that it could take. */
function contextualRules(operators: readonly string[]): readonly TextMateRule[] {
  const follows = String.raw`(?=[ \t]+(?!${anyOf([...operators, ...reservedWords.clauses])}\b)["'\w\[({-])`;
  const { declarations: declaring, members, testItems, clauses, afterWords } = contextualWords;
  const alone: readonly string[] = ["disabled", "doubling"];
  const taking = clauses.filter((word) => !alone.includes(word));
  return [
    {
      match: String.raw`^\s*${anyOf([...declaring, ...members, ...testItems])}${follows}`,
      name: scope("keyword.declaration"),
    },
    { match: String.raw`(?<!\w)${anyOf(taking)}${follows}`, name: scope("keyword.other.clause") },
    { match: String.raw`(?<!\w)${anyOf(alone)}(?=\s*$|[ \t]+["'\w}])`, name: scope("keyword.other.clause") },
    {
      match: String.raw`(?<=(?:on|to|needs|interruption|wait|commandline)[ \t])${anyOf(afterWords)}(?!\w)`,
      name: scope("keyword.other.clause"),
    },
  ];
}

/** The longest first: `==` is not two `=`. */
function signs(): readonly TextMateRule[] {
  const texts = Object.values(tokens)
    .map((type) => fixedText(type) ?? "")
    .filter((text) => text !== "" && !/\w/.test(text))
    .sort((left, right) => right.length - left.length);
  const brackets = texts.filter((text) => /^[()[\]{}]$/.test(text));
  const separators = texts.filter((text) => /^[,:.]$/.test(text));
  const operators = texts.filter((text) => !brackets.includes(text) && !separators.includes(text));
  const oneOf = (all: readonly string[]): string => all.map((text) => text.replace(/[^\w]/g, "\\$&")).join("|");
  return [
    { match: oneOf(operators), name: scope("keyword.operator") },
    { match: oneOf(brackets), name: scope("punctuation.section.brackets") },
    { match: oneOf(separators), name: scope("punctuation.separator") },
  ];
}
