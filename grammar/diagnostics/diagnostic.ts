// A diagnostic is a value: what is wrong, where, what it relates to and how to mend it. Catalogues of diagnostics are
// typed constants made with defineDiagnostics; grammar/ declares the syntax errors, compiler/ all others.

export type Severity = "error" | "warning" | "info";

/** A place in a file: UTF-16 offsets from 0, `end` exclusive. */
export interface Location {
  /** Path as the host gave it, with forward slashes. */
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

export interface Related extends Location {
  /** A short clause such as `office is declared here`. */
  readonly message: string;
}

export interface TextEdit extends Location {
  readonly text: string;
}

export interface Fix {
  /** An imperative: `Change to "office"`. */
  readonly title: string;
  /** Safe: means the same or what was plainly meant; `check --fix` applies these alone. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

export interface Diagnostic extends Location {
  /** `SEQ2004`. */
  readonly code: string;
  /** `unknown-package`. */
  readonly name: string;
  readonly severity: Severity;
  readonly message: string;
  /** Printed under the caret line: `did you mean "office"?`. */
  readonly hint?: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** One declaration in a catalogue. `wrong` gives exactly this code, `right` gives nothing; both are tests and documentation. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each entry fixes its own argument type
export interface DiagnosticDeclaration<A = any> {
  readonly name: string;
  readonly severity: Severity;
  readonly message: (args: A) => string;
  /** One or two sentences for the reference page: why this is a finding at all. */
  readonly why: string;
  /** A whole file; further files of the example by name, when it needs them. */
  readonly wrong: string;
  readonly right: string;
  readonly files?: Readonly<{ [path: string]: string }>;
}

export type DiagnosticCatalogue = Readonly<{ [code: string]: DiagnosticDeclaration }>;

/** A declaration with its code, as `report` takes it. */
export type Declared<A> = DiagnosticDeclaration<A> & { readonly code: string };

/** Gives every entry its code; the type of each message's arguments is kept. */
export function defineDiagnostics<C extends DiagnosticCatalogue>(
  catalogue: C,
): { readonly [K in keyof C]: C[K] & { readonly code: K & string } } {
  const entries = Object.entries(catalogue).map(([code, entry]) => [code, { ...entry, code }]);
  return Object.fromEntries(entries) as { readonly [K in keyof C]: C[K] & { readonly code: K & string } };
}

/** Where a diagnostic goes on, beside its place and its message's arguments. */
export interface DiagnosticDetails {
  readonly hint?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Overrides the catalogue's severity, e.g. in a disabled step. */
  readonly severity?: Severity;
}

export function createDiagnostic<A>(
  declaration: Declared<A>,
  place: Location,
  args: A,
  details: DiagnosticDetails = {},
): Diagnostic {
  return {
    code: declaration.code,
    name: declaration.name,
    severity: details.severity ?? declaration.severity,
    message: declaration.message(args),
    file: place.file,
    start: place.start,
    end: place.end,
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    related: details.related ?? [],
    fixes: details.fixes ?? [],
  };
}
