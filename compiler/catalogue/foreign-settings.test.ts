// The tables of other systems' names agree with the catalogue and, where it lies beside the project, with the list of all
// steps and settings that they are made for.
import { existsSync, readFileSync } from "node:fs";
import { actions } from "@sequitur/runtime/plan";
import type { ActionDeclaration } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { foreignActions } from "./foreign-actions.ts";
import { configMgrSteps, mdtScripts, mdtSteps } from "./foreign-settings.ts";
import type { ForeignStep } from "./foreign-settings.ts";

const actionWords = new Set(["commandline", "powershell", "set", "set { }", "restart", "call"]);

function declarationOf(name: string): ActionDeclaration | undefined {
  const builtIn: { readonly [name: string]: ActionDeclaration } = actions;
  return builtIn[name] ?? foreignActions.get(name)?.declaration;
}

/** Has the action the parameter or field that a setting has its place in? */
function hasPlace(action: string, place: string): boolean {
  if (/^(?:clause|operand) \w+$/.test(place) || place === "implied" || place === "origin") return true;
  const [name = "", field] = place.split(".");
  const parameter = declarationOf(action)?.parameters[name];
  if (field === undefined || parameter === undefined) return parameter !== undefined;
  return JSON.stringify(parameter.type).includes(`"${field}":`);
}

const steps = [...configMgrSteps, ...mdtSteps];

describe("settings of other systems", () => {
  it.each(steps.map((step) => [step.type ?? "(unknown type)", step.action, step] as const))(
    "%s → %s",
    (_type, action, { settings }) => {
      expect(actionWords.has(action) || declarationOf(action) !== undefined).toBe(true);
      expect(settings.filter(([, place]) => !hasPlace(action, place))).toEqual([]);
    },
  );

  it("has an action for every script of MDT", () => {
    expect(mdtScripts.filter(([action]) => !foreignActions.has(action))).toEqual([]);
    expect(mdtScripts.length).toBe(28);
  });

  it("gives every parameter of an action that comes from elsewhere a name there", () => {
    const places = new Set(
      steps.flatMap(({ action, settings }) => settings.map(([, place]) => `${action} ${place.split(".")[0]}`)),
    );
    // Scripts have switches, not settings, and a step of a type that nobody knows has any settings.
    const without = new Set(["foreign.step", ...mdtScripts.map(([action]) => action)]);
    const unnamed = [...foreignActions.values()].flatMap(({ name, declaration }) =>
      without.has(name)
        ? []
        : Object.keys(declaration.parameters)
            .filter((each) => !places.has(`${name} ${each}`))
            .map((each) => `${name} ${each}`),
    );
    expect(unnamed).toEqual([]);
  });
});

interface ReferenceStep {
  readonly id: string;
  readonly xmlType: string;
  readonly runsIn: readonly ("winpe" | "fullos")[];
  readonly settings?: readonly {
    readonly name: string;
    readonly xmlProperty?: string | null;
    readonly variable: string | null;
    readonly secret: boolean;
  }[];
}

const reference = new URL("../../../shared/reference/steps.json", import.meta.url);
const isThere = existsSync(reference);

describe.runIf(isThere)("the list of steps", () => {
  const list = (isThere ? JSON.parse(readFileSync(reference, "utf8")) : {}) as {
    readonly [part in "steps" | "legacySteps" | "mdtSteps"]: readonly ReferenceStep[];
  };
  const all = isThere ? [...list.steps, ...list.legacySteps] : [];

  it("has 34 steps with 228 settings", () => {
    expect(list.steps.length).toBe(34);
    expect(list.steps.flatMap(({ settings = [] }) => settings).length).toBe(228);
  });

  const known = (table: readonly ForeignStep[], type: string): ForeignStep | undefined =>
    table.find((step) => step.type === type);

  it.each(all.map((step) => [step.id, step] as const))("%s has all its settings here", (_id, step) => {
    const entry = known(configMgrSteps, step.xmlType);
    const names = (step.settings ?? []).map(({ name, xmlProperty, variable }) => [name, xmlProperty ?? null, variable]);
    expect(entry?.settings.map(([name, , property, variable]) => [name, property, variable])).toEqual(names);
  });

  it.each(all.map((step) => [step.id, step] as const))(
    "%s can run where it could, and keeps its secrets",
    (_id, step) => {
      const entry = known(configMgrSteps, step.xmlType);
      const declaration = declarationOf(entry?.action ?? "");
      if (entry === undefined || declaration === undefined)
        return expect(actionWords.has(entry?.action ?? "")).toBe(true);
      // It is placed in Windows PE alone, and ends in the full system.
      const phases = entry.action === "os.setup" ? ["winpe"] : step.runsIn;
      expect(declaration.phases).toEqual(expect.arrayContaining([...phases]));
      for (const { name } of (step.settings ?? []).filter(({ secret }) => secret)) {
        const place = entry.settings.find(([setting]) => setting === name)?.[1] ?? "";
        expect(["secret", "account"]).toContain(declaration.parameters[place]?.type);
      }
    },
  );

  it("has the steps of MDT with all their settings here", () => {
    const names = (settings: ReferenceStep["settings"] = []): readonly string[] => settings.map(({ name }) => name);
    expect(mdtSteps.map(({ settings }) => settings.map(([name]) => name))).toEqual(
      list.mdtSteps.map(({ settings }) => names(settings)),
    );
  });
});

it.runIf(!isThere)(
  "the list of steps does not lie beside the project: the tables are compared with the catalogue alone",
  () => {
    expect(configMgrSteps.length).toBe(36);
  },
);
