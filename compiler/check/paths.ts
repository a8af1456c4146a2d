// Dotted names after `use`, `call`, `as`, `from`, `restart to`, `of`: what each stands for, and what it was meant to
// be.
import type { Declared, Path } from "@sequitur/grammar";
import { exportsOf } from "../bind/load-program.ts";
import { nameDiagnostics } from "../diagnostics/names.ts";
import { suggestName } from "../diagnostics/suggestion.ts";
import type { PathResolution } from "../model/resolution.ts";
import type { Symbol } from "../model/symbol.ts";
import { locate, report } from "./check-context.ts";
import type { CheckContext } from "./check-context.ts";
import { isSuggesting } from "./lookup.ts";
import { declaredHere, describeSymbol, symbolCandidates } from "./symbols.ts";

/** `drivers.apply`, with `…` for what lacks. */
export function dottedText(path: Path): string {
  return path.names.map((name) => (name.kind === "missing" ? "…" : name.text)).join(".");
}

/** What the path names, without a word about it; undefined: nothing. */
export function findPath(ctx: CheckContext, path: Path): Symbol | undefined {
  const [first, second, third] = path.names;
  if (first?.kind !== "name" || third !== undefined) return undefined;
  const symbol = ctx.names.get(first.text) ?? ctx.module.scope.get(first.text);
  if (second === undefined) return symbol;
  if (symbol?.kind !== "namespace" || second.kind !== "name") return undefined;
  const member = symbol.target?.declared.get(second.text);
  return member?.kind === "namespace" || second.text.startsWith("_") ? undefined : member;
}

/** What is wanted of a path. */
export interface PathWish<S extends Symbol> {
  readonly accepts: (symbol: Symbol) => symbol is S;
  /** `a package`. */
  readonly needed: string;
  /** The finding when nothing has that name. */
  readonly unknown: Declared<{ name: string }>;
  readonly resolution: (symbol: S) => PathResolution;
}

/** Resolves a path to a symbol of the kind that is wanted; undefined where there is none, which is reported. */
export function resolvePathTo<S extends Symbol>(ctx: CheckContext, path: Path, wish: PathWish<S>): S | undefined {
  const symbol = findPath(ctx, path);
  if (symbol !== undefined && wish.accepts(symbol)) {
    ctx.program.paths.set(path, wish.resolution(symbol));
    return symbol;
  }
  ctx.program.paths.set(path, { kind: "error" });
  if (path.names.some((name) => name.kind === "missing")) return undefined;
  if (symbol !== undefined) {
    const args = { name: dottedText(path), is: describeSymbol(symbol), needed: wish.needed };
    report(ctx, path, nameDiagnostics.SEQ2112, args, declaredHere(symbol));
  } else reportUnknownPath(ctx, path, wish);
  return undefined;
}

function reportUnknownPath<S extends Symbol>(ctx: CheckContext, path: Path, wish: PathWish<S>): void {
  const [first, second] = path.names;
  if (first?.kind !== "name" || ctx.module.unresolved.has(first.text)) return;
  const namespace = ctx.module.scope.get(first.text);
  if (second?.kind === "name" && namespace?.kind === "namespace") {
    const { target } = namespace;
    if (target === undefined) return;
    const isPrivate = second.text.startsWith("_") && target.declared.has(second.text);
    if (isPrivate) report(ctx, second, nameDiagnostics.SEQ2008, { name: second.text });
    else {
      const details = suggestName(locate(ctx, second), second.text, exportsOf(target));
      report(ctx, second, nameDiagnostics.SEQ2009, { name: second.text, path: target.path }, details);
    }
    return;
  }
  const symbols = isSuggesting(ctx) ? [...ctx.names.values(), ...ctx.module.scope.values()] : [];
  const candidates = symbolCandidates(symbols, (symbol) => wish.accepts(symbol) || symbol.kind === "namespace");
  const place = second === undefined ? path : first;
  const details = suggestName(locate(ctx, place), first.text, candidates);
  report(ctx, place, wish.unknown, { name: second === undefined ? first.text : dottedText(path) }, details);
}
