// What the checker says of small random sequences, against following every path through them: variables that may not be
// set, statements never reached, and steps in the wrong phase. The paths are followed by an interpreter of sets of states,
// written from the meaning of groups, handlers, `finally`, branches and loops, and shares nothing with the checker.
import { verify } from "@sequitur/runtime/plan";
import { describe, expect, it } from "vitest";
import { compile } from "../compile.ts";
import { memoryHost } from "../memory-host.ts";
import { findings } from "../test-support/check.ts";

type Node =
  | {
      readonly kind: "run" | "fail" | "quiet" | "toSystem" | "toWinPe";
      readonly skips: boolean;
      readonly kept: boolean;
    }
  | { readonly kind: "set" | "read"; readonly name: string; readonly skips: boolean; readonly kept: boolean }
  | { readonly kind: "needs"; readonly phase: Phase; readonly skips: boolean; readonly kept: boolean }
  | { readonly kind: "if"; readonly body: Block; readonly otherwise: Block | undefined }
  | { readonly kind: "for"; readonly body: Block }
  | {
      readonly kind: "group";
      readonly skips: boolean;
      readonly kept: boolean;
      readonly body: Block;
      readonly onError: Block | undefined;
      readonly finally: Block | undefined;
    };
type Block = readonly Node[];
type Phase = "winpe" | "fullos";
type About = "variables" | "phases";

// ---- random sequences -----------------------------------------------------------------------------------------------

/** Numbers below `limit`, the same for the same seed. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) | 0;
    return ((state >>> 8) & 0xffff) % limit;
  };
}

const names = ["a", "b"];

function randomBlock(about: About, next: (limit: number) => number, depth: number, inFinally = false): Block {
  return Array.from({ length: 1 + next(3) }, () => randomNode(about, next, depth, inFinally));
}

function randomNode(about: About, next: (limit: number) => number, depth: number, inFinally: boolean): Node {
  const block = (within = inFinally): Block => randomBlock(about, next, depth - 1, within);
  const skips = next(4) === 0;
  const kept = next(6) === 0;
  switch (depth > 0 ? next(9) : 4 + next(5)) {
    case 0:
      return { kind: "if", body: block(), otherwise: next(2) === 0 ? block() : undefined };
    case 1:
      return { kind: "for", body: block() };
    case 2:
    case 3: {
      const body = block();
      const onError = next(2) === 0 ? block() : undefined;
      const last = next(3) === 0 ? block(true) : undefined;
      return { kind: "group", skips, kept, body, onError, finally: last };
    }
    case 4:
      return next(3) === 0 ? { kind: "fail", skips, kept: false } : { kind: "run", skips, kept };
    default:
      return about === "variables" ? variableNode(next, skips, kept) : phaseNode(next, skips, kept, inFinally);
  }
}

function variableNode(next: (limit: number) => number, skips: boolean, kept: boolean): Node {
  return { kind: next(2) === 0 ? "set" : "read", name: names[next(2)] ?? "a", skips, kept };
}

/** In `finally` nothing moves: what goes on after it is followed in less detail there. */
function phaseNode(next: (limit: number) => number, skips: boolean, kept: boolean, inFinally: boolean): Node {
  if (inFinally) return { kind: next(2) === 0 ? "run" : "quiet", skips, kept };
  const kinds = ["toSystem", "toWinPe", "quiet"] as const;
  const kind = kinds[next(5)];
  if (kind !== undefined) return { kind, skips, kept: false };
  return { kind: "needs", phase: next(2) === 0 ? "winpe" : "fullos", skips, kept };
}

/** The text, a statement a line; `lines` says on which line each stands. */
function textOf(block: Block): { readonly text: string; readonly lines: ReadonlyMap<Node, number> } {
  const out = ["sequence s {", "  param chosen: bool", "  var a: int", "  var b: int"];
  const lines = new Map<Node, number>();
  const write = (nodes: Block, indent: string): void => {
    for (const node of nodes) {
      lines.set(node, out.length + 1);
      if (node.kind === "if" || node.kind === "for") {
        out.push(`${indent}${node.kind === "if" ? `if device.cpus > ${out.length}` : 'for each in ["x"]'} {`);
        write(node.body, `${indent}  `);
        if (node.kind === "if" && node.otherwise !== undefined) {
          out.push(`${indent}} else {`);
          write(node.otherwise, `${indent}  `);
        }
        out.push(`${indent}}`);
        continue;
      }
      const clauses = `${node.skips ? " when chosen" : ""}${node.kept ? " continue on error" : ""}`;
      if (node.kind !== "group") {
        out.push(`${indent}step ${actionOf(node)}${clauses}`);
        continue;
      }
      out.push(`${indent}group${clauses} {`);
      write(node.body, `${indent}  `);
      if (node.onError !== undefined) {
        out.push(`${indent}} on error {`);
        write(node.onError, `${indent}  `);
      }
      if (node.finally !== undefined) {
        out.push(`${indent}} finally {`);
        write(node.finally, `${indent}  `);
      }
      out.push(`${indent}}`);
    }
  };
  write(block, "  ");
  return { text: `${out.join("\n")}\n}\n`, lines };
}

