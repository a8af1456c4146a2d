// The picture of a comparison: both versions in one, with a mark at what became otherwise.
import type { Comparison } from "../compare/comparison.ts";
import type { Picture } from "./picture.ts";

export function comparedPicture({ merged }: Comparison, title: string): Picture {
  return { title, sequences: merged, isComparison: true };
}
