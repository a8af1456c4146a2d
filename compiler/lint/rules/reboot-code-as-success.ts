// A code that asks for a restart, taken for plain success.
import type { Code, Missing } from "@sequitur/grammar";
import type { CheckedProgram } from "../../model/checked-program.ts";
import { constantCode } from "../exit-codes.ts";
import { unsafeFix } from "../fix.ts";
import { defineRule } from "../rule.ts";
import { clauseOf } from "../step-parts.ts";

const rebootCodes = new Set([3010, 1641]);

export const rebootCodeAsSuccess = defineRule({
  code: "SEQ8033",
  name: "reboot-code-as-success",
  severity: "warning",
  message: (a: { code: number }) => `${a.code} means that a restart is due, and as a plain success none is done`,
  why: "Installers on Windows end with 3010 or 1641 when they need a restart. Under `success` it is forgotten, and the next installer may fail; under `reboots` it is done at the end of the step.",
  wrong: `sequence main {\n  step "Install" run "agent.exe /q" success 0, 3010\n}\n`,
  right: `sequence main {\n  step "Install" run "agent.exe /q" success 0 reboots 3010\n}\n`,
  visit: {
    success(success, ctx) {
      // Most lists are done with here.
      if (!success.codes.some((code) => isReboot(ctx.program, code))) return;
      const step = ctx.ancestors.at(-1);
      if (step?.kind !== "step" || clauseOf(step, "reboots") !== undefined) return;
      const found = success.codes.map((code) => ({ code, value: constantCode(ctx.program, code) }));
      const reboots = found.filter(({ value }) => value !== undefined && rebootCodes.has(value));
      const [first] = reboots;
      if (first?.value === undefined) return;
      const { text } = ctx.module.parsed;
      const written = (codes: typeof found): string =>
        codes.map(({ code }) => text.slice(code.start, code.end)).join(", ");
      const kept = found.filter((each) => !reboots.includes(each));
      const clauses = `success ${kept.length === 0 ? "0" : written(kept)} reboots ${written(reboots)}`;
      ctx.report(first.code, { code: first.value }, { fixes: unsafeFix(ctx, `Write ${clauses}`, success, clauses) });
    },
  },
});

function isReboot(program: CheckedProgram, code: Code | Missing): boolean {
  const value = constantCode(program, code);
  return value !== undefined && rebootCodes.has(value);
}
