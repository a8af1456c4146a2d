// The grammar as EBNF, made of the rules that chevrotain recorded from the parser itself: what is printed is what is parsed.
// What the gates in the rules add is said in words.
import type { Production } from "../parser/lookahead.ts";
import { SequiturParser } from "../parser/sequitur-parser.ts";
import { tokens, words } from "../lexer/token-types.ts";
import { contextualWords, reservedWords } from "../lexer/words.ts";

const width = 110;

const head = `(* The grammar of Sequitur, generated from the parser's rules. Do not edit.
   a? a* ( | ) as usual; "word" a token; UPPER CASE a kind of token.
   A word in a rule is itself where the rule allows it; contextual words are names everywhere else.
   What the rules can't say: a property name stands on the line of its dot; in what stands before a block "{" starts no
   record outside of brackets; "run" is a value only before "."; two comparisons can't be chained; "not" and "if" behind a
   tighter operator stand in parentheses; a string piece is STRING_START expr ( STRING_MIDDLE expr )* STRING_END. *)
`;

/** The whole grammar as a text. Costs an analysis of the grammar, some hundred milliseconds. */
export function ebnf(): string {
  const rules = inReadingOrder(new SequiturParser("analysed").recordedRules());
  const longest = Math.max(...rules.map((rule) => (rule.name ?? "").length));
  const lines = rules.map((rule) => ruleLines(rule.name ?? "", alternativesOf(rule), longest));
  return [head, ...lines, "", wordClasses(longest), ""].join("\n");
}

/** From the file down: a rule comes where it is first spoken of, or soon after. */
function inReadingOrder(rules: readonly Production[]): readonly Production[] {
  const byName = new Map(rules.map((rule) => [rule.name ?? "", rule]));
  const ordered = new Set<Production>();
  const visit = (name: string): void => {
    const rule = byName.get(name);
    if (rule === undefined || ordered.has(rule)) return;
    ordered.add(rule);
    for (const called of calledRules(rule)) visit(called);
  };
  visit("file");
  return [...ordered];
}

function calledRules(production: Production): readonly string[] {
  if (production.type === "NonTerminal") return [production.name ?? ""];
  return (production.definition ?? []).flatMap(calledRules);
}

/** The alternatives of a rule that is nothing else than a choice; or all of it as one. */
function alternativesOf(rule: Production): readonly string[] {
  const [only, ...others] = rule.definition ?? [];
  if (only?.type !== "Alternation" || others.length > 0) return [sequenceOf(rule.definition ?? [])];
  return (only.definition ?? []).map((part) => sequenceOf(part.definition ?? []));
}

function ruleLines(name: string, alternatives: readonly string[], longest: number): string {
  const lines: string[] = [];
  let line = `${name.padEnd(longest)} =`;
  alternatives.forEach((text, index) => {
    if (index > 0) {
      lines.push(line);
      line = `${" ".repeat(longest)} |`;
    }
    for (const piece of text.split(" ")) {
      if (line.length + 1 + piece.length > width) {
        lines.push(line);
        line = " ".repeat(longest + 3);
      }
      line += ` ${piece}`;
    }
  });
  return [...lines, `${line} ;`].join("\n");
}

function sequenceOf(productions: readonly Production[]): string {
  return productions
    .map(textOf)
    .filter((text) => text !== "")
    .join(" ");
}

function textOf(production: Production): string {
  const parts = production.definition ?? [];
  switch (production.type) {
    case "Terminal":
      return production.label ?? production.name ?? "";
    case "NonTerminal":
      return production.name ?? "";
    case "Alternation":
      return `( ${parts.map((part) => sequenceOf(part.definition ?? [])).join(" | ")} )`;
    case "Option":
      return `${bracketed(parts)}?`;
    case "Repetition":
      return `${bracketed(parts)}*`;
    default:
      return sequenceOf(parts);
  }
}

function bracketed(parts: readonly Production[]): string {
  const text = sequenceOf(parts);
  const [only] = parts;
  const isWhole = parts.length === 1 && only?.type === "Alternation";
  return isWhole || !text.includes(" ") ? text : `( ${text} )`;
}

function wordClasses(longest: number): string {
  const quoted = (list: readonly string[]): string => list.map((word) => `"${word}"`).join(" | ");
  const reserved = Object.values(reservedWords).flat();
  const contextual = Object.values(contextualWords).flat();
  const operators = (tokens.BinaryOperator.categoryMatches ?? []).map(operatorText);
  return [
    ruleLines("OPERATOR", [quoted(operators)], longest),
    ruleLines("NAME", ["IDENT | CONTEXTUAL"], longest),
    ruleLines("WORD", ["NAME | RESERVED"], longest),
    ruleLines("RESERVED", [quoted(reserved)], longest),
    ruleLines("CONTEXTUAL", [quoted(contextual)], longest),
  ].join("\n");
}

function operatorText(index: number): string {
  const types = [...Object.values(tokens), ...Object.values(words)];
  return (types.find((type) => type.tokenTypeIdx === index)?.LABEL ?? "").slice(1, -1);
}
