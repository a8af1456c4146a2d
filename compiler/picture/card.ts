// The card of a step: title, what it does, and badges with what matters when reading: restarts, phases, retries, failures.
import type { OutlineNode } from "../outline/outline.ts";
import type { Block } from "./block.ts";
import type { PictureNode } from "./picture.ts";
import type { Shape } from "./scene.ts";
import { cutText, textWidth, wrapText } from "./text-width.ts";

export const cardWidth = 320;
const padding = 16;
const titleSize = 14;
const titleLine = 18;
const codeSize = 12;
const codeLine = 17;
const badgeSize = 11;
const badgeHeight = 19;
const badgeGap = 6;
const noteSize = 11.5;
const noteLine = 16;
const mostNotes = 6;

export interface Badge {
  readonly text: string;
  readonly class: string;
}

/** Short facts about a node, most important first. */
export function badgesOf(node: OutlineNode): readonly Badge[] {
  const badges: Badge[] = [];
  if (node.disabled) badges.push({ text: "disabled", class: "off" });
  if (node.destroys) badges.push({ text: "destroys data", class: "danger" });
  if (node.category === "restart") badges.push({ text: "restarts the machine", class: "restart" });
  else if (node.restarts) badges.push({ text: "may restart the machine", class: "restart" });
  if (node.phase === "winpe") badges.push({ text: "Windows PE", class: "winpe" });
  if (node.phase === "fullos") badges.push({ text: "installed system", class: "fullos" });
  if (node.continuesOnError) badges.push({ text: "goes on after a failure", class: "lenient" });
  for (const field of node.fields) {
    if (field.kind !== "setting") continue;
    if (field.name === "retry") badges.push({ text: `retry ${field.text}`, class: "plain" });
    if (field.name === "time limit") badges.push({ text: `at most ${field.text}`, class: "plain" });
    if (field.name === "account") badges.push({ text: `as ${field.text}`, class: "plain" });
    if (field.name === "variable for the result") badges.push({ text: `sets ${field.text}`, class: "plain" });
  }
  return badges;
}

interface PlacedBadge extends Badge {
  readonly x: number;
  readonly row: number;
  readonly width: number;
}

/** Puts badges into rows of a width. */
export function badgeRows(badges: readonly Badge[], room: number): readonly PlacedBadge[] {
  let x = 0;
  let row = 0;
  return badges.map((badge) => {
    const text = cutText(badge.text, room - 16, badgeSize, "plain");
    const width = Math.ceil(textWidth(text, badgeSize, "plain")) + 16;
    if (x > 0 && x + width > room) {
      x = 0;
      row += 1;
    }
    const placed = { ...badge, text, x, row, width };
    x += width + badgeGap;
    return placed;
  });
}

export function badgesHeight(placed: readonly PlacedBadge[]): number {
  const last = placed.at(-1);
  return last === undefined ? 0 : (last.row + 1) * (badgeHeight + badgeGap) - badgeGap;
}

export function drawBadges(placed: readonly PlacedBadge[], x: number, y: number, out: Shape[]): void {
  for (const { text, x: offset, row, width, class: kind } of placed) {
    const top = y + row * (badgeHeight + badgeGap);
    out.push({
      kind: "rect",
      x: x + offset,
      y: top,
      width,
      height: badgeHeight,
      radius: badgeHeight / 2,
      class: `badge ${kind}`,
    });
    const middle = x + offset + width / 2;
    out.push({ kind: "text", x: middle, y: top + 13.5, text, class: `badgeText ${kind}`, anchor: "middle" });
  }
}

const markWords = { same: "", added: "added", removed: "removed", changed: "changed", moved: "moved" } as const;

/** A label on the border that says what became of a node. */
export function drawMark(mark: PictureNode["mark"], right: number, y: number, out: Shape[]): void {
  const word = markWords[mark];
  if (word === "") return;
  const width = Math.ceil(textWidth(word, badgeSize, "bold")) + 16;
  out.push({ kind: "rect", x: right - width - 12, y: y - 9, width, height: 18, radius: 9, class: `mark ${mark}` });
  out.push({ kind: "text", x: right - width / 2 - 12, y: y + 4, text: word, class: "markText", anchor: "middle" });
}

