// The reference page of the facts, as Markdown: declarations and texts together.
import { facts } from "@sequitur/runtime/plan";
import type { FactDeclaration, FactName } from "@sequitur/runtime/plan";
import { typeOfPlanType } from "../types/plan-type.ts";
import { printType } from "../types/print-type.ts";
import type { ReferenceExample } from "./action-texts.ts";
import { factTexts } from "./fact-texts.ts";
import { bullets, exampleBlock, table } from "./markdown.ts";

/** The whole page. */
export function factsDocument(): string {
  const names = Object.keys(facts) as FactName[];
  return `${["# Facts", introduction, overview(names), ...names.flatMap(factPage)].join("\n\n")}\n`;
}

const introduction =
  'Questions that a sequence may ask the machine. What is not there is an answer (absent, `false`, `""` or 0, as each entry ' +
  "says); what could not be looked at, for want of rights or within 30 seconds, is an error and fails the step that asked. " +
  "Every answer is journaled: after a crash or restart it is not asked a second time for what was decided already. Answers on " +
  "Windows and macOS are not proved on real machines yet.";

const lifetimes: { readonly [lifetime in FactDeclaration["lifetime"]]: string } = {
  run: "Read once, when the run starts.",
  boot: "Read at its first use in each boot, and the same until the next restart.",
  evaluation: "Read each time that it is asked.",
};

function overview(names: readonly FactName[]): string {
  return table(
    ["fact", "type", "answers"],
    names.map((name) => [`\`${factForm(name)}\``, `\`${typeText(name)}\``, factTexts[name].summary]),
  );
}

/** As an author writes it: `file(path).exists`. */
export function factForm(name: FactName): string {
  const { parameters }: FactDeclaration = facts[name];
  const [root = name, member] = name.split(".");
  const given = parameters.length > 0 || member === undefined;
  const call = given ? `${root}(${parameters.map((parameter) => parameter.name).join(", ")})` : root;
  return member === undefined ? call : `${call}.${member}`;
}

function typeText(name: FactName): string {
  return printType(typeOfPlanType(facts[name].result));
}

function factPage(name: FactName): readonly string[] {
  const declaration: FactDeclaration = facts[name];
  const text = factTexts[name];
  const parameters = Object.entries(text.parameters ?? {}).map(
    ([parameter, meaning]) => `\`${parameter}\`: ${meaning}`,
  );
  return [
    `## \`${factForm(name)}\``,
    `${text.summary} Type: \`${typeText(name)}\`. ${lifetimes[declaration.lifetime]}`,
    ...bullets([...parameters, ...(text.notes ?? [])]),
    exampleBlock(factExample(name)),
  ];
}

/** A whole file that asks the fact. */
export function factExample(name: FactName): ReferenceExample {
  const { example } = factTexts[name];
  const step =
    "condition" in example
      ? `  step "Only then"\n    log "it is so"\n    when ${example.condition}`
      : `  log "${example.text}"`;
  return { text: `sequence main {\n${step}\n}\n` };
}
