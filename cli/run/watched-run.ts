// What `run` and `resume` have in common: a host, the reporter, the event file, interrupts, and the words at the end.
import { sequenceTitle } from "@sequitur/runtime/plan";
import { join, resolve } from "node:path";
import { cancelAtInterrupt, createSystemHost, exitCodeOf, readRun } from "@sequitur/runtime";
import type { CancelOrder, RunEvent, RunResult } from "@sequitur/runtime";
import type { Host } from "@sequitur/runtime";
import type { Plan } from "@sequitur/runtime/plan";
import type { ExitCode } from "../exit-code.ts";
import { createReporter } from "../live/reporter.ts";
import { paintFor } from "../render/paint.ts";
import type { Surroundings } from "../surroundings.ts";
import { openEventFile } from "./event-file.ts";
import { outputTail } from "./output-tail.ts";
import { runSummary } from "./run-summary.ts";
import { tallyOf } from "./run-tally.ts";

export interface WatchSettings {
  readonly events: string | undefined;
  readonly color: "auto" | "always" | "never";
  /** Absolute path of the folder that the plan's content starts from. */
  readonly contentFolder: string;
  /** Absolute. */
  readonly stateFolder: string;
}

/** What a run needs from whoever watches it. */
export interface Watch {
  readonly host: Host;
  readonly onEvent: (event: RunEvent) => void;
  readonly cancel: CancelOrder;
}

export type WatchedRun =
  | { readonly kind: "ended"; readonly code: ExitCode }
  /** It could not begin; a sentence. */
  | { readonly kind: "wrong"; readonly why: string };

/** Starts or resumes a run by `begin`, shows it, and gives its exit code. */
export async function watchRun(
  plan: Plan,
  settings: WatchSettings,
  surroundings: Surroundings,
  begin: (watch: Watch) => Promise<RunResult>,
): Promise<WatchedRun> {
  const { stderr, stdout } = surroundings;
  const events =
    settings.events === undefined
      ? undefined
      : openEventFile(resolve(surroundings.folder, settings.events), (why) =>
          stderr.write(`sequitur: events are no longer written to ${settings.events ?? ""}: ${why}\n`),
        );
  if (typeof events === "string") return { kind: "wrong", why: `can't write ${settings.events ?? ""}: ${events}.` };

  const reporter = createReporter(
    plan,
    settings.stateFolder,
    paintFor(stderr, settings.color, surroundings.environment),
    surroundings,
  );
  const host = createSystemHost({
    plan,
    contentRoot: settings.contentFolder,
    cacheFolder: join(settings.stateFolder, "cache"),
  });
  const interrupts = cancelAtInterrupt((listener) => surroundings.onInterrupt(listener), {
    cancelling: () => reporter.note("  cancelling; Ctrl-C again leaves the run as it is"),
    leaving() {
      reporter.close();
      stderr.write("left; `sequitur resume` goes on with the run\n");
      void host.close().finally(() => surroundings.leave());
    },
  });
  try {
    const result = await begin({
      host,
      cancel: interrupts.order,
      onEvent(event) {
        events?.write(event);
        // Why a run was refused stands in the summary.
        if (event.kind !== "run.checked") reporter.take(event);
      },
    });
    reporter.close();
    const history = result.id === "" ? null : await readRun(settings.stateFolder, result.id);
    const tail = (execution: number): readonly string[] => outputTail(result.folder, execution);
    const paint = paintFor(stdout, settings.color, surroundings.environment);
    const [main] = plan.sequences;
    const title = main === undefined ? "" : sequenceTitle(main.name, main.title);
    stdout.write(runSummary(title, result, tallyOf(history?.events ?? []), tail, paint));
    return { kind: "ended", code: exitCodeOf(result) };
  } finally {
    interrupts.stop();
    reporter.close();
    events?.close();
    await host.close();
  }
}
