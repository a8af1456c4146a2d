// One exported function as an action: its parameters with defaults and documentation, what it returns, and what its tags say.
import { Node } from "ts-morph";
import type { Signature, SourceFile, Symbol as TypeScriptSymbol, Type as TypeScriptType } from "ts-morph";
import { createDiagnostic, didYouMean } from "@sequitur/grammar";
import type { Declared, Diagnostic, Location } from "@sequitur/grammar";
import { typescriptDiagnostics } from "../diagnostics/typescript.ts";
import type { ProjectAction, ProjectParameter, ScriptExport } from "../model/project-action.ts";
import { optionalOf, widened } from "../types/constructors.ts";
import type { Type } from "../types/type.ts";
import { hostPath, isOfPackage } from "./project-files.ts";
import { isPlainRecord, propertyType, readType, textOf, unfitText } from "./read-type.ts";

/** Undefined for what has no value at run time: types and interfaces. */
export function readExport(path: string, file: SourceFile, exported: TypeScriptSymbol): ScriptExport | undefined {
  const symbol = exported.isAlias() ? (exported.getAliasedSymbol() ?? exported) : exported;
  const declaration = symbol.getValueDeclaration();
  if (declaration === undefined || exported.getDeclarations().some(isTypeOnly)) return undefined;
  const at = placeOf(declaration) ?? { file: path, start: 0, end: 0 };
  return new ActionReader(path, exported.getName(), file, symbol, at).read();
}

class ActionReader {
  readonly #path: string;
  readonly #name: string;
  readonly #file: SourceFile;
  readonly #symbol: TypeScriptSymbol;
  readonly #at: Location;
  readonly #diagnostics: Diagnostic[] = [];

  constructor(path: string, name: string, file: SourceFile, symbol: TypeScriptSymbol, at: Location) {
    this.#path = path;
    this.#name = name;
    this.#file = file;
    this.#symbol = symbol;
    this.#at = at;
  }

  read(): ScriptExport {
    const signature = this.#signature();
    if (signature === undefined) return { kind: "unfit", diagnostics: this.#diagnostics };
    const parameters = this.#parameters(signature);
    const output = this.#output(signature);
    const tags = this.#tags();
    if (this.#diagnostics.length > 0) return { kind: "unfit", diagnostics: this.#diagnostics };
    const action: ProjectAction = {
      name: this.#name,
      path: this.#path,
      doc: documentationOf(this.#symbol),
      parameters,
      output,
      ...tags,
      at: this.#at,
    };
    return { kind: "action", action };
  }

  #report<A>(declaration: Declared<A>, args: NoInfer<A>, at: Location = this.#at): void {
    this.#diagnostics.push(createDiagnostic(declaration, at, args));
  }

  #refuse(why: string): undefined {
    this.#report(typescriptDiagnostics.SEQ2152, { name: this.#name, why });
    return undefined;
  }

  #signature(): Signature | undefined {
    const type = this.#symbol.getTypeAtLocation(this.#file);
    if (this.#isAmbient()) return this.#refuse("it is declared, and its code is not there");
    const [signature, ...more] = type.getCallSignatures();
    if (signature === undefined) return this.#refuse("it is no function");
    if (more.length > 0) return this.#refuse("it has several signatures, and a call must mean one of them");
    if (signature.getTypeParameters().length > 0) return this.#refuse("its type parameters have no counterpart");
    const [input, context, third] = signature.getParameters();
    if (third !== undefined) return this.#refuse("it takes more than a record and the context");
    if (input !== undefined && this.#isContext(input)) {
      return this.#refuse(
        "its first parameter is a record with the parameters of the action; the context comes second",
      );
    }
    if (context !== undefined && !this.#isContext(context)) {
      return this.#refuse("its second parameter can only be the ActionContext of @sequitur/sdk");
    }
    return signature;
  }

