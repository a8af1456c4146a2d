// Writes a scene as SVG: well-formed XML whatever the names in it, with a title and description for screen readers, and
// colours for light and dark surroundings. Nothing in it is fetched or executed.
import { unreachable } from "@sequitur/grammar";
import { layOut } from "./layout.ts";
import type { Picture } from "./picture.ts";
import type { Point, Scene, Shape } from "./scene.ts";
import { shownText } from "./shown-text.ts";
import { svgStyle } from "./svg-style.ts";

/** A whole SVG document. */
export function svgOf(picture: Picture): string {
  return sceneSvg(layOut(picture));
}

function sceneSvg({ title, description, width, height, shapes }: Scene): string {
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"` +
      ' role="img" aria-labelledby="sequitur-title sequitur-description" class="sequitur">',
    `<title id="sequitur-title">${escaped(title)}</title>`,
    `<desc id="sequitur-description">${escaped(description)}</desc>`,
    `<style>${svgStyle}</style>`,
    "<defs>",
    ...["flow", "failure"].map(
      (name) =>
        `<marker id="arrow-${name}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8"` +
        ` markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0.5 7.5 4 0 7.5z" class="head ${name}"/></marker>`,
    ),
    "</defs>",
    `<rect x="0" y="0" width="${width}" height="${height}" class="ground"/>`,
    ...shapes.map(shapeText),
    "</svg>",
    "",
  ];
  return lines.join("\n");
}

function shapeText(shape: Shape): string {
  switch (shape.kind) {
    case "rect": {
      const { x, y, width, height, radius } = shape;
      return `<rect x="${n(x)}" y="${n(y)}" width="${n(width)}" height="${n(height)}" rx="${n(radius)}" class="${shape.class}"/>`;
    }
    case "text": {
      const anchor = shape.anchor === undefined ? "" : ` text-anchor="${shape.anchor}"`;
      return `<text x="${n(shape.x)}" y="${n(shape.y)}"${anchor} class="${shape.class}">${escaped(shape.text)}</text>`;
    }
    case "line": {
      const marker = shape.arrow ? ` marker-end="url(#arrow-${shape.class.split(" ")[0] ?? ""})"` : "";
      return `<path d="${pathText(shape.points)}" class="${shape.class}"${marker}/>`;
    }
    case "open": {
      const id = shape.id === undefined ? "" : ` id="${shape.id}"`;
      const link = shape.leadsTo === undefined ? "" : `<a href="#${shape.leadsTo}">`;
      return `${link}<g${id} class="${shape.class}"><title>${escaped(shape.title)}</title>`;
    }
    case "close":
      return shape.isLink ? "</g></a>" : "</g>";
    default:
      return unreachable(shape);
  }
}

/** A tenth of a pixel is finer than anything shown. */
function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}

const corner = 8;

/** A path through points, its corners rounded. */
function pathText(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return "";
  const parts = [`M${n(first[0])} ${n(first[1])}`];
  for (let index = 1; index < points.length; index += 1) {
    const before = points[index - 1];
    const here = points[index];
    const after = points[index + 1];
    if (before === undefined || here === undefined) continue;
    if (after === undefined) {
      parts.push(`L${n(here[0])} ${n(here[1])}`);
      continue;
    }
    const enter = towards(here, before);
    const leave = towards(here, after);
    parts.push(`L${n(enter[0])} ${n(enter[1])}Q${n(here[0])} ${n(here[1])} ${n(leave[0])} ${n(leave[1])}`);
  }
  return parts.join("");
}

/** The point on the way from one to another where a corner begins. */
function towards([x, y]: Point, [otherX, otherY]: Point): Point {
  const distance = Math.hypot(otherX - x, otherY - y);
  if (distance === 0) return [x, y];
  const part = Math.min(corner, distance / 2) / distance;
  return [x + (otherX - x) * part, y + (otherY - y) * part];
}

const entities: { readonly [character: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as content or attribute of XML and HTML. */
export function escaped(text: string): string {
  return shownText(text).replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
