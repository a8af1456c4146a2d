// The verifier's promise, tried on the interpreter: a plan that was damaged in one or two places is refused, or it runs to an end
// without breaking anything, whatever the world answers and whenever the run is cancelled or out of time.
import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { facts, type FactDeclaration } from "../plan/facts.ts";
import type { Plan } from "../plan/format.ts";
import type { PlanType } from "../plan/plan-type.ts";
import type { Reason } from "../plan/state-fields.ts";
import { assemble } from "../plan/test/assemble.ts";
import { mutatePlan, randomFrom, type Mutant } from "../plan/test/mutate-plan.ts";
import { samplePlans } from "../plan/test/sample-plans.ts";
import type { Value } from "../plan/value.ts";
import { verify } from "../plan/verify.ts";
import { parametersOf } from "../run/parameters.ts";
import { startRun } from "../run/start-run.ts";
import type { RunResult } from "../run/run-options.ts";
import { FakeHost, type FakeHostOptions, type ScriptedOutcome } from "./fake-host.ts";
import { removeTemporaryFolders, temporaryFolder, TestCancel } from "./run-plan.ts";

afterAll(removeTemporaryFolders);

const firstOrder = 600;
/** Different worlds for each mutant that verifies. */
const worlds = 3;

interface Chance {
  readonly random: () => number;
  readonly pick: <T>(list: readonly T[]) => T;
}

function chanceFrom(seed: number): Chance {
  const random = randomFrom(seed);
  return { random, pick: (list) => list[Math.floor(random() * list.length)]! };
}

/** Any value of the type, edges among them; handles are those that every sample plan has. */
function valueOf(type: PlanType, chance: Chance): Value {
  const { random, pick } = chance;
  if (typeof type === "object") {
    if ("optional" in type) return random() < 0.3 ? null : valueOf(type.optional, chance);
    if ("list" in type) return Array.from({ length: pick([0, 1, 2, 3]) }, () => valueOf(type.list, chance));
    return Object.fromEntries(Object.entries(type.record).map(([name, field]) => [name, valueOf(field, chance)]));
  }
  switch (type) {
    case "string":
    case "secret":
      return pick(["", "x", "AMS", "ab", "none", "=", "\0", "a longer text with spaces"]);
    case "version":
      return pick(["1", "10.0.19045"]);
    case "extent":
      return pick(["0", "1048576", "50%"]);
    case "bool":
      return random() < 0.5;
    case "int":
    case "duration":
    case "size":
    case "percent":
      return pick([0, 1, 2, 3, 7, 90_000, -1, Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER]);
    default:
      return 0;
  }
}

const factTypes: { readonly [fact: string]: FactDeclaration } = facts;
const codes = [1, 5, 7, 3010, -1, 2 ** 31];
const reasons: readonly Reason[] = ["exit", "start", "timeout", "interrupted", "signal", "unsupported", "content"];

/** A world in which anything goes that a host may answer, with a cancel at some step or none. */
function anyWorld(plan: Plan, chance: Chance): { readonly options: FakeHostOptions; readonly cancel: TestCancel } {
  const { random, pick } = chance;
  const cancel = new TestCancel();
  const cancelAt = Math.floor(random() * 24);
  /** How often things go wrong. */
  const hostility = pick([0, 0.05, 0.5]);
  let effects = 0;
  const outcomes = ({ step }: { readonly step: { readonly output: PlanType | null } }): ScriptedOutcome => {
    effects += 1;
    const cancels = effects === cancelAt || (effects > cancelAt && random() < 0.2);
    const globals = plan.globals.filter(() => random() < 0.2).map(({ name }) => [name, pick(["", "set", "AMS"])]);
    return {
      code: random() < hostility ? pick(codes) : 0,
      ...(random() < hostility / 4 ? { reason: pick(reasons), message: "as the world has it" } : {}),
      ...(step.output === null ? {} : { output: valueOf(step.output, chance) }),
      globals: Object.fromEntries(globals) as { readonly [name: string]: string },
      takes: random() < hostility ? pick([1, 1000, 4000, 90_000]) : 0,
      ...(cancels ? { does: () => cancel.give(pick(["after-step", "now"])) } : {}),
    };
  };
  const answer = (fact: string): { readonly value: Value } | { readonly error: string } =>
    random() < hostility / 4
      ? { error: "access denied" }
      : { value: valueOf(factTypes[fact]?.result ?? "string", chance) };
  const restartsInto = pick(["as asked", "as asked", "fullos", "winpe", "nothing", "refused"] as const);
  const environment = Object.fromEntries(plan.environment.filter(() => random() < 0.5).map((name) => [name, "y"]));
  const phase = pick(["fullos", "winpe"] as const);
  const restart = restartsInto === "as asked" ? {} : { restartsInto };
  return { options: { outcomes, facts: answer, environment, phase, ...restart }, cancel };
}

