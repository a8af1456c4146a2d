// What reviewers look at: the outline of a sequence, what changed in it, and diagrams. Apart from the compiler's main entry, since neither
// checking nor building loads it.
export { compareOutlines } from "./compare/compare.ts";
export {
  isEmpty,
  type Comparison,
  type DeclarationChange,
  type FieldChange,
  type NodeChange,
  type SequenceChange,
} from "./compare/comparison.ts";
export { markdownReport } from "./compare/markdown-report.ts";
export { reportLines, summaryText, verdictText, type ComparedVersions, type ReportLine } from "./compare/report.ts";
export { makesSamePlan, type ProgramVersion } from "./compare/same-plan.ts";
export type {
  Outline,
  OutlineDeclaration,
  OutlineField,
  OutlineNode,
  OutlineSection,
  OutlineSequence,
  OutlineText,
  OutlineVariable,
} from "./outline/outline.ts";
export { outlineOf } from "./outline/outline-of.ts";
export { comparedPicture } from "./picture/compared-picture.ts";
export { dotOf } from "./picture/dot.ts";
export { mermaidOf } from "./picture/mermaid.ts";
export { pictureOf, type ChangeMark, type Picture } from "./picture/picture.ts";
export { svgOf } from "./picture/svg.ts";
