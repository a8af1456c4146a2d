// Results from the cache are those that computing gives, whatever happens to the files, to the cache, or to both at once.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { check, compile } from "@sequitur/compiler";
import { describe, expect, test } from "vitest";
import { diskHost } from "../project/disk-host.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";
import { stampContent } from "./content-stamp.ts";
import { remember } from "./remember.ts";
import type { Memory } from "./remember.ts";

const main = `import "lib.seq" as lib
package tools "./tools"
sequence main {
  step a run "/bin/true \${lib.site}" from tools
}
`;
const files = { "main.seq": main, "lib.seq": 'const site = "AMS"\n', "tools/a.txt": "one", "tools/b.txt": "two" };

function memoryIn(folder: string): Memory {
  return { identity: "test", folder, platform: process.platform };
}

/** What was computed counts. */
class Counter {
  computed = 0;

  async check(root: string, memory: Memory | undefined, paths: readonly string[] = ["main.seq"]) {
    const task = { command: "check", root, paths, settings: {} } as const;
    const kept = await remember(memory, task, diskHost(root), async (host) => {
      this.computed += 1;
      return { result: check(host, paths).diagnostics, text: "" };
    });
    return kept.result;
  }

  async build(root: string, memory: Memory | undefined, path = "main.seq") {
    const task = { command: "build", root, paths: [path], settings: {} } as const;
    return remember(memory, task, diskHost(root), async (host) => {
      this.computed += 1;
      const { diagnostics, text, lock } = compile(host, path);
      return { result: { diagnostics, lock: lock ?? null }, text: text ?? "" };
    });
  }
}

describe("what was found before", () => {
  test("is found again without computing, until a file changes", async () => {
    const root = temporaryFolder(files);
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    const counter = new Counter();
    const first = await counter.check(root, memory);
    expect(await counter.check(root, memory)).toEqual(first);
    expect(counter.computed).toBe(1);
    writeFileSync(join(root, "lib.seq"), "const sites = 1\n");
    const changed = await counter.check(root, memory);
    expect(counter.computed).toBe(2);
    expect(changed).not.toEqual(first);
    writeFileSync(join(root, "sequitur.json"), "{}");
    await counter.check(root, memory);
    expect(counter.computed).toBe(3);
  });

  test("rests on what was not there, too", async () => {
    const root = temporaryFolder({ "main.seq": 'import "absent.seq" as lib\n' });
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    const counter = new Counter();
    expect(await counter.check(root, memory)).not.toEqual([]);
    writeFileSync(join(root, "absent.seq"), "const x = 1\n");
    expect((await counter.check(root, memory)).filter(({ severity }) => severity === "error")).toEqual([]);
    expect(counter.computed).toBe(2);
  });

  test("says nothing about another program, another project, other files", async () => {
    const root = temporaryFolder(files);
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    const counter = new Counter();
    await counter.check(root, memory);
    await counter.check(root, { ...memory, identity: "another" });
    await counter.check(root, memory, ["lib.seq"]);
    await counter.check(temporaryFolder(files), memory);
    expect(counter.computed).toBe(4);
  });

  test("is not kept where the task says so", async () => {
    const root = temporaryFolder(files);
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    let computed = 0;
    for (let time = 0; time < 2; time++) {
      await remember(memory, { command: "check", root, paths: [], settings: {} }, diskHost(root), async () => {
        computed += 1;
        return { result: [], text: "", keep: false };
      });
    }
    expect(computed).toBe(2);
  });
});

type Edit = readonly [path: string, text: string | undefined];

const edits: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(
    fc.constantFrom("main.seq", "other.seq"),
    fc.constantFrom(main, main.replace("./tools", "./tool"), "sequence main {\n}\n", "sequence (\n", undefined),
  ),
  fc.tuple(
    fc.constant("lib.seq"),
    fc.constantFrom('const site = "AMS"\n', "const site = 3\n", "const size = 3\n", "\u0000", undefined),
  ),
  fc.tuple(fc.constantFrom("tools/a.txt", "tools/c/d.txt"), fc.constantFrom("one", "eno", "", undefined)),
  fc.tuple(fc.constant("tools"), fc.constant(undefined)),
  fc.tuple(fc.constantFrom("tool/a.txt", "lib2.seq"), fc.constantFrom("", undefined)),
  fc.tuple(
    fc.constant("sequitur.json"),
    fc.constantFrom('{ "rules": { "SEQ8011": "error" } }', '{ "root": true }', "{", undefined),
  ),
);

