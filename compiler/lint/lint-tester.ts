// Tries a rule on texts, for the tests of whoever writes rules: works in any test framework.
import { check, pluginKey } from "../check.ts";
import { memoryHost } from "../memory-host.ts";
import type { LintRule, RuleOptionValue } from "./rule.ts";

/** A text that a rule is tried on. */
export interface LintCase {
  /** A whole file, `main.seq`. */
  readonly text: string;
  /** Other files beside it, by path. */
  readonly files?: Readonly<{ [path: string]: string }>;
  readonly options?: { readonly [name: string]: RuleOptionValue };
  /** Messages of the findings of this rule, in order; left out: there is none. */
  readonly messages?: readonly string[];
  /** What the text is after the first fix of every finding; left out: fixes are not looked at. */
  readonly fixed?: string;
}

/**
 * Tries the rule on its own examples and on these. Gives a sentence for everything that is not as it should be; nothing
 * where all is well. Findings of other rules and of the language count as wrong in what the rule's own examples give.
 */
export function lintTester(rule: LintRule, cases: readonly LintCase[] = []): readonly string[] {
  const problems: string[] = [];
  const own = (text: string): readonly string[] =>
    findings(rule, { text, ...(rule.files && { files: rule.files }) }).codes;
  const wrong = own(rule.wrong).join(", ");
  if (wrong !== rule.code) problems.push(`"wrong" gives ${wrong === "" ? "nothing" : wrong}, not ${rule.code} alone.`);
  const right = own(rule.right).join(", ");
  if (right !== "") problems.push(`"right" gives ${right}, and should give nothing.`);
  for (const [index, each] of cases.entries()) {
    const { messages, fixed } = findings(rule, each);
    const expected = each.messages ?? [];
    if (JSON.stringify(messages) !== JSON.stringify(expected)) {
      problems.push(`Case ${index + 1} gives ${JSON.stringify(messages)}, not ${JSON.stringify(expected)}.`);
    }
    if (each.fixed !== undefined && fixed !== each.fixed) {
      problems.push(`Case ${index + 1} is fixed to ${JSON.stringify(fixed)}, not ${JSON.stringify(each.fixed)}.`);
    }
  }
  return problems;
}

interface Found {
  readonly codes: readonly string[];
  readonly messages: readonly string[];
  readonly fixed: string;
}

/** With the rule on, whatever its default. */
function findings(rule: LintRule, { text, files, options = {} }: LintCase): Found {
  const settings = { plugins: ["rule"], rules: { [rule.name]: { severity: rule.severity, options } } };
  const configuration = "sequitur.json";
  const host = memoryHost({ ...files, [configuration]: JSON.stringify(settings), "main.seq": text });
  const plugins = new Map([[pluginKey({ file: configuration, name: "rule" }), { rules: [rule] }]]);
  const { diagnostics } = check(host, ["main.seq"], { plugins });
  const ofRule = diagnostics.filter(({ code }) => code === rule.code);
  const edits = ofRule.flatMap(({ fixes }) => fixes[0]?.edits ?? []).sort((a, b) => b.start - a.start);
  let fixed = text;
  for (const edit of edits) fixed = fixed.slice(0, edit.start) + edit.text + fixed.slice(edit.end);
  return { codes: diagnostics.map(({ code }) => code), messages: ofRule.map(({ message }) => message), fixed };
}
