// `sequitur verify PLAN`: shape, canonical bytes, digest and every rule of the verifier.
import { sequenceTitle } from "@sequitur/runtime/plan";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { printable } from "../render/printable.ts";
import { counted } from "../render/summary.ts";
import { openPlan } from "./open-plan.ts";
import type { Call } from "./table.ts";

export async function verifyPlan(call: Call<"verify">): Promise<ExitCode> {
  const opened = await openPlan(call.arguments.plan, call.surroundings);
  if (opened.kind === "ended") return opened.code;
  const { plan } = opened;
  const main = plan.sequences[0];
  const title = printable(main === undefined ? "" : sequenceTitle(main.name, main.title));
  const parts = [
    counted(plan.code.length, "instruction"),
    counted(plan.sequences.length, "sequence"),
    counted(plan.content.length, "content reference"),
  ];
  call.surroundings.stdout.write(`verified: "${title}", ${parts.join(", ")}\n${plan.digest}\n`);
  return exitCode.done;
}
