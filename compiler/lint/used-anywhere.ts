// Does anything in the checked program use what a file declares at its top?
import type {
  AccountDeclaration,
  ConstDeclaration,
  ContentDeclaration,
  FnDeclaration,
  TypeDeclaration,
} from "@sequitur/grammar";
import { resolvePath } from "../bind/project-path.ts";
import type { Module } from "../model/module.ts";
import type { LintContext } from "./rule.ts";
import { literalText } from "./step-parts.ts";

/** What can be declared at the top and used by name. */
export type Usable = AccountDeclaration | ConstDeclaration | ContentDeclaration | FnDeclaration | TypeDeclaration;

/** True also where others may use it: for a public name in a file without sequences. */
export function isUsedAnywhere(ctx: LintContext<never, unknown>, { name }: Usable): boolean {
  const { module, uses } = ctx;
  if (name.kind === "missing" || uses.isReadIn(module, name.text)) return true;
  if (name.text.startsWith("_")) return false;
  if (!hasSequences(module)) return true;
  for (const other of ctx.program.modules.values()) {
    if (other !== module && isImportedBy(ctx, other, name.text)) return true;
  }
  return false;
}

const modulesWithSequences = new WeakMap<Module, boolean>();

/** Asked for every declaration of a file, so the answer is kept. */
function hasSequences(module: Module): boolean {
  const known = modulesWithSequences.get(module);
  if (known !== undefined) return known;
  const has = module.parsed.tree.declarations.some((each) => each.kind === "sequence");
  modulesWithSequences.set(module, has);
  return has;
}

function isImportedBy(ctx: LintContext<never, unknown>, other: Module, name: string): boolean {
  for (const declaration of other.parsed.tree.declarations) {
    if (declaration.kind !== "importNames" && declaration.kind !== "importModule") continue;
    const source = literalText(declaration.source);
    if (source === undefined || resolvePath(other.path, source) !== ctx.module.path) continue;
    if (declaration.kind === "importNames") {
      if (declaration.names.some((each) => each.kind === "name" && each.text === name)) return true;
    } else if (declaration.alias.kind === "name" && ctx.uses.isQualifiedIn(other, declaration.alias.text, name)) {
      return true;
    }
  }
  return false;
}
