import { describe, expect, it } from "vitest";
import { memoryHost } from "../memory-host.ts";
import { loadConfiguration } from "./configuration.ts";

/** The configuration for a file as text: `name = value (file)`, then the findings. */
function configurationText(files: { readonly [path: string]: string }, path: string): string {
  const { origins, diagnostics } = loadConfiguration(memoryHost(files), path);
  const values = origins.map(({ name, value, file }) => `${name} = ${JSON.stringify(value)} (${file ?? "default"})`);
  const findings = diagnostics.map(({ file, start, end, code, message, hint }) => {
    const place = (files[file] ?? "").slice(start, end);
    return `${file} [${place}] ${code} ${message}${hint === undefined ? "" : ` (${hint})`}`;
  });
  return [...values, ...findings].join("\n");
}

describe("configuration", () => {
  it("has a default for everything", () => {
    expect(configurationText({ "main.seq": "" }, "main.seq")).toBe(
      [
        "catalogues = [] (default)",
        "content = {} (default)",
        "extends = [] (default)",
        "language = 1 (default)",
        "plugins = [] (default)",
        "rules = {} (default)",
        "targets = [] (default)",
      ].join("\n"),
    );
  });

  it("is merged from outer to inner, and says where each value comes from", () => {
    const files = {
      "sequitur.json": `{ "language": 1, "rules": { "SEQ8003": "off", "SEQ8001": "info" }, "catalogues": ["./lab.json"] }`,
      "site/sequitur.json": `{ "rules": { "SEQ8003": "error" }, "content": { "configmgr:ABC00012": "../packages/office" }, "catalogues": ["own.json"] }`,
      "site/deep/main.seq": "",
    };
    expect(configurationText(files, "site/deep/main.seq")).toBe(
      [
        `catalogues = ["lab.json","site/own.json"] (site/sequitur.json)`,
        `content.configmgr:ABC00012 = "packages/office" (site/sequitur.json)`,
        "extends = [] (default)",
        "language = 1 (sequitur.json)",
        "plugins = [] (default)",
        `rules.SEQ8001 = "info" (sequitur.json)`,
        `rules.SEQ8003 = "error" (site/sequitur.json)`,
        "targets = [] (default)",
      ].join("\n"),
    );
  });

  it("takes shared configurations from files, folders and packages, before its own settings", () => {
    const files = {
      "sequitur.json": `{ "extends": ["strict-house", "./shared", "./own.json"], "rules": { "SEQ8001": "error" } }`,
      "node_modules/strict-house/sequitur.json": `{ "rules": { "SEQ8001": "off", "SEQ8003": "error" } }`,
      "shared/sequitur.json": `{ "extends": ["../base.json"], "rules": { "SEQ8003": "info" } }`,
      "base.json": `{ "rules": { "SEQ8010": "warning", "SEQ8003": "off" } }`,
      "own.json": `{ "targets": ["mdt"] }`,
      "site/main.seq": "",
    };
    expect(configurationText(files, "site/main.seq")).toBe(
      [
        "catalogues = [] (default)",
        "content = {} (default)",
        `extends = ["node_modules/strict-house/sequitur.json","base.json","shared/sequitur.json","own.json"] (sequitur.json)`,
        "language = 1 (default)",
        "plugins = [] (default)",
        `rules.SEQ8001 = "error" (sequitur.json)`,
        `rules.SEQ8003 = "info" (shared/sequitur.json)`,
        `rules.SEQ8010 = "warning" (base.json)`,
        `targets = ["mdt"] (own.json)`,
      ].join("\n"),
    );
  });

  it("gives rules severities and options, each from the file that is further in", () => {
    const files = {
      "sequitur.json": `{ "rules": { "long-wait": { "severity": "error", "options": { "minutes": 5 } } } }`,
      "site/sequitur.json": `{ "rules": { "long-wait": { "options": { "minutes": 20 } } } }`,
      "site/main.seq": "",
    };
    const { configuration } = loadConfiguration(memoryHost(files), "site/main.seq");
    const rule = configuration.rules.get("long-wait");
    expect([rule?.setting, rule?.options.get("minutes")?.value]).toEqual(["error", 20]);
  });

  it("stops looking outwards at a file that says so", () => {
    const files = {
      "sequitur.json": `{ "targets": ["mdt"] }`,
      "site/sequitur.json": `{ "root": true }`,
      "site/main.seq": "",
    };
    const { root, files: read } = loadConfiguration(memoryHost(files), "site/main.seq");
    expect({ root, read }).toEqual({ root: "site", read: ["site/sequitur.json"] });
  });

  it("points at what is wrong", () => {
    const texts = [
      `{ "langauge": 1 }`,
      `{ "language": 2 }`,
      `{ "rules": { "SEQ8003": "loud" } }`,
      `{ "targets": "mdt" }`,
      `{ "targets": ["mdt" "configmgr"] }`,
      `{ "language": 1, }`,
      `[]`,
      `{ "extends": ["./none.json"] }`,
      `{ "extends": ["./sequitur.json"] }`,
      `{ "rules": { "SEQ8003": { "severity": "loud" } } }`,
      `{ "rules": { "SEQ8003": ["error"] } }`,
    ];
    const findings = texts.map((text) => configurationText({ "sequitur.json": text }, "main.seq").split("\n").at(-1));
    expect(findings).toEqual([
      `sequitur.json ["langauge"] SEQ7102 there is no setting "langauge" in sequitur.json (did you mean "language"?)`,
      `sequitur.json [2] SEQ7103 "language" must be 1`,
      `sequitur.json ["loud"] SEQ7103 "rules.SEQ8003" must be one of "off", "info", "warning", "error"`,
      `sequitur.json ["mdt"] SEQ7103 "targets" must be a list: \`[ … ]\``,
      "sequitur.json [\"] SEQ7101 sequitur.json can't be used: `,` or `]` is due here",
      "sequitur.json [}] SEQ7101 sequitur.json can't be used: a name in double quotes is due here",
      'sequitur.json [[]] SEQ7103 "sequitur.json" must be an object: `{ … }`',
      'sequitur.json ["./none.json"] SEQ7106 there is no shared configuration "./none.json"',
      `sequitur.json ["./sequitur.json"] SEQ7107 "./sequitur.json" extends this file, so it can't come before it`,
      `sequitur.json ["loud"] SEQ7103 "rules.SEQ8003.severity" must be one of "off", "info", "warning", "error"`,
      `sequitur.json [["error"]] SEQ7103 "rules.SEQ8003" must be one of "off", "info", "warning", "error"`,
    ]);
  });
});
