// A sequence as a small tree of data: what the chaos test makes at random, turns into a plan, and gives to the model, which
// says from the tree alone what must happen.

export type Interruption = "fail" | "rerun" | "verify";

export interface Program {
  readonly kind: "run";
  readonly name: string;
  /** What its one argument shows: a variable, the item of the loop around it, or the global. */
  readonly shows: "word" | "item" | "Site";
  readonly interruption: Interruption;
  readonly continues: boolean;
  /** Further attempts; 0: none. */
  readonly retries: number;
  readonly hasTimeout: boolean;
  /** Something ends it if it never comes to an end by itself: its own time-out, or that of a group around it. */
  readonly isBound: boolean;
  readonly into: boolean;
}

export interface Group {
  readonly kind: "group";
  readonly name: string;
  readonly body: Tree;
  readonly handler: Tree | null;
  readonly finally: Tree | null;
  readonly continues: boolean;
  readonly isTimed: boolean;
  /** `when word == ""`. */
  readonly whenEmpty: boolean;
}

export type Node =
  | Program
  | Group
  | { readonly kind: "restart" }
  | { readonly kind: "set"; readonly target: "word" | "Site"; readonly value: string }
  | { readonly kind: "log"; readonly shows: "word" | "Site" | "restarts" | "error" }
  | { readonly kind: "loop"; readonly items: readonly string[]; readonly body: Tree }
  | { readonly kind: "branch"; readonly model: string; readonly then: Tree; readonly otherwise: Tree }
  | { readonly kind: "fail"; readonly continues: boolean }
  | { readonly kind: "call"; readonly child: string; readonly continues: boolean }
  | { readonly kind: "wait" }
  | { readonly kind: "waitUntil"; readonly file: string; readonly continues: boolean }
  | { readonly kind: "disabled" };

export type Tree = readonly Node[];

export interface Sequence {
  readonly body: Tree;
  readonly children: { readonly [name: string]: Tree };
}
