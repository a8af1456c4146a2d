// Asking the system to restart. What must be prepared before (boot hook, state on a surviving disk) is the run's matter.
import type { Outcome, RestartTarget } from "../host.ts";
import { query } from "../facts/query.ts";
import { done, failed } from "./outcome.ts";
import { restartProblem } from "./restart-target.ts";

/** Asks, after the target's delay; resolves when the system has taken the order. */
export async function requestRestart(target: RestartTarget, winpe: boolean): Promise<Outcome> {
  const problem = restartProblem(target.to);
  if (problem !== null) return failed("restart", problem);
  if (process.platform !== "win32") {
    if (target.message !== "") await query("wall", [target.message]);
    await new Promise((resolve) => setTimeout(resolve, target.delay));
  }
  const problems: string[] = [];
  for (const [program, ...args] of orders(target, winpe)) {
    const answer = await query(program, args);
    if (answer.kind === "ended" && answer.code === 0) return done;
    if (answer.kind === "failed") problems.push(answer.problem);
    if (answer.kind === "ended") problems.push(`${program} ended with ${answer.code}: ${answer.stderr.trim()}`);
  }
  const why = problems.length === 0 ? "there is no program for it" : problems.join("; ");
  return failed("restart", `the system could not be asked to restart: ${why}`);
}

function orders(target: RestartTarget, winpe: boolean): readonly (readonly [program: string, ...args: string[]])[] {
  if (process.platform === "darwin") return [["/sbin/shutdown", "-r", "now"]];
  if (process.platform !== "win32") return [["systemctl", "reboot"], ["reboot"], ["shutdown", "-r", "now"]];
  if (winpe) return [["wpeutil.exe", "reboot"]];
  const message = target.message === "" ? [] : ["/c", target.message.slice(0, 512)];
  return [["shutdown.exe", "/r", "/t", String(Math.ceil(target.delay / 1000)), "/d", "p:4:1", ...message]];
}
