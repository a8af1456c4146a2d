// Plans for tests, from a small tree: the same shapes that the compiler emits, so that what is tested is what will run.
import { encodePlan, digested } from "../plan/encode.ts";
import type {
  Plan,
  PlanAction,
  PlanConstant,
  PlanNode,
  PlanOperand,
  PlanSequence,
  PlanStep,
  Position,
} from "../plan/format.ts";
import type { Instruction, Opcode } from "../plan/instructions.ts";
import type { PlanType } from "../plan/plan-type.ts";
import type { Value } from "../plan/value.ts";
import { verify } from "../plan/verify.ts";

/** Code that leaves one value on the stack. */
export type Expression = (b: Builder) => void;

export const lit =
  (value: Value, type: PlanType = typeOf(value)): Expression =>
  (b) =>
    b.emit("PUSH", b.constant(value, type));
export const local =
  (name: string): Expression =>
  (b) =>
    b.emit("LOAD", b.slot(name));
export const global =
  (name: string): Expression =>
  (b) =>
    b.emit("GLOAD", b.global(name));
export const state =
  (field: string): Expression =>
  (b) =>
    b.emit("STATE", field);
/** A field of a labelled step, or `otherwise` where it is absent. */
export const stepField =
  (label: string, field: string, otherwise: Expression): Expression =>
  (b) =>
    orElse(b, () => b.emit("STEP", b.label(label), field), otherwise);
export const fact =
  (name: string, ...args: Expression[]): Expression =>
  (b) => {
    for (const arg of args) arg(b);
    b.emit("FACT", name, args.length);
  };
export const call =
  (name: string, ...args: Expression[]): Expression =>
  (b) => {
    for (const arg of args) arg(b);
    b.emit("BUILTIN", name, args.length);
  };
export const concat =
  (...parts: Expression[]): Expression =>
  (b) => {
    for (const part of parts) part(b);
    b.emit("CONCAT", parts.length);
  };
export const calculate =
  (operator: string, left: Expression, right: Expression): Expression =>
  (b) => {
    left(b);
    right(b);
    b.emit("ARITH", operator);
  };
export const compare =
  (operator: string, type: string, left: Expression, right: Expression): Expression =>
  (b) => {
    left(b);
    right(b);
    b.emit("CMP", operator, type);
  };
export const noted =
  (text: string, part: Expression): Expression =>
  (b) => {
    part(b);
    b.emit("NOTE", b.part(text));
  };
/** `[for item in list: map]` */
export const comprehension =
  (name: string, list: Expression, item: string, map: Expression): Expression =>
  (b) => {
    b.emit("LIST", 0);
    list(b);
    const node = b.node({ kind: "for", name, silent: true });
    b.emit("ITER", node);
    const top = b.address;
    const next = b.emit("NEXT", node, b.slot(item), 0);
    map(b);
    b.emit("APPEND");
    b.emit("JUMP", top);
    b.patch(next, 3);
  };

export const optional =
  (value: Expression, otherwise: Expression): Expression =>
  (b) =>
    orElse(b, () => value(b), otherwise);

function orElse(b: Builder, value: () => void, otherwise: Expression): void {
  value();
  const jump = b.emit("JPRESENT", 0);
  otherwise(b);
  b.patch(jump, 1);
}

function typeOf(value: Value): PlanType {
  if (typeof value === "string") return "string";
  if (typeof value === "number") return "int";
  if (typeof value === "boolean") return "bool";
  if (Array.isArray(value)) return { list: value.length === 0 ? "never" : typeOf(value[0] as Value) };
  return {
    record: Object.fromEntries(Object.entries(value ?? {}).map(([name, member]) => [name, typeOf(member as Value)])),
  };
}

// ---- statements ------------------------------------------------------------------------------------------------------

export type Statement = (b: Builder) => void;