/** What changed, as lines for a card or a group's head. */
export function noteLines(notes: readonly string[], room: number): readonly string[] {
  const lines = notes.flatMap((note) => wrapText(note, room, noteSize, "plain", 2));
  return lines.length <= mostNotes ? lines : [...lines.slice(0, mostNotes - 1), "and more"];
}

export function drawNotes(lines: readonly string[], x: number, y: number, out: Shape[]): void {
  lines.forEach((text, index) => out.push({ kind: "text", x, y: y + 12 + index * noteLine, text, class: "note" }));
}

export const notesHeight = (lines: readonly string[]): number => lines.length * noteLine;

/** `childId`: the id of the sequence that it calls, where it is in the picture. */
export function card(picture: PictureNode, childId: string | undefined): Block {
  const { node, mark } = picture;
  const room = cardWidth - padding * 2;
  const title = wrapText(node.name, room, titleSize, "bold", 3);
  const opens = childId === undefined ? "" : " ↗";
  const code = wrapText(`${codeText(node)}${opens}`, room, codeSize, "mono", 2);
  const notes = noteLines(picture.notes, room);
  const placed = badgeRows(badgesOf(node), room);
  const badges = badgesHeight(placed);
  const height =
    24 +
    title.length * titleLine +
    code.length * codeLine +
    (badges > 0 ? badges + 8 : 0) +
    (notes.length > 0 ? notesHeight(notes) + 6 : 0);
  return {
    width: cardWidth,
    height,
    axis: cardWidth / 2,
    ends: node.category === "fail" && !node.disabled && !node.continuesOnError,
    draw(x, y, out) {
      const state = node.disabled ? " disabled" : "";
      out.push({
        kind: "open",
        title: spoken(picture),
        class: `step ${node.category} ${mark}${state}`,
        ...(childId === undefined ? {} : { leadsTo: childId }),
      });
      out.push({ kind: "rect", x, y, width: cardWidth, height, radius: 8, class: "card" });
      out.push({ kind: "rect", x, y: y + 8, width: 4, height: height - 16, radius: 2, class: "stripe" });
      let top = y + 10;
      title.forEach((text, index) => {
        out.push({ kind: "text", x: x + padding, y: top + 15 + index * titleLine, text, class: "title" });
      });
      top += title.length * titleLine;
      code.forEach((text, index) => {
        out.push({ kind: "text", x: x + padding, y: top + 14 + index * codeLine, text, class: "code" });
      });
      top += code.length * codeLine + 8;
      drawBadges(placed, x + padding, top, out);
      if (badges > 0) top += badges + 6;
      drawNotes(notes, x + padding, top, out);
      drawMark(mark, x + cardWidth, y, out);
      out.push({ kind: "close", isLink: childId !== undefined });
    },
  };
}

/** What the title leaves open: the action, or the most telling argument. Empty if there is no more to say. */
function codeText(node: OutlineNode): string {
  const [first] = node.fields.filter((field) => field.kind === "argument");
  const word = node.action.split(" ")[0] ?? "";
  switch (node.category) {
    case "command":
      return first === undefined ? node.action : unquoted(first.text);
    case "fail":
    case "wait":
    case "value":
      if (word === "set") return assignmentsText(node);
      if (first === undefined) return node.hasTitle ? node.action : "";
      return node.hasTitle ? `${word} ${first.text}` : first.text;
    default:
      return node.hasTitle ? node.action : "";
  }
}

function assignmentsText({ fields }: OutlineNode): string {
  return fields.flatMap(({ kind, name, text }) => (kind === "argument" ? [`${name} = ${text}`] : [])).join(", ");
}

function unquoted(text: string): string {
  return /^"[^"]*"$/.test(text) || /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
}

/** What a screen reader says, and what is shown when a pointer rests on it. */
export function spoken({ node, mark, notes }: PictureNode): string {
  const condition = node.fields.find((field) => field.kind === "condition");
  const parts = [
    `${mark === "same" ? "" : `${mark}: `}${node.name}`,
    ...(node.hasTitle && node.kind === "step" ? [node.action] : []),
    ...(condition === undefined || node.kind === "if" ? [] : [`when ${condition.text}`]),
    ...badgesOf(node).map((badge) => badge.text),
    ...notes,
    `line ${node.line}`,
  ];
  return parts.join("; ");
}
