// The names that a sequence uses and the importer gives: variables with the spelling and the declaration they need, content,
// accounts and secrets. One table for a whole import, and one of variables for each sequence.
import { foreignGlobal, isSystemVariable, knownGlobalNamed } from "@sequitur/compiler";
import { identifierOf, nameText, takenNames } from "./source-text.ts";

export type ContentKind = "package" | "image" | "application";

export interface ContentDeclaration {
  readonly kind: ContentKind;
  readonly name: string;
  readonly id: string;
}

export interface AccountDeclaration {
  readonly name: string;
  readonly user: string;
  readonly environment: string;
}

/** What all sequences of an import share. */
export class ImportNames {
  readonly contents = new Map<string, ContentDeclaration>();
  readonly accounts = new Map<string, AccountDeclaration>();
  private readonly taken = new Set<string>();
  private readonly spellings = new Map<string, string>();

  /** Sequences of one project spell a variable in one way: as it was met first. */
  spelling(name: string): string {
    const key = name.toLowerCase();
    const known = this.spellings.get(key) ?? name;
    this.spellings.set(key, known);
    return known;
  }

  /** A name that nothing else has, in any case. */
  unique(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.isTaken(name); count++) name = `${wanted}${count}`;
    this.taken.add(name.toLowerCase());
    return name;
  }

  private isTaken(name: string): boolean {
    return this.taken.has(name.toLowerCase()) || takenNames.has(name) || takenNames.has(name.toLowerCase());
  }

  /** Names of variables are taken first: content gives way. */
  take(name: string): void {
    this.taken.add(name.toLowerCase());
  }

  content(kind: ContentKind, id: string): string {
    const key = `${kind} ${id.toLowerCase()}`;
    const known = this.contents.get(key);
    if (known !== undefined) return known.name;
    const short = kind === "application" ? id.replace(/^.*Application_/i, "").slice(0, 8) : id;
    const prefix = kind === "package" ? "pkg" : kind === "image" ? "img" : "app";
    const name = this.unique(`${prefix}${short.replace(/[^A-Za-z0-9]/g, "")}`);
    this.contents.set(key, { kind, name, id });
    return name;
  }

  account(user: string): string {
    const known = this.accounts.get(user.toLowerCase());
    if (known !== undefined) return known.name;
    const name = this.unique(identifierOf(user.replace(/^.*\\/, "").replace(/@.*$/, ""), "account"));
    const environment = `${name.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}_PASSWORD`;
    this.accounts.set(user.toLowerCase(), { name, user, environment });
    return name;
  }
}

interface KnownVariable {
  readonly name: string;
  isSet: boolean;
  isSecret: boolean;
}

/** The globals of one sequence, in the order of their first use. */
export class Variables {
  private readonly found = new Map<string, KnownVariable>();
  private readonly names: ImportNames;

  constructor(names: ImportNames) {
    this.names = names;
  }

  /** The name as it is to be written, in backticks where it needs them; undefined: it can't be a variable here. */
  read(name: string): string | undefined {
    const variable = this.variable(name);
    return variable === undefined ? undefined : nameText(variable.name);
  }

  /** Undefined too where a sequence can't set it. */
  set(name: string, isSecret = false): string | undefined {
    if (foreignGlobal(name)?.readOnly === true) return undefined;
    const variable = this.variable(name);
    if (variable === undefined) return undefined;
    variable.isSet = true;
    variable.isSecret ||= isSecret;
    return nameText(variable.name);
  }

  isSecret(name: string): boolean {
    return this.found.get(name.toLowerCase())?.isSecret === true || knownGlobalNamed(name)?.secret === true;
  }

  private variable(name: string): KnownVariable | undefined {
    const key = name.toLowerCase();
    const known = this.found.get(key);
    if (known !== undefined) return known;
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,200}$/.test(name) || isSystemVariable(name)) return undefined;
    const spelt = foreignGlobal(name);
    const isKnown = knownGlobalNamed(name) !== undefined;
    if (takenNames.has(name) || takenNames.has(key)) return undefined;
    const variable = {
      name: isKnown && spelt !== undefined ? spelt.name : this.names.spelling(name),
      isSet: false,
      isSecret: false,
    };
    this.found.set(key, variable);
    return variable;
  }

  /** A declaration a line, for those that Sequitur does not know by itself. */
  declarations(): readonly string[] {
    const declared = [...this.found.values()].filter(({ name }) => knownGlobalNamed(name) === undefined);
    return declared.map(({ name, isSet, isSecret }) => {
      const word = isSecret ? "secret" : "var";
      return `${isSet ? "" : "extern "}global ${word} ${nameText(name)}: string`;
    });
  }
}
