// `sequitur lsp` as it ships, with a client of its own in a session over the protocol: what an editor asks, across files.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { lineMap, parse, print } from "@sequitur/grammar";
import { beforeAll, describe, expect, test } from "vitest";
import type {
  CodeAction,
  CompletionItem,
  DocumentSymbol,
  Hover,
  Location,
  SignatureHelp,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { startLanguageClient } from "../test-support/language-client.ts";
import type { LanguageClient } from "../test-support/language-client.ts";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

beforeAll(() => {
  const built = fileURLToPath(new URL("../../dist/parts/language-server.cjs", import.meta.url));
  if (!existsSync(built)) throw new Error("dist is not there: run `npm run build` first");
});

const files = {
  "sequitur.json": "{}\n",
  "sites.seq": [
    "/// Where machines stand.",
    'const sites = ["AMS", "RTM"]',
    "/// Twice an hour.",
    "const often = 15m * 2",
    "/// Names the machine.",
    "sequence naming {",
    "  /// The site.",
    "  param site: string",
    '  step "Say" log "at ${site}"',
    "}",
    "",
  ].join("\n"),
  "main.seq": [
    'import "./sites.seq" as sites',
    "",
    'sequence main "All of it" {',
    '  param user: string = "ada"',
    '  var shell: string = ""',
    "",
    '  step look "Look" run "getent passwd ${user}" success 0, 2',
    '  step "Name it" call sites.naming { site: "AMS" } when look.code == 0',
    '  step "Write"',
    '    use file.write { path: "/etc/x", text: user }',
    '  step "Wait" wait sites.often',
    "}",
    "",
  ].join("\n"),
};

async function session(): Promise<LanguageClient> {
  const client = await startLanguageClient(temporaryFolder(files));
  client.open("main.seq");
  return client;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  const { offsetAt } = lineMap(text);
  const at = ({ line, character }: TextEdit["range"]["start"]): number =>
    offsetAt({ line: line + 1, column: character + 1 });
  return edits.reduceRight(
    (now, { range, newText }) => now.slice(0, at(range.start)) + newText + now.slice(at(range.end)),
    text,
  );
}

describe("a session", () => {
  test("findings come while somebody types, and go", async () => {
    const client = await session();
    expect(client.initialized.serverInfo?.name).toBe("sequitur");
    expect((await client.findings("main.seq")).filter(({ severity }) => severity === 1)).toEqual([]);
    client.edit("main.seq", "passwd ${user}", "passwd ${usr}");
    const [found] = await client.findings("main.seq", (each) => each.some(({ code }) => code === "SEQ2101"));
    expect(found).toMatchObject({ severity: 1, source: "sequitur", range: { start: { line: 6 } } });
    const { range } = found ?? {};
    const textDocument = { uri: client.uri("main.seq") };
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument,
      range,
      context: { diagnostics: [found], only: ["quickfix"] },
    });
    const [edit] = actions[0]?.edit?.changes?.[client.uri("main.seq")] ?? [];
    expect(edit?.newText).toBe("user");
    client.edit("main.seq", "${usr}", "${user}");
    await client.findings("main.seq", (each) => each.every(({ severity }) => severity !== 1));
    expect(await client.close()).toBe(0);
  });

  test("names lead to other files, and are renamed in all of them", async () => {
    const client = await session();
    const definition = await client.ask<Location>("textDocument/definition", "main.seq", "sites.na|ming");
    expect(definition).toMatchObject({ uri: client.uri("sites.seq"), range: { start: { line: 5, character: 9 } } });
    const context = { includeDeclaration: true };
    const places = await client.ask<Location[]>("textDocument/references", "main.seq", "{ si|te: ", { context });
    expect(places.map(({ uri, range }) => [uri.split("/").at(-1), range.start.line])).toEqual([
      ["main.seq", 7],
      ["sites.seq", 7],
      ["sites.seq", 8],
    ]);
    const renamed = await client.ask<WorkspaceEdit>("textDocument/rename", "main.seq", "{ si|te: ", {
      newName: "location",
    });
    expect(Object.values(renamed.changes ?? {}).flatMap((edits: TextEdit[]) => edits.length)).toEqual([1, 2]);
    await expect(client.ask("textDocument/rename", "main.seq", "param us|er", { newName: "shell" })).rejects.toThrow(
      "something else with the name shell",
    );
    const moved = await client.request<WorkspaceEdit>("workspace/willRenameFiles", {
      files: [{ oldUri: client.uri("sites.seq"), newUri: client.uri("shared/places.seq") }],
    });
    expect(moved.changes?.[client.uri("main.seq")]).toMatchObject([{ newText: "./shared/places.seq" }]);
    await client.close();
  });

  test("hover tells documentation, parameters and values", async () => {
    const client = await session();
    const hoverAt = async (at: string): Promise<string> => {
      const found = await client.ask<Hover | null>("textDocument/hover", "main.seq", at);
      return found === null ? "" : (found.contents as { value: string }).value;
    };
    expect(await hoverAt("wait sites.of|ten")).toContain("const often: duration = 30m");
    expect(await hoverAt("wait sites.of|ten")).toContain("Twice an hour.");
    expect(await hoverAt("use file.wr|ite")).toContain("use file.write {\n  path: string");
    expect(await hoverAt("te|xt: user")).toMatch(/^```sequitur\ntext\??: string/);
    expect(await hoverAt("sites.na|ming")).toContain("  param site: string");
    const help = await client.ask<SignatureHelp>("textDocument/signatureHelp", "main.seq", '"/etc/x", te|xt');
    expect(help.signatures[0]?.parameters?.[help.activeParameter ?? 0]?.label).toMatch(/^text/);
    await client.close();
  });

  test("completion knows the catalogue, names that are set by then, and files", async () => {
    const client = await session();
    const labels = async (path: string, at: string): Promise<readonly string[]> =>
      (await client.ask<CompletionItem[]>("textDocument/completion", path, at)).map(({ label }) => label);
    expect(await labels("main.seq", "use fi|le.write")).toContain("disk.format");
    expect(await labels("main.seq", "use file.wr|ite")).toContain("write");
    expect(await labels("main.seq", "call si|tes")).toContain("sites.naming");
    expect(await labels("main.seq", "passwd ${us|er}")).toEqual(expect.arrayContaining(["user", "shell", "sites"]));
    expect(await labels("main.seq", "look.co|de")).toEqual(["succeeded", "code", "reason", "output"]);
    expect(await labels("main.seq", 'import "./|sites')).toContain("sites.seq");
    client.edit("main.seq", "text: user }", "text: user,  }");
    const open = await labels("main.seq", "text: user, | }");
    expect(open).toContain("executable");
    expect(open).not.toContain("text");
    client.edit("main.seq", "wait sites.often\n", "wait sites.often\n    re\n");
    const behind = await labels("main.seq", "\n    re|\n");
    expect(behind).toEqual(expect.arrayContaining(["needs", "step", "use"]));
    expect(behind).not.toContain("retry");
    await client.close();
  });

  test("outline, folding, selection, links, colours and layout", async () => {
    const client = await session();
    const textDocument = { uri: client.uri("main.seq") };
    const [, main] = await client.request<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument });
    expect(main).toMatchObject({ name: "main", detail: "All of it" });
    expect(main?.children?.map(({ name }) => name)).toEqual(["user", "shell", "look", "Name it", "Write", "Wait"]);
    const symbols = await client.request<{ name: string }[]>("workspace/symbol", { query: "nam" });
    expect(symbols.map(({ name }) => name)).toContain("naming");
    const folds = await client.request<object[]>("textDocument/foldingRange", { textDocument });
    expect(folds).toContainEqual({ startLine: 2, endLine: 11 });
    const links = await client.request<{ target: string }[]>("textDocument/documentLink", { textDocument });
    expect(links.map(({ target }) => target)).toEqual([client.uri("sites.seq")]);
    const { data } = await client.request<{ data: number[] }>("textDocument/semanticTokens/full", { textDocument });
    expect(data.length % 5).toBe(0);
    expect(data.slice(0, 10)).toEqual([0, 0, 6, 9, 0, 0, 7, 13, 11, 0]);
    client.edit("main.seq", 'var shell: string = ""', 'var   shell : string=""');
    const layout = await client.request<TextEdit[]>("textDocument/formatting", {
      textDocument,
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(layout).toHaveLength(1);
    const unformatted = client.text("main.seq");
    expect(applied(unformatted, layout)).toBe(print(parse(unformatted, "main.seq")));
    expect(applied(unformatted, layout)).toContain('  var shell: string = ""\n');
    await client.close();
  });

  test("calls, hints, lenses, and what can be done with steps", async () => {
    const client = await session();
    const textDocument = { uri: client.uri("sites.seq") };
    const [item] = await client.ask<object[]>("textDocument/prepareCallHierarchy", "main.seq", "sites.na|ming");
    const incoming = await client.request<{ from: { name: string } }[]>("callHierarchy/incomingCalls", { item });
    expect(incoming.map(({ from }) => from.name)).toEqual(["main"]);
    const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
    const hints = await client.request<{ label: string }[]>("textDocument/inlayHint", { textDocument, range });
    expect(hints.map(({ label }) => label)).toEqual(["= 30m"]);
    const lenses = await client.request<{ command: { title: string } }[]>("textDocument/codeLens", { textDocument });
    expect(lenses.map(({ command }) => command.title)).toEqual(["not used", "1 reference", "1 reference"]);
    const at = client.position("main.seq", 'step "Wai|t"');
    const actions = await client.request<CodeAction[]>("textDocument/codeAction", {
      textDocument: { uri: client.uri("main.seq") },
      range: { start: at, end: at },
      context: { diagnostics: [], only: ["refactor"] },
    });
    expect(actions.map(({ title }) => title)).toEqual([
      "Move this step up",
      "Wrap this step in a group",
      "Extract to a sequence of its own",
      "Disable this step",
      "Go on when this step fails",
    ]);
    await client.close();
  });

  test("the file is read again when the disk changes", async () => {
    const folder = temporaryFolder(files);
    const client = await startLanguageClient(folder);
    client.open("main.seq");
    await client.findings("main.seq", (each) => each.every(({ severity }) => severity !== 1));
    writeFileSync(join(folder, "sites.seq"), "const sites = 1\n");
    client.notify("workspace/didChangeWatchedFiles", { changes: [{ uri: client.uri("sites.seq"), type: 2 }] });
    const found = await client.findings("main.seq", (each) => each.some(({ severity }) => severity === 1));
    expect(found.map(({ message }) => message).join("\n")).toContain("naming");
    await client.close();
  });
});
