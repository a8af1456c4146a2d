// Gives the parts of a picture their places: sequences as panels, groups as boxes, steps as cards, in the order of the flow
// from top to bottom. Handlers stand beside what they handle. Cost linear in the picture.
import { unreachable } from "@sequitur/grammar";
import type { OutlineSequence } from "../outline/outline.ts";
import { branches, column, conditional, conditionPill, flow, gap, line, note } from "./block.ts";
import type { Block } from "./block.ts";
import {
  badgeRows,
  badgesHeight,
  badgesOf,
  card,
  drawBadges,
  drawMark,
  drawNotes,
  noteLines,
  notesHeight,
  spoken,
} from "./card.ts";
import { legend } from "./legend.ts";
import type { Picture, PictureNode, PictureSection, PictureSequence } from "./picture.ts";
import type { Scene, Shape } from "./scene.ts";
import { textWidth, wrapText } from "./text-width.ts";

/** Ids of the sequences of a picture by their keys. */
type Ids = ReadonlyMap<string, string>;

const margin = 24;
const panelGap = 32;
const panelPadding = 28;
const groupPadding = 20;

export function layOut(picture: Picture): Scene {
  const ids: Ids = new Map(picture.sequences.map(({ sequence }, index) => [sequence.key, `sequence-${index + 1}`]));
  const panels = picture.sequences.map((sequence) => panel(sequence, ids));
  const shapes: Shape[] = [];
  const highest = Math.max(0, ...panels.map((block) => block.height));
  let x = margin;
  let y = margin;
  let columnWidth = 0;
  let bottom = margin;
  for (const block of panels) {
    if (y > margin && y + block.height > margin + highest) {
      x += columnWidth + panelGap;
      y = margin;
      columnWidth = 0;
    }
    block.draw(x, y, shapes);
    bottom = Math.max(bottom, y + block.height);
    y += block.height + panelGap;
    columnWidth = Math.max(columnWidth, block.width);
  }
  const width = x + columnWidth + margin;
  const key = legend(picture, width - 2 * margin);
  key.draw(margin, bottom + 20, shapes);
  return {
    title: picture.title,
    description: describe(picture),
    width: Math.ceil(width),
    height: Math.ceil(bottom + 20 + key.height + margin),
    shapes,
  };
}

function describe(picture: Picture): string {
  return picture.sequences
    .map(({ sequence, nodes }) => `${sequence.title}: ${nodes.map(({ node }) => node.name).join(", ")}`)
    .join(". ");
}

/** A sequence: what it is called and takes, and its flow from start to end. */
function panel(picture: PictureSequence, ids: Ids): Block {
  const { sequence } = picture;
  const body = column([terminal("start"), ...picture.nodes.map((node) => nodeBlock(node, ids)), terminal("end")]);
  const width = Math.max(body.width, 360) + panelPadding * 2;
  const room = width - panelPadding * 2;
  const title = wrapText(sequence.title, room, 20, "bold", 2);
  const doc = wrapText(sequence.doc.split("\n\n")[0] ?? "", room, 13, "plain", 3);
  const takes = wrapText(takesText(sequence), room, 12, "plain", 3);
  const head = 29 + title.length * 25 + doc.length * 18 + (takes.length > 0 ? takes.length * 17 + 6 : 0) + 12;
  const height = head + body.height + panelPadding;
  const id = ids.get(sequence.key);
  return {
    width,
    height,
    axis: width / 2,
    ends: false,
    draw(x, y, out) {
      const spokenTitle = `${sequence.title}, ${sequence.file}`;
      out.push({
        kind: "open",
        title: spokenTitle,
        class: `sequence ${picture.mark}`,
        ...(id === undefined ? {} : { id }),
      });
      out.push({ kind: "rect", x, y, width, height, radius: 14, class: "panel" });
      drawMark(picture.mark, x + width, y, out);
      let top = y + 20;
      const write = (lines: readonly string[], step: number, className: string): void => {
        for (const text of lines) {
          out.push({ kind: "text", x: x + panelPadding, y: top + step * 0.8, text, class: className });
          top += step;
        }
      };
      write(title, 25, "sequenceTitle");
      top += 3;
      write(doc, 18, "doc");
      top += 6;
      write(takes, 17, "takes");
      body.draw(x + (width - body.width) / 2, y + head, out);
      out.push({ kind: "close", isLink: false });
    },
  };
}

