// Precedence climbing over the flat row of operands and operators that the grammar reads. Kept outside of the grammar's
// rules: a rule a level would cost a call a level for every operand.
import type { BinaryOperator, Expression } from "../syntax/tree.ts";

/** From loose to tight: or, and, not, comparisons, ??, + -, * /, unary -. */
const binding: Readonly<{ [operator: string]: number }> = {
  or: 1,
  and: 2,
  not: 3,
  "==": 4,
  "!=": 4,
  "<": 4,
  "<=": 4,
  ">": 4,
  ">=": 4,
  "~=": 4,
  in: 4,
  matches: 4,
  like: 4,
  "??": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
};
const comparison = 4;
const negation = 8;

interface Pending {
  readonly operator: string;
  readonly level: number;
  readonly prefix: boolean;
  readonly start: number;
  readonly end: number;
}

/** How tightly a binary operator or `not` binds; higher is tighter. */
export function bindingOf(operator: string): number {
  return binding[operator] ?? 0;
}

/** The two stacks of all expressions that are being read; an expression inside another starts where the outer one is. */
export class Precedence {
  private readonly operators: Pending[] = [];
  private readonly operands: Expression[] = [];

  /** Starts an expression; what comes back is to be given to `close`. */
  open(): number {
    return this.operators.length;
  }

  clear(): void {
    this.operators.length = 0;
    this.operands.length = 0;
  }

  operand(expression: Expression): void {
    this.operands.push(expression);
  }

  prefix(operator: "not" | "-", start: number, end: number): void {
    const level = operator === "-" ? negation : bindingOf(operator);
    this.operators.push({ operator, level, prefix: true, start, end });
  }

  /**
   * Adds an operator between two operands. What comes back is the comparison this one is chained to, which is an error;
   * undefined when it is not.
   */
  binary(base: number, operator: string, start: number, end: number): Expression | undefined {
    const level = bindingOf(operator);
    let chained: Expression | undefined;
    for (
      let top = this.operators.at(-1);
      this.operators.length > base && top !== undefined;
      top = this.operators.at(-1)
    ) {
      if (top.level < level) break;
      this.reduce();
      if (level === comparison && top.level === comparison && !top.prefix) chained = this.operands.at(-1);
    }
    this.operators.push({ operator, level, prefix: false, start, end });
    return chained;
  }

  /** Whether `not` may stand here: behind an operator that binds tighter it would be misread. */
  allowsNot(base: number): boolean {
    const top = this.operators.at(-1);
    return this.operators.length <= base || top === undefined || top.level <= bindingOf("not");
  }

  /** Ends the expression that was opened at `base`. */
  close(base: number): Expression | undefined {
    while (this.operators.length > base) this.reduce();
    return this.operands.pop();
  }

  private reduce(): void {
    const top = this.operators.pop();
    const right = this.operands.pop();
    if (top === undefined || right === undefined) return;
    if (top.prefix) {
      const operator = top.operator === "not" ? "not" : "-";
      this.operands.push({
        kind: "unary",
        start: top.start,
        end: Math.max(top.end, right.end),
        operator,
        operand: right,
      });
      return;
    }
    const left = this.operands.pop() ?? right;
    this.operands.push({
      kind: "binary",
      start: left.start,
      end: Math.max(top.end, right.end),
      operator: top.operator as BinaryOperator,
      operatorSpan: { start: top.start, end: top.end },
      left,
      right,
    });
  }
}