export interface StepOptions {
  readonly when?: Expression;
  readonly condition?: string;
  readonly label?: string;
  readonly continueOnError?: boolean;
  readonly success?: readonly number[];
  readonly reboots?: readonly number[];
  readonly retry?: { readonly count: number; readonly every: number; readonly doubling?: boolean };
  readonly timeout?: number;
  readonly interruption?: "fail" | "rerun";
  readonly verify?: Expression;
  /** Where the output goes. */
  readonly into?: string;
  readonly output?: PlanType;
  readonly env?: { readonly [name: string]: Expression };
  readonly secretEnv?: { readonly [name: string]: Expression };
  readonly needs?: "winpe" | "fullos";
  readonly titled?: boolean;
  readonly disabled?: boolean;
}

/** A step that runs the program of its own name. */
export const run =
  (name: string, options: StepOptions = {}, args: readonly Expression[] = []): Statement =>
  (b) => {
    const operands: PlanOperand[] = [{ role: "program", type: "string" }];
    for (const _ of args) operands.push({ role: "word", type: "string" });
    b.step({ kind: "run" }, name, options, operands, [lit(name), ...args]);
  };

export const use =
  (
    action: string,
    args: { readonly [name: string]: readonly [PlanType, Expression] },
    options: StepOptions = {},
  ): Statement =>
  (b) => {
    const operands = Object.entries(args).map(([name, [type]]) => ({ role: "argument", name, type }) as const);
    b.step(
      { kind: "use", action },
      action,
      options,
      operands,
      Object.values(args).map(([, value]) => value),
    );
  };

export const wait =
  (milliseconds: number, options: StepOptions = {}): Statement =>
  (b) =>
    b.step(
      { kind: "wait" },
      "wait",
      options,
      [{ role: "duration", type: "duration" }],
      [lit(milliseconds, "duration")],
    );

export const restart =
  (to: "system" | "winpe" = "system", options: StepOptions = {}): Statement =>
  (b) =>
    b.step(
      { kind: "restart", to },
      "restart",
      options,
      [
        { role: "delay", type: "duration" },
        { role: "message", type: "string" },
      ],
      [lit(0, "duration"), lit("")],
    );

export const set =
  (name: string, value: Expression, options: StepOptions = {}): Statement =>
  (b) =>
    b.plainStep({ kind: "set" }, `set ${name}`, { titled: false, ...options }, () => {
      value(b);
      if (b.hasSlot(name)) b.emit("STORE", b.slot(name));
      else b.emit("GSTORE", b.global(name));
    });

/** A variable's first value, outside of any step. */
export const init =
  (name: string, value: Expression): Statement =>
  (b) => {
    value(b);
    b.emit("STORE", b.slot(name));
  };

export const log =
  (text: string | Expression, options: StepOptions = {}): Statement =>
  (b) =>
    b.plainStep({ kind: "log" }, "log", { titled: false, ...options }, (node) => {
      (typeof text === "string" ? lit(text) : text)(b);
      b.emit("LOG", node);
    });

export const fail =
  (text?: string, options: StepOptions = {}): Statement =>
  (b) =>
    b.failStep(text, options);

export const waitUntil =
  (condition: Expression, timeout: number, options: StepOptions = {}): Statement =>
  (b) =>
    b.plainStep({ kind: "waitUntil" }, "wait until", { condition: "the condition", timeout, ...options }, (node) => {
      b.emit("POLL", node);
      condition(b);
      b.emit("POLLED", node);
    });

export interface GroupOptions {
  readonly when?: Expression;
  readonly condition?: string;
  readonly onError?: readonly Statement[];
  readonly finally?: readonly Statement[];
  readonly continueOnError?: boolean;
  readonly timeout?: number;
}

export const group =
  (name: string, body: readonly Statement[], options: GroupOptions = {}): Statement =>
  (b) =>
    b.group(name, body, options);

export const disabledNode =
  (name: string): Statement =>
  (b) => {
    const node = b.node({ ...plainStep({ kind: "log" }, name), disabled: true, end: b.address + 1 });
    b.emit("DISABLED", node);
  };

export const branch =
  (condition: Expression, then: readonly Statement[], otherwise: readonly Statement[] = []): Statement =>
  (b) => {
    const node = b.node({ kind: "if", name: "if" });
    condition(b);
    const decide = b.emit("DECIDE", node, 0);
    b.within(node, then);
    const jump = b.emit("JUMP", 0);
    b.patch(decide, 2);
    b.within(node, otherwise);
    b.patch(jump, 1);
  };

