// `sequitur disassemble PLAN`: its instructions, with the source lines where the sources are at hand.
import { dirname, resolve } from "node:path";
import { disassemble } from "@sequitur/runtime/plan";
import type { Plan } from "@sequitur/runtime/plan";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { diskHost } from "../project/disk-host.ts";
import { openPlan } from "./open-plan.ts";
import type { Call } from "./table.ts";

export async function disassemblePlan(call: Call<"disassemble">): Promise<ExitCode> {
  const opened = await openPlan(call.arguments.plan, call.surroundings);
  if (opened.kind === "ended") return opened.code;
  const { plan } = opened;
  call.surroundings.stdout.write(disassemble(plan, sourcesOf(plan, call)));
  return exitCode.done;
}

/**
 * Source texts, looked for from the plan's folder and then from the current one. One that has changed since shows other lines:
 * positions are kept.
 */
function sourcesOf(plan: Plan, call: Call<"disassemble">): ReadonlyMap<string, string> {
  const name = call.arguments.plan;
  const { folder } = call.surroundings;
  const folders = name === "-" ? [folder] : [dirname(resolve(folder, name)), folder];
  const hosts = folders.map((place) => diskHost(place));
  const texts = new Map<string, string>();
  for (const path of plan.sources) {
    const answer = hosts.map((host) => host.readText(path)).find(({ kind }) => kind === "text");
    if (answer?.kind === "text") texts.set(path, answer.text);
  }
  return texts;
}
