// Blocks: things with a size that can be drawn anywhere, and ways to put them together. The flow of a sequence enters a block
// at the top and leaves it at the bottom, both on its axis.
import { wrapText, textWidth } from "./text-width.ts";
import type { Face } from "./text-width.ts";
import type { Point, Shape } from "./scene.ts";

export interface Block {
  readonly width: number;
  readonly height: number;
  /** Where the flow runs, from the left. */
  readonly axis: number;
  /** The flow does not leave it: what follows is not reached through it. */
  readonly ends: boolean;
  draw(x: number, y: number, out: Shape[]): void;
}

export const gap = 28;
/** Between the way around a conditional block and the block. */
const wayAround = 18;
const joinHeight = 14;

export const conditionSize = 12;
const conditionWidth = 340;
const conditionLine = 16;

export function line(out: Shape[], className: string, points: readonly Point[], arrow = false): void {
  out.push({ kind: "line", points, class: className, arrow });
}

function largest(blocks: readonly Block[], measure: (block: Block) => number): number {
  return blocks.reduce((most, block) => Math.max(most, measure(block)), 0);
}

/** Blocks below each other with the flow between them. */
export function column(blocks: readonly Block[]): Block {
  const axis = largest(blocks, (block) => block.axis);
  const right = largest(blocks, (block) => block.width - block.axis);
  const height = blocks.reduce((sum, block) => sum + block.height, 0) + gap * Math.max(0, blocks.length - 1);
  return {
    width: axis + right,
    height,
    axis,
    ends: blocks.at(-1)?.ends ?? false,
    draw(x, y, out) {
      let top = y;
      blocks.forEach((block, index) => {
        block.draw(x + axis - block.axis, top, out);
        top += block.height;
        if (index === blocks.length - 1) return;
        if (!block.ends) flow(out, [x + axis, top], [x + axis, top + gap]);
        top += gap;
      });
    },
  };
}

export function flow(out: Shape[], from: Point, to: Point): void {
  line(out, "flow", [from, to], true);
}

/** A pill with a condition; `word` says how it is meant: `when`, `if`, `else if`. */
export function conditionPill(word: string, text: string): Block {
  const wordWidth = textWidth(word, conditionSize, "bold") + 6;
  const lines = wrapText(text, conditionWidth - wordWidth, conditionSize, "mono", 4);
  const longest = Math.max(0, ...lines.map((each) => textWidth(each, conditionSize, "mono")));
  const width = Math.ceil(wordWidth + longest + 24);
  const height = Math.max(1, lines.length) * conditionLine + 10;
  return {
    width,
    height,
    axis: width / 2,
    ends: false,
    draw(x, y, out) {
      out.push({ kind: "rect", x, y, width, height, radius: 13, class: "condition" });
      out.push({ kind: "text", x: x + 12, y: y + 17, text: word, class: "conditionWord" });
      lines.forEach((each, index) => {
        out.push({ kind: "text", x: x + 12 + wordWidth, y: y + 17 + index * conditionLine, text: each, class: "code" });
      });
    },
  };
}

/** A block that is passed by when its condition is false. */
export function conditional(pill: Block, block: Block): Block {
  const inner = column([pill, block]);
  const side = Math.max(inner.axis, inner.width - inner.axis) + wayAround;
  const height = inner.height + joinHeight;
  return {
    width: side * 2,
    height,
    axis: side,
    ends: false,
    draw(x, y, out) {
      const axis = x + side;
      const bottom = y + height;
      line(out, "flow skip", [
        [axis - pill.axis, y + pill.height / 2],
        [x, y + pill.height / 2],
        [x, bottom - 1],
        [axis, bottom - 1],
      ]);
      if (!block.ends)
        line(out, "flow", [
          [axis, y + inner.height],
          [axis, bottom],
        ]);
      inner.draw(axis - inner.axis, y, out);
    },
  };
}

const branchGap = 30;
const fan = 22;

/** Blocks beside each other, of which the flow takes one. */
export function branches(blocks: readonly Block[]): Block {
  const width = blocks.reduce((sum, block) => sum + block.width, 0) + branchGap * (blocks.length - 1);
  const tallest = largest(blocks, (block) => block.height);
  const height = tallest + 2 * fan;
  const axis = width / 2;
  return {
    width,
    height,
    axis,
    ends: blocks.every((block) => block.ends),
    draw(x, y, out) {
      let left = x;
      for (const block of blocks) {
        const inner = left + block.axis;
        line(out, "flow", [
          [x + axis, y],
          [x + axis, y + fan / 2],
          [inner, y + fan / 2],
          [inner, y + fan],
        ]);
        block.draw(left, y + fan, out);
        if (!block.ends) {
          const bottom = y + fan + tallest;
          line(out, "flow", [
            [inner, y + fan + block.height],
            [inner, bottom + fan / 2],
            [x + axis, bottom + fan / 2],
            [x + axis, bottom + fan],
          ]);
        }
        left += block.width + branchGap;
      }
    },
  };
}

/** Text in lines, centred on the axis. */
export function note(text: string, className: string, size: number, face: Face): Block {
  const width = textWidth(text, size, face);
  return {
    width,
    height: size + 6,
    axis: width / 2,
    ends: false,
    draw(x, y, out) {
      out.push({ kind: "text", x: x + width / 2, y: y + size, text, class: className, anchor: "middle" });
    },
  };
}
