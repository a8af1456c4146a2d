// The host of a workspace: open documents before what lies on the disk, and every answer of the disk asked for once, until
// somebody tells that the disk has changed.
import type { CompilerHost, ContentAnswer, FileAnswer, TypeScriptReader } from "../host.ts";
import type { ScriptFile } from "../model/project-action.ts";

export class CachedHost implements CompilerHost {
  private readonly below: CompilerHost;
  private readonly documents = new Map<string, () => string>();
  private readonly texts = new Map<string, FileAnswer>();
  private readonly kinds = new Map<string, "file" | "folder" | "absent">();
  private readonly contents = new Map<string, ContentAnswer>();
  private readonly lists = new Map<string, readonly string[]>();
  private readonly scripts = new Map<string, ScriptFile>();

  constructor(below: CompilerHost) {
    this.below = below;
  }

  typescript(): TypeScriptReader | undefined {
    const reader = this.below.typescript?.();
    if (reader === undefined) return undefined;
    return {
      read: (path) => once(this.scripts, path, () => reader.read(path)),
      bundle: (path) => reader.bundle(path),
    };
  }

  /** Lets a document stand for the file of its path. */
  show(path: string, text: () => string): void {
    this.documents.set(path, text);
  }

  hide(path: string): void {
    this.documents.delete(path);
  }

  /** Asks for everything again. */
  forget(): void {
    for (const answers of [this.texts, this.kinds, this.contents, this.lists, this.scripts]) answers.clear();
  }

  readText(path: string): FileAnswer {
    const document = this.documents.get(path);
    if (document !== undefined) return { kind: "text", text: document() };
    return once(this.texts, path, () => this.below.readText(path));
  }

  exists(path: string): "file" | "folder" | "absent" {
    if (this.documents.has(path)) return "file";
    return once(this.kinds, path, () => this.below.exists(path));
  }

  readContent(path: string): ContentAnswer {
    return once(this.contents, path, () => this.below.readContent(path));
  }

  list(folder: string): readonly string[] {
    return once(this.lists, folder, () => this.below.list(folder));
  }
}

function once<V>(answers: Map<string, V>, path: string, ask: () => V): V {
  const known = answers.get(path);
  if (known !== undefined) return known;
  const answer = ask();
  answers.set(path, answer);
  return answer;
}
