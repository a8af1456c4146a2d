// Writing pieces of Sequitur text: literals, names, doc comments. Whatever a value holds, it stays a value.
import { contextualWords, reservedWords } from "@sequitur/grammar";

const reserved: ReadonlySet<string> = new Set(Object.values(reservedWords).flat());

/** Words that begin a declaration, a clause or a fact: names of ours keep away from them. */
export const takenNames: ReadonlySet<string> = new Set([
  ...reserved,
  ...Object.values(contextualWords).flat(),
  ..."device os run last error env file dir registry wmi software now".split(" "),
  ..."contains startsWith endsWith lower upper trim replace split lines join int version reveal defined".split(" "),
  ..."string bool duration size list secret package image application account".split(" "),
]);

/** A text that means exactly these characters. */
export function literal(text: string): string {
  const isPlain = !/["\\$]/.test(text) && !hasControls(text);
  if (isPlain) return `"${text}"`;
  if (!hasControls(text)) return `'${text.replaceAll("'", "''")}'`;
  return `"${escaped(text)}"`;
}

/** The inside of a text in double quotes. */
export function escaped(text: string): string {
  return text
    .replace(/[\\"]/g, "\\$&")
    .replaceAll("${", "\\${")
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    .replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** Control, format and separator characters: they would be invisible in the source. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00A0]/gu;

export function hasControls(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00A0]/u.test(text);
}

/** A name as a reference or in a declaration. */
export function nameText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) && !reserved.has(name) ? name : `\`${name}\``;
}

/** The key of a record's field. */
export function keyText(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? name : literal(name);
}

/** `///` lines; empty for no text. */
export function docLines(text: string): string {
  const trimmed = text
    .replaceAll("\r", "")
    .replace(/[^\S\n]+$/gm, "")
    .replace(/^\n+|\n+$/g, "");
  if (trimmed.trim() === "") return "";
  const lines = trimmed.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => (character === "\n" ? "\n" : " "));
  return `${lines
    .split("\n")
    .map((line) => `/// ${line}`.trimEnd())
    .join("\n")}\n`;
}

/** A script as `'''…'''`, with a fence that the script does not hold. */
export function scriptBlock(script: string): string {
  let fence = "'''";
  while (script.includes(fence)) fence += "'";
  return `${fence}\n${script}\n${fence}`;
}

/** camelCase of a title's words, at most 30 letters; `fallback` where it has none. */
export function identifierOf(title: string, fallback: string): string {
  const plain = title.normalize("NFD").replace(/\p{M}/gu, "");
  const words = plain.match(/[A-Za-z0-9]+/g) ?? [];
  let name = "";
  for (const word of words) {
    const part = name === "" ? firstWord(word) : word.charAt(0).toUpperCase() + word.slice(1);
    if (name !== "" && name.length + part.length > 30) break;
    name += part;
  }
  name = name.slice(0, 40);
  if (name === "") return fallback;
  return /^[0-9]/.test(name) ? `${fallback}${name.charAt(0).toUpperCase()}${name.slice(1)}` : name;
}

function firstWord(word: string): string {
  return word === word.toUpperCase() ? word.toLowerCase() : word.charAt(0).toLowerCase() + word.slice(1);
}

/** kebab-case, for names of files. */
export function fileNameOf(title: string, fallback: string): string {
  const plain = title.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const name = (plain.match(/[a-z0-9]+/g) ?? []).join("-").slice(0, 60).replace(/-+$/, "");
  return name === "" || /^(con|prn|aux|nul|com[0-9]|lpt[0-9])$/.test(name)
    ? `${fallback}${name === "" ? "" : `-${name}`}`
    : name;
}
