// Look-ups that descriptors need again and again, each made once: so a plan with many steps and much content stays linear.
import type { Plan } from "../format.ts";

export interface PlanIndex {
  readonly plan: Plan;
  /** Paths of the files of a piece of content. */
  readonly pathsOf: (content: number) => ReadonlySet<string>;
  /** Slots of a sequence's parameters. */
  readonly parametersOf: (sequence: number) => ReadonlySet<number>;
  /** Slots of the parameters that have no default. */
  readonly requiredOf: (sequence: number) => readonly number[];
}

export function indexPlan(plan: Plan): PlanIndex {
  const parameters = (sequence: number) => plan.sequences[sequence]?.parameters ?? [];
  return {
    plan,
    pathsOf: once((content) => new Set(plan.content[content]?.files.map((file) => file.path))),
    parametersOf: once((sequence) => new Set(parameters(sequence).map(({ slot }) => slot))),
    requiredOf: once((sequence) =>
      parameters(sequence)
        .filter(({ required }) => required)
        .map(({ slot }) => slot),
    ),
  };
}

function once<T>(make: (key: number) => T): (key: number) => T {
  const made = new Map<number, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(key);
    made.set(key, value);
    return value;
  };
}
