// The modules of a workspace through its edits: a module, and the symbol of what goes on to be declared, stay the same
// objects, so that what is known of the rest of the program stays true.
import type { Declaration, Name, ParsedFile } from "@sequitur/grammar";
import { openModule } from "../bind/declare-module.ts";
import type { OpenModule } from "../bind/declare-module.ts";
import type { SequenceSymbol, TopSymbol } from "../model/symbol.ts";

type Writable<T> = { -readonly [F in keyof T]: T[F] };

/** A module with what it was when the program was bound before. */
export interface StoredModule {
  readonly module: Writable<OpenModule>;
  /** The file as it was checked last; undefined: never. */
  checked: ParsedFile | undefined;
  scopeBefore: ReadonlyMap<string, TopSymbol>;
  declaredBefore: ReadonlyMap<string, TopSymbol>;
  unresolvedBefore: ReadonlySet<string>;
}

export class ModuleStore {
  private readonly stored = new Map<string, StoredModule>();
  private readonly symbols = new WeakMap<Declaration | Name, TopSymbol>();
  /** What other files see of each sequence: its parameters and outputs, as they were written. */
  private readonly signatures = new WeakMap<SequenceSymbol, string>();
  /** Sequences with something new in them since the last `begin`. */
  readonly edited = new Set<SequenceSymbol>();
  /** Those of them whose parameters or outputs are new. */
  readonly resigned = new Set<SequenceSymbol>();

  begin(): void {
    this.edited.clear();
    this.resigned.clear();
  }

  of(path: string): StoredModule | undefined {
    return this.stored.get(path);
  }

  /** Forgets modules that are no part of the program any more. */
  keepOnly(modules: ReadonlyMap<string, unknown>): void {
    for (const path of this.stored.keys()) if (!modules.has(path)) this.stored.delete(path);
  }

  /** Gives a module with nothing bound, to be bound again. */
  open(parsed: ParsedFile): OpenModule {
    const known = this.stored.get(parsed.path);
    if (known !== undefined) {
      const { module } = known;
      known.scopeBefore = module.scope;
      known.declaredBefore = module.declared;
      known.unresolvedBefore = module.unresolved;
      Object.assign(module, openModule(parsed), { continued: module.continued });
      return module;
    }
    const module: Writable<OpenModule> = openModule(parsed);
    const before = { scopeBefore: new Map(), declaredBefore: new Map(), unresolvedBefore: new Set<string>() };
    const stored: StoredModule = { module, checked: undefined, ...before };
    module.continued = (symbol) => this.continued(stored, symbol);
    this.stored.set(parsed.path, stored);
    return module;
  }

  private continued(stored: StoredModule, fresh: TopSymbol): TopSymbol {
    const key = fresh.kind === "scriptAction" ? (fresh.nameNode ?? fresh.node) : fresh.node;
    const known = this.symbols.get(key);
    if (known !== undefined && isSame(known, fresh)) return known;
    const symbol = fresh.kind === "sequence" ? this.continuedSequence(stored, fresh) : fresh;
    this.symbols.set(key, symbol);
    return symbol;
  }

  /** A sequence that was edited is the one that had its name. */
  private continuedSequence(stored: StoredModule, fresh: SequenceSymbol): SequenceSymbol {
    const { parsed } = stored.module;
    const before = stored.declaredBefore.get(fresh.name);
    const signature = signatureOf(fresh, parsed.text);
    if (before?.kind !== "sequence" || parsed.tree.declarations.includes(before.node)) {
      this.signatures.set(fresh, signature);
      this.edited.add(fresh);
      this.resigned.add(fresh);
      return fresh;
    }
    if (this.signatures.get(before) !== signature) this.resigned.add(before);
    this.signatures.set(before, signature);
    this.edited.add(before);
    return Object.assign(before, fresh);
  }
}

function isSame(known: TopSymbol, fresh: TopSymbol): boolean {
  if (known.kind === "namespace") return fresh.kind === "namespace" && known.target === fresh.target;
  if (known.kind === "scriptAction") return fresh.kind === "scriptAction" && known.action === fresh.action;
  return known.kind === fresh.kind && known.name === fresh.name;
}

function signatureOf(symbol: SequenceSymbol, text: string): string {
  const parts: string[] = [];
  for (const member of symbol.node.members) {
    if (member.kind !== "variable" || member.role === "var") continue;
    parts.push(text.slice(member.start, member.end));
  }
  return parts.join("\n");
}
