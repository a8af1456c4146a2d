// The reference in words. Apart from the compiler's face, so that nothing which checks or compiles has to load the texts.
export { actionsDocument } from "./actions-document.ts";
export { actionTexts } from "./action-texts.ts";
export type { ActionText, ReferenceExample } from "./action-texts.ts";
export { factsDocument } from "./facts-document.ts";
export { factTexts } from "./fact-texts.ts";
export type { FactText } from "./fact-texts.ts";
export { functionsDocument } from "./functions-document.ts";
export { functionTexts } from "./function-texts.ts";
export type { FunctionText, NamedFunction } from "./function-texts.ts";
