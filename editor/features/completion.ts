// What can stand at a place: statements, clauses, actions and their parameters, names in scope, members, words, files.
// Decides by the tokens in front of the place, since the text is seldom whole there; the program says what names there are.
import type { Token } from "@sequitur/grammar";
import type { CompletionItem, Position } from "vscode-languageserver-types";
import { documentOf, offsetAt, rangeOf } from "../document.ts";
import type { Document, EditorProject } from "../document.ts";
import { argumentItems, argumentValues } from "./completion/arguments.ts";
import { fileItems } from "./completion/files.ts";
import { memberItems } from "./completion/members.ts";
import { actionItems, namesOf, typeItems, valueItems } from "./completion/names.ts";
import { kind, words } from "./completion/item.ts";
import type { Item } from "./completion/item.ts";
import { afterStep, atStart, restartTargets } from "./completion/keywords.ts";

/** A place where something is to be completed. */
export interface CompletionPlace {
  readonly document: Document;
  readonly offset: number;
  /** Where the word that is being typed starts; `offset` when there is none. */
  readonly wordStart: number;
  /** Texts of the tokens in front of that word, without blanks and comments, the nearest first. Line breaks are "\n". */
  readonly before: readonly string[];
}

/** The items in the order in which they are shown. */
export function completion(project: EditorProject, path: string, position: Position): CompletionItem[] {
  const document = documentOf(project, path);
  if (document === undefined) return [];
  const offset = offsetAt(document, position);
  const token = tokenAt(document.parsed.tokens(), offset);
  if (token?.kind === "comment" || token?.kind === "docComment") return [];
  const files = token?.kind === "string" ? fileItems(document, token, offset) : undefined;
  if (files !== undefined) return files.map((item, index) => withRange(item, index, document, item.start, offset));
  if (token?.kind === "string" && isInText(document.parsed.text, token, offset)) return [];
  const place = placeAt(document, offset);
  return itemsAt(place).map((item, index) => withRange(item, index, document, place.wordStart, offset));
}

function withRange(item: Item, index: number, document: Document, start: number, end: number): CompletionItem {
  const { label, insert, isSnippet, ...rest } = item;
  const { start: _start, ...known } = rest as typeof rest & { readonly start?: number };
  return {
    label,
    ...known,
    sortText: String(index).padStart(5, "0"),
    textEdit: { range: rangeOf(document, { start, end }), newText: insert ?? label },
    ...(isSnippet === true ? { insertTextFormat: 2 } : {}),
  };
}

/** The token that the offset is inside of or right behind. Cost logarithmic in the tokens. */
function tokenAt(tokens: readonly Token[], offset: number): Token | undefined {
  let low = 0;
  let high = tokens.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.end ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return tokens[low];
}

/** Inside the quotes, in no interpolation. A piece of an interpolated text ends with `${`. */
function isInText(text: string, { start, end }: Token, offset: number): boolean {
  if (offset <= start || offset > end) return false;
  if (offset < end) return true;
  const written = text.slice(start, end);
  if (written.endsWith("${")) return false;
  return written.length < 2 || written.charAt(0) !== written.charAt(written.length - 1);
}

const lookedAt = 60;

function placeAt(document: Document, offset: number): CompletionPlace {
  const { text } = document.parsed;
  let wordStart = offset;
  while (/[A-Za-z0-9_]/.test(text.charAt(wordStart - 1))) wordStart--;
  const tokens = document.parsed.tokens();
  let index = tokens.indexOf(tokenAt(tokens, wordStart) as Token);
  while (index >= 0 && (tokens[index]?.end ?? 0) > wordStart) index--;
  const before: string[] = [];
  for (; index >= 0 && before.length < lookedAt; index--) {
    const token = tokens[index];
    if (token === undefined || token.kind === "whitespace" || token.kind === "comment" || token.kind === "docComment")
      continue;
    before.push(token.kind === "newline" ? "\n" : text.slice(token.start, token.end));
  }
  return { document, offset, wordStart, before };
}

function itemsAt(place: CompletionPlace): readonly Item[] {
  const { before } = place;
  const [previous, second, third] = before;
  const meaningful = before.filter((each) => each !== "\n");
  if (previous === "." || previous === "?.") return memberItems(place);
  const typed = argumentItems(place);
  if (typed !== undefined) return typed;
  switch (previous) {
    case "use":
      return actionItems(place);
    case "call":
    case "of":
      return namesOf(place, ["sequence", "externSequence"]);
    case "from":
      return namesOf(
        place,
        ["content"],
        (symbol) => symbol.kind === "content" && symbol.node.contentKind === "package",
      );
    case "as":
      return namesOf(place, ["account"]);
    case "into":
      return valueItems(place, "settable");
    case "needs":
      return words(["winpe", "fullos"], kind.keyword);
    case "on":
      return second === "continue" ? words(["error"], kind.keyword) : words(["error", "interruption"], kind.keyword);
    case "continue":
      return words(["on error"], kind.keyword);
    case "interruption":
      return words(["rerun", "fail", "verify"], kind.keyword);
    case "to":
      return second === "restart" ? restartTargets(place) : [];
    case "set":
      return valueItems(place, "settable");
    case "wait":
      return [...words(["until"], kind.keyword), ...valueItems(place, "value")];
    case ":":
      return isDeclaration(before) ? typeItems(place) : (argumentValues(place) ?? valueItems(place, "value"));
    case "when":
    case "if":
    case "else":
    case "then":
    case "and":
    case "or":
    case "not":
    case "in":
    case "=":
    case "==":
    case "!=":
    case "<":
    case ">":
    case "<=":
    case ">=":
    case "??":
    case "+":
    case "-":
    case "*":
    case "/":
    case "(":
    case "[":
    case ",":
    case "log":
    case "until":
    case "timeout":
    case "workdir":
      return valueItems(place, "value");
    case "|":
      return typeItems(place);
    case "\n":
    case "{":
    case "}":
    case undefined:
      return atStart(place);
    default:
      if (previous.endsWith("${")) return valueItems(place, "value");
      if (third === undefined && meaningful.length === 0) return atStart(place);
      return afterStep(place);
  }
}

/** `var name :` and its like, but not the field of a record. */
function isDeclaration([, , role]: readonly string[]): boolean {
  return role === "param" || role === "var" || role === "secret" || role === "output" || role === "(";
}