function takesText(sequence: OutlineSequence): string {
  const named = (role: string): string =>
    sequence.variables
      .filter((variable) => variable.role === role)
      .map((variable) => variable.name)
      .join(", ");
  const parts = [
    ["takes", named("param")],
    ["secrets", named("secret")],
    ["gives", named("output")],
  ];
  return parts.flatMap(([word, names]) => (names === "" ? [] : [`${word ?? ""} ${names ?? ""}`])).join("  ·  ");
}

function terminal(word: string): Block {
  const width = Math.ceil(textWidth(word, 12, "plain")) + 32;
  return {
    width,
    height: 26,
    axis: width / 2,
    ends: false,
    draw(x, y, out) {
      out.push({ kind: "rect", x, y, width, height: 26, radius: 13, class: "terminal" });
      out.push({ kind: "text", x: x + width / 2, y: y + 17, text: word, class: "terminalText", anchor: "middle" });
    },
  };
}

function nodeBlock(picture: PictureNode, ids: Ids): Block {
  const { node } = picture;
  switch (node.kind) {
    case "step":
      return withCondition(picture, card(picture, node.calls === undefined ? undefined : ids.get(node.calls)));
    case "group":
      return withCondition(picture, groupBlock(picture, ids));
    case "for":
      return loopBlock(picture, ids);
    case "if":
      return branchBlock(picture, ids);
    default:
      return unreachable(node.kind);
  }
}

function withCondition({ node }: PictureNode, block: Block): Block {
  const condition = node.fields.find((field) => field.kind === "condition");
  return condition === undefined ? block : conditional(conditionPill("when", condition.text), block);
}

function sectionBlock(section: PictureSection, ids: Ids): Block {
  if (section.nodes.length === 0) return note("nothing", "empty", 12, "plain");
  return column(section.nodes.map((node) => nodeBlock(node, ids)));
}

function branchBlock({ node, sections }: PictureNode, ids: Ids): Block {
  const first = node.fields.find((field) => field.kind === "condition");
  const columns = sections.map((section) => {
    const body = sectionBlock(section, ids);
    if (section.role === "body") return column([conditionPill("if", first?.text ?? ""), body]);
    if (section.condition === undefined) return column([conditionPill("else", ""), body]);
    return column([conditionPill("else if", section.condition.text), body]);
  });
  const hasElse = sections.some((section) => section.role === "else" && section.condition === undefined);
  return branches(hasElse ? columns : [...columns, conditionPill("else", "")]);
}

/** What a box holds, without its frame and head. */
interface Inside {
  readonly width: number;
  readonly height: number;
  readonly axis: number;
  draw(x: number, y: number, out: Shape[]): void;
}

/** A frame with a head around something. */
function box(picture: PictureNode, heading: string, className: string, inside: Inside): Block {
  const room = Math.max(inside.width, 260);
  const width = room + groupPadding * 2;
  const title = wrapText(heading, room, 15, "bold", 2);
  const notes = noteLines(picture.notes, room);
  const placed = badgeRows(badgesOf(picture.node), room);
  const badges = badgesHeight(placed);
  const head =
    18 + title.length * 20 + (badges > 0 ? badges + 8 : 0) + (notes.length > 0 ? notesHeight(notes) + 4 : 0) + 14;
  const height = head + inside.height + groupPadding;
  const left = groupPadding + (room - inside.width) / 2;
  return {
    width,
    height,
    axis: left + inside.axis,
    ends: false,
    draw(x, y, out) {
      const { node, mark } = picture;
      out.push({
        kind: "open",
        title: spoken(picture),
        class: `${className} ${mark}${node.disabled ? " disabled" : ""}`,
      });
      out.push({ kind: "rect", x, y, width, height, radius: 12, class: "frame" });
      let top = y + 12;
      for (const text of title) {
        out.push({ kind: "text", x: x + groupPadding, y: top + 16, text, class: "groupTitle" });
        top += 20;
      }
      drawBadges(placed, x + groupPadding, top + 6, out);
      if (badges > 0) top += badges + 8;
      drawNotes(notes, x + groupPadding, top + 4, out);
      inside.draw(x + left, y + head, out);
      drawMark(mark, x + width, y, out);
      out.push({ kind: "close", isLink: false });
    },
  };
}

