// The printer as a plugin of Prettier, for people who format everything with it, and for code in Markdown. The layout is
// print()'s: Prettier hands over a text and a width. Nothing of Prettier is loaded here; it loads this. See
// docs/decisions/0016-one-printer.md.
import { parse as parseText } from "../parser/parse.ts";
import { canonicalWidth, print as printText } from "../print/print.ts";

/** What Prettier passes on from parser to printer: one node for the whole text. */
interface Root {
  readonly type: "sequitur";
  readonly text: string;
}

/** The line breaks of Prettier's documents. A literal one takes nothing away from the line before it. */
interface Break {
  readonly type: "line";
  readonly hard: true;
  readonly literal?: true;
}

type Document = string | Break | { readonly type: "break-parent" } | Document[];

const breakParent: Document = { type: "break-parent" };
const hardBreak: Document[] = [{ type: "line", hard: true }, breakParent];
const literalBreak: Document[] = [{ type: "line", hard: true, literal: true }, breakParent];

/** The languages that the plugin brings. */
export const languages = [
  {
    name: "Sequitur",
    parsers: ["sequitur"],
    extensions: [".seq"],
    aliases: ["seq", "sequitur"],
    vscodeLanguageIds: ["sequitur"],
  },
];

export const parsers = {
  sequitur: {
    astFormat: "sequitur",
    parse: (text: string): Root => ({ type: "sequitur", text }),
    locStart: (): number => 0,
    locEnd: (root: Root): number => root.text.length,
  },
};

export const printers = {
  sequitur: {
    getVisitorKeys: (): string[] => [],
    print: (path: { readonly node: Root }, options: { readonly printWidth: number }): Document =>
      documentOf(printText(parseText(path.node.text, "text.seq"), options.printWidth)),
  },
};

/** The width of the canonical layout, where a project sets none. */
export const defaultOptions = { printWidth: canonicalWidth };

function documentOf(text: string): Document {
  if (text === "") return "";
  const lines = text.replace(/\n$/, "").split("\n");
  const joined = lines.flatMap((line, index): Document[] => {
    const before = lines[index - 1];
    if (before === undefined) return [line];
    // Only a text of several lines ends lines in blanks, and they are part of it.
    return [...(/[ \t]$/.test(before) ? literalBreak : hardBreak), line];
  });
  return text.endsWith("\n") ? [...joined, ...hardBreak] : joined;
}
