// A client of the language server: starts the shipped command and speaks the protocol with it, as an editor does.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { onTestFinished } from "vitest";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node.js";
import type { Diagnostic, InitializeResult, PublishDiagnosticsParams } from "vscode-languageserver";

export interface LanguageClient {
  readonly initialized: InitializeResult;
  uri(path: string): string;
  /** Opens a file with the text that lies on the disk. */
  open(path: string): void;
  /** Replaces the first occurrence of a text in an open file, as typing does: with a range. */
  edit(path: string, before: string, after: string): void;
  /** Asks about a file; `at` is a text in it, with `|` where the cursor is. */
  ask<T>(method: string, path: string, at: string, more?: object): Promise<T>;
  request<T>(method: string, params: object): Promise<T>;
  notify(method: string, params: object): void;
  /** The findings about a file that come next, as soon as there are some that `accepts` takes. */
  findings(path: string, accepts?: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  position(path: string, at: string): { line: number; character: number };
  text(path: string): string;
  /** Ends as an editor does; gives the exit code of the server. */
  close(): Promise<number | null>;
}

const command = fileURLToPath(new URL("../../dist/sequitur.mjs", import.meta.url));

/** Starts the server for a folder and opens the session. */
export async function startLanguageClient(folder: string): Promise<LanguageClient> {
  const server = spawn(process.execPath, [command, "lsp", "--stdio"], { cwd: folder, stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve) => server.once("exit", (code) => resolve(code)));
  let complaints = "";
  server.stderr.on("data", (chunk: Buffer) => (complaints += chunk.toString()));
  onTestFinished(() => {
    server.kill();
    if (complaints !== "") throw new Error(`the server wrote to standard error: ${complaints}`);
  });
  const connection = createMessageConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  const texts = new Map<string, { text: string; version: number }>();
  const latest = new Map<string, readonly Diagnostic[]>();
  const listeners = new Set<(uri: string) => void>();
  connection.onNotification("textDocument/publishDiagnostics", ({ uri, diagnostics }: PublishDiagnosticsParams) => {
    latest.set(uri, diagnostics);
    for (const listener of listeners) listener(uri);
  });
  connection.listen();
  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  const rootUri = pathToFileURL(folder).href;
  const initialized: InitializeResult = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri,
    capabilities: {},
    workspaceFolders: [{ uri: rootUri, name: "test" }],
  });
  void connection.sendNotification("initialized", {});
  const text = (path: string): string => texts.get(path)?.text ?? readFileSync(join(folder, path), "utf8");
  const positionOf = (whole: string, offset: number): { line: number; character: number } => {
    const before = whole.slice(0, offset).split("\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  const position = (path: string, at: string): { line: number; character: number } => {
    const cursor = at.indexOf("|");
    const start = text(path).indexOf(at.replace("|", ""));
    if (start < 0 || cursor < 0) throw new Error(`${path} has no ${at}`);
    return positionOf(text(path), start + cursor);
  };
  const request = <T>(method: string, params: object): Promise<T> => connection.sendRequest(method, params);
  const notify = (method: string, params: object): void => void connection.sendNotification(method, params);
  return {
    initialized,
    uri,
    text,
    position,
    request,
    notify,
    open(path) {
      const whole = text(path);
      texts.set(path, { text: whole, version: 1 });
      notify("textDocument/didOpen", {
        textDocument: { uri: uri(path), languageId: "sequitur", version: 1, text: whole },
      });
    },
    edit(path, before, after) {
      const whole = text(path);
      const start = whole.indexOf(before);
      if (start < 0) throw new Error(`${path} has no ${before}`);
      const version = (texts.get(path)?.version ?? 0) + 1;
      const range = { start: positionOf(whole, start), end: positionOf(whole, start + before.length) };
      texts.set(path, { text: whole.slice(0, start) + after + whole.slice(start + before.length), version });
      notify("textDocument/didChange", {
        textDocument: { uri: uri(path), version },
        contentChanges: [{ range, text: after }],
      });
    },
    ask: (method, path, at, more = {}) =>
      request(method, { textDocument: { uri: uri(path) }, position: position(path, at), ...more }),
    findings: (path, accepts = () => true) =>
      new Promise((resolve) => {
        const listener = (changed: string): void => {
          const found = latest.get(uri(path));
          if (changed !== uri(path) || found === undefined || !accepts(found)) return;
          listeners.delete(listener);
          resolve(found);
        };
        listeners.add(listener);
        listener(uri(path));
      }),
    async close() {
      await connection.sendRequest("shutdown");
      void connection.sendNotification("exit");
      return ended;
    },
  };
}
