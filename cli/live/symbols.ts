// The marks of the live tree, in Unicode or in ASCII for terminals that do not say that they know more.

export interface Symbols {
  readonly succeeded: string;
  readonly failed: string;
  readonly skipped: string;
  readonly running: string;
  readonly restart: string;
}

const unicode: Symbols = { succeeded: "✓", failed: "✗", skipped: "–", running: "▸", restart: "↻" };
const ascii: Symbols = { succeeded: "+", failed: "x", skipped: "-", running: ">", restart: "@" };

/** What the locale of the environment can show (POSIX: the first of LC_ALL, LC_CTYPE, LANG that is set). */
export function symbolsFor(
  environment: { readonly [name: string]: string | undefined },
  platform: NodeJS.Platform,
): Symbols {
  if (platform === "win32") return unicode;
  if (environment["TERM"] === "linux") return ascii;
  const locale = ["LC_ALL", "LC_CTYPE", "LANG"].map((name) => environment[name] ?? "").find((value) => value !== "");
  return /utf-?8/i.test(locale ?? "") ? unicode : ascii;
}
