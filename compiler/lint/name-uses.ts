// Which names a program reads and sets, by declaration: collected along the one walk of the linter, by name, which is enough
// since no name can hide another one.
import type { Declaration, Node } from "@sequitur/grammar";
import type { Module } from "../model/module.ts";

/** Names within one declaration. */
export interface DeclarationUses {
  readonly read: ReadonlySet<string>;
  /** Set by `set` or `into`. */
  readonly assigned: ReadonlySet<string>;
}

interface ModuleUses {
  readonly declarations: Map<Declaration, { readonly read: Set<string>; readonly assigned: Set<string> }>;
  readonly read: Set<string>;
  /** What is read of imported modules, by the alias that they have here. */
  readonly qualified: ReadonlyMap<string, Set<string>>;
}

const noUses: DeclarationUses = { read: new Set(), assigned: new Set() };

export class NameUses {
  private readonly modules = new Map<Module, ModuleUses>();
  private current: ModuleUses | undefined;
  private hasNamespaces = false;
  private read = new Set<string>();
  private assigned = new Set<string>();

  /** Texts of scripts and command lines of all modules. */
  readonly processTexts: string[] = [];
  /** Names of globals that anything in the program reads or sets, in lower case. */
  readonly assignedAnywhere = new Set<string>();
  readonly readAnywhere = new Set<string>();

  /** Within a declaration of a module that was walked. */
  of(module: Module, declaration: Declaration): DeclarationUses {
    return this.modules.get(module)?.declarations.get(declaration) ?? noUses;
  }

  /** Does anything in the module read this name? */
  isReadIn(module: Module, name: string): boolean {
    return this.modules.get(module)?.read.has(name) === true;
  }

  /** Does anything in the module read `alias.name`? */
  isQualifiedIn(module: Module, alias: string, name: string): boolean {
    return this.modules.get(module)?.qualified.get(alias)?.has(name) === true;
  }

  enterModule(module: Module): void {
    const qualified = new Map<string, Set<string>>();
    for (const { kind, name } of module.declared.values()) if (kind === "namespace") qualified.set(name, new Set());
    this.current = { declarations: new Map(), read: new Set(), qualified };
    this.hasNamespaces = qualified.size > 0;
    this.modules.set(module, this.current);
  }

  enterDeclaration(declaration: Declaration): void {
    this.read = new Set();
    this.assigned = new Set();
    this.current?.declarations.set(declaration, { read: this.read, assigned: this.assigned });
  }

  /** Ends what `enterDeclaration` began. */
  leaveDeclaration(): void {
    for (const name of this.read) {
      this.current?.read.add(name);
      this.readAnywhere.add(name.toLowerCase());
    }
    for (const name of this.assigned) this.assignedAnywhere.add(name.toLowerCase());
  }

  /** Notes what one node says about names. */
  note(node: Node): void {
    switch (node.kind) {
      case "reference":
        this.read.add(node.name.text);
        return;
      case "member":
        if (this.hasNamespaces && node.object.kind === "reference" && node.property.kind === "name") {
          this.current?.qualified.get(node.object.name.text)?.add(node.property.text);
        }
        return;
      case "path": {
        const [first, second] = node.names;
        if (first?.kind === "name") this.read.add(first.text);
        if (first?.kind === "name" && second?.kind === "name") {
          this.current?.qualified.get(first.text)?.add(second.text);
        }
        return;
      }
      case "assignment":
        if (node.name.kind === "name") this.assigned.add(node.name.text);
        return;
      case "into":
        if (node.variable.kind === "name") this.assigned.add(node.variable.text);
        return;
      case "script":
        if (node.source.kind === "string") this.noteText(node.source.parts);
        else this.processTexts.push(unknownText);
        return;
      case "run":
      case "commandline":
        if (node.command.kind === "string") this.noteText(node.command.parts);
        return;
      default:
    }
  }

  private noteText(parts: readonly Node[]): void {
    for (let index = 0; index < parts.length; index++) {
      const part = parts[index];
      if (part?.kind === "stringText") this.processTexts.push(part.value);
    }
  }
}

/** Stands for a script that is a file of its own: it may read and set any global. */
export const unknownText = "\0";
