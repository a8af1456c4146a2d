// Steps that may take longer than the window they run in.
import { walk } from "@sequitur/grammar";
import type { DeploymentDeclaration, Expression, Record, Step } from "@sequitur/grammar";
import { durationText } from "@sequitur/runtime/plan";
import { defineRule } from "../rule.ts";
import type { LintContext } from "../rule.ts";
import { clauseOf, stepName, unwrapped } from "../step-parts.ts";

type Context = LintContext<{ readonly step: string; readonly timeout: string; readonly window: string }>;

export const timeOutPastWindow = defineRule({
  code: "SEQ8050",
  name: "time-out-past-window",
  severity: "warning",
  message: (a: { step: string; timeout: string; window: string }) =>
    `${a.step} may take ${a.timeout}, and the window is open for ${a.window}`,
  why: "A step that may take longer than the window it runs in ends outside of it: in office hours, or cut off.",
  wrong: `sequence update {\n  step "Update" run "update.exe" timeout 6h\n}\n\ncollection all { where: device.cpus > 0 }\nwindow nights { start: "2027-01-09 22:00", duration: 4h, every: week, on: [saturday], zone: "Europe/Amsterdam" }\ndeployment roll of update { to: all, during: nights }\n`,
  right: `sequence update {\n  step "Update" run "update.exe" timeout 2h\n}\n\ncollection all { where: device.cpus > 0 }\nwindow nights { start: "2027-01-09 22:00", duration: 4h, every: week, on: [saturday], zone: "Europe/Amsterdam" }\ndeployment roll of update { to: all, during: nights }\n`,
  visit: { deployment: check },
});

function check(node: DeploymentDeclaration, ctx: Context): void {
  const during = fieldOf(node.settings, "during");
  if (during === undefined || node.sequence.kind === "missing") return;
  const handle = ctx.program.resolutions.get(during);
  const window = handle?.kind === "handle" && handle.symbol.kind === "fleet" ? handle.symbol.node : undefined;
  const open = milliseconds(fieldOf(window?.settings, "duration"));
  const sequence = ctx.program.paths.get(node.sequence);
  if (open === undefined || sequence?.kind !== "sequence" || sequence.symbol.kind !== "sequence") return;
  const { symbol } = sequence;
  walk(symbol.node, (inner) => {
    if (inner.kind !== "step") return;
    const timeout = clauseOf(inner, "timeout");
    const longest = milliseconds(timeout?.duration);
    if (timeout === undefined || longest === undefined || longest <= open) return false;
    const related = [{ file: symbol.module.path, start: timeout.start, end: timeout.end, message: "its time-out" }];
    ctx.report(during, argumentsOf(inner, longest, open), { related });
    return false;
  });
}

function argumentsOf(step: Step, longest: number, open: number): { step: string; timeout: string; window: string } {
  return { step: stepName(step), timeout: durationText(longest), window: durationText(open) };
}

function fieldOf(settings: Record | { readonly kind: "missing" } | undefined, name: string): Expression | undefined {
  if (settings?.kind !== "record") return undefined;
  return settings.fields.find(({ key }) => key.kind === "name" && key.text === name)?.value;
}

function milliseconds(expression: Expression | undefined): number | undefined {
  if (expression === undefined) return undefined;
  const inner = unwrapped(expression);
  return inner.kind === "number" && inner.unit === "duration" ? inner.value : undefined;
}