function actionOf(node: Node): string {
  switch (node.kind) {
    case "run":
      return 'run "x"';
    case "fail":
      return 'fail "no"';
    case "quiet":
      return 'log "x"';
    case "toSystem":
      return "restart";
    case "toWinPe":
      return "restart to winpe";
    case "set":
      return `set ${node.name} = 1`;
    case "read":
      return `log "\${${node.name}}"`;
    case "needs":
      return `run "x" needs ${node.phase}`;
    default:
      return "";
  }
}

// ---- every path -----------------------------------------------------------------------------------------------------

interface State {
  readonly set: readonly string[];
  readonly phase: Phase;
  /** A statement has put the machine there, or has needed it. */
  readonly certain: boolean;
}
type States = ReadonlyMap<string, State>;

const none: States = new Map();
const statesOf = (states: readonly State[]): States =>
  new Map(states.map((state) => [`${[...state.set].sort().join()} ${state.phase} ${state.certain}`, state]));
const both = (one: States, other: States): States => new Map([...one, ...other]);
const mapped = (states: States, change: (state: State) => State): States => statesOf([...states.values()].map(change));

/** How a block ends: well, or with a failure; and wherever it has been. */
interface Ends {
  readonly well: States;
  readonly failed: States;
  readonly anywhere: States;
}

class Paths {
  readonly unset = new Set<Node>();
  readonly always = new Set<Node>();
  readonly perhaps = new Set<Node>();
  readonly about: About;

  constructor(about: About) {
    this.about = about;
  }

  block(nodes: Block, start: States, forgiven: boolean): Ends {
    let well = start;
    let failed = none;
    let anywhere = start;
    for (const node of nodes) {
      if (well.size === 0) break;
      const ends = this.node(node, well, forgiven);
      well = ends.well;
      failed = both(failed, ends.failed);
      anywhere = both(anywhere, both(ends.anywhere, well));
    }
    return { well, failed, anywhere };
  }

  node(node: Node, start: States, forgiven: boolean): Ends {
    switch (node.kind) {
      case "if": {
        const one = this.block(node.body, start, forgiven);
        const other = node.otherwise === undefined ? undefined : this.block(node.otherwise, start, forgiven);
        const failed = both(start, both(one.failed, other?.failed ?? none));
        const anywhere = both(start, both(one.anywhere, other?.anywhere ?? none));
        return { well: both(one.well, other?.well ?? start), failed, anywhere };
      }
      case "for": {
        let from = start;
        for (;;) {
          const round = this.block(node.body, from, forgiven);
          const more = both(from, round.well);
          if (more.size === from.size) return { well: more, failed: round.failed, anywhere: round.anywhere };
          from = more;
        }
      }
      case "group":
        return this.kept(node, start, this.group(node, start, forgiven || node.kept));
      default:
        return this.kept(node, start, this.step(node, start, forgiven || node.kept));
    }
  }

  kept(node: { readonly skips: boolean; readonly kept: boolean }, start: States, ends: Ends): Ends {
    const well = node.kept ? both(ends.well, ends.failed) : ends.well;
    return { ...ends, well: node.skips ? both(well, start) : well, failed: node.kept ? none : ends.failed };
  }

  group(node: Extract<Node, { kind: "group" }>, start: States, forgiven: boolean): Ends {
    let { well, failed, anywhere } = this.block(node.body, start, forgiven);
    // Of variables, a group counts as what can fail before anything in it has happened, whatever is in it.
    if (this.about === "variables") failed = both(start, failed);
    if (node.onError !== undefined) {
      const handled = this.block(node.onError, failed, forgiven);
      well = both(well, handled.well);
      failed = handled.failed;
      anywhere = both(anywhere, handled.anywhere);
    }
    if (node.finally === undefined) return { well, failed, anywhere };
    // A cancel can come anywhere; what is asked of the states is asked of all together, as they are for a reader.
    const from = both(well, both(failed, anywhere));
    const last = this.block(node.finally, from, forgiven);
    const quiet = new Paths(this.about);
    const after = (states: States): Ends => quiet.block(node.finally ?? [], states, forgiven);
    const [afterWell, afterFailed] = [after(well), after(failed)];
    return {
      well: last.well.size === 0 ? none : afterWell.well,
      failed: both(afterFailed.well, last.failed),
      anywhere: both(anywhere, last.anywhere),
    };
  }

