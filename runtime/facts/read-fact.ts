// Reading facts for a run: by table, at most 30 s each, and those of a boot once.
import type { FactAnswer, Phase } from "../host.ts";
import { type FactDeclaration, type FactName, facts } from "../plan/facts.ts";
import type { Value } from "../plan/value.ts";
import { errorText } from "../system/error-text.ts";
import type { FactReaders } from "./fact-reader.ts";
import { linuxFacts } from "./linux.ts";
import { macosFacts } from "./macos.ts";
import { factTimeout } from "./query.ts";
import { windowsFacts } from "./windows.ts";

export function createFactReader(
  phase: () => Promise<Phase>,
): (fact: string, args: readonly Value[]) => Promise<FactAnswer> {
  const readers: FactReaders = { ...platformFacts(), "os.phase": async () => ({ value: await phase() }) };
  const ofThisBoot = new Map<string, FactAnswer>();
  return async (fact, args) => {
    if (!isFact(fact)) return { error: `there is no fact ${fact}` };
    const known = ofThisBoot.get(fact);
    if (known !== undefined) return known;
    const answer = await withinTime(
      fact,
      Promise.resolve().then(() => readers[fact](args)),
    );
    const { lifetime }: FactDeclaration = facts[fact];
    if (lifetime === "boot" && "value" in answer) ofThisBoot.set(fact, answer);
    return answer;
  };
}

function isFact(name: string): name is FactName {
  return Object.hasOwn(facts, name);
}

function platformFacts(): Omit<FactReaders, "os.phase"> {
  if (process.platform === "win32") return windowsFacts;
  return process.platform === "darwin" ? macosFacts : linuxFacts;
}

async function withinTime(fact: string, reading: Promise<FactAnswer>): Promise<FactAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<FactAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ error: `${fact} gave no answer within 30 s` }), factTimeout);
  });
  try {
    return await Promise.race([reading, late]);
  } catch (error) {
    return { error: `${fact} can't be read: ${errorText(error)}` };
  } finally {
    clearTimeout(timer);
  }
}
