// Colours by role. Whether there are any is decided once, at the edge.
import type { Output } from "../surroundings.ts";

/** What a piece of text is, and so how it looks. */
export type Role = "error" | "warning" | "info" | "good" | "frame" | "faint" | "strong";

export type Paint = (role: Role, text: string) => string;

const codes: { readonly [K in Role]: string } = {
  error: "1;31",
  warning: "1;33",
  info: "1;36",
  good: "32",
  frame: "34",
  faint: "2",
  strong: "1",
};

export const noPaint: Paint = (_role, text) => text;

const ansiPaint: Paint = (role, text) => (text === "" ? "" : `\u001b[${codes[role]}m${text}\u001b[0m`);

/** The paint for an output: `--color` decides, then NO_COLOR, then whether it is a terminal that can. */
export function paintFor(
  output: Output,
  color: "auto" | "always" | "never",
  environment: { readonly [name: string]: string | undefined },
): Paint {
  if (color === "always") return ansiPaint;
  if (color === "never" || (environment["NO_COLOR"] ?? "") !== "") return noPaint;
  return output.isTerminal && environment["TERM"] !== "dumb" ? ansiPaint : noPaint;
}
