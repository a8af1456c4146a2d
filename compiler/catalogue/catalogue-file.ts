// A catalogue file of a project: JSON that declares actions in the form of the built-in ones. Whatever it holds, the answer is
// the actions that are right and findings about all the rest.
import { createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Declared, Diagnostic } from "@sequitur/grammar";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration, ActionParameter, PlanType, Value } from "@sequitur/runtime/plan";
import { valueProblem } from "@sequitur/runtime/plan";
import { catalogueDiagnostics } from "../diagnostics/catalogues.ts";
import { readJson } from "../project/json-text.ts";
import type { JsonMember, JsonNode, JsonPlace } from "../project/json-text.ts";
import type { CatalogueAction } from "./catalogue-action.ts";
import { catalogueSettings } from "./catalogue-schema.ts";
import { foreignActions } from "./foreign-actions.ts";
import { readTemplate } from "./run-template.ts";
import { isChoice, parameterType, planTypeNamed, typeNames } from "./type-text.ts";

export interface CatalogueFile {
  readonly actions: readonly CatalogueAction[];
  readonly diagnostics: readonly Diagnostic[];
}

/** More would make every misspelt name a long wait, and a file of them is no catalogue. */
const mostActions = 2000;

/** Reads the text of a catalogue; `file` is its path, for places. */
export function readCatalogue(file: string, text: string): CatalogueFile {
  const reader = new CatalogueReader(file);
  const reading = readJson(text);
  if ("root" in reading) reader.readRoot(reading.root);
  else reader.report(catalogueDiagnostics.SEQ7401, reading.place, { path: file, why: reading.why });
  return { actions: reader.actions, diagnostics: reader.diagnostics };
}

/** What reads parts of a catalogue: takes what is right, reports what is not. */
export class CatalogueReader {
  readonly actions: CatalogueAction[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  report<A>(declaration: Declared<A>, place: JsonPlace, args: A, hint?: string): void {
    const location = { file: this.#file, start: place.start, end: place.end };
    this.diagnostics.push(createDiagnostic(declaration, location, args, hint === undefined ? {} : { hint }));
  }

  wrong(place: JsonPlace, name: string, expected: string): undefined {
    this.report(catalogueDiagnostics.SEQ7402, place, { name, expected });
    return undefined;
  }

  /** The members that may be there, by name; others are reported. A name that stands twice counts as it stands last. */
  members(node: JsonNode, where: string, known: readonly string[]): ReadonlyMap<string, JsonMember> {
    const found = new Map<string, JsonMember>();
    if (node.kind !== "object") {
      this.wrong(node, where, "an object: `{ … }`");
      return found;
    }
    for (const member of node.members) {
      if (known.includes(member.name)) {
        found.set(member.name, member);
        continue;
      }
      const meant = didYouMean(member.name, known);
      const hint = meant === undefined ? undefined : `did you mean "${meant}"?`;
      this.report(catalogueDiagnostics.SEQ7403, member.namePlace, { name: member.name, where }, hint);
    }
    return found;
  }

  text(member: JsonMember | undefined): string | undefined {
    if (member === undefined) return undefined;
    if (member.value.kind === "string") return member.value.value;
    return this.wrong(member.value, member.name, "a text in double quotes");
  }

  flag(member: JsonMember | undefined): boolean {
    if (member === undefined) return false;
    if (member.value.kind === "boolean") return member.value.value;
    this.wrong(member.value, member.name, "true or false");
    return false;
  }

  readRoot(root: JsonNode): void {
    const list = this.members(root, "the catalogue", catalogueSettings.catalogue).get("actions");
    if (list === undefined) return;
    if (list.value.kind !== "object") return this.wrong(list.value, "actions", "an object of actions by name");
    if (list.value.members.length > mostActions) {
      return this.wrong(list.namePlace, "actions", `no more than ${mostActions} actions`);
    }
    const declared = new Set<string>();
    for (const member of list.value.members) {
      const { name, namePlace } = member;
      const why = declared.has(name) ? "this catalogue declares it twice" : nameProblem(name);
      declared.add(name);
      if (why === null) this.#readAction(member);
      else this.report(catalogueDiagnostics.SEQ7404, namePlace, { name, why });
    }
  }

  #readAction({ name, namePlace, value }: JsonMember): void {
    const before = this.diagnostics.length;
    const settings = this.members(value, `the action "${name}"`, catalogueSettings.action);
    const parameters = this.#readParameters(settings.get("parameters"));
    const runMember = settings.get("run");
    const run = runMember === undefined ? null : (readTemplate(this, runMember.value, parameters) ?? null);
    const output = this.#readOutput(settings.get("output"));
    const summary = this.text(settings.get("summary")) ?? "";
    const declaration: ActionDeclaration = {
      parameters,
      output,
      phases: this.#readPhases(settings.get("phases")),
      phaseEffect: "none",
      platforms: run === null ? [] : ["linux", "windows", "macos"],
      destroys: this.flag(settings.get("destroys")),
      repeatable: this.flag(settings.get("repeatable")),
      uncuttable: false,
    };
    if (this.diagnostics.length > before && !this.isUsable(before)) return;
    const at = { file: this.#file, start: namePlace.start, end: namePlace.end };
    this.actions.push({ name, declaration, run, summary, at });
  }

  /** A misspelt setting leaves an action that can be used; anything else leaves one that would be checked wrongly. */
  isUsable(before: number): boolean {
    return this.diagnostics.slice(before).every(({ code }) => code === "SEQ7403");
  }

  #readPhases(member: JsonMember | undefined): ActionDeclaration["phases"] {
    if (member === undefined) return ["winpe", "fullos"];
    const items = member.value.kind === "list" ? member.value.items : [];
    const phases = items.flatMap((item) => (item.kind === "string" ? [item.value] : []));
    const good = phases.filter((phase) => phase === "winpe" || phase === "fullos");
    if (good.length === 0 || good.length !== items.length || new Set(good).size < good.length) {
      this.wrong(member.value, "phases", 'a list of "winpe" and "fullos"');
    }
    return good;
  }

  #readOutput(member: JsonMember | undefined): PlanType | null {
    const text = this.text(member);
    if (member === undefined || text === undefined) return null;
    const type = planTypeNamed(text);
    const readable = type !== undefined && isReadable(type);
    if (!readable)
      this.wrong(member.value, "output", "a type that a program can write, such as string, int or list<string>");
    return readable ? type : null;
  }

