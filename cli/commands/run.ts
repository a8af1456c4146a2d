// `sequitur run FILE|PLAN`: compiles or verifies, asks for consent where data would be destroyed, and runs.
import { dirname, resolve } from "node:path";
import { startRun } from "@sequitur/runtime";
import type { Plan } from "@sequitur/runtime/plan";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import { openInput, openSource } from "../project/open-source.ts";
import type { SourceAnswer } from "../project/open-source.ts";
import { stateFolderOf } from "../run/default-state.ts";
import { destructiveSteps } from "../run/destructive-steps.ts";
import { givenParameters } from "../run/given-parameters.ts";
import { watchRun } from "../run/watched-run.ts";
import { version } from "../version.ts";
import { compileSource } from "./compile-source.ts";
import { decodeAndVerify, openPlan } from "./open-plan.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

export async function run(call: Call<"run">): Promise<ExitCode> {
  const { surroundings, options } = call;
  const opened = await openRunnable(call);
  if (opened.kind === "ended") return opened.code;
  const { plan } = opened;
  const given = givenParameters(plan, options.set, options.params, surroundings);
  if (given.kind === "wrong") return wrongCall(surroundings, given.why, given.wayOut);
  const consent = await askConsent(plan, call);
  if (consent.kind === "refused") return consent.code;

  const contentFolder = options.content === undefined ? opened.folder : resolve(surroundings.folder, options.content);
  const stateFolder = stateFolderOf(options.state, surroundings);
  const ended = await watchRun(
    plan,
    { events: options.events, color: options.color, contentFolder, stateFolder },
    surroundings,
    (watch) =>
      startRun({
        plan,
        planText: opened.text,
        stateFolder,
        contentFolder,
        parameters: given.values,
        missing: options.missing,
        noRestart: options.noRestart,
        consent: consent.given,
        runtimeVersion: version,
        ...watch,
      }),
  );
  return ended.kind === "ended" ? ended.code : wrongCall(surroundings, ended.why);
}

type Runnable =
  | {
      readonly kind: "plan";
      readonly plan: Plan;
      readonly text: string;
      /** Absolute: where its content starts. */
      readonly folder: string;
    }
  | { readonly kind: "ended"; readonly code: ExitCode };

/** A file that ends in .seq is source, another one a plan; standard input is a plan if it starts with a brace. */
async function openRunnable(call: Call<"run">): Promise<Runnable> {
  const { surroundings } = call;
  const name = call.arguments.file;
  if (name === "-") {
    const bytes = await surroundings.readInput();
    if (bytes[0] !== "{".charCodeAt(0)) return compileOpened(openInput(bytes, surroundings), call);
    return planOf(decodeAndVerify(bytes, "standard input", surroundings), surroundings.folder, call);
  }
  if (name.endsWith(".seq")) return compileOpened(await openSource(name, surroundings), call);
  return planOf(await openPlan(name, surroundings), dirname(resolve(surroundings.folder, name)), call);
}

function compileOpened(source: SourceAnswer, call: Call<"run">): Runnable {
  if (source.kind === "wrong") return { kind: "ended", code: wrongCall(call.surroundings, source.why) };
  const compiled = compileSource(source, call.options, call.surroundings);
  return compiled.kind === "ended" ? compiled : { ...compiled, folder: source.root };
}

function planOf(opened: Awaited<ReturnType<typeof openPlan>>, folder: string, call: Call<"run">): Runnable {
  if (opened.kind === "ended") return opened;
  const only = opened.plan.sequences[0]?.name;
  if (call.options.sequence !== undefined && call.options.sequence !== only) {
    const why = `the plan runs the sequence ${only ?? ""}, not ${call.options.sequence}.`;
    return { kind: "ended", code: wrongCall(call.surroundings, why, "Build a plan of the other one.") };
  }
  return { ...opened, folder };
}

type Consent =
  { readonly kind: "known"; readonly given: boolean } | { readonly kind: "refused"; readonly code: ExitCode };

/** Consent is asked for once, before anything is touched. */
async function askConsent(plan: Plan, call: Call<"run">): Promise<Consent> {
  const { surroundings } = call;
  if (call.options.yes) return { kind: "known", given: true };
  const steps = destructiveSteps(plan);
  if (steps.length === 0) return { kind: "known", given: false };
  surroundings.stderr.write(
    `These steps destroy data on this machine:\n${steps.map((step) => `  ${step}\n`).join("")}`,
  );
  const answer = await surroundings.ask('Type "yes" to run them: ');
  if (answer?.trim().toLowerCase() === "yes") return { kind: "known", given: true };
  surroundings.stderr.write(
    answer === undefined ? "sequitur: nothing was run. Agree with --yes.\n" : "sequitur: nothing was run.\n",
  );
  return { kind: "refused", code: exitCode.problem };
}
