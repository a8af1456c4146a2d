// A sequence of Configuration Manager or MDT as data: what its XML says, each part with the element it was read from. Nothing is
// interpreted here, and nothing is left out: what has no field of its own is reached through `element`.
import type { XmlElement } from "../xml/tree.ts";

export type Dialect = "configmgr" | "mdt";

export interface ForeignVariable {
  readonly name: string;
  /** The editor's field; undefined: none is named. */
  readonly property: string | undefined;
  readonly value: string;
  readonly element: XmlElement;
}

interface ForeignNodeBase {
  readonly name: string;
  readonly description: string;
  readonly disabled: boolean;
  readonly continueOnError: boolean;
  /** With at least one child; undefined: it always holds. */
  readonly condition: XmlElement | undefined;
  readonly element: XmlElement;
}

export interface ForeignGroup extends ForeignNodeBase {
  readonly kind: "group";
  readonly children: readonly ForeignNode[];
}

export interface ForeignStep extends ForeignNodeBase {
  readonly kind: "step";
  /** Undefined: a fixed script of MDT, known by its action alone. */
  readonly type: string | undefined;
  readonly action: string;
  readonly variables: readonly ForeignVariable[];
}

export type ForeignNode = ForeignGroup | ForeignStep;

export interface ForeignSequence {
  readonly dialect: Dialect;
  readonly element: XmlElement;
  readonly children: readonly ForeignNode[];
}

/** One sequence in a file, with what its wrapper says of it. */
export interface ForeignDocument {
  readonly sequence: ForeignSequence;
  /** Undefined: neither sequence nor wrapper has a name. */
  readonly name: string | undefined;
  readonly description: string;
  /** The identifier in its site, as ABC00012; undefined: the file does not say. */
  readonly id: string | undefined;
}