export const loop =
  (item: string, list: Expression, body: readonly Statement[]): Statement =>
  (b) => {
    const node = b.node({ kind: "for", name: `for ${item}`, silent: false });
    list(b);
    b.emit("ITER", node);
    const top = b.address;
    const next = b.emit("NEXT", node, b.slot(item), 0);
    b.within(node, body);
    b.emit("JUMP", top);
    b.patch(next, 3);
  };

export const callSequence =
  (
    name: string,
    sequence: string,
    args: { readonly [parameter: string]: readonly [PlanType, Expression] } = {},
    options: StepOptions = {},
  ): Statement =>
  (b) =>
    b.callStep(name, sequence, args, options);

// ---- sequences -------------------------------------------------------------------------------------------------------

export interface SequenceSource {
  readonly name?: string;
  readonly slots?: { readonly [name: string]: PlanType };
  readonly parameters?: {
    readonly [name: string]: { readonly default?: Expression; readonly choices?: readonly Value[] };
  };
  readonly outputs?: { readonly [name: string]: readonly [PlanType, Expression] };
  readonly body: readonly Statement[];
}

export interface PlanSource extends SequenceSource {
  readonly globals?: readonly string[];
  readonly secretGlobals?: readonly string[];
  readonly environment?: readonly string[];
  readonly children?: readonly SequenceSource[];
}

export interface BuiltPlan {
  readonly plan: Plan;
  readonly text: string;
}

/** Builds and verifies a plan: a test's plan is never one that would be refused. */
export function buildPlan(source: PlanSource): BuiltPlan {
  const builder = new Builder(source);
  const plan = digested(builder.finish());
  const problems = verify(plan);
  if (problems.length > 0) {
    const code = plan.code.map((instruction, i) => `${i} ${JSON.stringify(instruction)}`).join("\n");
    throw new Error(`The test's plan does not verify: ${JSON.stringify(problems, null, 1)}\n${code}`);
  }
  return { plan, text: encodePlan(plan) };
}

type Distribute<T> = T extends PlanNode ? Omit<T, "parent" | "sequence" | "position"> : never;

function plainStep(action: PlanAction, name: string): Omit<PlanStep, "parent" | "sequence" | "position"> {
  const isProgram = action.kind === "run";
  return {
    ...{ kind: "step", name, titled: true, end: 0, continueOnError: false, action, operands: [], output: null },
    ...{ success: isProgram ? [0] : [], reboots: isProgram ? [3010] : [], interruption: "fail" },
  };
}

class Builder {
  readonly #source: PlanSource;
  readonly #code: [Opcode, ...(string | number | readonly string[])[]][] = [];
  readonly #positions: Position[] = [];
  readonly #nodes: PlanNode[] = [];
  readonly #constants: PlanConstant[] = [];
  readonly #parts: string[] = [];
  readonly #sequences: PlanSequence[] = [];
  readonly #labels = new Map<string, number>();
  readonly #parents: number[] = [];
  #slots: string[] = [];
  #line = 1;

  constructor(source: PlanSource) {
    this.#source = source;
  }

