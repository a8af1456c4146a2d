// Shapes with their places, in pixels from the top left: what layout gives and the SVG writer writes. Classes say what a
// shape is; how that looks is the writer's matter.

export type Shape =
  | {
      readonly kind: "rect";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly radius: number;
      readonly class: string;
    }
  | {
      readonly kind: "text";
      readonly x: number;
      /** The base line. */
      readonly y: number;
      readonly text: string;
      readonly class: string;
      readonly anchor?: "middle" | "end";
    }
  /** A line through points with rounded corners. */
  | {
      readonly kind: "line";
      readonly points: readonly Point[];
      readonly class: string;
      readonly arrow: boolean;
    }
  /** Begins what belongs together, for people who don't see it. */
  | {
      readonly kind: "open";
      readonly title: string;
      readonly class: string;
      readonly id?: string;
      /** The id of what it leads to. */
      readonly leadsTo?: string;
    }
  | { readonly kind: "close"; readonly isLink: boolean };

export type Point = readonly [x: number, y: number];

export interface Scene {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
}
