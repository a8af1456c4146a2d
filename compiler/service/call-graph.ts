// Which files have to do with each other by calls of their sequences: what follows calls is followed again in all of them when
// one of them was checked again.
import { callsOf } from "../check/cycles.ts";
import type { ProgramContext } from "../check/program-context.ts";
import type { Module } from "../model/module.ts";

export class CallGraph {
  /** The modules that a module's sequences call. */
  private readonly called = new Map<Module, ReadonlySet<Module>>();

  /** The modules that are connected by calls with one of these, now or when it was asked before, and they themselves. */
  concerned(program: ProgramContext, again: ReadonlySet<Module>): ReadonlySet<Module> {
    const before = this.neighbours();
    const concerned = new Set(again);
    spread(concerned, before);
    for (const module of this.called.keys()) {
      if (program.modules.get(module.path) !== module) this.called.delete(module);
    }
    for (const module of again) this.called.set(module, new Set());
    for (const symbol of program.scopes.keys()) {
      if (!again.has(symbol.module)) continue;
      const targets = new Set(this.called.get(symbol.module));
      for (const { callee } of callsOf(program, symbol))
        if (callee.module !== symbol.module) targets.add(callee.module);
      this.called.set(symbol.module, targets);
    }
    spread(concerned, this.neighbours());
    return concerned;
  }

  private neighbours(): ReadonlyMap<Module, readonly Module[]> {
    const neighbours = new Map<Module, Module[]>();
    const connect = (one: Module, other: Module): void => {
      const known = neighbours.get(one);
      if (known === undefined) neighbours.set(one, [other]);
      else known.push(other);
    };
    for (const [caller, targets] of this.called) {
      for (const callee of targets) {
        connect(caller, callee);
        connect(callee, caller);
      }
    }
    return neighbours;
  }
}

/** Adds all that can be reached. */
function spread(from: Set<Module>, neighbours: ReadonlyMap<Module, readonly Module[]>): void {
  // A set that grows while it is gone through is gone through to its new end.
  for (const module of from) for (const neighbour of neighbours.get(module) ?? []) from.add(neighbour);
}
