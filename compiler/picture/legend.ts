// What the colours of a picture mean: those that it uses.
import type { StepCategory } from "../outline/outline.ts";
import type { Block } from "./block.ts";
import type { ChangeMark, Picture, PictureNode } from "./picture.ts";
import { textWidth } from "./text-width.ts";

const categoryWords: { readonly [K in StepCategory]: string } = {
  action: "action",
  command: "program",
  script: "script",
  call: "another sequence",
  value: "value or message",
  restart: "restart",
  fail: "failure",
  wait: "wait",
};
const markWords: { readonly [K in Exclude<ChangeMark, "same">]: string } = {
  added: "added",
  removed: "removed",
  changed: "changed",
  moved: "moved",
};

interface Entry {
  readonly word: string;
  readonly class: string;
}

const rowHeight = 22;

export function legend(picture: Picture, room: number): Block {
  const entries = entriesOf(picture);
  const places: { readonly entry: Entry; readonly x: number; readonly row: number }[] = [];
  let x = 0;
  let row = 0;
  for (const entry of entries) {
    const width = textWidth(entry.word, 12, "plain") + 42;
    if (x > 0 && x + width > room) {
      x = 0;
      row += 1;
    }
    places.push({ entry, x, row });
    x += width;
  }
  return {
    width: room,
    height: entries.length === 0 ? 0 : (row + 1) * rowHeight,
    axis: 0,
    ends: false,
    draw(left, top, out) {
      for (const { entry, x: offset, row: line } of places) {
        const y = top + line * rowHeight;
        out.push({ kind: "open", title: entry.word, class: entry.class });
        out.push({ kind: "rect", x: left + offset, y: y + 3, width: 14, height: 14, radius: 4, class: "sample" });
        out.push({ kind: "text", x: left + offset + 20, y: y + 14, text: entry.word, class: "legend" });
        out.push({ kind: "close", isLink: false });
      }
    },
  };
}

function entriesOf(picture: Picture): readonly Entry[] {
  const used = new Set<string>();
  const visit = (node: PictureNode): void => {
    used.add(node.node.category).add(`mark ${node.mark}`);
    for (const section of node.sections) section.nodes.forEach(visit);
  };
  for (const sequence of picture.sequences) {
    used.add(`mark ${sequence.mark}`);
    sequence.nodes.forEach(visit);
  }
  const categories = Object.entries(categoryWords).filter(([category]) => used.has(category));
  const marks = Object.entries(markWords).filter(([mark]) => used.has(`mark ${mark}`));
  return [
    ...categories.map(([category, word]) => ({ word, class: `step ${category}` })),
    ...(picture.isComparison ? marks.map(([mark, word]) => ({ word, class: `key ${mark}` })) : []),
  ];
}
