// What can't fail whatever the machine is like: statements and expressions that do nothing but hand known values around.
// Everything that could fail in any way, be it by the size of a text, counts as what can.
import type { Assignment, Expression, Step } from "@sequitur/grammar";
import type { ProgramContext } from "../check/program-context.ts";

/** Can the action of this step fail? Of a call: can its arguments? Its condition is not looked at. */
export function actionCanFail(program: ProgramContext, step: Step): boolean {
  const { action } = step;
  switch (action.kind) {
    case "log":
      return canFail(program, action.value);
    case "wait":
      return canFail(program, action.duration);
    case "set":
      return action.assignments.some((assignment) => assignmentCanFail(program, assignment));
    case "call":
      return (action.arguments?.fields ?? []).some(
        (field) => canFail(program, field.value) || field.when !== undefined,
      );
    case "restart":
      // A restart that can't be done stops the run, which is no failure.
      return [action.after, action.message].some(
        (part) => part !== undefined && part.kind !== "missing" && canFail(program, part),
      );
    default:
      return true;
  }
}

/** A global goes into the environment of processes, which can't hold every text. */
function assignmentCanFail(program: ProgramContext, assignment: Assignment): boolean {
  if (program.targets.get(assignment)?.kind !== "variable") return true;
  return canFail(program, assignment.value) || (assignment.when !== undefined && canFail(program, assignment.when));
}

/** Can computing this fail? */
export function canFail(program: ProgramContext, expression: Expression): boolean {
  for (let rest = expression; ;) {
    switch (rest.kind) {
      case "number":
      case "boolean":
        return false;
      case "string":
        return rest.parts.some((part) => part.kind !== "stringText");
      case "parenthesized":
        rest = rest.expression;
        break;
      case "unary":
        if (rest.operator !== "not") return rest.operand.kind !== "number";
        rest = rest.operand;
        break;
      case "binary":
        if (!isHarmless(rest.operator) || canFail(program, rest.right)) return true;
        // A loop: a chain may be long.
        rest = rest.left;
        break;
      case "reference":
      case "member":
        return !isKnownValue(program, rest);
      case "list":
        return rest.items.some((item) => canFail(program, item));
      case "record":
        return rest.fields.some((field) => canFail(program, field.value) || field.when !== undefined);
      default:
        return true;
    }
  }
}

function isHarmless(operator: string): boolean {
  return !["+", "-", "*", "/", "matches", "like"].includes(operator);
}

function isKnownValue(program: ProgramContext, expression: Expression): boolean {
  switch (program.resolutions.get(expression)?.kind) {
    case "variable":
    case "constant":
    case "choice":
    case "step":
    case "state":
      return true;
    default:
      return false;
  }
}
