// One action, fact or function on a page of its own, for `sequitur explain disk.format`.
import { actions, facts } from "@sequitur/runtime/plan";
import type { ActionName, FactName } from "@sequitur/runtime/plan";
import { actionPage } from "./actions-document.ts";
import { factPage } from "./facts-document.ts";
import { functionTexts } from "./function-texts.ts";
import type { NamedFunction } from "./function-texts.ts";
import { functionPage } from "./functions-document.ts";

/** The page as Markdown, by name, as in `disk.format`, `file.exists`, `size.gigabytes`; undefined: nothing is called so. */
export function explainReference(name: string): string | undefined {
  if (Object.hasOwn(actions, name)) return pageOf(actionPage(name as ActionName));
  if (Object.hasOwn(facts, name)) return pageOf(factPage(name as FactName));
  if (Object.hasOwn(functionTexts, name)) return pageOf(functionPage(name as NamedFunction));
  return undefined;
}

/** All names that have a page. */
export function referenceNames(): readonly string[] {
  return [...new Set([actions, facts, functionTexts].flatMap((table) => Object.keys(table)))];
}

/** The section with its heading at the top level. */
function pageOf([heading = "", ...rest]: readonly string[]): string {
  return `${[heading.replace(/^#+/, "#"), ...rest].join("\n\n")}\n`;
}
