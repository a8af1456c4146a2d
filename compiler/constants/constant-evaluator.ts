// Computes expressions that are known before the run, with the very functions that the interpreter uses. Lazy and memoised:
// each expression of a program is computed at most once. Does not decide what must be constant: that is the checker's.
import { append, arithmetic, builtin, compare, compilePattern, concat, matchPattern } from "@sequitur/runtime/plan";
import type { ArithmeticOperator, ComparisonOperator, Evaluation, Value } from "@sequitur/runtime/plan";
import { createDiagnostic } from "@sequitur/grammar";
import type {
  Binary,
  Comprehension,
  Diagnostic,
  Expression,
  FnParameter,
  Record,
  Span,
  StringLiteral,
} from "@sequitur/grammar";
import { asClause } from "../diagnostics/as-clause.ts";
import { loweringDiagnostics } from "../diagnostics/lowering.ts";
import { unreachable } from "../invariant.ts";
import { comparedTypeOf, planTypeOf, presentPlanType, textFunctionOf } from "../lower/plan-type-of.ts";
import type { CheckedProgram } from "../model/checked-program.ts";
import type { Resolution } from "../model/resolution.ts";
import type { LoopVariableSymbol } from "../model/symbol.ts";
import type { Type } from "../types/type.ts";
import { fitConstant } from "./fit-constant.ts";

/** What the evaluator reads of a program: the checker can give it before the program is complete. */
export type ConstantSource = Pick<CheckedProgram, "resolutions" | "types" | "expected" | "typeNodes">;

/** Values of fn parameters and comprehension variables while their body is computed. */
type Bindings = ReadonlyMap<FnParameter | Comprehension, Value>;

const noBindings: Bindings = new Map();
const error: Type = { kind: "error" };
/** Operations that one constant may take. */
const budget = 1_000_000;
/** How deep constants and functions may need each other, their own nesting included. */
const deepest = 600;
/** Steps to what an expression starts with that are taken before it is computed. */
const startDepth = 4;

interface Known {
  readonly to: Type | undefined;
  value: Value | undefined;
}

/** A link of a chain of operators: the type that was asked of it, and the one that its value is fitted to. */
interface ChainLink {
  readonly expression: Binary;
  readonly asked: Type | undefined;
  readonly to: Type | undefined;
}

export class ConstantEvaluator {
  private readonly known = new Map<Expression, Known>();
  private readonly reported = new Map<string, Diagnostic>();
  private readonly source: ConstantSource;
  private left = budget;
  /** How often something could not be computed, what is in `diagnostics` already included. */
  attempts = 0;
  private depth = 0;

  constructor(source: ConstantSource) {
    this.source = source;
  }

  /** What could not be computed: overflow, division by zero, too long, too costly. Grows with every `valueOf`. */
  get diagnostics(): readonly Diagnostic[] {
    return [...this.reported.values()];
  }

  /**
   * The value, fitted to `to` (else to the type that its place asks for); undefined: it is not known before the run, or can't
   * be computed, which is then in `diagnostics`. `file` is where the expression stands.
   */
  valueOf(expression: Expression, file: string, to?: Type): Value | undefined {
    // Most expressions are literals and names that only a run has values for: answered before anything is remembered.
    if (isLiteral(expression)) return this.evaluate(expression, file, to, noBindings);
    if (this.startsOpen(expression)) return undefined;
    const known = this.known.get(expression);
    if (known !== undefined && known.to === to) return known.value;
    // A constant that is made of itself finds this entry: it has no value.
    const entry: Known = { to, value: undefined };
    this.known.set(expression, entry);
    entry.value = this.evaluate(expression, file, to, noBindings);
    return entry.value;
  }

  /** Is what has to be known first a name that only a run has a value for? Looks no deeper than most expressions are. */
  startsOpen(expression: Expression): boolean {
    let first: Expression | undefined = expression;
    for (let depth = 0; depth < startDepth; depth++) {
      switch (first?.kind) {
        case "reference":
        case "member": {
          const resolution = this.source.resolutions.get(first);
          return resolution !== undefined && isOpen(resolution);
        }
        case "binary":
          first = first.left;
          break;
        case "string":
          first = first.parts.find((part) => part.kind === "interpolation")?.expression;
          break;
        default:
          return false;
      }
    }
    return false;
  }

