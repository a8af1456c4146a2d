// Sequences at random, the same for the same seed: every kind of statement and clause, nested, small enough to be cut everywhere.
import { randomFrom } from "../../plan/test/mutate-plan.ts";
import type { Interruption, Node, Sequence, Tree } from "./tree.ts";

/** What may stand at a place. */
interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inHandler: boolean;
  /** The time of a group around it can be up here. */
  readonly isTimed: boolean;
  /** A group with a time-out may stand here. */
  readonly mayTime: boolean;
  readonly inChild: boolean;
}

const kinds = [
  ...["run", "run", "run", "run", "run", "run", "group", "group", "group", "loop", "branch", "call", "call"],
  ...["restart", "set", "log", "fail", "wait", "waitUntil", "disabled"],
] as const;

/** A sequence with two children. */
export function randomSequence(seed: number): Sequence {
  const random = randomFrom(seed);
  let names = 0;
  const below = (count: number): number => Math.floor(random() * count);
  const chance = (probability: number): boolean => random() < probability;
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!;
  const name = (kind: string): string => `${kind}${(names += 1)}`;

  const tree = (place: Place): Tree => Array.from({ length: 1 + below(place.depth === 0 ? 5 : 3) }, () => node(place));

  const node = (place: Place): Node => {
    const kind = pick(kinds);
    const inner = { ...place, depth: place.depth + 1 };
    const isDeep = place.depth >= 3;
    switch (kind) {
      case "group":
        return isDeep ? program(place) : group(place, inner);
      case "loop":
        if (isDeep || place.inLoop) return program(place);
        return { kind, items: pick([[], ["a"], ["a", "b"], ["a", "b"]]), body: tree({ ...inner, inLoop: true }) };
      case "branch":
        if (isDeep) return program(place);
        return { kind, model: pick(["A", "B"]), then: tree(inner), otherwise: chance(0.5) ? tree(inner) : [] };
      case "call":
        if (place.inChild) return program(place);
        return { kind, child: pick(["one", "two"]), continues: chance(0.3) };
      case "set":
        return { kind, target: pick(["word", "Site"]), value: pick(["", "x", "y"]) };
      case "log":
        return { kind, shows: place.inHandler ? "error" : pick(["word", "Site", "restarts"]) };
      case "fail":
        return { kind, continues: chance(0.5) };
      case "waitUntil":
        return { kind, file: name("ready"), continues: chance(0.7) };
      case "restart":
      case "wait":
      case "disabled":
        return { kind };
      case "run":
        return program(place);
    }
  };

  const program = (place: Place): Node => {
    const hasTimeout = chance(0.3);
    const isBound = hasTimeout || place.isTimed;
    return {
      ...{ kind: "run", name: name(isBound ? "bound" : "free"), hasTimeout, isBound },
      shows: pick(place.inLoop ? ["item", "word", "Site"] : ["word", "Site"]),
      interruption: pick<Interruption>(["fail", "rerun", "rerun", "verify"]),
      ...{ continues: chance(0.35), retries: pick([0, 0, 1, 2]), into: chance(0.3) },
    };
  };

  const group = (place: Place, inner: Place): Node => {
    const isTimed = place.mayTime && chance(0.4);
    const body = { ...inner, inHandler: false, mayTime: place.mayTime && !isTimed, isTimed: place.isTimed || isTimed };
    return {
      ...{ kind: "group", name: name("g"), isTimed, continues: chance(0.3), whenEmpty: chance(0.15) },
      body: tree(body),
      handler: chance(0.5) ? tree({ ...inner, inHandler: true }) : null,
      // What a stop or a time that is up leaves to a finally block is five minutes: nothing waits for more here.
      finally: chance(0.4) ? tree({ ...inner, inHandler: false, isTimed: false, mayTime: false }) : null,
    };
  };

  const top: Place = { depth: 0, inLoop: false, inHandler: false, isTimed: false, mayTime: true, inChild: false };
  const child: Place = { ...top, depth: 2, inChild: true, mayTime: false };
  return { children: { one: tree(child), two: tree(child) }, body: [...tree(top), ...tree(top)] };
}
