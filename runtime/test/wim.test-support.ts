// A world whose one piece of content is a WIM file.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contentDigestOf } from "../plan/digest.ts";
import { openWorld, type World } from "./system-host.test-support.ts";

export async function openWimWorld(wim: string): Promise<World> {
  const bytes = readFileSync(wim);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const files = [{ path: "a.wim", size: bytes.length, sha256, executable: false }];
  const contentRoot = mkdtempSync(join(tmpdir(), "sequitur-wim-"));
  mkdirSync(join(contentRoot, "images"));
  copyFileSync(wim, join(contentRoot, "images/a.wim"));
  const image = {
    name: "windows",
    kind: "image",
    source: "images/a.wim",
    digest: contentDigestOf(files),
    files,
  } as const;
  return openWorld({ contentRoot, contents: [image] });
}