  finish(): Omit<Plan, "digest"> {
    for (const sequence of [this.#source, ...(this.#source.children ?? [])]) this.#sequence(sequence);
    const globals = [
      ...(this.#source.globals ?? []).map((name) => ({ name, secret: false })),
      ...(this.#source.secretGlobals ?? []).map((name) => ({ name, secret: true })),
    ];
    return {
      ...{ format: 1, semantics: 1, sequences: this.#sequences, constants: this.#constants, globals },
      ...{
        environment: this.#source.environment ?? [],
        content: [],
        accounts: [],
        nodes: this.#nodes,
        parts: this.#parts,
      },
      ...{
        patterns: [],
        code: this.#code as readonly Instruction[],
        sources: ["test.seq"],
        positions: this.#positions,
      },
    };
  }

  get address(): number {
    return this.#code.length;
  }

  emit(opcode: Opcode, ...operands: (string | number | readonly string[])[]): number {
    this.#positions.push([0, this.#line, 1]);
    return this.#code.push([opcode, ...operands]) - 1;
  }

  /** Makes an operand the present address. */
  patch(at: number, operand: number): void {
    const instruction = this.#code[at];
    if (instruction === undefined) throw new Error("nothing to patch");
    instruction[operand] = this.address;
  }

  constant(value: Value, type: PlanType): number {
    const text = JSON.stringify([type, value]);
    const known = this.#constants.findIndex((constant) => JSON.stringify([constant.type, constant.value]) === text);
    return known >= 0 ? known : this.#constants.push({ type, value }) - 1;
  }

  part(text: string): number {
    const known = this.#parts.indexOf(text);
    return known >= 0 ? known : this.#parts.push(text) - 1;
  }

  hasSlot(name: string): boolean {
    return this.#slots.includes(name);
  }

  slot(name: string): number {
    const index = this.#slots.indexOf(name);
    if (index < 0) throw new Error(`no slot ${name}`);
    return index;
  }

  global(name: string): number {
    const names = [...(this.#source.globals ?? []), ...(this.#source.secretGlobals ?? [])];
    const index = names.indexOf(name);
    if (index < 0) throw new Error(`no global ${name}`);
    return index;
  }

  label(name: string): number {
    const node = this.#labels.get(name);
    if (node === undefined) throw new Error(`no label ${name}`);
    return node;
  }

  node(node: Distribute<PlanNode>): number {
    this.#line += 1;
    const place = {
      parent: this.#parents.at(-1) ?? -1,
      sequence: this.#sequences.length,
      position: [0, this.#line, 1],
    } as const;
    return this.#nodes.push({ ...node, ...place } as PlanNode) - 1;
  }

  within(node: number, statements: readonly Statement[]): void {
    this.#parents.push(node);
    for (const statement of statements) statement(this);
    this.#parents.pop();
  }

  #open(
    name: string,
    action: PlanAction,
    options: StepOptions,
    operands: readonly PlanOperand[],
    output: PlanType | null,
  ): number {
    const { continueOnError, success, reboots, timeout, needs } = options;
    const retry = options.retry === undefined ? {} : { retry: { doubling: false, ...options.retry } };
    const condition = options.condition ?? (options.when === undefined ? undefined : "its condition");
    const node = this.node({
      ...plainStep(action, name),
      ...{ operands, output, titled: options.titled ?? true },
      ...(continueOnError === undefined ? {} : { continueOnError }),
      ...(success === undefined ? {} : { success }),
      ...(reboots === undefined ? {} : { reboots }),
      ...(timeout === undefined ? {} : { timeout }),
      ...(needs === undefined ? {} : { needs }),
      ...(options.label === undefined ? {} : { label: options.label }),
      ...(condition === undefined ? {} : { condition }),
      ...{ interruption: options.verify === undefined ? (options.interruption ?? "fail") : "verify" },
      ...retry,
    });
    if (options.label !== undefined) this.#labels.set(options.label, node);
    this.emit("OPEN", node);
    return node;
  }

  #decide(node: number, when: Expression | undefined): number | null {
    if (when === undefined) return null;
    when(this);
    return this.emit("DECIDE", node, 0);
  }

  #close(node: number, decide: number | null, verifyRegion?: Expression): void {
    this.emit("DONE", node);
    if (verifyRegion !== undefined) {
      this.#change(node, { verify: this.address });
      verifyRegion(this);
      this.emit("VERIFIED", node);
    }
    if (decide !== null) this.patch(decide, 2);
    this.#change(node, { end: this.address });
  }

  #change(node: number, change: { readonly [field: string]: number }): void {
    this.#nodes[node] = { ...this.#nodes[node], ...change } as PlanNode;
  }

  step(
    action: PlanAction,
    name: string,
    options: StepOptions,
    operands: readonly PlanOperand[],
    values: readonly Expression[],
  ): void {
    const environment = [
      ...Object.entries(options.env ?? {}).map(([key, value]) => ({ key, value, type: "string" as const })),
      ...Object.entries(options.secretEnv ?? {}).map(([key, value]) => ({ key, value, type: "secret" as const })),
    ];
    const all: PlanOperand[] = [
      ...operands,
      ...environment.map(({ key, type }) => ({ role: "environment", name: key, type }) as const),
    ];
    const output = options.output ?? (options.into === undefined ? null : "string");
    const node = this.#open(name, action, options, all, output);
    const decide = this.#decide(node, options.when);
    for (const value of [...values, ...environment.map(({ value }) => value)]) value(this);
    this.emit("ACT", node);
    if (options.into !== undefined) this.emit("STORE", this.slot(options.into));
    else if (output !== null) this.emit("POP");
    this.#close(node, decide, options.verify);
  }

  plainStep(action: PlanAction, name: string, options: StepOptions, body: (node: number) => void): void {
    const node = this.#open(name, action, options, [], null);
    const decide = this.#decide(node, options.when);
    body(node);
    this.#close(node, decide);
  }

  failStep(text: string | undefined, options: StepOptions): void {
    const node = this.#open("fail", { kind: "fail" }, options, [], null);
    const decide = this.#decide(node, options.when);
    if (text === undefined) this.emit("FAILAGAIN", node);
    else {
      lit(text)(this);
      this.emit("FAIL", node);
    }
    if (decide !== null) this.patch(decide, 2);
    this.#change(node, { end: this.address });
  }

  callStep(
    name: string,
    sequence: string,
    args: { readonly [parameter: string]: readonly [PlanType, Expression] },
    options: StepOptions,
  ): void {
    const children = this.#source.children ?? [];
    const index = children.findIndex((child) => child.name === sequence);
    const slots = Object.keys(children[index]?.slots ?? {});
    const parameters = Object.keys(args).map((parameter) => slots.indexOf(parameter));
    const operands = Object.values(args).map(([type]) => ({ role: "parameter", type }) as const);
    const output = options.output ?? (options.into === undefined ? null : "string");
    const node = this.#open(name, { kind: "call", sequence: index + 1, parameters }, options, operands, output);
    const decide = this.#decide(node, options.when);
    for (const [, value] of Object.values(args)) value(this);
    this.emit("CALL", node);
    if (options.into !== undefined) this.emit("STORE", this.slot(options.into));
    else if (output !== null) this.emit("POP");
    this.#close(node, decide);
  }

  group(name: string, body: readonly Statement[], options: GroupOptions): void {
    const { timeout } = options;
    const condition = options.condition ?? (options.when === undefined ? undefined : "its condition");
    const node = this.node({
      ...{ kind: "group", name, end: 0, continueOnError: options.continueOnError ?? false },
      ...(timeout === undefined ? {} : { timeout }),
      ...(condition === undefined ? {} : { condition }),
    });
    this.emit("OPEN", node);
    const decide = this.#decide(node, options.when);
    this.emit("BODY", node);
    this.within(node, body);
    this.emit("LEAVE", node);
    if (options.onError !== undefined) {
      this.#change(node, { handler: this.address });
      this.within(node, options.onError);
      this.emit("HANDLED", node);
    }
    if (options.finally !== undefined) {
      this.#change(node, { finally: this.address });
      this.within(node, options.finally);
      this.emit("RESUME", node);
    }
    if (decide !== null) this.patch(decide, 2);
    this.#change(node, { end: this.address });
  }

  #sequence(source: SequenceSource): void {
    const slots = Object.entries(source.slots ?? {});
    this.#slots = slots.map(([name]) => name);
    const start = this.address;
    const parameters = Object.entries(source.parameters ?? {}).map(([name, parameter]) => {
      const slot = this.slot(name);
      if (parameter.default !== undefined) {
        const given = this.emit("GIVEN", slot, 0);
        parameter.default(this);
        this.emit("STORE", slot);
        this.patch(given, 2);
      }
      const choices = parameter.choices === undefined ? {} : { choices: parameter.choices };
      return { slot, required: parameter.default === undefined, ...choices };
    });
    for (const statement of source.body) statement(this);
    const outputs = Object.entries(source.outputs ?? {}).map(([name, [type, value]]) => {
      value(this);
      return { name, type };
    });
    this.emit("RETURN", outputs.length);
    this.#sequences.push({
      ...{ name: source.name ?? "main", title: "", slots: slots.map(([name, type]) => ({ name, type })) },
      ...{ parameters, outputs, start, end: this.address },
    });
  }
}
