// What a diagram shows: the outline of sequences, each node with what became of it since another version. The layout and
// the three forms (SVG, Mermaid, DOT) start from here.
import type { Outline, OutlineNode, OutlineSection, OutlineSequence } from "../outline/outline.ts";

/** `same` too where nothing was compared. */
export type ChangeMark = "same" | "added" | "removed" | "changed" | "moved";

export interface PictureNode {
  readonly node: OutlineNode;
  readonly mark: ChangeMark;
  /** What changed, a few words each. */
  readonly notes: readonly string[];
  readonly sections: readonly PictureSection[];
}

export interface PictureSection extends Omit<OutlineSection, "nodes"> {
  readonly nodes: readonly PictureNode[];
}

export interface PictureSequence {
  readonly sequence: OutlineSequence;
  readonly mark: ChangeMark;
  readonly nodes: readonly PictureNode[];
}

export interface Picture {
  readonly title: string;
  readonly sequences: readonly PictureSequence[];
  /** Shows a comparison, so that marks are explained. */
  readonly isComparison: boolean;
}

/** The picture of one version. */
export function pictureOf(outline: Outline, title: string): Picture {
  return {
    title,
    isComparison: false,
    sequences: outline.sequences.map((sequence) => ({
      sequence,
      mark: "same",
      nodes: sequence.nodes.map((node) => markedNode(node, "same")),
    })),
  };
}

/** A node with all in it under one mark. */
export function markedNode(node: OutlineNode, mark: ChangeMark): PictureNode {
  return {
    node,
    mark,
    notes: [],
    sections: node.sections.map((section) => ({
      ...section,
      nodes: section.nodes.map((inner) => markedNode(inner, mark)),
    })),
  };
}
