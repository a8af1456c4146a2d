import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { imported, mdt, command, tagDesk } from "../test/made-up.ts";
import { decodeXml, encodeXml } from "./decode.ts";
import { readXml } from "./read.ts";

function problemOf(text: string): string {
  const read = readXml(text);
  return read.kind === "problem" ? `${read.problem.offset}: ${read.problem.message}` : "read";
}

describe("what is refused", () => {
  it.each([
    ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "0: it has a document type or markup declaration, which is not read"],
    ["<a>&b;</a>", "3: the reference &b; is not known"],
    ["<a>&#0;</a>", "3: the reference &#0; is not known"],
    ["<a>b & c</a>", "5: an & begins no reference"],
    ['<a b="<"/>', "6: the value of b holds a <"],
    ['<a b="1" b="2"/>', "9: <a> has the attribute b twice"],
    ["<a><b></a>", "6: </a> stands where </b> is due"],
    ["<a><b>", "6: it ends within <b>, which was opened before"],
    ["<a/><b/>", "4: there is a second outermost element"],
    ["<!-- c --><?xml version='1.0'?><a/>", "10: the XML declaration does not stand at the very beginning"],
    ["<a><![CDATA[b</a>", "3: a CDATA section that begins here has no end"],
    ["", "0: it has no element"],
  ])("%s", (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  it("nesting that is too deep, at its place", () => {
    expect(problemOf("<a>".repeat(100_000))).toBe("600: elements lie within each other more than 200 deep");
  });

  it("attributes that are too long", () => {
    expect(problemOf(`<a b="${"c".repeat(2_000_000)}"/>`)).toBe("3: the value of b is too long");
  });

  it("bytes that are not in the encoding that they claim", () => {
    const problem = (bytes: readonly number[]): string => {
      const decoded = decodeXml(Uint8Array.from(bytes));
      return decoded.kind === "problem" ? decoded.problem.message : "text";
    };
    expect(problem([0x3c, 0xff])).toBe("it is not valid UTF-8");
    expect(problem([0xff, 0xfe, 0x3c])).toBe("it is not valid UTF-16");
    expect(problem([0xff, 0xfe, 0, 0])).toBe("its encoding is UTF-32, which is not read");
    expect(problem([...Buffer.from('<?xml version="1.0" encoding="utf-16"?><a/>')])).toContain("utf-16");
  });
});

it("accounts for every character: the pieces of a document are the document", () => {
  const text = '<?xml version="1.0"?>\r\n<a b="1&amp;2"><!-- c --><d/>text<![CDATA[<e>]]></a>\r\n';
  const read = readXml(text);
  if (read.kind !== "document") throw new Error(read.problem.message);
  const { root } = read;
  const inside = root.children.map(({ start, end }) => text.slice(start, end)).join("");
  expect(text.slice(root.contentStart, root.contentEnd)).toBe(inside);
  expect(root.attributes[0]?.value).toBe("1&2");
});

it("encodes what it has decoded to the same bytes", () => {
  for (const encoding of ["utf-8", "utf-8-mark", "utf-16le", "utf-16be"] as const) {
    const bytes = encodeXml("<a>é€😀\r\n</a>", encoding);
    const decoded = decodeXml(bytes);
    expect(decoded.kind === "text" && [decoded.encoding, decoded.text]).toEqual([encoding, "<a>é€😀\r\n</a>"]);
  }
});

it("never breaks on damaged files: each is imported or refused", () => {
  const texts = [tagDesk, mdt(command("One", 'one.exe "%A%"'))];
  const damage = fc.record({
    text: fc.constantFrom(...texts),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat(40),
    put: fc.oneof(
      fc.string(),
      fc.constantFrom("<", ">", "&", '"', "</group>", "<step>", "%", "${", "'", "\\", "\u0000"),
    ),
  });
  fc.assert(
    fc.property(fc.array(damage, { minLength: 1, maxLength: 1 }), ([one]) => {
      if (one === undefined) return;
      const start = Math.floor(one.at * one.text.length);
      const broken = one.text.slice(0, start) + one.put + one.text.slice(start + one.length);
      const project = imported(broken);
      expect(project.problems.length + project.sequences.length + project.skipped.length).toBeGreaterThan(0);
    }),
    { numRuns: 150 },
  );
});