  step(node: Exclude<Node, { kind: "if" | "for" | "group" }>, start: States, forgiven: boolean): Ends {
    const canFail = this.about === "variables" || node.kind === "run" || node.kind === "needs" || node.kind === "fail";
    const ends = (well: States): Ends => ({ well, failed: canFail ? start : none, anywhere: both(start, well) });
    switch (node.kind) {
      case "fail":
        return ends(none);
      case "set":
        return ends(mapped(start, (state) => ({ ...state, set: [...new Set([...state.set, node.name])] })));
      case "read": {
        const isMissing = [...start.values()].some((state) => !state.set.includes(node.name));
        if (!isMissing) return ends(start);
        this.unset.add(node);
        return ends(mapped(start, (state) => ({ ...state, set: [...new Set([...state.set, node.name])] })));
      }
      case "toSystem":
        return ends(mapped(start, (state) => ({ ...state, phase: "fullos", certain: true })));
      case "toWinPe":
        return ends(mapped(start, (state) => ({ ...state, phase: "winpe", certain: true })));
      case "needs":
        return ends(this.needs(node, start, forgiven));
      default:
        return ends(start);
    }
  }

  needs(node: Extract<Node, { kind: "needs" }>, start: States, forgiven: boolean): States {
    const all = [...start.values()];
    const fitting = all.filter((state) => state.phase === node.phase);
    this.always.delete(node);
    this.perhaps.delete(node);
    if (fitting.length === 0) {
      this.always.add(node);
      return openStates;
    }
    const isWrong = all.some((state) => state.phase !== node.phase && state.certain);
    if (isWrong && !forgiven) this.perhaps.add(node);
    return statesOf(fitting.map((state) => ({ ...state, certain: true })));
  }
}

const openStates = statesOf([
  { set: [], phase: "winpe", certain: false },
  { set: [], phase: "fullos", certain: false },
]);

// ---- the comparison -------------------------------------------------------------------------------------------------

function linesWith(found: readonly string[], code: string): readonly number[] {
  const lines = found.filter((each) => each.includes(` ${code} `)).map((each) => Number(each.split(":")[1]));
  return [...new Set(lines)].sort((a, b) => a - b);
}

function linesOf(nodes: ReadonlySet<Node>, lines: ReadonlyMap<Node, number>): readonly number[] {
  return [...nodes].map((node) => lines.get(node) ?? 0).sort((a, b) => a - b);
}

const seeds = Array.from({ length: 8 }, (_, index) => index);
const programsASeed = 60;

describe.each(["variables", "phases"] as const)("%s", (about) => {
  it.each(seeds)("as on every path, seeds from %i * 60", (first) => {
    for (let index = 0; index < programsASeed; index++) {
      const seed = first * programsASeed + index;
      const block = randomBlock(about, randomNumbers(seed), 3);
      const { text, lines } = textOf(block);
      const paths = new Paths(about);
      const start = about === "variables" ? statesOf([{ set: [], phase: "fullos", certain: true }]) : openStates;
      paths.block(block, start, false);
      const found = findings(text);
      const context = `seed ${seed}\n${text}`;
      expect({ context, unset: linesWith(found, "SEQ4001") }).toEqual({ context, unset: linesOf(paths.unset, lines) });
      expect({ context, always: linesWith(found, "SEQ4101"), perhaps: linesWith(found, "SEQ4102") }).toEqual({
        context,
        always: linesOf(paths.always, lines),
        perhaps: linesOf(paths.perhaps, lines),
      });
    }
  });
});

it("what is accepted of them compiles to plans that verify", () => {
  let accepted = 0;
  for (let seed = 0; seed < 400; seed++) {
    const { text } = textOf(randomBlock("variables", randomNumbers(seed), 2));
    const { plan, diagnostics } = compile(memoryHost({ "main.seq": text }), "main.seq", { sequence: "s" });
    if (diagnostics.some(({ severity }) => severity === "error")) continue;
    accepted += 1;
    expect({ text, diagnostics, isVerified: plan !== undefined && verify(plan).length === 0 }).toMatchObject({
      isVerified: true,
    });
  }
  expect(accepted).toBeGreaterThan(50);
});