  #isAmbient(): boolean {
    const declaration = this.#symbol.getValueDeclaration();
    if (declaration?.getSourceFile().isDeclarationFile() === true)
      return !isOfPackage(declaration.getSourceFile().getFilePath());
    return Node.isAmbientable(declaration) && declaration.hasDeclareKeyword();
  }

  #isContext(parameter: TypeScriptSymbol): boolean {
    const type = parameter.getTypeAtLocation(this.#file);
    return type.getSymbol()?.getName() === "ActionContext" && type.getProperty("signal") !== undefined;
  }

  #parameters(signature: Signature): ReadonlyMap<string, ProjectParameter> {
    const parameters = new Map<string, ProjectParameter>();
    const [input] = signature.getParameters();
    if (input === undefined) return parameters;
    const type = input.getTypeAtLocation(this.#file).getNonNullableType();
    if (!type.isObject() && !type.isIntersection()) {
      this.#refuse(`it takes ${textOf(type, this.#file)}, not a record such as { path: string }`);
      return parameters;
    }
    if (!isPlainRecord(type)) {
      this.#refuse(`what it takes (${textOf(type, this.#file)}) is no record with named fields`);
      return parameters;
    }
    const defaults = defaultsOf(input);
    for (const property of type.getProperties()) {
      const parameter = this.#parameter(property, defaults);
      if (parameter !== undefined) parameters.set(property.getName(), parameter);
    }
    return parameters;
  }

  #parameter(property: TypeScriptSymbol, defaults: ReadonlyMap<string, string>): ProjectParameter | undefined {
    const name = property.getName();
    const [declaration] = property.getDeclarations();
    const at = (declaration === undefined ? undefined : placeOf(declaration)) ?? this.#at;
    const read = readType(propertyType(property, this.#file), this.#file);
    if ("why" in read) {
      this.#report(typescriptDiagnostics.SEQ2153, { name, why: unfitText(read) }, at);
      return undefined;
    }
    const isOptional = property.isOptional() || read.type.kind === "optional";
    const type: Type = isOptional ? optionalOf(read.type) : read.type;
    const written = defaults.get(name) ?? tagText(property, "default") ?? tagText(property, "defaultValue");
    const parameter = { type, required: !isOptional, doc: documentationOf(property), at };
    return written === undefined ? parameter : { ...parameter, default: written };
  }

  #output(signature: Signature): Type | null {
    const returned = awaited(signature.getReturnType());
    if (returned.isVoid() || returned.isUndefined() || returned.isNever()) return null;
    const read = readType(returned, this.#file);
    const why =
      "why" in read ? unfitText(read) : holdsHandle(read.type) ? "a path of content is given, not returned" : undefined;
    if (why !== undefined) this.#report(typescriptDiagnostics.SEQ2154, { name: this.#name, why });
    return "type" in read ? withoutLiterals(read.type) : null;
  }

  #tags(): Pick<ProjectAction, "phases" | "destroys" | "repeatable"> {
    let phases: ProjectAction["phases"] = ["winpe", "fullos"];
    const found = new Set<string>();
    for (const tag of this.#symbol.getJsDocTags()) {
      const name = tag.getName();
      const meant = knownTags.has(name) ? undefined : didYouMean(name, actionTags);
      if (meant !== undefined && meant !== name) {
        this.#report(typescriptDiagnostics.SEQ2156, { tag: name, why: `is not known; did you mean @${meant}?` });
      }
      if (name === "needs") {
        const text = tagText(this.#symbol, "needs") ?? "";
        if (text === "winpe" || text === "fullos") phases = [text];
        else this.#report(typescriptDiagnostics.SEQ2156, { tag: name, why: "takes winpe or fullos" });
      }
      found.add(name);
    }
    return { phases, destroys: found.has("destroys"), repeatable: found.has("repeatable") };
  }
}

const actionTags = ["needs", "repeatable", "destroys"] as const;
/** Of TSDoc and JSDoc, and ours: none of these is a misspelt one. */
const knownTags: ReadonlySet<string> = new Set([
  ...actionTags,
  ...["param", "returns", "return", "default", "defaultValue", "example", "remarks", "see", "throws", "deprecated"],
  ...["internal", "beta", "alpha", "public", "private", "template", "type", "since", "author", "version", "todo"],
  ...["summary", "description", "link", "inheritDoc", "packageDocumentation", "privateRemarks", "async", "requires"],
]);

/** `export type { a }`: a name without a value. */
function isTypeOnly(node: Node): boolean {
  return Node.isExportSpecifier(node) && (node.isTypeOnly() || node.getExportDeclaration().isTypeOnly());
}

/** What a promise gives. */
function awaited(type: TypeScriptType): TypeScriptType {
  const [inner] = type.getSymbol()?.getName() === "Promise" ? type.getTypeArguments() : [];
  return inner === undefined ? type : awaited(inner);
}

/** Literals become their base types, in fields too: what a process gives is not known before it runs. */
function withoutLiterals(type: Type): Type {
  switch (type.kind) {
    case "record":
      return {
        kind: "record",
        fields: new Map([...type.fields].map(([name, field]) => [name, withoutLiterals(field)])),
      };
    case "list":
      return { kind: "list", item: withoutLiterals(type.item) };
    case "optional":
      return optionalOf(withoutLiterals(type.inner));
    default:
      return widened(type);
  }
}

function holdsHandle(type: Type): boolean {
  switch (type.kind) {
    case "handle":
      return true;
    case "record":
      return [...type.fields.values()].some(holdsHandle);
    case "list":
      return holdsHandle(type.item);
    case "optional":
      return holdsHandle(type.inner);
    default:
      return false;
  }
}

/** The defaults of `{ drive = "C:" }: …`, as they are written, by the name of the parameter. */
function defaultsOf(input: TypeScriptSymbol): ReadonlyMap<string, string> {
  const defaults = new Map<string, string>();
  const declaration = input.getValueDeclaration();
  if (!Node.isParameterDeclaration(declaration)) return defaults;
  const pattern = declaration.getNameNode();
  if (!Node.isObjectBindingPattern(pattern)) return defaults;
  for (const element of pattern.getElements()) {
    const initializer = element.getInitializer();
    const name = element.getPropertyNameNode()?.getText() ?? element.getName();
    if (initializer !== undefined) defaults.set(name, initializer.getText());
  }
  return defaults;
}

function documentationOf(symbol: TypeScriptSymbol): string {
  return symbol.compilerSymbol
    .getDocumentationComment(undefined)
    .map((part) => part.text)
    .join("")
    .trim();
}

/** What stands after a tag; undefined: there is none. */
function tagText(symbol: TypeScriptSymbol, name: string): string | undefined {
  const tag = symbol.getJsDocTags().find((candidate) => candidate.getName() === name);
  return tag
    ?.getText()
    .map((part) => part.text)
    .join("")
    .trim();
}

/** The name of what is declared, where that stands in a file of the project. */
function placeOf(declaration: Node): Location | undefined {
  const path = declaration.getSourceFile().getFilePath();
  const file = isOfPackage(path) ? undefined : hostPath(path);
  if (file === undefined) return undefined;
  const named = Node.hasName(declaration) ? declaration.getNameNode() : declaration;
  return { file, start: named.getStart(), end: named.getEnd() };
}
