// The table of decisions is that of the grammar, and chevrotain finds nothing wrong with the rules.
import { expect, test } from "vitest";
import { computeLookahead, lookaheadSource } from "./lookahead.ts";
import { SequiturParser } from "./sequitur-parser.ts";

test("the lookahead table is made of the rules as they are", async () => {
  const rules = new SequiturParser("analysed").recordedRules();
  await expect(lookaheadSource(computeLookahead(rules))).toMatchFileSnapshot("./lookahead-table.ts");
});
