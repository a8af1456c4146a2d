// The form in which actions are declared, and the short words that the tables of the families are written with.
import type { PlanType } from "../plan-type.ts";

export interface ActionParameter {
  readonly type: PlanType;
  readonly required: boolean;
  /** The only values allowed; an author may write them as bare words. */
  readonly choices?: readonly string[];
  /** Fields of records, and items of lists of records, that have choices: `"type"` → values. */
  readonly fieldChoices?: { readonly [field: string]: readonly string[] };
  /** What holds when it is left out, as a value of the type; absent: the action decides. */
  readonly default?: string | number | boolean;
  /** The least and the greatest number allowed. */
  readonly range?: readonly [least: number, greatest: number];
}

export type Platform = "linux" | "windows" | "macos";
export type ActionPhase = "winpe" | "fullos";

/**
 * What an action that succeeds does to the phase of the machine. `appliesSystem`: a system lies on the disk, and the next
 * restart from Windows PE starts it. `setsUpSystem`: that restart is part of it, so the full system runs afterwards.
 * `restarts` and `mayRestart`: the machine restarts within it and comes back to what it would start anyway.
 * `restartsToWinpe`: it comes back in Windows PE.
 */
export type PhaseEffect = "none" | "appliesSystem" | "setsUpSystem" | "restarts" | "mayRestart" | "restartsToWinpe";

export interface ActionDeclaration {
  readonly parameters: { readonly [name: string]: ActionParameter };
  /** Of each of these sets exactly one parameter is given. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** What `into` receives; null: nothing. */
  readonly output: PlanType | null;
  /** Where it can run; a machine that has no Windows PE counts as a full system. */
  readonly phases: readonly ActionPhase[];
  readonly phaseEffect: PhaseEffect;
  /** Where it is implemented; empty: it can be checked and exported, and runs in the other system alone. */
  readonly platforms: readonly Platform[];
  /** Destroys data: `run` asks for consent. */
  readonly destroys: boolean;
  /** Safe to do again after an interruption: `on interruption rerun` is its default. */
  readonly repeatable: boolean;
  /** Not killed half way: a time-out or cancel takes effect at its end. */
  readonly uncuttable: boolean;
  /** Changes the system itself, not just files that the caller may own. */
  readonly needsRoot?: boolean;
}

export type ActionTable = { readonly [name: string]: ActionDeclaration };

type More = Omit<ActionParameter, "type" | "required">;

export const required = (type: PlanType, more: More = {}): ActionParameter => ({ type, required: true, ...more });
export const optional = (type: PlanType, more: More = {}): ActionParameter => ({ type, required: false, ...more });

/** One of these words. */
export const word = (choices: readonly string[], more: More = {}): ActionParameter =>
  optional("string", { choices, ...more });

export const text = optional("string");
export const flag = optional("bool", { default: false });
export const flagThatIsSet = optional("bool", { default: true });
export const texts = optional({ list: "string" });

const bothPhases = ["winpe", "fullos"] as const;
const fullSystem = ["fullos"] as const;
const windowsPe = ["winpe"] as const;

/** Whatever is not said otherwise. */
const usual = {
  output: null,
  phases: bothPhases,
  phaseEffect: "none",
  destroys: false,
  repeatable: true,
  uncuttable: false,
} as const;

export const everywhere = { ...usual, platforms: ["linux", "windows", "macos"] } as const;
export const onLinux = { ...usual, platforms: ["linux"] } as const;
export const onLinuxAndWindows = { ...usual, platforms: ["linux", "windows"] } as const;
export const onWindows = { ...usual, platforms: ["windows"] } as const;
export const elsewhere = { ...usual, platforms: [] } as const;
export const inFullSystem = { phases: fullSystem } as const;
export const inWindowsPe = { phases: windowsPe } as const;
/** Half of it is worse than nothing, and twice is not the same as once. */
export const once = { repeatable: false, uncuttable: true } as const;
