// How long an editor waits: a client types into a file of 5,000 lines in a project of 200 files, letter by letter, and asks the
// shipped language server after each. Milliseconds with the way there and back. `node bench/language-server.mjs`, after a build.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { generatedSequence } from "./generated-sequence.mjs";

const { createMessageConnection, StreamMessageReader, StreamMessageWriter } = createRequire(import.meta.url)(
  "vscode-languageserver/node",
);
const typed = '    step fresh "Install more" run "/bin/true --site ${site}" when site == "RTM" timeout 5m\n';
const rounds = 4;

const folder = mkdtempSync(join(tmpdir(), "sequitur-bench-"));
const large = generatedSequence(1200);
writeFileSync(join(folder, "sequitur.json"), "{}\n");
writeFileSync(join(folder, "large.seq"), large);
for (let file = 1; file < 200; file += 1) {
  const text = generatedSequence(20).replace("sequence generated", `sequence generated${file}`);
  writeFileSync(join(folder, `file-${file}.seq`), text);
}
const command = fileURLToPath(new URL("../dist/sequitur.mjs", import.meta.url));
const server = spawn(process.execPath, [command, "lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
const connection = createMessageConnection(
  new StreamMessageReader(server.stdout),
  new StreamMessageWriter(server.stdin),
);
connection.listen();
const uri = pathToFileURL(join(folder, "large.seq")).href;
const textDocument = { uri };
const times = new Map();

async function ask(method, params) {
  const started = performance.now();
  await connection.sendRequest(`textDocument/${method}`, { textDocument, ...params });
  const list = times.get(method) ?? [];
  times.set(method, list);
  list.push(performance.now() - started);
}

try {
  await connection.sendRequest("initialize", { processId: null, rootUri: null, capabilities: {} });
  void connection.sendNotification("initialized", {});
  void connection.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "sequitur", version: 1, text: large },
  });
  await ask("documentSymbol", {});
  console.log(`opened: ${times.get("documentSymbol")[0].toFixed(0)} ms`);
  times.clear();
  const lines = large.split("\n");
  let version = 1;
  for (let round = 0; round < rounds; round += 1) {
    let line = 500 + round * 900;
    while (!/^ {4}step/.test(lines[line] ?? "    step")) line += 1;
    for (const [index, text] of [...typed].entries()) {
      const start = { line, character: index };
      version += 1;
      void connection.sendNotification("textDocument/didChange", {
        textDocument: { uri, version },
        contentChanges: [{ range: { start, end: start }, text }],
      });
      const position = { line, character: text === "\n" ? index : index + 1 };
      await ask("completion", { position });
      await ask("signatureHelp", { position });
      await ask("hover", { position });
    }
  }
  for (const [method, list] of times) {
    const sorted = list.slice(list.length >> 2).sort((a, b) => a - b);
    const at = (share) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1);
    console.log(`${method.padEnd(14)} ${sorted.length} keys: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  }
  await connection.sendRequest("shutdown");
  void connection.sendNotification("exit");
} finally {
  rmSync(folder, { recursive: true, force: true });
}
