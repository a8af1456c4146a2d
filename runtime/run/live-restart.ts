// A restart that is due: recorded, asked for, and seen to have happened (semantics 4). In a real system this process dies in
// between and a later life goes on from the records; a simulating host changes its boot identity while it is asked.
import type { Phase, RestartTarget } from "../host.ts";
import type { Answers, RestartRequest } from "../machine/request.ts";
import type { CancelWatch } from "./cancel-watch.ts";
import { EffectBounds } from "./effect-bounds.ts";
import type { restartIsDue } from "./live-source.ts";
import type { RestartProgress } from "./replay-source.ts";
import type { RunContext } from "./run-context.ts";

const mostRequests = 3;
const patienceMilliseconds = 10 * 60_000;
const mostRestarts = 50;

type RestartAnswer = Answers["restart"] | typeof restartIsDue;

export class LiveRestart {
  readonly #ctx: RunContext;
  readonly #cancel: CancelWatch;
  readonly #noRestart: boolean;

  constructor(ctx: RunContext, cancel: CancelWatch, noRestart: boolean) {
    this.#ctx = ctx;
    this.#cancel = cancel;
    this.#noRestart = noRestart;
  }

  /** Does the restart, or goes on where an earlier life was. */
  async answer(request: RestartRequest, earlier: RestartProgress | null): Promise<RestartAnswer> {
    const { target } = request;
    const progress = earlier ?? { reached: "nothing", boot: this.#ctx.boot };
    const isNewBoot = progress.boot !== this.#ctx.boot;
    if (isNewBoot && (progress.reached === "asked" || progress.reached === "due" || target.to === "system")) {
      return this.#seen(target, this.#ctx.boot, this.#ctx.phase);
    }
    if (progress.reached === "due" || this.#noRestart) return this.#due(target, progress);
    if (this.#ctx.restarts >= mostRestarts) return this.#failed("limit", `the run has restarted ${mostRestarts} times`);
    return this.#ask(target, progress);
  }

  #due(target: RestartTarget, progress: RestartProgress): typeof restartIsDue {
    if (progress.reached !== "due") {
      this.#ctx.append({ k: "restart-due", to: target.to, boot: this.#ctx.boot });
      this.#ctx.sync();
    }
    return "restart-due";
  }

  async #ask(target: RestartTarget, progress: RestartProgress): Promise<RestartAnswer> {
    const ctx = this.#ctx;
    const { boot } = ctx;
    if (progress.reached === "nothing") {
      ctx.append({ k: "restart-begin", to: target.to, boot });
      ctx.sync();
    }
    while (ctx.restartsInVain < mostRequests) {
      ctx.restartsInVain += 1;
      ctx.append({ k: "restart-asked", to: target.to, boot });
      ctx.sync();
      const outcome = await ctx.host.requestRestart(target);
      if (!outcome.succeeded)
        return this.#failed("restart", `the restart can't be done: ${ctx.guard.mask(outcome.message)}`);
      const seen = await this.#awaitBoot(target, boot);
      if (seen !== null) return seen;
    }
    return this.#failed("restart", `the machine did not restart, though it was asked ${mostRequests} times`);
  }

  /** Null: the system still runs. */
  async #awaitBoot(target: RestartTarget, before: string): Promise<RestartAnswer | null> {
    const now = await this.#ctx.host.identity();
    if (now.boot !== before) return this.#seen(target, now.boot, now.phase);
    const bounds = new EffectBounds(this.#ctx, this.#cancel, { deadline: null, inFinally: false, isPause: false });
    await this.#ctx.host.sleep(target.delay + patienceMilliseconds, bounds.cancellation);
    bounds.close();
    if (bounds.cancellation.requested !== null)
      return this.#failed("restart", "cancelled while waiting for the restart");
    const later = await this.#ctx.host.identity();
    return later.boot === before ? null : this.#seen(target, later.boot, later.phase);
  }

  #seen(target: RestartTarget, boot: string, phase: Phase): Answers["restart"] {
    const ctx = this.#ctx;
    ctx.append({ k: "restart-seen", phase, boot });
    ctx.sync();
    ctx.enterBoot(boot, phase);
    ctx.restarts += 1;
    const wanted: Phase = target.to === "system" ? "fullos" : "winpe";
    if (phase === wanted) return { failure: null };
    const names = { winpe: "Windows PE", fullos: "the full system" };
    return this.#failed("restart", `the machine came back in ${names[phase]} instead of ${names[wanted]}`);
  }

  #failed(reason: "restart" | "limit", message: string): Answers["restart"] {
    this.#ctx.append({ k: "restart-failed", reason, message });
    this.#ctx.sync();
    return { failure: { reason, message } };
  }
}