function apply(root: string, [path, text]: Edit): void {
  const file = join(root, path);
  if (text === undefined) rmSync(file, { recursive: true, force: true });
  else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test("after any edits the kept result is the computed one", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edits, { minLength: 1, maxLength: 12 }), async (sequence) => {
      const root = temporaryFolder(files);
      const memory = memoryIn(join(temporaryFolder(), "kept"));
      const counter = new Counter();
      for (const edit of sequence) {
        apply(root, edit);
        expect(await counter.check(root, memory)).toEqual(await counter.check(root, undefined));
        expect(await counter.build(root, memory)).toEqual(await counter.build(root, undefined));
      }
    }),
    { numRuns: 25 },
  );
});

describe("a cache that is of no use", () => {
  async function afterDamage(damage: (file: string, folder: string) => void): Promise<void> {
    const root = temporaryFolder(files);
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    const counter = new Counter();
    const first = await counter.build(root, memory);
    const [name] = readdirSync(memory.folder);
    damage(join(memory.folder, name ?? ""), memory.folder);
    expect(await counter.build(root, memory)).toEqual(first);
    expect(counter.computed).toBe(2);
  }

  test("cut short", () => afterDamage((file) => writeFileSync(file, readFileSync(file).subarray(0, 200))));
  test("empty", () => afterDamage((file) => writeFileSync(file, "")));
  test("one bit changed", () =>
    afterDamage((file) => {
      const bytes = readFileSync(file);
      const last = bytes.length - 1;
      bytes[last] = (bytes[last] ?? 0) ^ 1;
      writeFileSync(file, bytes);
    }));
  test("another entry in its place", () => afterDamage((file) => writeFileSync(file, "{}\n{}\n{}")));
  test("a folder in its place", () =>
    afterDamage((file) => {
      rmSync(file);
      mkdirSync(file);
    }));
  test("deleted", () => afterDamage((_file, folder) => rmSync(folder, { recursive: true })));
  test.skipIf(process.platform === "win32")("writable by others", () =>
    afterDamage((_file, folder) => chmodSync(folder, 0o777)),
  );

  test("that can't be made is none", async () => {
    const root = temporaryFolder({ ...files, inTheWay: "a file" });
    const counter = new Counter();
    const memory = memoryIn(join(root, "inTheWay", "kept"));
    expect(await counter.build(root, memory)).toEqual(await counter.build(root, memory));
    expect(counter.computed).toBe(2);
  });

  test.skipIf(process.platform === "win32")("is closed to others from the start", async () => {
    const root = temporaryFolder(files);
    const memory = memoryIn(join(temporaryFolder(), "kept"));
    await new Counter().build(root, memory);
    const [name] = readdirSync(memory.folder);
    expect(statSync(memory.folder).mode & 0o077).toBe(0);
    expect(statSync(join(memory.folder, name ?? "")).mode & 0o077).toBe(0);
  });
});

describe("the stamp of content", () => {
  const later = () => Date.now() + 60_000;

  test("is the same while nothing changes, and another one after any change", () => {
    const root = temporaryFolder(files);
    const first = stampContent(root, "tools", later());
    expect(first).toBeDefined();
    expect(stampContent(root, "tools", later())).toBe(first);
    // As many bytes as before.
    writeFileSync(join(root, "tools/a.txt"), "eno");
    const second = stampContent(root, "tools", later());
    expect(second).not.toBe(first);
    writeFileSync(join(root, "tools/new.txt"), "");
    expect(stampContent(root, "tools", later())).not.toBe(second);
  });

  test("says nothing of what has just changed, nor of what is not there", () => {
    const root = temporaryFolder(files);
    expect(stampContent(root, "tools")).toBeUndefined();
    expect(stampContent(root, "absent", later())).toBeUndefined();
  });
});
