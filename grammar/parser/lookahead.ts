// How the parser decides: which tokens each alternative, option and loop of the grammar can start with. One token is
// enough everywhere, and the gates in the rules do the rest. The sets are computed from the recorded grammar once, kept
// in lookahead-table.ts, and turned into functions when a rule first asks: recording and analysing the grammar at every
// start would cost as much as checking a small project.
import { allTokenTypes, tokenTypeCount, typeIndex } from "../lexer/token-types.ts";

/** A production of the grammar as chevrotain writes it out. */
export interface Production {
  readonly type: string;
  readonly name?: string;
  readonly label?: string;
  readonly idx?: number;
  readonly definition?: readonly Production[];
}

/** The token types by name that each decision of each rule chooses by, one list an alternative; `*` starts with none. */
export type LookaheadTable = Readonly<{ [rule: string]: Readonly<{ [decision: string]: readonly string[] }> }>;

/** What chevrotain's method for a kind of production is called. */
const methods: Readonly<{ [type: string]: string }> = { Alternation: "OR", Option: "OPTION", Repetition: "MANY" };

// ---- From the grammar to the table -----------------------------------------------------------------------------------

interface Start {
  readonly names: ReadonlySet<string>;
  readonly canBeEmpty: boolean;
}

/** Computes the table from all rules of the grammar. */
export function computeLookahead(rules: readonly Production[]): LookaheadTable {
  const byName = new Map(rules.map((rule) => [rule.name ?? "", rule]));
  const table: { [rule: string]: { [decision: string]: readonly string[] } } = {};
  for (const rule of rules) {
    const decisions: { [decision: string]: readonly string[] } = {};
    collectDecisions(rule, byName, decisions);
    if (Object.keys(decisions).length > 0) table[rule.name ?? ""] = decisions;
  }
  return table;
}

function collectDecisions(
  production: Production,
  rules: ReadonlyMap<string, Production>,
  decisions: { [decision: string]: readonly string[] },
): void {
  const method = methods[production.type];
  const parts = production.definition ?? [];
  if (method !== undefined) {
    const starts =
      production.type === "Alternation" ? parts.map((part) => startOf([part], rules)) : [startOf(parts, rules)];
    decisions[`${method}${production.idx ?? 0}`] = starts.map((start) => [...start.names].join(" "));
  }
  for (const part of parts) collectDecisions(part, rules, decisions);
}

function startOf(productions: readonly Production[], rules: ReadonlyMap<string, Production>): Start {
  const names = new Set<string>();
  for (const production of productions) {
    const start = startOfOne(production, rules);
    for (const name of start.names) names.add(name);
    if (!start.canBeEmpty) return { names, canBeEmpty: false };
  }
  return { names, canBeEmpty: true };
}

function startOfOne(production: Production, rules: ReadonlyMap<string, Production>): Start {
  const parts = production.definition ?? [];
  switch (production.type) {
    case "Terminal":
      return { names: new Set([production.name ?? ""]), canBeEmpty: false };
    case "NonTerminal":
      return startOf(rules.get(production.name ?? "")?.definition ?? [], rules);
    case "Alternation": {
      const starts = parts.map((part) => startOfOne(part, rules));
      const names = new Set(starts.flatMap((start) => [...start.names]));
      return { names, canBeEmpty: starts.some((start) => start.canBeEmpty) };
    }
    case "Option":
    case "Repetition":
      return { names: startOf(parts, rules).names, canBeEmpty: true };
    default:
      return startOf(parts, rules);
  }
}

/** The table as the text of lookahead-table.ts. */
export function lookaheadSource(table: LookaheadTable): string {
  const lines = [
    "// Generated from the grammar's rules by `npm test -- --update`; see lookahead.ts. Do not edit.",
    'import type { LookaheadTable } from "./lookahead.ts";',
    "",
    "/** The token types that each decision chooses by. */",
    "export const lookaheadTable: LookaheadTable = {",
  ];
  for (const [rule, decisions] of Object.entries(table)) {
    lines.push(`  ${rule}: {`);
    for (const [decision, starts] of Object.entries(decisions)) {
      const texts = starts.map((start) => JSON.stringify(start));
      const line = `    ${decision}: [${texts.join(", ")}],`;
      if (line.length <= 120) lines.push(line);
      else lines.push(`    ${decision}: [`, ...texts.map((text) => `      ${text},`), "    ],");
    }
    lines.push("  },");
  }
  lines.push("};", "");
  return lines.join("\n");
}

// ---- From the table to decisions -------------------------------------------------------------------------------------

const typesByName: ReadonlyMap<string, (typeof allTokenTypes)[number]> = new Map(
  allTokenTypes.map((type) => [type.name, type]),
);

/** For each token type the alternative it chooses, counted from 1; 0 where it chooses none. The first one wins. */
export function choices(starts: readonly string[]): Uint8Array {
  const table = new Uint8Array(tokenTypeCount);
  starts.forEach((names, alternative) => {
    for (const name of names.split(" ")) {
      const type = typesByName.get(name);
      if (type === undefined) continue;
      for (const index of [typeIndex(type), ...(type.categoryMatches ?? [])]) {
        if (table[index] === 0) table[index] = alternative + 1;
      }
    }
  });
  return table;
}