async function runMutant(plan: Plan, chance: Chance): Promise<RunResult> {
  const { options, cancel } = anyWorld(plan, chance);
  const host = new FakeHost(options);
  const stateFolder = temporaryFolder();
  const given = parametersOf(plan).filter(({ required }) => required || chance.random() < 0.5);
  const parameters = Object.fromEntries(
    given.map(({ name, type, choices }) => [name, choices?.[0] ?? valueOf(type, chance)] as const),
  );
  const noRestart = chance.random() < 0.1;
  const rest = { noRestart, cancel, consent: true, checked: true, missing: "fail-step" } as const;
  try {
    return await startRun({ plan, planText: "", host, stateFolder, parameters, ...rest });
  } finally {
    rmSync(stateFolder, { recursive: true, force: true });
  }
}

/** Mutants, and mutants of mutants: most of those that verify, for a plan that is wrong already is seldom right again. */
function* mutantsOf(plan: Plan, seed: number): Generator<Mutant> {
  for (const first of mutatePlan(plan, seed, firstOrder)) {
    yield first;
    const problems = verify(first.plan);
    if (problems.some(({ rule }) => rule === "V1")) continue;
    for (const second of mutatePlan(first.plan, seed + first.change.length, problems.length === 0 ? 10 : 1)) {
      yield { change: `${first.change}, then ${second.change}`, plan: second.plan };
    }
  }
}

const ends: readonly string[] = ["succeeded", "failed", "cancelled", "stopped", "restart-due"];

/** `loops` has no step that could fail or take time, and the body of `nested` goes on whatever fails in it. */
const endsOf: { readonly [plan: string]: readonly string[] } = {
  steps: ends,
  groups: ["succeeded", "failed", "cancelled"],
  loops: ["succeeded"],
  nested: ["succeeded", "cancelled"],
};

describe.each(Object.entries(samplePlans))("mutants of %s", (name, text) => {
  test("are refused by the verifier, or run to an end", { timeout: 180_000 }, async () => {
    const seed = 20270102 + name.length;
    const chance = chanceFrom(seed);
    const states = new Map<string, number>();
    let refused = 0;
    let accepted = 0;
    for (const { change, plan } of mutantsOf(assemble(text), seed)) {
      if (verify(plan).length > 0) {
        refused += 1;
        continue;
      }
      accepted += 1;
      for (let world = 0; world < worlds; world += 1) {
        const { state, problems } = await runMutant(plan, chance);
        const hasNoValue = state === "refused" && problems.every((problem) => problem.includes("is no never"));
        if (!hasNoValue && !ends.includes(state)) expect.fail(`${change}: ${state}. ${problems.join(" ")}`);
        states.set(state, (states.get(state) ?? 0) + 1);
      }
    }
    // Both classes are full, and runs end in all the ways that the plan has: the test says nothing otherwise.
    expect(refused).toBeGreaterThan(500);
    expect(accepted).toBeGreaterThan(150);
    expect(states.get("refused") ?? 0).toBeLessThan(accepted * 0.1);
    expect([...states.keys()]).toEqual(expect.arrayContaining([...(endsOf[name] ?? [])]));
  });
});