  /** The text that the value has in an interpolation; undefined as for `valueOf`. */
  textOf(expression: Expression, file: string): string | undefined {
    return this.interpolated(expression, file, noBindings);
  }

  /** Memoised where nothing is bound: only then the value depends on the expression alone. */
  private inner(expression: Expression, file: string, to: Type | undefined, bound: Bindings): Value | undefined {
    if (bound.size === 0) return this.valueOf(expression, file, to);
    this.left -= 1;
    if (this.left < 0) {
      if (this.left === -1) this.report(expression, file, "SEQ7202", "");
      return undefined;
    }
    return this.evaluate(expression, file, to, bound);
  }

  private evaluate(expression: Expression, file: string, to: Type | undefined, bound: Bindings): Value | undefined {
    const target = to ?? this.source.expected.get(expression);
    if (this.depth >= deepest) {
      this.report(expression, file, "SEQ7202", "");
      return undefined;
    }
    this.depth += 1;
    const value = this.unfitted(expression, file, target, bound);
    this.depth -= 1;
    if (value === undefined || target === undefined) return value;
    return fitConstant(value, this.typeOf(expression), target);
  }

  private typeOf(expression: Expression): Type {
    return this.source.types.get(expression) ?? error;
  }

  private unfitted(expression: Expression, file: string, to: Type | undefined, bound: Bindings): Value | undefined {
    switch (expression.kind) {
      case "missing":
        return undefined;
      case "boolean":
        return expression.value;
      case "number":
        return expression.unit === "error" ? undefined : expression.value;
      case "string":
        return this.text(expression, file, bound);
      case "parenthesized":
        return this.inner(expression.expression, file, to, bound);
      case "reference":
      case "member":
      case "invocation": {
        const resolution = this.source.resolutions.get(expression);
        return resolution === undefined ? undefined : this.resolved(expression, resolution, file, bound);
      }
      case "unary":
        return this.unary(expression.operator, expression.operand, expression, file, bound);
      case "binary":
        return this.binary(expression, file, to, bound);
      case "conditional": {
        const condition = this.inner(expression.condition, file, undefined, bound);
        if (typeof condition !== "boolean") return undefined;
        return this.inner(condition ? expression.whenTrue : expression.whenFalse, file, to, bound);
      }
      case "list": {
        const item = to?.kind === "list" ? to.item : undefined;
        return this.all(expression.items, file, bound, item);
      }
      case "comprehension":
        return this.comprehension(expression, file, to, bound);
      case "record":
        return this.record(expression, file, to, bound);
      default:
        return unreachable(expression);
    }
  }

