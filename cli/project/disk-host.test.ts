// What the compiler is told about a disk.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../test-support/temporary-folder.ts";
import { decodeText } from "./decode.ts";
import { diskHost, overlayHost } from "./disk-host.ts";
import { outermostProject } from "./find-root.ts";
import { writeWhole } from "./write-file.ts";

const isRoot = process.getuid?.() === 0;

describe("texts", () => {
  test("are read, or it is said why not", () => {
    const folder = temporaryFolder({ "a.seq": "a", "d/b.seq": "\ufeffb" });
    symlinkSync("loop", join(folder, "loop"));
    execFileSync("mkfifo", [join(folder, "pipe")]);
    writeFileSync(join(folder, "large"), "");
    truncateSync(join(folder, "large"), 80 * 1024 * 1024);
    const host = diskHost(folder);
    expect(host.readText("a.seq")).toEqual({ kind: "text", text: "a" });
    expect(host.readText("d/b.seq")).toEqual({ kind: "text", text: "b" });
    expect(host.readText("d")).toEqual({ kind: "folder" });
    expect(host.readText("no.seq")).toEqual({ kind: "absent" });
    expect(host.readText("a.seq/b")).toEqual({ kind: "absent" });
    expect(host.readText("loop")).toEqual({ kind: "unreadable", why: "links lead in a circle" });
    expect(host.readText("pipe")).toEqual({ kind: "unreadable", why: "it is a device or pipe, not a file" });
    expect(host.readText("large")).toEqual({ kind: "unreadable", why: "it is larger than 64 MB (80 MB)" });
    expect(host.readText("x".repeat(300))).toEqual({ kind: "unreadable", why: "the name is too long" });
    expect(host.readText("nul\0l")).toMatchObject({ kind: "unreadable" });
  });

  test("that may not be read are said to be so; root may read all", () => {
    const folder = temporaryFolder({ "a.seq": "a" });
    chmodSync(join(folder, "a.seq"), 0);
    expect(diskHost(folder).readText("a.seq")).toEqual(
      isRoot ? { kind: "text", text: "a" } : { kind: "unreadable", why: "permission denied" },
    );
  });

  test("stay as they were first read", () => {
    const folder = temporaryFolder({ "a.seq": "before" });
    const host = diskHost(folder);
    host.readText("a.seq");
    writeFileSync(join(folder, "a.seq"), "after");
    expect(host.readText("a.seq")).toEqual({ kind: "text", text: "before" });
  });

  test.each([
    [[0x61, 0xff], 1],
    [[0xc0, 0x80], 0],
    [[0xe0, 0x80, 0x80], 0],
    [[0x61, 0xed, 0xa0, 0x80], 1],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xe2, 0x82], 0],
    [[0xc3, 0xa4, 0xe2, 0x28, 0xa1], 2],
    [[0xf0, 0x9f, 0x91, 0xa9, 0x80], 4],
  ])("name the first byte of %j that is not UTF-8", (bytes, offset) => {
    expect(decodeText(new Uint8Array(bytes))).toEqual({ kind: "wrong", offset });
  });

  test("of an overlay come before those of the disk", () => {
    const folder = temporaryFolder({ "a.seq": "disk", "b.seq": "b" });
    const host = overlayHost(diskHost(folder), "a.seq", "mine");
    expect(host.readText("a.seq")).toEqual({ kind: "text", text: "mine" });
    expect(host.readText("b.seq")).toEqual({ kind: "text", text: "b" });
    expect(host.exists("a.seq")).toBe("file");
  });
});

describe("content", () => {
  const sha256OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  test("is hashed file by file, in order of path", () => {
    const folder = temporaryFolder({ "p/b.txt": "", "p/a/z.sh": "abc", "p/a.txt": "abc" });
    chmodSync(join(folder, "p/a/z.sh"), 0o755);
    const answer = diskHost(folder).readContent("p");
    expect(answer).toMatchObject({
      kind: "folder",
      files: [
        { path: "a.txt", size: 3, sha256: sha256OfAbc, executable: false },
        { path: "a/z.sh", size: 3, sha256: sha256OfAbc, executable: true },
        { path: "b.txt", size: 0, executable: false },
      ],
    });
    expect(diskHost(folder).readContent("p/a.txt")).toEqual({
      kind: "file",
      file: { path: "a.txt", size: 3, sha256: sha256OfAbc, executable: false },
    });
  });

  test("that spans chunks has the hash of the whole", () => {
    const folder = temporaryFolder({ large: "x".repeat(3_500_000) });
    const answer = diskHost(folder).readContent("large");
    const expected = createHash("sha256").update("x".repeat(3_500_000)).digest("hex");
    expect(answer).toMatchObject({ kind: "file", file: { size: 3_500_000, sha256: expected } });
  });

  test("may hold no links, pipes or names that are not UTF-8", () => {
    const why = (prepare: (folder: string) => void) => {
      const folder = temporaryFolder({ "p/a": "a" });
      prepare(join(folder, "p"));
      const answer = diskHost(folder).readContent("p");
      return answer.kind === "unreadable" ? answer.why : answer.kind;
    };
    expect(why((folder) => symlinkSync("a", join(folder, "l")))).toBe(
      "it holds l, which is a link; links are not followed in content",
    );
    expect(why((folder) => symlinkSync("..", join(folder, "circle")))).toContain("it holds circle, which is a link");
    expect(why((folder) => execFileSync("mkfifo", [join(folder, "f")]))).toBe(
      "it holds f, which is a device or pipe, not a file",
    );
    expect(why((folder) => writeFileSync(Buffer.from(`${folder}/\xff`, "latin1"), ""))).toContain("not valid UTF-8");
    expect(why((folder) => writeFileSync(join(folder, "a\\b"), ""))).toContain("has a \\ in it");
    expect(why(() => undefined)).toBe("folder");
  });

  test("that is a link itself is refused, one that is not there is absent", () => {
    const folder = temporaryFolder({ "p/a": "a" });
    symlinkSync("p", join(folder, "l"));
    expect(diskHost(folder).readContent("l")).toEqual({
      kind: "unreadable",
      why: "it is a link; links are not followed in content",
    });
    expect(diskHost(folder).readContent("no")).toEqual({ kind: "absent" });
  });
});

test("the project starts at the outermost sequitur.json, but not above one that says root", () => {
  const folder = temporaryFolder({ "sequitur.json": "{}", "a/b/sequitur.json": "{}", "a/b/c/x": "" });
  expect(outermostProject(join(folder, "a/b/c"))).toBe(folder);
  writeFileSync(join(folder, "a/b/sequitur.json"), '{ "root": true }');
  expect(outermostProject(join(folder, "a/b/c"))).toBe(join(folder, "a/b"));
  expect(outermostProject(join(folder, "a"))).toBe(folder);
});

describe("writing", () => {
  test("follows a link and replaces what it leads to", async () => {
    const folder = temporaryFolder({ real: "old" });
    symlinkSync("real", join(folder, "link"));
    expect(await writeWhole(join(folder, "link"), "new")).toBeUndefined();
    expect(diskHost(folder).readText("real")).toEqual({ kind: "text", text: "new" });
    expect(diskHost(folder).list(".")).toEqual(["link", "real"]);
  });

  test("says why it can't, and leaves nothing behind", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "d"));
    expect(await writeWhole(join(folder, "d"), "x")).toBe("it is a folder");
    expect(await writeWhole(join(folder, "no/x"), "x")).toBe("there is no such file or folder");
    expect(diskHost(folder).list(".")).toEqual(["d"]);
  });
});
