// The plan's contract: what compiler, verifier and interpreter must agree on. No Node.js in here.
export { sequenceTitle } from "./sequence-title.ts";
export { actions } from "./actions.ts";
export type { ActionDeclaration, ActionName, ActionParameter, Platform } from "./actions.ts";
export { canonicalJson } from "./canonical-json.ts";
export type { JsonValue } from "./canonical-json.ts";
export { foldCase, lowerCase, upperCase } from "./case-mapping.ts";
export { compareText, equalValues } from "./compare.ts";
export { contentPathKey, contentPathProblem } from "./content-path.ts";
export { decodePlan } from "./decode.ts";
export type { DecodedPlan } from "./decode.ts";
export { contentDigestOf, digestOf } from "./digest.ts";
export type { UndigestedPlan } from "./digest.ts";
export { disassemble } from "./disassemble.ts";
export { digested, encoded, encodePlan } from "./encode.ts";
export type { EncodedPlan } from "./encode.ts";
export { append, arithmetic, builtin, compare, concat } from "./evaluate.ts";
export type { Evaluation } from "./evaluate.ts";
export { facts } from "./facts.ts";
export type { FactDeclaration, FactName } from "./facts.ts";
export { planFormat, planSemantics } from "./format.ts";
export type {
  PatternInstruction,
  Plan,
  PlanAccount,
  PlanAction,
  PlanActionParameter,
  PlanBranch,
  PlanConstant,
  PlanContent,
  PlanFile,
  PlanGlobal,
  PlanGroup,
  PlanLoop,
  PlanModule,
  PlanNode,
  PlanOperand,
  PlanParameter,
  PlanPattern,
  PlanProjectAction,
  PlanScript,
  PlanSequence,
  PlanSlot,
  PlanStep,
  Position,
} from "./format.ts";
export { globalNameProblem } from "./global-name.ts";
export { planFormatDocument } from "./format-document.ts";
export { functions } from "./functions.ts";
export type { FunctionDeclaration, FunctionName } from "./functions.ts";
export { arithmeticOperators, comparedTypes, comparisonOperators, instructions } from "./instructions.ts";
export type {
  ArithmeticOperator,
  ComparedType,
  ComparisonOperator,
  Control,
  Instruction,
  InstructionDeclaration,
  Opcode,
  OperandKind,
} from "./instructions.ts";
export { matchesWildcards } from "./like.ts";
export { limits } from "./limits.ts";
export { declaredAction } from "./declared-action.ts";
export type { DeclaredAction } from "./declared-action.ts";
export { compilePattern } from "./pattern.ts";
export { matchPattern } from "./pattern-match.ts";
export type { PatternProblem } from "./pattern-syntax.ts";
export type { HandleName, PlanType } from "./plan-type.ts";
export { verifierRules } from "./plan-problem.ts";
export type { PlanProblem, VerifierRule } from "./plan-problem.ts";
export { planSchema } from "./schema.ts";
export { sha256 } from "./sha256.ts";
export { reasons, stateFields, stepFields } from "./state-fields.ts";
export type { Reason, StateField, StatePlace, StepField } from "./state-fields.ts";
export {
  arithmeticType,
  commonType,
  fieldType,
  fits,
  holdsHandle,
  holdsSecret,
  isComparable,
  isOptional,
  optionalOf,
  typeText,
} from "./type-relation.ts";
export { valueProblem } from "./value-check.ts";
export { verify } from "./verify.ts";
export type { Value } from "./value.ts";
export { durationText, parseInteger, sizeText, valueText } from "./value-text.ts";
export { compareVersions, isVersion, versionHead } from "./version.ts";
