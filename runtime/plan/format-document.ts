// The plan format's reference page, as Markdown, from the tables that compiler, verifier and interpreter read.
import type { ActionDeclaration } from "./actions.ts";
import { actions } from "./actions.ts";
import { facts } from "./facts.ts";
import type { FactDeclaration } from "./facts.ts";
import { planFormat, planSemantics } from "./format.ts";
import type { FunctionDeclaration } from "./functions.ts";
import { functions } from "./functions.ts";
import { instructions } from "./instructions.ts";
import type { InstructionDeclaration } from "./instructions.ts";
import { limitReasons } from "./limit-reasons.ts";
import type { LimitReason } from "./limit-reasons.ts";
import { limits } from "./limits.ts";
import { verifierRules } from "./plan-problem.ts";
import type { PlanType } from "./plan-type.ts";
import { stateFields, stepFields } from "./state-fields.ts";
import { typeText } from "./type-relation.ts";

/** The whole page. The generate script writes it to docs/reference/plan-format.md; a check compares. */
export function planFormatDocument(): string {
  return `${[
    `# Plan format ${planFormat}`,
    introduction,
    "## Instructions",
    notation,
    instructionTable(),
    "## What STATE and STEP read",
    stateTable(),
    "## Facts",
    "Read once a run, once a boot, or whenever they are asked.",
    factTable(),
    "## Functions",
    "`never` takes a value of any type. In the language a function is called, is a property, or stands behind an operator.",
    functionTable(),
    "## Actions",
    "A parameter with `?` may be left out.",
    actionTable(),
    "## Rules of the verifier",
    table(
      ["rule", "what it proves"],
      Object.entries(verifierRules).map(([rule, meaning]) => [rule, meaning]),
    ),
    "## Limits",
    limitTable(),
  ].join("\n\n")}\n`;
}

const introduction =
  `A plan is one JSON text in canonical form (RFC 8785). Its shape is \`plan.schema.json\`; \`format\` is ${planFormat} and ` +
  `\`semantics\`, the version of the execution rules, is ${planSemantics}. \`digest\` is \`sha256:\` and the SHA-256 of the ` +
  "canonical JSON of the plan without `digest` and `signature`. A plan runs only if the verifier has nothing to say.";

const notation =
  "An instruction is a JSON list: its name, then its operands. `(before → after)` is what it does to the operand stack, " +
  "top at the right; `v?` may be absent. It goes on with the next instruction, and perhaps to the addresses among its " +
  "operands (`targets`), only to one (`jump`), where the descriptor of its node says (`descriptor`), or nowhere (`none`).";

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

const code = (text: string): string => `\`${text}\``;
const type = (of: PlanType): string => code(typeText(of));

function instructionTable(): string {
  const rows = Object.entries<InstructionDeclaration>(instructions).map(([name, declared]) => {
    const space = declared.meaning.indexOf(")") + 1;
    return [
      code([name, ...declared.operands].join(" ")),
      code(declared.meaning.slice(0, space)),
      declared.meaning.slice(space).trim(),
      declared.control,
      declared.fails ? "yes" : "",
      declared.journals.map(code).join(" "),
    ];
  });
  return table(["instruction", "stack", "meaning", "control", "may fail", "journal"], rows);
}

function stateTable(): string {
  const places = { anywhere: "anywhere", handler: "in `on error`", finally: "in `finally`" } as const;
  const state = Object.entries(stateFields).map(([name, field]) => [code(name), type(field.type), places[field.place]]);
  const step = Object.entries(stepFields).map(([name, field]) => [
    code(`step.${name}`),
    field.type === null ? "that of the step's output, optional" : type({ optional: field.type }),
    "after the step or group, in its sequence",
  ]);
  return table(["field", "type", "where"], [...state, ...step]);
}

function factTable(): string {
  const rows = Object.entries<FactDeclaration>(facts).map(([name, fact]) => [
    code(`${name}(${fact.parameters.map((parameter) => `${parameter.name}: ${typeText(parameter.type)}`).join(", ")})`),
    type(fact.result),
    fact.lifetime,
  ]);
  return table(["fact", "type", "read once a"], rows);
}

function functionTable(): string {
  const rows = Object.entries<FunctionDeclaration>(functions).map(([name, declared]) => [
    code(`${name}(${declared.parameters.map(typeText).join(", ")})`),
    type(declared.result),
    declared.form,
    declared.fails ? "yes" : "",
  ]);
  return table(["function", "result", "form", "may fail"], rows);
}

function actionTable(): string {
  const rows = Object.entries<ActionDeclaration>(actions).map(([name, action]) => [
    code(name),
    Object.entries(action.parameters)
      .map(([parameter, declared]) => {
        const choices = declared.choices === undefined ? typeText(declared.type) : declared.choices.join(" | ");
        return code(`${parameter}${declared.required ? "" : "?"}: ${choices}`);
      })
      .join(", "),
    action.phases.join(", "),
    action.platforms.join(", "),
    [action.destroys && "destroys data", action.repeatable && "repeatable", action.uncuttable && "not cut"]
      .filter((trait) => trait !== false)
      .join(", "),
  ]);
  return table(["action", "parameters", "phases", "platforms", "traits"], rows);
}

function limitTable(): string {
  const rows = Object.entries<LimitReason>(limitReasons).map(([name, { unit, why }]) => [
    code(name),
    `${grouped(limits[name as keyof typeof limits])} ${unit}`,
    why,
  ]);
  return table(["limit", "", "why"], rows);
}

/** With a comma between thousands. */
function grouped(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
