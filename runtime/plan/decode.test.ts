import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import type { JsonValue } from "./canonical-json.ts";
import { decodePlan } from "./decode.ts";
import { digestOf } from "./digest.ts";
import { encodePlan } from "./encode.ts";
import type { Plan } from "./format.ts";
import { explainedProblems, shapeProblems } from "./schema-check.ts";
import { planSchema, planShape } from "./schema.ts";
import { assemble } from "./test/assemble.ts";
import { mutatePlan, randomFrom } from "./test/mutate-plan.ts";
import { samplePlans } from "./test/sample-plans.ts";

const plans = Object.values(samplePlans).map(assemble);

function why(text: string): string {
  const decoded = decodePlan(text);
  return "plan" in decoded ? "fine" : decoded.problems.map(({ message }) => message).join("\n");
}

describe("canonical JSON", () => {
  test("the example of RFC 8785", () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"/",
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  test("names are sorted by UTF-16 units", () => {
    expect(canonicalJson({ "\u20ac": 1, "\r": 2, "\ufb33": 3, 1: 4, "\u{1f600}": 5, "\u0080": 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\u{1f600}":5,"\ufb33":3}',
    );
  });

  test("the text depends on the value alone", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as JsonValue);
        expect(canonicalJson(JSON.parse(text) as JsonValue)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("a plan as text", () => {
  test.each(plans)("comes back as it was", (plan) => {
    const text = encodePlan(plan);
    expect(decodePlan(text)).toEqual({ plan: JSON.parse(text) });
    expect(encodePlan(JSON.parse(text) as { plan: Plan } & Plan satisfies Plan)).toBe(text);
    expect(digestOf(plan)).toBe(plan.digest);
  });

  const [plan] = plans;
  const text = encodePlan(plan!);

  test.each([
    ["[", "This is no plan: "],
    ["{}", "This is no plan: it has no format and semantics version."],
    [
      text.replace('"format":1', '"format":2'),
      "The plan has format 2 and semantics 1, and this runtime takes format 1 and semantics 1: run it with a newer Sequitur.",
    ],
    [text.replace('"format":1', '"format":"1"'), "format (not a number)"],
    [text.replace('"semantics":1', '"semantics":0'), "compile it again."],
    [text.replace('"Site"', '"Sites"'), "The plan's digest is wrong: its content has been changed."],
    [`${text}\n`, "The plan is not in canonical form (RFC 8785): something has rewritten the file."],
    [text.replace('"format":1', '"format":1,"format":1'), "The plan is not in canonical form"],
    [text.replace('"format":1', '"format":1,"__proto__":{}'), "__proto__: is not known here"],
    [text.replace('{"list":"string"}', '{"record":{"__proto__":"string"}}'), "__proto__, which nothing can have"],
    [text.replace('"titled":true', '"titled":"yes"'), "titled: must be of type boolean"],
  ])("is refused: %#", (changed, message) => {
    expect(why(changed)).toContain(message);
  });

  test("a signature is no part of the digest", () => {
    const signed = canonicalJson({ ...(JSON.parse(text) as object), signature: { key: "k", value: "v" } });
    expect(why(signed)).toBe("fine");
  });
});

describe("the schema's checker agrees with a full validator", () => {
  const validate = new Ajv2020({ strict: false }).compile(planSchema());
  const agree = (value: unknown, change: string): boolean => {
    const fine = shapeProblems(value, planShape).length === 0;
    expect(validate(value), change).toBe(fine);
    expect(explainedProblems(value, planShape).length === 0, change).toBe(fine);
    return fine;
  };

  test.each(plans)("on plans and their mutants", (plan) => {
    expect(agree(plan, "none")).toBe(true);
    for (const mutant of mutatePlan(plan, 7, 300)) agree(mutant.plan, mutant.change);
  });

  test.each(plans)("on plans with a part taken out or replaced", (plan) => {
    const random = randomFrom(11);
    let refused = 0;
    for (let i = 0; i < 500; i += 1) if (!agree(damaged(plan, random), `number ${i}`)) refused += 1;
    expect(refused).toBeGreaterThan(300);
  });
});

/** A copy of JSON with one member, somewhere, removed or replaced by something odd. */
function damaged(value: unknown, random: () => number): unknown {
  const odd = [null, -1, 1.5, "x", [], {}, true, 2 ** 60, [[]], ["char"]];
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0 || random() < 0.15)
    return pick(odd);
  const name = pick(Object.keys(value));
  const member = damaged((value as { [name: string]: unknown })[name], random);
  if (Array.isArray(value)) return (value as unknown[]).map((item, i) => (String(i) === name ? member : item));
  const copy: { [name: string]: unknown } = { ...value, [random() < 0.1 ? "extra" : name]: member };
  if (random() < 0.2) delete copy[name];
  return copy;
}