function groupBlock(picture: PictureNode, ids: Ids): Block {
  const find = (role: PictureSection["role"]): PictureSection | undefined =>
    picture.sections.find((section) => section.role === role);
  const body = sectionBlock(find("body") ?? { role: "body", nodes: [] }, ids);
  const handler = find("onError");
  const last = find("finally");
  const main =
    handler === undefined ? body : withHandler(body, sideBox("on error", "handler", sectionBlock(handler, ids)));
  const inside =
    last === undefined
      ? main
      : column([main, sideBox("finally, whatever happened", "finally", sectionBlock(last, ids))]);
  return box(picture, picture.node.name, "group", inside);
}

/** The frame of a handler or of what is done at the end. */
function sideBox(word: string, className: string, body: Block): Block {
  const width = Math.max(body.width, textWidth(word, 12, "bold")) + 32;
  const left = (width - body.width) / 2;
  return {
    width,
    height: body.height + 50,
    axis: left + body.axis,
    ends: false,
    draw(x, y, out) {
      out.push({ kind: "open", title: word, class: className });
      out.push({ kind: "rect", x, y, width, height: body.height + 50, radius: 10, class: "frame" });
      out.push({ kind: "text", x: x + 16, y: y + 22, text: word, class: "sideTitle" });
      body.draw(x + left, y + 34, out);
      out.push({ kind: "close", isLink: false });
    },
  };
}

const handlerGap = 56;

/** A handler to the right of what it handles: failures go there from the whole height, and the flow goes on below. */
function withHandler(body: Block, handler: Block): Block {
  const width = body.width + handlerGap + handler.width;
  const tallest = Math.max(body.height, handler.height);
  const height = tallest + 24;
  return {
    width,
    height,
    axis: body.axis,
    ends: false,
    draw(x, y, out) {
      const rail = x + body.width + 14;
      const side = x + body.width + handlerGap;
      line(out, "failure", [
        [rail - 8, y],
        [rail, y],
        [rail, y + body.height],
        [rail - 8, y + body.height],
      ]);
      line(
        out,
        "failure",
        [
          [rail, y + 20],
          [side, y + 20],
        ],
        true,
      );
      body.draw(x, y, out);
      handler.draw(side, y, out);
      const bottom = y + height;
      const axis = side + handler.axis;
      line(out, "flow skip", [
        [axis, y + handler.height],
        [axis, bottom - 1],
        [x + body.axis, bottom - 1],
      ]);
      if (!body.ends)
        line(out, "flow", [
          [x + body.axis, y + body.height],
          [x + body.axis, bottom],
        ]);
    },
  };
}

const loopRoom = 30;

function loopBlock(picture: PictureNode, ids: Ids): Block {
  const [section] = picture.sections;
  const body = sectionBlock(section ?? { role: "body", nodes: [] }, ids);
  const heading = picture.node.name.replace(/^for /, "for each ");
  return box(picture, heading, "loop", {
    width: body.width + loopRoom * 2,
    height: body.height + gap + 4,
    axis: body.axis + loopRoom,
    draw(x, y, out) {
      const axis = x + loopRoom + body.axis;
      const bottom = y + 16 + body.height;
      flow(out, [axis, y - 6], [axis, y + 16]);
      body.draw(x + loopRoom, y + 16, out);
      if (body.ends) return;
      line(
        out,
        "flow skip",
        [
          [axis, bottom],
          [axis, bottom + 14],
          [x + 6, bottom + 14],
          [x + 6, y + 2],
          [axis - 2, y + 2],
        ],
        true,
      );
    },
  });
}