  #readParameters(member: JsonMember | undefined): { readonly [name: string]: ActionParameter } {
    if (member === undefined) return {};
    if (member.value.kind !== "object") {
      this.wrong(member.value, "parameters", "an object of parameters by name");
      return {};
    }
    const parameters: [string, ActionParameter][] = [];
    for (const { name, namePlace, value } of member.value.members) {
      if (!isChoice(name) || name === "__proto__") {
        this.wrong(namePlace, name, "a name: letters, digits and underscores, no digit first");
        continue;
      }
      const parameter = this.#readParameter(name, value);
      if (parameter !== undefined) parameters.push([name, parameter]);
    }
    return Object.fromEntries(parameters);
  }

  #readParameter(name: string, node: JsonNode): ActionParameter | undefined {
    const settings = this.members(node, `the parameter "${name}"`, catalogueSettings.parameter);
    const type = settings.get("type");
    const text = this.text(type) ?? "string";
    const typed = parameterType(text);
    if (typed === undefined) {
      const names = `${typeNames.join(", ")}, list<string> and the like`;
      this.report(catalogueDiagnostics.SEQ7405, type?.value ?? node, { type: text, names });
      return undefined;
    }
    this.text(settings.get("summary"));
    const required = this.flag(settings.get("required"));
    const range = this.#readRange(settings.get("range"));
    const usual = this.#readDefault(settings.get("default"), typed);
    return {
      ...typed,
      required,
      ...(range === undefined ? {} : { range }),
      ...(usual === undefined ? {} : { default: usual }),
    };
  }

  #readRange(member: JsonMember | undefined): readonly [number, number] | undefined {
    if (member === undefined) return undefined;
    const items = member.value.kind === "list" ? member.value.items : [];
    const [least, greatest] = items.map((item) => (item.kind === "number" ? item.value : NaN));
    const good = items.length === 2 && least !== undefined && greatest !== undefined && least <= greatest;
    if (good && Number.isSafeInteger(least) && Number.isSafeInteger(greatest)) return [least, greatest];
    return this.wrong(member.value, "range", "the least and the greatest number: `[0, 9]`");
  }

  #readDefault(
    member: JsonMember | undefined,
    { type, choices }: Pick<ActionParameter, "type" | "choices">,
  ): string | number | boolean | undefined {
    if (member === undefined) return undefined;
    const { value: node } = member;
    const plain: Value =
      node.kind === "string" || node.kind === "number" || node.kind === "boolean" ? node.value : null;
    const good = plain !== null && valueProblem(plain, type) === null && (choices?.includes(String(plain)) ?? true);
    if (good && type !== "secret") return plain as string | number | boolean;
    return this.wrong(
      node,
      "default",
      type === "secret" ? "left out: a secret has none" : "a value of the parameter's type",
    );
  }
}

/** Why an action can't have the name; null: it can. */
function nameProblem(name: string): string | null {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+$/.test(name)) return "a name has two parts, family.name";
  if (name.split(".").includes("__proto__")) return "__proto__ is no name";
  if (Object.hasOwn(actions, name) || foreignActions.has(name)) return "Sequitur has an action of this name itself";
  return null;
}

/** A program writes text: what is written down of other types can't be read back. */
function isReadable(type: PlanType): boolean {
  const item = typeof type === "object" && "list" in type ? type.list : type;
  return ["string", "int", "bool", "duration", "size", "version", "secret"].includes(String(item));
}
