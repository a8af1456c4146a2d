// What an editor reads of a checked program beside the compiler's own face: symbols, resolutions, types as text, and the
// names that may stand somewhere. Apart from that face, since nobody who checks or compiles needs it.
export { folderOf, resolvePath } from "../bind/project-path.ts";
export { plainText, plainTextSpan } from "../bind/plain-text.ts";
export { Catalogues } from "../catalogue/project-catalogues.ts";
export { clauseRules, clauseWords } from "../check/clause-rules.ts";
export { callableFunctions, factRoots, stateRoots } from "../check/lookup.ts";
export type { CheckedProgram } from "./checked-program.ts";
export type { Module } from "./module.ts";
export type { ProjectAction } from "./project-action.ts";
export type { PathResolution, Resolution } from "./resolution.ts";
export type { LabelSymbol, SequenceSymbol, Symbol as ProgramSymbol, VariableSymbol } from "./symbol.ts";
export { typeOfPlanType } from "../types/plan-type.ts";
export { printType } from "../types/print-type.ts";
export type { Type } from "../types/type.ts";
