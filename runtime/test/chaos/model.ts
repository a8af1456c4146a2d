// The right history of a sequence, said by walking its tree: no plan, no code, no machine, no journal. It knows the world, and
// which attempts were cut in the middle. Written from the semantics' text, so that it can be wrong only in other ways.
import { unreachable } from "../../machine/invariant.ts";
import type { Group, Node, Program, Sequence, Tree } from "./tree.ts";
import { doingOf, factOf, type World } from "./world.ts";

export interface History {
  /** Attempts in the order in which they begin: `program argument #attempt`. */
  readonly effects: readonly string[];
  readonly logs: readonly string[];
  /** Steps that failed and were kept by their own `continue on error`. */
  readonly failures: number;
  readonly state: "succeeded" | "failed";
  /** The output, where it succeeded. */
  readonly word: string | null;
}

/** Goes up from frame to frame; with `until` it is a time that is up, and only that group ends it. */
class Up {
  readonly code: number;
  readonly reason: string;
  until: Group | null;

  constructor(code: number, reason: string, until: Group | null = null) {
    this.code = code;
    this.reason = reason;
    this.until = until;
  }
}

/** The variables of one call. */
interface Scope {
  word: string;
  item: string;
}

/** `unknown`: attempts, counted from 1 in the order in which they begin, of which nobody knows how they ended. */
export function historyOf(sequence: Sequence, world: World, unknown: ReadonlySet<number>): History {
  const model = new Model(sequence, world, unknown);
  const scope = { word: "", item: "" };
  const failed = model.attempt(() => model.walk(sequence.body, scope)) !== null;
  const { effects, logs, failures } = model;
  return { effects, logs, failures, state: failed ? "failed" : "succeeded", word: failed ? null : scope.word };
}

class Model {
  readonly effects: string[] = [];
  readonly logs: string[] = [];
  failures = 0;
  readonly #sequence: Sequence;
  readonly #world: World;
  readonly #unknown: ReadonlySet<number>;
  #site = "";
  #restarts = 0;
  #timed: Group | null = null;
  #error: Up | null = null;

  constructor(sequence: Sequence, world: World, unknown: ReadonlySet<number>) {
    this.#sequence = sequence;
    this.#world = world;
    this.#unknown = unknown;
  }

  walk(tree: Tree, scope: Scope): void {
    for (const node of tree) this.#node(node, scope);
  }

  /** What goes up from it; null: it went well. */
  attempt(run: () => void): Up | null {
    try {
      run();
      return null;
    } catch (error) {
      if (error instanceof Up) return error;
      throw error;
    }
  }

  #node(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "run":
        return this.#step(node.continues, () => this.#program(node, scope));
      case "group":
        return this.#group(node, scope);
      case "restart":
        this.#rerun("restart ");
        this.#restarts += 1;
        return;
      case "wait":
        return this.#rerun("wait ");
      case "set":
        if (node.target === "word") scope.word = node.value;
        else this.#site = node.value;
        return;
      case "log":
        this.logs.push(this.#shown(node.shows, scope));
        return;
      case "loop":
        for (const item of node.items) {
          scope.item = item;
          this.walk(node.body, scope);
        }
        return;
      case "branch": {
        const holds = this.#fact("device.model", "") === node.model;
        return this.walk(holds ? node.then : node.otherwise, scope);
      }
      case "fail":
        return this.#step(node.continues, () => {
          throw new Up(1, "fail");
        });
      case "call":
        return this.#step(node.continues, () => {
          const inner = { word: scope.word, item: "" };
          this.walk(this.#sequence.children[node.child] ?? [], inner);
          scope.word = inner.word;
        });
      case "waitUntil":
        return this.#step(node.continues, () => {
          const here = this.#fact("file.exists", `/${node.file}`);
          const there = this.#fact("file.exists", `/${this.#fact("device.model", "")}`);
          if (here !== there) throw new Up(-1, "timeout");
        });
      case "disabled":
        return;
      default:
        return unreachable(node);
    }
  }

  #fact(fact: string, argument: string): unknown {
    const answer = factOf(this.#world, fact, argument);
    return "value" in answer ? answer.value : answer;
  }

  #shown(what: "word" | "Site" | "restarts" | "error" | "item", scope: Scope): string {
    if (what === "word" || what === "item") return scope[what];
    if (what === "Site") return this.#site;
    return what === "restarts" ? String(this.#restarts) : `${this.#error?.code} ${this.#error?.reason}`;
  }

  #step(continues: boolean, run: () => void): void {
    const up = this.attempt(run);
    if (up === null) return;
    if (!continues || up.until !== null) throw up;
    this.failures += 1;
  }

  /** Begins an attempt; true: nobody knows how it ended. */
  #begins(effect: string, attempt: number): boolean {
    this.effects.push(`${effect}#${attempt}`);
    return this.#unknown.has(this.effects.length);
  }

  #rerun(effect: string): void {
    for (let attempt = 1; this.#begins(effect, attempt); attempt += 1);
  }

  #program(node: Program, scope: Scope): void {
    const argument = this.#shown(node.shows, scope);
    let retries = 0;
    for (let attempt = 1; ; attempt += 1) {
      if (this.#begins(`${node.name} ${argument}`, attempt)) {
        if (this.#isDoneAfterCut(node)) return;
        continue;
      }
      const { code, hangs, output, site } = doingOf(this.#world, node.name, argument, attempt);
      if (hangs && !node.hasTimeout) throw new Up(-1, "deadline", this.#timed);
      if (!hangs && site !== null) this.#site = site;
      if (!hangs && (code === 0 || code === 3010)) {
        if (node.into) scope.word = output;
        if (code === 3010) this.#restarts += 1;
        return;
      }
      if (retries === node.retries) throw hangs ? new Up(-1, "timeout") : new Up(code, "exit");
      retries += 1;
    }
  }

  /** What `on interruption` makes of an attempt that was cut: done (true), or another one (false), or a failure. */
  #isDoneAfterCut(node: Program): boolean {
    if (node.interruption === "rerun") return false;
    const looked = node.interruption === "fail" ? null : factOf(this.#world, "file.exists", `/done/${node.name}`);
    if (looked === null || !("value" in looked)) throw new Up(-1, "interrupted");
    return looked.value === true;
  }

  #group(node: Group, scope: Scope): void {
    if (node.whenEmpty && scope.word !== "") return;
    const outer = this.#timed;
    if (node.isTimed) this.#timed = node;
    let pending = this.attempt(() => this.walk(node.body, scope));
    this.#timed = outer;
    if (pending?.until === node) pending.until = null;
    if (pending !== null && pending.until === null && node.handler !== null) {
      const error = this.#error;
      this.#error = pending;
      const { handler } = node;
      pending = this.attempt(() => this.walk(handler, scope));
      this.#error = error;
    }
    if (node.finally !== null) {
      const last = node.finally;
      const attached = this.attempt(() => this.walk(last, scope));
      pending ??= attached;
    }
    if (pending !== null && (!node.continues || pending.until !== null)) throw pending;
  }
}
