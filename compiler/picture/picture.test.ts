// Diagrams: what is in them, that they are XML, Mermaid and DOT whatever the names are, and that nothing lies on top of another.
import { describe, expect, it } from "vitest";
import { outlineOf } from "../outline/outline-of.ts";
import { checkFiles } from "../test-support/check.ts";
import { xmlNames, xmlProblem } from "../test-support/well-formed.ts";
import { dotOf } from "./dot.ts";
import { layOut } from "./layout.ts";
import { mermaidOf } from "./mermaid.ts";
import { pictureOf } from "./picture.ts";
import type { Picture } from "./picture.ts";
import type { Shape } from "./scene.ts";
import { svgOf } from "./svg.ts";
import { textWidth, wrapText } from "./text-width.ts";

function picture(source: string): Picture {
  return pictureOf(outlineOf(checkFiles(source), "main.seq"), "A diagram");
}

const everything = `
/// Prepares a machine.
sequence child "A child" { param n: int log "\${n}" }
sequence main "The main one" {
  param mode: string = "fast"
  step "Look" use machine.checkReadiness { memory: 4GB } when mode == "fast"
  group "Work" timeout 10m continue on error {
    if mode == "a" { log "a" } else if mode == "b" { log "b" } else { fail "c" }
    for name in ["x", "y"] { step "Remove" use folder.remove { path: "/tmp/\${name}" } when name != "x" }
  } on error { log "failed" } finally { step "Tidy" run "true" continue on error }
  step "Call it" call child { n: 1 }
  step "Again" restart
  step "Off" log "never" disabled
}
`;

/** Each of these would be syntax somewhere. */
const hostileNames = [
  "<script>alert(1)</script>",
  "]]></title></style><svg onload=alert(1)>",
  "<!-- --> <![CDATA[ x ]]> &amp; &lt; &#x41; &bogus;",
  `\\"; n1 -> n2; subgraph end } ] \\" ' \`x\` | {{ }}`,
  "a\\nb\\r\\tc",
  "\\u{202E}reversed\\u{2066}\\u{200B}\\u{1}\\u{FFFE}",
  "[link](javascript:alert(1)) **bold** #60; %% click n1 call x()",
  "\\\\N \\\\L \\\\",
  "日本語 🎉 Ünïcode",
  "x".repeat(400),
];

function hostileSource(): string {
  const steps = hostileNames.map(
    (name) => `step "${name}" log "${name}" when mode != "${name}"\n group "${name}" { log "x" }`,
  );
  return `/// ${hostileNames[0] ?? ""}\nsequence main "${hostileNames[1] ?? ""}" {\n param mode: string = "a"\n ${steps.join("\n ")}\n}`;
}

describe("SVG", () => {
  it("is well-formed XML with nothing of names in its syntax", () => {
    const plain = svgOf(picture(everything));
    expect(xmlProblem(plain)).toBeUndefined();
    const hostile = svgOf(picture(hostileSource()));
    expect(xmlProblem(hostile)).toBeUndefined();
    const known = xmlNames(plain);
    for (const element of xmlNames(hostile).elements) expect(known.elements).toContain(element);
    for (const attribute of xmlNames(hostile).attributes) expect(known.attributes).toContain(attribute);
    expect([...known.elements].sort()).toEqual([
      "a",
      "defs",
      "desc",
      "g",
      "marker",
      "path",
      "rect",
      "style",
      "svg",
      "text",
      "title",
    ]);
    expect(hostile).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(hostile).toContain("&lt;U+202E&gt;reversed");
  });

  it("says for people who do not see it what it shows, and looks right in the dark", () => {
    const svg = svgOf(picture(everything));
    expect(svg).toContain('role="img" aria-labelledby="sequitur-title sequitur-description"');
    expect(svg).toContain('<title id="sequitur-title">A diagram</title>');
    expect(svg).toContain("<title>Look; use machine.checkReadiness; when mode == &quot;fast&quot;; line 6</title>");
    expect(svg).toContain("prefers-color-scheme:dark");
    expect(svg).not.toMatch(/https?:(?!\/\/www\.w3\.org\/2000\/svg")|url\((?!#)/);
  });

  it("links a call to the sequence that it calls", () => {
    const svg = svgOf(picture(everything));
    expect(svg).toContain('<a href="#sequence-1">');
    expect(svg).toContain('id="sequence-1"');
  });

  it("keeps what stands in a box within it, and boxes off each other", () => {
    const { shapes, width, height } = layOut(picture(everything));
    for (const card of rects(shapes, "card")) {
      expect(card.x).toBeGreaterThanOrEqual(0);
      expect(card.x + card.width).toBeLessThanOrEqual(width);
      expect(card.y + card.height).toBeLessThanOrEqual(height);
    }
    for (const kind of ["card", "panel"]) {
      const boxes = rects(shapes, kind);
      boxes.forEach((one, index) => {
        for (const other of boxes.slice(index + 1)) {
          const apart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y;
          expect(apart, `${JSON.stringify(one)} and ${JSON.stringify(other)}`).toBe(true);
        }
      });
    }
  });
});

function rects(shapes: readonly Shape[], kind: string): readonly Extract<Shape, { kind: "rect" }>[] {
  return shapes.flatMap((shape) => (shape.kind === "rect" && shape.class === kind ? [shape] : []));
}

describe("Mermaid and DOT", () => {
  it("show groups, conditions, failures and calls", async () => {
    await expect(mermaidOf(picture(everything))).toMatchFileSnapshot("__snapshots__/everything.mmd");
    await expect(dotOf(picture(everything))).toMatchFileSnapshot("__snapshots__/everything.dot");
  });

  it("have nothing of names in their syntax", () => {
    for (const line of mermaidOf(picture(hostileSource())).split("\n")) {
      if (!line.includes('"')) continue;
      const quoted = /^ *(?:subgraph \w+ \[|\w+(?:\[|\{\{|\(\[))"([^"]*)"(?:\](?::::\w+)?|\}\}:::\w+|\]\):::\w+)$/.exec(
        line,
      );
      expect(quoted, line).not.toBeNull();
      expect(quoted?.[1]?.replaceAll("<br/>", "").replace(/#\d+;/g, "")).toMatch(/^[\p{L}\p{N}\p{M} .,:…–—’]*$/u);
    }
    for (const line of dotOf(picture(hostileSource())).split("\n")) {
      for (const [, text] of line.matchAll(/"((?:[^"\\]|\\.)*)"/g)) expect(text).not.toMatch(/\\[^n]/);
      expect((line.match(/"/g) ?? []).length % 2, line).toBe(0);
    }
  });
});

describe("text without a browser", () => {
  it("is broken between words, and cut where it does not fit", () => {
    expect(wrapText("one two three", 60, 12, "plain", 3)).toEqual(["one two", "three"]);
    const lines = wrapText("y".repeat(300), 100, 12, "mono", 2);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/…$/);
    for (const text of lines) expect(textWidth(text, 12, "mono")).toBeLessThanOrEqual(101);
  });
});
