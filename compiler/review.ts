// What reviewers look at: the outline of a sequence, and diagrams of it. Apart from the compiler's main entry, since neither
// checking nor building loads it.
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
export { dotOf } from "./picture/dot.ts";
export { mermaidOf } from "./picture/mermaid.ts";
export { pictureOf, type ChangeMark, type Picture } from "./picture/picture.ts";
export { svgOf } from "./picture/svg.ts";
