// Calls that go round: of sequences, and of functions. Each cycle is reported once, at the call that closes it, with
// its way.
import type { Block, Path, Span, Statement } from "@sequitur/grammar";
import { flowDiagnostics } from "../diagnostics/flow.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import type { FnSymbol, SequenceSymbol } from "../model/symbol.ts";
import type { Module } from "../model/module.ts";
import type { ProgramContext } from "./program-context.ts";

/** A call, and where it stands. */
export interface Call<S> {
  readonly callee: S;
  readonly at: Span;
}

/** Reports calls of sequences that go round. To be called when all declarations are checked. */
export function reportCallCycles(program: ProgramContext, sequences: readonly SequenceSymbol[]): void {
  findCycles<SequenceSymbol>(
    sequences,
    (symbol) => callsOf(program, symbol),
    (path, caller, at) => {
      const [first] = path;
      const names = [...path, ...(first === undefined ? [] : [first])].map((symbol) => symbol.name).join(" → ");
      program.report(caller.module, at, flowDiagnostics.SEQ4004, { path: names });
    },
  );
}

/** Reports functions that are made of themselves. To be called when all declarations are checked. */
export function reportFunctionCycles(program: ProgramContext): void {
  findCycles<FnSymbol>(
    [...program.fnCalls.keys()],
    (symbol) => program.fnCalls.get(symbol) ?? [],
    (path, caller, at) => {
      const [first] = path;
      if (first === undefined) return;
      const names = [...path, first].map((symbol) => symbol.name).join(" → ");
      program.report(caller.module, at, nameDiagnostics.SEQ2207, { name: first.name, path: names });
    },
  );
}

/** Depth first, without recursion: programs may be deep. Cost linear in the calls. */
function findCycles<S extends { readonly module: Module }>(
  starts: readonly S[],
  callsFrom: (symbol: S) => readonly Call<S>[],
  found: (path: readonly S[], caller: S, at: Span) => void,
): void {
  const done = new Set<S>();
  for (const start of starts) {
    if (done.has(start)) continue;
    const path: { readonly symbol: S; readonly calls: readonly Call<S>[]; next: number }[] = [];
    const open = new Map<S, number>();
    const enter = (symbol: S): void => {
      open.set(symbol, path.length);
      path.push({ symbol, calls: callsFrom(symbol), next: 0 });
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const call = top.calls[top.next];
      top.next += 1;
      if (call === undefined) {
        done.add(top.symbol);
        open.delete(top.symbol);
        path.pop();
        continue;
      }
      const depth = open.get(call.callee);
      if (depth !== undefined)
        found(
          path.slice(depth).map((frame) => frame.symbol),
          top.symbol,
          call.at,
        );
      else if (!done.has(call.callee)) enter(call.callee);
    }
  }
}

/** The sequences that a sequence calls, in order. Disabled steps never call. */
export function callsOf(program: ProgramContext, symbol: SequenceSymbol): readonly Call<SequenceSymbol>[] {
  const calls: Call<SequenceSymbol>[] = [];
  const visit = (statement: Statement): void => {
    switch (statement.kind) {
      case "step":
        if (statement.action.kind === "call" && statement.action.sequence.kind === "path") {
          addCall(program, statement.action.sequence, statement.clauses, calls);
        }
        return;
      case "group":
        if (statement.clauses.some((clause) => clause.kind === "disabled")) return;
        for (const block of [statement.body, statement.onError, statement.finally]) visitBlock(block);
        return;
      case "if":
        visitBlock(statement.body);
        if (statement.otherwise?.kind === "if") visit(statement.otherwise);
        else visitBlock(statement.otherwise);
        return;
      case "for":
        visitBlock(statement.body);
    }
  };
  const visitBlock = (block: Block | undefined): void => {
    for (const statement of block?.statements ?? []) visit(statement);
  };
  for (const member of symbol.node.members) {
    if (member.kind !== "options" && member.kind !== "variable") visit(member);
  }
  return calls;
}

function addCall(
  program: ProgramContext,
  path: Path,
  clauses: readonly { readonly kind: string }[],
  calls: Call<SequenceSymbol>[],
): void {
  const resolution = program.paths.get(path);
  if (resolution?.kind !== "sequence" || resolution.symbol.kind !== "sequence") return;
  if (!clauses.some((clause) => clause.kind === "disabled")) calls.push({ callee: resolution.symbol, at: path });
}
