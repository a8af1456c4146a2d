// What `check --format sarif` writes is SARIF 2.1.0 by the schema of the standard, and says all that is known of a finding.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { expect, it } from "vitest";
import { callCli } from "../test-support/call-cli.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const published = JSON.parse(readFileSync(join(import.meta.dirname, "sarif/sarif-schema-2.1.0.json"), "utf8")) as {
  readonly [keyword: string]: unknown;
};

/** The published schema is of draft 4, whose `id` has another name today; all other keywords mean the same. */
function validator(): (log: unknown) => readonly string[] {
  const { id: _id, $schema: _schema, ...schema } = published;
  const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
  const validate = ajv.compile(schema);
  return (log) =>
    validate(log) ? [] : (validate.errors ?? []).map((each) => `${each.instancePath} ${each.message ?? ""}`);
}

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: object }[] } };
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly fixes?: readonly object[];
      readonly relatedLocations?: readonly object[];
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
      readonly locations: readonly { readonly physicalLocation: { readonly region: object } }[];
    }[];
  }[];
}

const source = `package office "./office"

sequence main {
  // sequitur-ignore retry-without-delay: it answers at once or never
  step "One" run "enable.exe" retry 3
  step "Two" run "enable.exe" retry 4
  step "Three" wait 20m
  step "Four" run "setup.exe" from ofice
}
`;

async function sarif(folder: string, ...args: readonly string[]): Promise<Log> {
  const { stdout } = await callCli(["check", ".", "--format", "sarif", ...args], { folder });
  return JSON.parse(stdout) as Log;
}

it("is valid with findings, related places, fixes and suppressions, and without any", async () => {
  const validate = validator();
  const folder = temporaryFolder({ "a folder/main.seq": source, "a folder/office/setup.exe": "" });
  expect(validate(await sarif(folder))).toEqual([]);
  expect(validate(await sarif(temporaryFolder({ "main.seq": `sequence main {\n  log "x"\n}\n` })))).toEqual([]);
  // The schema refuses something, or it would prove nothing.
  expect(validate({ version: "2.1.0", runs: [{ tool: {} }] })).not.toEqual([]);
});

it("has regions, what a rule is about, fixes, related places, and what is silent with the reason", async () => {
  const folder = temporaryFolder({ "main.seq": source, "office/setup.exe": "" });
  const [run] = (await sarif(folder)).runs;
  const results = run?.results ?? [];
  const line = (result: (typeof results)[number]): unknown => result.locations[0]?.physicalLocation.region;
  expect(results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions?.[0]?.justification])).toEqual([
    ["SEQ8003", "warning", undefined],
    ["SEQ8031", "note", undefined],
    ["SEQ2004", "error", undefined],
    ["SEQ8003", "warning", "it answers at once or never"],
  ]);
  expect(results.slice(0, 1).map(line)).toEqual([
    { startLine: 6, startColumn: 31, endLine: 6, endColumn: 38, charOffset: source.indexOf("retry 4"), charLength: 7 },
  ]);
  expect(results[0]?.fixes).toHaveLength(1);
  expect(results[2]?.relatedLocations).toHaveLength(1);
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(["SEQ2004", "SEQ8003", "SEQ8031"]);
});

it("tells what a baseline knows", async () => {
  const folder = temporaryFolder({ "main.seq": source.replace(/ {2}step "Four".*\n/, ""), "office/setup.exe": "" });
  await callCli(["check", ".", "--baseline", "known.json", "--update-baseline"], { folder });
  writeFileSync(join(folder, "other.seq"), `sequence other {\n  step "Five" run "enable.exe" retry 5\n}\n`);
  const [run] = (await sarif(folder, "--baseline", "known.json")).runs;
  expect(run?.results.map(({ ruleId, suppressions }) => [ruleId, suppressions?.[0]?.kind])).toEqual([
    ["SEQ8003", undefined],
    ["SEQ8003", "inSource"],
    ["SEQ8014", "external"],
    ["SEQ8003", "external"],
    ["SEQ8031", "external"],
  ]);
});
