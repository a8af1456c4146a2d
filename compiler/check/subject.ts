// What a condition can say something about: a value that is read again and again with the same answer.
import type { Expression } from "@sequitur/grammar";
import type { StepField } from "@sequitur/runtime/plan";
import type { FnParameterSymbol, LabelSymbol, LoopVariableSymbol, VariableSymbol } from "../model/symbol.ts";
import type { CheckContext } from "./check-context.ts";

/** A variable, a step, or the environment variable of this name. */
export type Subject = VariableSymbol | LoopVariableSymbol | FnParameterSymbol | LabelSymbol | string;

/** The value that an expression reads again and again with the same answer; undefined: none. */
export function subjectOf(ctx: CheckContext, expression: Expression): { subject: Subject; path: string } | undefined {
  if (expression.kind === "parenthesized") return subjectOf(ctx, expression.expression);
  const resolution = ctx.program.resolutions.get(expression);
  if (resolution === undefined) return undefined;
  switch (resolution.kind) {
    case "variable":
    case "fnParameter":
      return { subject: resolution.symbol, path: "" };
    case "step":
      return { subject: resolution.symbol, path: stepPath(resolution.field) };
    case "field": {
      const object = expression.kind === "member" ? subjectOf(ctx, expression.object) : undefined;
      if (object === undefined) return undefined;
      return {
        subject: object.subject,
        path: object.path === "" ? resolution.field : `${object.path}.${resolution.field}`,
      };
    }
    case "fact":
      return resolution.fact === "env" ? environmentSubject(resolution.arguments) : undefined;
    default:
      return undefined;
  }
}

function environmentSubject(args: readonly Expression[]): { subject: Subject; path: string } | undefined {
  const [name] = args;
  const part = name?.kind === "string" ? name.parts[0] : undefined;
  return part?.kind === "stringText" ? { subject: `env ${part.value}`, path: "" } : undefined;
}

/** A step that has ended has all of its fields but the output. */
export function stepPath(field: StepField): string {
  return field === "output" ? field : "ended";
}
