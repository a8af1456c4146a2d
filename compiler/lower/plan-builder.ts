// Collects a plan while it is lowered: code with positions, and the tables that instructions point into, each entry once.
// Knows the plan's format and nothing of the language; forward targets are labels that are placed later.
import type {
  Opcode,
  Plan,
  PlanAccount,
  PlanConstant,
  PlanContent,
  PlanModule,
  PlanNode,
  PlanPattern,
  PlanProjectAction,
  PlanSequence,
  UndigestedPlan,
  PlanType,
  Position,
  Value,
} from "@sequitur/runtime/plan";
import { limits } from "@sequitur/runtime/plan";
import { invariant } from "../invariant.ts";

/** An address that code may name before it is known. */
export interface Label {
  address: number;
  readonly uses: { readonly instruction: number; readonly operand: number }[];
}

type Operand = string | number | readonly string[] | Label;
type MutableInstruction = [Opcode, ...(string | number | readonly string[])[]];

/** Everything of a plan but its versions and digest. */
export type PlanSections = Omit<UndigestedPlan, "format" | "semantics">;

/** A table of which each entry is kept once, in order of first use. */
class Table<T> {
  readonly entries: T[] = [];
  private readonly indexes = new Map<unknown, number>();

  indexOf(key: unknown, make: () => T): number {
    const known = this.indexes.get(key);
    if (known !== undefined) return known;
    const index = this.entries.length;
    this.indexes.set(key, index);
    this.entries.push(make());
    return index;
  }
}

export class PlanBuilder {
  private readonly code: MutableInstruction[] = [];
  private readonly positions: Position[] = [];
  private readonly nodes: (PlanNode | undefined)[] = [];
  private readonly constants = new Table<PlanConstant>();
  /** Constants without parts, by type and value: there are very many, and no key has to be made for them. */
  private readonly scalars = new Map<PlanType, Map<Value, number>>();
  private readonly globals = new Table<{ name: string; secret: boolean }>();
  private readonly accounts = new Table<PlanAccount>();
  private readonly contents = new Table<PlanContent>();
  private readonly actions = new Table<PlanProjectAction>();
  private readonly modules = new Table<PlanModule>();
  private readonly parts = new Table<string>();
  private readonly patterns = new Table<PlanPattern>();
  private readonly sources = new Table<string>();
  private readonly environment = new Set<string>();
  private readonly sequences: PlanSequence[] = [];
  /** Where the instructions that come next stand in the source. */
  position: Position = [0, 1, 1];

  /** Set when something nests too deep to be lowered: it was reported, and the plan must not be used. */
  isTooDeep = false;

  /** The address of the next instruction. */
  get here(): number {
    return this.code.length;
  }

  /** More code than a plan may hold: what is emitted from now on is dropped, and the plan must not be used. */
  get full(): boolean {
    return this.code.length >= limits.instructions;
  }

  /** Appends an instruction at the current position and gives its address. */
  emit(opcode: Opcode, ...operands: Operand[]): number {
    const address = this.code.length;
    if (this.full) return address;
    const instruction: MutableInstruction = [opcode];
    for (const operand of operands) {
      if (typeof operand !== "object" || !("uses" in operand)) instruction.push(operand);
      else {
        if (operand.address < 0) operand.uses.push({ instruction: address, operand: instruction.length });
        instruction.push(operand.address);
      }
    }
    this.code.push(instruction);
    this.positions.push(this.position);
    return address;
  }

  label(): Label {
    return { address: -1, uses: [] };
  }

  /** Makes the label stand for the next instruction. */
  place(label: Label): number {
    invariant(label.address < 0, "a label is placed once");
    label.address = this.here;
    for (const use of label.uses) {
      const instruction = this.code[use.instruction];
      if (instruction !== undefined) instruction[use.operand] = label.address;
    }
    return label.address;
  }

  /** Takes the next node's index; `setNode` says what it is once its addresses are known. */
  reserveNode(): number {
    this.nodes.push(undefined);
    return this.nodes.length - 1;
  }

  setNode(index: number, node: PlanNode): void {
    invariant(this.nodes[index] === undefined, "a node is described once");
    this.nodes[index] = node;
  }

  constant(type: PlanType, value: Value): number {
    if (typeof type !== "string" || typeof value === "object") {
      return this.constants.indexOf(JSON.stringify([type, value]), () => ({ type, value }));
    }
    let ofType = this.scalars.get(type);
    if (ofType === undefined) this.scalars.set(type, (ofType = new Map()));
    let index = ofType.get(value);
    if (index === undefined) ofType.set(value, (index = this.constants.entries.push({ type, value }) - 1));
    return index;
  }

  push(type: PlanType, value: Value): void {
    if (value === null) this.emit("ABSENT");
    else this.emit("PUSH", this.constant(type, value));
  }

  /** Case does not count; the first spelling stands, and one that is secret anywhere is secret. */
  global(name: string, secret: boolean): number {
    const index = this.globals.indexOf(name.toLowerCase(), () => ({ name, secret }));
    const entry = this.globals.entries[index];
    if (secret && entry !== undefined) entry.secret = true;
    return index;
  }

  account(key: object, make: () => PlanAccount): number {
    return this.accounts.indexOf(key, make);
  }

  content(key: unknown, make: () => PlanContent): number {
    return this.contents.indexOf(key, make);
  }

  /** An action of the project, with its module's index. */
  projectAction(key: object, make: () => PlanProjectAction): number {
    return this.actions.indexOf(key, make);
  }

  module(path: string, make: () => PlanModule): number {
    return this.modules.indexOf(path, make);
  }

  /** What is declared in the plan so far. */
  get declarations(): Pick<Plan, "actions"> {
    return { actions: this.actions.entries };
  }

  contentAt(index: number): PlanContent {
    const content = this.contents.entries[index];
    invariant(content !== undefined, "content is asked for by an index that was given");
    return content;
  }

  part(text: string): number {
    return this.parts.indexOf(text, () => text);
  }

  pattern(source: string, compile: () => PlanPattern): number {
    return this.patterns.indexOf(source, compile);
  }

  source(path: string): number {
    return this.sources.indexOf(path, () => path);
  }

  readsEnvironment(name: string): void {
    this.environment.add(name);
  }

  addSequence(sequence: PlanSequence): void {
    this.sequences.push(sequence);
  }

  finish(): PlanSections {
    return {
      sequences: this.sequences,
      constants: this.constants.entries,
      globals: this.globals.entries,
      environment: [...this.environment].sort(),
      content: this.contents.entries,
      accounts: this.accounts.entries,
      ...(this.actions.entries.length === 0 ? {} : { actions: this.actions.entries, modules: this.modules.entries }),
      nodes: this.nodes.map((node) => {
        invariant(node !== undefined, "every reserved node is described");
        return node;
      }),
      parts: this.parts.entries,
      patterns: this.patterns.entries,
      code: this.code,
      sources: this.sources.entries,
      positions: this.positions,
    };
  }
}