  /** All values, or undefined when one of them is not known. */
  private all(
    expressions: readonly Expression[],
    file: string,
    bound: Bindings,
    to?: Type,
  ): readonly Value[] | undefined {
    const values: Value[] = [];
    for (const expression of expressions) {
      const value = this.inner(expression, file, to, bound);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return values;
  }

  private text(literal: StringLiteral, file: string, bound: Bindings): Value | undefined {
    const texts: string[] = [];
    for (const part of literal.parts) {
      if (part.kind === "stringText") texts.push(part.value);
      else {
        const text = this.interpolated(part.expression, file, bound);
        if (text === undefined) return undefined;
        texts.push(text);
      }
    }
    return this.taken(concat(texts), literal, file);
  }

  private interpolated(expression: Expression, file: string, bound: Bindings): string | undefined {
    const value = this.inner(expression, file, undefined, bound);
    if (value === undefined) return undefined;
    const convert = textFunctionOf(planTypeOf(this.effectiveType(expression)));
    const text = convert === null ? value : this.taken(builtin(convert, [value]), expression, file);
    return typeof text === "string" ? text : undefined;
  }

  private effectiveType(expression: Expression): Type {
    return this.source.expected.get(expression) ?? this.typeOf(expression);
  }

  private resolved(expression: Expression, resolution: Resolution, file: string, bound: Bindings): Value | undefined {
    switch (resolution.kind) {
      case "constant":
        return this.valueOf(resolution.symbol.node.value, resolution.symbol.module.path);
      case "choice":
        return resolution.text;
      case "fnParameter":
        return bound.get(resolution.symbol.node);
      case "variable":
        return resolution.symbol.kind === "loopVariable" ? this.loopVariable(resolution.symbol, bound) : undefined;
      case "field": {
        if (expression.kind !== "member") return undefined;
        const object = this.inner(expression.object, file, undefined, bound);
        if (object === undefined || object === null) return object;
        return isRecord(object) ? (object[resolution.field] ?? null) : undefined;
      }
      case "function": {
        // A secret stays out of constants: what is folded is shown in reports.
        if (resolution.function === "reveal") return undefined;
        const values = this.all(resolution.arguments, file, bound);
        if (values === undefined) return undefined;
        if (expression.kind === "member" && expression.optional && values[0] === null) return null;
        return this.taken(builtin(resolution.function, values), expression, file);
      }
      case "fn":
        return this.fn(resolution, file, bound);
      case "global":
      case "fact":
      case "state":
      case "step":
      case "defined":
      case "handle":
      case "error":
        return undefined;
      default:
        return unreachable(resolution);
    }
  }

  private loopVariable(symbol: LoopVariableSymbol, bound: Bindings): Value | undefined {
    return symbol.node.kind === "comprehension" ? bound.get(symbol.node) : undefined;
  }

  private fn(resolution: Extract<Resolution, { kind: "fn" }>, file: string, bound: Bindings): Value | undefined {
    const { node, module } = resolution.symbol;
    const inside = new Map<FnParameter | Comprehension, Value>();
    for (const [i, parameter] of node.parameters.entries()) {
      const given = resolution.arguments[i];
      const value =
        given !== undefined
          ? this.inner(given, file, undefined, bound)
          : parameter.value === undefined
            ? undefined
            : this.inner(parameter.value, module.path, undefined, inside);
      if (value === undefined) return undefined;
      inside.set(parameter, value);
    }
    if (bound.size === 0) this.left = budget;
    return this.inner(node.body, module.path, this.source.typeNodes.get(node.result), inside);
  }

  private unary(
    operator: "-" | "not",
    operand: Expression,
    whole: Span,
    file: string,
    bound: Bindings,
  ): Value | undefined {
    const value = this.inner(operand, file, undefined, bound);
    if (operator === "not") return typeof value === "boolean" ? !value : undefined;
    return typeof value === "number" ? this.taken(arithmetic("-", 0, value), whole, file) : undefined;
  }

  /** A long chain leans to the left: its links are a loop here, not a recursion, and each is remembered. */
  private binary(expression: Binary, file: string, to: Type | undefined, bound: Bindings): Value | undefined {
    const links: ChainLink[] = [];
    let value: Value | undefined;
    for (let link: ChainLink = { expression, asked: to, to }; ;) {
      links.push(link);
      const { left, operator } = link.expression;
      const asked = operator === "??" ? link.to : undefined;
      if (left.kind !== "binary" || (bound.size === 0 && this.known.get(left)?.to === asked && this.known.has(left))) {
        value = this.inner(left, file, asked, bound);
        break;
      }
      link = { expression: left, asked, to: asked ?? this.source.expected.get(left) };
    }
    for (let link = links.pop(); link !== undefined; link = links.pop()) {
      value = this.operation(link.expression, value, file, link.to, bound);
      if (link.expression === expression) break;
      if (value !== undefined && link.to !== undefined) {
        value = fitConstant(value, this.typeOf(link.expression), link.to);
      }
      if (bound.size === 0) this.known.set(link.expression, { to: link.asked, value });
    }
    return value;
  }

  private operation(
    expression: Binary,
    left: Value | undefined,
    file: string,
    to: Type | undefined,
    bound: Bindings,
  ): Value | undefined {
    const { operator } = expression;
    if (left === undefined) return undefined;
    if (operator === "and" && left === false) return false;
    if (operator === "or" && left === true) return true;
    if (operator === "??" && left !== null) return left;
    const right = this.inner(expression.right, file, operator === "??" ? to : undefined, bound);
    if (right === undefined) return undefined;
    switch (operator) {
      case "and":
      case "or":
      case "??":
        return right;
      case "+":
      case "-":
      case "*":
      case "/":
        return this.arithmetic(operator, left, right, expression, file);
      case "==":
      case "!=":
      case "<":
      case "<=":
      case ">":
      case ">=":
        return this.comparison(operator, left, right, expression);
      case "~=":
        return this.taken(builtin("equalsFolded", [left, right]), expression, file);
      case "like":
        return this.taken(builtin("like", [left, right]), expression, file);
      case "in": {
        const versions = presentPlanType(planTypeOf(this.effectiveType(expression.left))) === "version";
        return this.taken(builtin(versions ? "inVersions" : "in", [left, right]), expression, file);
      }
      case "matches":
        return this.matches(left, right, expression, file);
      default:
        return unreachable(operator);
    }
  }

  /** A pattern that does not compile is the checker's finding. */
  private matches(left: Value, right: Value, expression: Binary, file: string): Value | undefined {
    if (typeof right !== "string") return undefined;
    const compiled = compilePattern(right);
    if ("problem" in compiled) return undefined;
    return this.taken(matchPattern(compiled.pattern, left), expression, file);
  }

  private arithmetic(
    operator: ArithmeticOperator,
    left: Value,
    right: Value,
    expression: Binary,
    file: string,
  ): Value | undefined {
    if (typeof left !== "number" || typeof right !== "number") return undefined;
    return this.taken(arithmetic(operator, left, right), expression.operatorSpan, file);
  }

  private comparison(operator: ComparisonOperator, left: Value, right: Value, expression: Binary): Value {
    const type = comparedTypeOf(
      planTypeOf(this.effectiveType(expression.left)),
      planTypeOf(this.effectiveType(expression.right)),
    );
    return compare(operator, type, left, right).value;
  }

  private comprehension(
    expression: Comprehension,
    file: string,
    to: Type | undefined,
    bound: Bindings,
  ): Value | undefined {
    const items = this.inner(expression.iterable, file, undefined, bound);
    if (!isList(items)) return undefined;
    let result: Value = [];
    for (const item of items) {
      const inside = new Map([...bound, [expression, item] as const]);
      if (expression.condition !== undefined) {
        const taken = this.inner(expression.condition, file, undefined, inside);
        if (taken === undefined) return undefined;
        if (taken === false) continue;
      }
      const value = this.inner(expression.item, file, to?.kind === "list" ? to.item : undefined, inside);
      if (value === undefined) return undefined;
      const longer = this.taken(append(result, value), expression, file);
      if (!isList(longer)) return undefined;
      result = longer;
    }
    return result;
  }

  private record(expression: Record, file: string, to: Type | undefined, bound: Bindings): Value | undefined {
    const fields: [string, Value][] = [];
    for (const field of expression.fields) {
      const key = fieldKey(field.key);
      if (key === undefined) return undefined;
      if (field.when !== undefined) {
        const taken = this.inner(field.when, file, undefined, bound);
        if (taken === undefined) return undefined;
        if (taken === false) continue;
      }
      const value = this.inner(field.value, file, to?.kind === "record" ? to.fields.get(key) : undefined, bound);
      if (value === undefined) return undefined;
      if (value !== null) fields.push([key, value]);
    }
    return Object.fromEntries(fields);
  }

  private taken(evaluation: Evaluation, place: Span, file: string): Value | undefined {
    if ("value" in evaluation) return evaluation.value;
    this.report(place, file, "SEQ7201", asClause(evaluation.failure));
    return undefined;
  }

  private report(place: Span, file: string, code: "SEQ7201" | "SEQ7202", why: string): void {
    this.attempts += 1;
    const key = `${file}:${place.start}:${code}`;
    if (this.reported.has(key)) return;
    const location = { file, start: place.start, end: place.end };
    this.reported.set(key, createDiagnostic(loweringDiagnostics[code], location, { why }));
  }
}

function isLiteral(expression: Expression): boolean {
  switch (expression.kind) {
    case "number":
    case "boolean":
      return true;
    case "string":
      return expression.parts.length <= 1 && expression.parts[0]?.kind !== "interpolation";
    default:
      return false;
  }
}

/** Does only a run know the value of a name with this meaning? */
export function isOpen(resolution: Resolution): boolean {
  switch (resolution.kind) {
    case "variable":
    case "fnParameter":
    case "global":
    case "fact":
    case "state":
    case "step":
      return true;
    default:
      return false;
  }
}

/** The name that a record's field is written under; undefined where it lacks. */
export function fieldKey(key: Record["fields"][number]["key"]): string | undefined {
  if (key.kind === "name") return key.text;
  if (key.kind === "missing") return undefined;
  return key.parts.map((part) => (part.kind === "stringText" ? part.value : "")).join("");
}

function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isRecord(value: Value): value is { readonly [field: string]: Value } {
  return typeof value === "object" && value !== null && !isList(value);
}
