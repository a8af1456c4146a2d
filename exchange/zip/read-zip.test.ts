import { deflateRawSync, inflateRawSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readZip } from "./read-zip.ts";

interface Member {
  readonly path: string;
  readonly data: Buffer;
  /** What the directory says that it unpacks to. */
  readonly size?: number;
  readonly flags?: number;
}

/** A zip as other programs write it, with deflate. */
function zipOf(members: readonly Member[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { path, data, size = data.length, flags = 0 } of members) {
    const name = Buffer.from(path);
    const packed = deflateRawSync(data);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(8, 8);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(8, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    parts.push(local, name, packed);
    directory.push(entry, name);
    offset += local.length + name.length + packed.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, index, end]);
}

function read(bytes: Uint8Array): string {
  const inflate = (packed: Uint8Array, limit: number): Uint8Array | undefined => {
    try {
      return inflateRawSync(packed, { maxOutputLength: limit + 1 });
    } catch {
      return undefined;
    }
  };
  const zip = readZip(bytes, inflate, (path) => path.endsWith(".xml"));
  if (zip.kind === "problem") return zip.why;
  return zip.members
    .map((member) => `${member.path}: ${Buffer.from(member.read() ?? "damaged").toString()}`)
    .join("\n");
}

const data = Buffer.from("<a/>".repeat(100));

it("reads the members that are wanted", () => {
  expect(
    read(
      zipOf([
        { path: "b/object.xml", data: Buffer.from("<a/>") },
        { path: "c.txt", data },
      ]),
    ),
  ).toBe("b/object.xml: <a/>");
});

describe("what is refused", () => {
  it.each([
    ["names that climb", [{ path: "b/../../c.xml", data }], 'the name "b/../../c.xml" leads out of the zip'],
    ["names that climb the other way", [{ path: "..\\c.xml", data }], 'the name "../c.xml" leads out of the zip'],
    ["absolute names", [{ path: "/etc/c.xml", data }], 'the name "/etc/c.xml" leads out of the zip'],
    [
      "members that grow without bounds",
      [{ path: "c.xml", data, size: 1 << 30 }],
      '"c.xml" would unpack to far too much',
    ],
    ["members that are encrypted", [{ path: "c.xml", data, flags: 1 }], '"c.xml" is encrypted'],
    ["members of another size than they say", [{ path: "c.xml", data, size: 7 }], "c.xml: damaged"],
  ] as const)("%s", (_what, members, answer) => {
    expect(read(zipOf(members))).toBe(answer);
  });

  it("files that are cut off, anywhere", () => {
    const whole = zipOf([{ path: "c.xml", data }]);
    for (let length = 0; length < whole.length; length++) {
      expect(read(whole.subarray(0, length)), String(length)).toBe("it is no zip, or its end lacks");
    }
  });
});
