// The world of a chaos run: what each attempt of a program comes to, and what each fact says. Pure functions of the seed, so that
// the host and the model know the same, and a later life of the runtime finds what an earlier one would have found.
import { createHash } from "node:crypto";
import type { FactAnswer } from "../../host.ts";

export interface Doing {
  readonly code: number;
  /** It never comes to an end by itself. */
  readonly hangs: boolean;
  readonly output: string;
  /** What it sets the global to; null: nothing. */
  readonly site: string | null;
}

/** `smooth`: everything goes well, but for one program, each of whose attempts fails. */
export type World =
  { readonly kind: "random"; readonly seed: number } | { readonly kind: "smooth"; readonly errorIn: string | null };

/** A number from 0 to 99 that the seed and the name decide. */
function lot(seed: number, name: string): number {
  return createHash("sha256").update(`${seed} ${name}`).digest().readUInt32BE(0) % 100;
}

/** What an attempt of a program does; only what has a bound around it (`bound…`) may hang. */
export function doingOf(world: World, program: string, argument: string, attempt: number): Doing {
  if (world.kind === "smooth") {
    return { code: world.errorIn === program ? 5 : 0, hangs: false, output: "made", site: null };
  }
  const key = `${program} ${argument} ${attempt}`;
  const drawn = lot(world.seed, key);
  const code = drawn < 62 ? 0 : drawn < 68 ? 3010 : drawn < 90 ? 5 : 0;
  const site = lot(world.seed, `site ${key}`) < 15 ? `by ${program}` : null;
  return { code, hangs: program.startsWith("bound") && drawn >= 90, output: `${program}.${attempt}`, site };
}

/** What a fact says; verification and waiting look at files. */
export function factOf(world: World, fact: string, argument: string): FactAnswer {
  if (world.kind === "smooth") return { value: fact === "device.model" ? "A" : true };
  const drawn = lot(world.seed, `${fact} ${argument}`);
  if (fact === "device.model") return { value: drawn < 50 ? "A" : "B" };
  if (argument.startsWith("/done/") && drawn >= 85) return { error: "access denied" };
  return { value: drawn < 50 };
}
