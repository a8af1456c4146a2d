// The files of a workspace as trees: each text is parsed once, and an open document again after each edit at the cost of
// what the edit touches.
import { IncrementalFile, parse } from "@sequitur/grammar";
import type { ParsedFile, TextChange } from "@sequitur/grammar";

export class ParsedTexts {
  private readonly files = new Map<string, ParsedFile>();
  private readonly documents = new Map<string, IncrementalFile>();

  /** The tree of a text; the one from before as long as the text is the same. */
  parsed(path: string, text: string): ParsedFile {
    const document = this.documents.get(path);
    if (document !== undefined) return document.parsed.text === text ? document.parsed : document.replace(text);
    const known = this.files.get(path);
    if (known?.text === text) return known;
    const parsed = parse(text, path);
    this.files.set(path, parsed);
    return parsed;
  }

  /** From now on the text is edited. */
  open(path: string, text: string): void {
    this.files.delete(path);
    this.documents.set(path, new IncrementalFile(path, text));
  }

  /** The text of an open document; undefined: there is none. */
  text(path: string): string | undefined {
    return this.documents.get(path)?.parsed.text;
  }

  change(path: string, edit: TextChange): void {
    this.documents.get(path)?.change(edit);
  }

  close(path: string): void {
    this.documents.delete(path);
  }
}
