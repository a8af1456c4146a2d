// The reference page of the built-in actions, as Markdown: declarations and texts together.
import { actions, durationText } from "@sequitur/runtime/plan";
import type { ActionDeclaration, ActionName, ActionParameter, Platform, PlanType } from "@sequitur/runtime/plan";
import { foreignActions } from "../catalogue/foreign-actions.ts";
import { configMgrSteps } from "../catalogue/foreign-settings.ts";
import { typeOfParameter, typeOfPlanType } from "../types/plan-type.ts";
import { printType } from "../types/print-type.ts";
import { actionTexts } from "./action-texts.ts";
import { bullets, exampleBlock, table, wordList } from "./markdown.ts";

const platformNames: { readonly [platform in Platform]: string } = {
  linux: "Linux",
  windows: "Windows",
  macos: "macOS",
};

/** The whole page. */
export function actionsDocument(): string {
  const names = Object.keys(actions) as ActionName[];
  return `${["# Actions", introduction, overview(names), ...names.flatMap(actionPage), ...foreignPage()].join("\n\n")}\n`;
}

const introduction =
  "What `use name { … }` can do without any other tool of your own. A parameter with `?` may be left out. Types and clauses " +
  "are those of the [language](../language.md). What is done on Linux is tested on Linux; what is done with the tools of " +
  "Windows is tested by the calls that it makes, and neither it nor macOS is proved on real machines yet. A project can " +
  "declare [actions of its own](../language.md#actions-that-a-catalogue-declares).";

function overview(names: readonly ActionName[]): string {
  return table(
    ["action", "does"],
    names.map((name) => [`[\`${name}\`](#${anchor(name)})`, actionTexts[name].summary]),
  );
}

/** As renderers of Markdown make one from a heading of code. */
function anchor(name: string): string {
  return name.toLowerCase().replaceAll(".", "");
}

function actionPage(name: ActionName): readonly string[] {
  const declaration: ActionDeclaration = actions[name];
  const text = actionTexts[name];
  return [
    `## \`${name}\``,
    text.summary,
    ...bullets(parameterLines(name, declaration)),
    exampleBlock(text.example),
    ...bullets([...effectLines(name, declaration), ...text.notes]),
  ];
}

function parameterLines(name: ActionName, declaration: ActionDeclaration): readonly string[] {
  const meanings: { readonly [parameter: string]: string } = actionTexts[name].parameters;
  return Object.entries(declaration.parameters).map(([parameter, declared]) => {
    const optional = declared.required ? "" : "?";
    const type = fieldsOf(declared.type) === undefined ? choicesText(declared) : "a list of records";
    const line = `\`${parameter}${optional}\` (${type}${limitText(declared)}): ${meanings[parameter] ?? ""}`;
    return [line, ...fieldLines(name, parameter, declared)].join("\n");
  });
}

/** What holds without it, and the numbers that it takes. */
function limitText({ default: usual, range, type }: ActionParameter): string {
  const limits = range === undefined ? "" : `, ${range[0]} to ${range[1]}`;
  if (usual === undefined) return limits;
  const shown = typeof usual === "number" && type === "duration" ? durationText(usual) : String(usual);
  return `${limits}, else \`${shown}\``;
}

function choicesText(declared: ActionParameter): string {
  if (declared.choices === undefined) return `\`${printType(typeOfParameter(declared))}\``;
  return declared.choices.map((choice) => `\`${choice}\``).join(" or ");
}

function fieldLines(name: ActionName, parameter: string, declared: ActionParameter): readonly string[] {
  const meanings = actionTexts[name].fields?.[parameter] ?? {};
  return Object.entries(fieldsOf(declared.type) ?? {}).map(([field, type]) => {
    const isOptional = typeof type === "object" && "optional" in type;
    const choices = declared.fieldChoices?.[field];
    const bare = isOptional ? type.optional : type;
    const words = choices?.map((choice) => `\`${choice}\``).join(", ") ?? printType(typeOfPlanType(bare));
    return `  - \`${field}${isOptional ? "?" : ""}\` (${words}): ${meanings[field] ?? ""}`;
  });
}

/** The fields of a list of records; undefined: it is another type. */
export function fieldsOf(type: PlanType): { readonly [field: string]: PlanType } | undefined {
  if (typeof type !== "object" || !("list" in type) || typeof type.list !== "object") return undefined;
  return "record" in type.list ? type.list.record : undefined;
}

function effectLines(name: ActionName, declaration: ActionDeclaration): readonly string[] {
  const { phases, platforms, output } = declaration;
  const lines = [
    `Runs on ${wordList(platforms.map((platform) => platformNames[platform]))}${platforms.includes("windows") ? phaseText(phases) : ""}.`,
  ];
  for (const names of declaration.exactlyOne ?? []) {
    lines.push(`Give exactly one of ${wordList(names.map((each) => `\`${each}\``))}.`);
  }
  if (phaseEffects[declaration.phaseEffect] !== "") lines.push(phaseEffects[declaration.phaseEffect]);
  if (output !== null) lines.push(`Gives a \`${printType(typeOfPlanType(output))}\` to \`into\`.`);
  if (declaration.destroys) lines.push("**Destroys data:** `run` asks before it starts, or wants `--yes`.");
  lines.push(
    declaration.repeatable
      ? "Repeatable: after a crash or power cut in the middle of it, `resume` does it again."
      : "Not repeatable: after a crash or power cut in the middle of it the step has failed, unless `on interruption` says otherwise.",
  );
  if (declaration.uncuttable) {
    lines.push("Never cut half way: a time-out or cancel takes effect at its end.");
  }
  const types = configMgrSteps.filter(({ action }) => action === name).flatMap(({ type }) => type ?? []);
  if (types.length > 0) lines.push(`In Configuration Manager it is \`${types.join("`, `")}\`.`);
  return lines;
}

const phaseEffects: { readonly [effect in ActionDeclaration["phaseEffect"]]: string } = {
  none: "",
  appliesSystem: "After it a restart from Windows PE starts the system that was applied.",
  setsUpSystem: "It starts in Windows PE and ends in the full system.",
  restarts: "The machine restarts within it.",
  mayRestart: "The machine may restart within it.",
  restartsToWinpe: "The machine restarts to Windows PE.",
};

/** Actions that only other systems can do. */
function foreignPage(): readonly string[] {
  const rows = [...foreignActions.values()].map(({ name, declaration, summary }) => [
    `\`${name}\``,
    Object.entries(declaration.parameters)
      .map(([parameter, { type, required, choices }]) => {
        const shown = choices?.join(" or ") ?? printType(typeOfPlanType(type));
        return `\`${parameter}${required ? "" : "?"}\` ${shown}`;
      })
      .join(", "),
    summary,
  ]);
  return [
    "## Actions of other systems",
    "Sequences that come from Configuration Manager and MDT use these. They can be checked and exported; a plan with one of " +
      "them in a step that is not disabled can't be built (SEQ5201).",
    table(["action", "parameters", "does"], rows),
  ];
}

function phaseText(phases: ActionDeclaration["phases"]): string {
  if (phases.length > 1) return ", in a full system and in Windows PE";
  return phases[0] === "winpe" ? ", in Windows PE alone" : ", in a full system alone";
}
