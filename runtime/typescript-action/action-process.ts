// The program of the process that an action of the project runs in: an ES module, written beside the action's own. What the
// action is told comes on standard input as one JSON text; what it says goes to descriptor 3, one JSON text a line:
//   {"log":text} {"progress":text} {"result":value} {"failure":{"message":text,"code":number,"stack":text}}
// The last line is a result or a failure. Standard output and error stay the action's own.

/** File names of the two modules, in one folder. */
export const startFile = "start.mjs";
export const moduleFile = "action.mjs";

export const actionProcess = String.raw`
import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url)) + sep;
let isSettled = false;

function say(message) {
  const bytes = Buffer.from(JSON.stringify(message) + "\n");
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(3, bytes, at);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
    }
  }
}

function settle(message, code) {
  if (isSettled) return;
  isSettled = true;
  say(message);
  process.exit(code);
}

function readable(stack) {
  return stack.replaceAll("file://" + folder.replaceAll("\\", "/"), "").replaceAll(folder, "");
}

function fail(thrown) {
  const isError = thrown instanceof Error;
  const stack = readable(isError ? String(thrown.stack) : "");
  if (stack !== "") console.error(stack);
  const code = isError && Number.isInteger(thrown.code) && thrown.code > 0 && thrown.code < 2 ** 32 ? thrown.code : 1;
  settle({ failure: { message: isError ? thrown.message : String(thrown), code, stack } }, 1);
}

process.on("uncaughtException", fail);
process.on("exit", (code) => {
  if (isSettled) return;
  isSettled = true;
  const why = code === 0 || code === 13 ? "nothing was left to wait for" : "its process ended with code " + code;
  say({ failure: { message: "it did not return: " + why, code: code === 0 ? 1 : code, stack: "" } });
});

let text = "";
process.stdin.setEncoding("utf8");
for await (const chunk of process.stdin) text += chunk;
const { name, input, facts } = JSON.parse(text);
text = "";

// Only an action that looks at its signal is given time to end by itself.
let abort;
const context = {
  ...facts,
  log: (line) => say({ log: String(line) }),
  progress: (line) => say({ progress: String(line) }),
  get signal() {
    if (abort === undefined) {
      abort = new AbortController();
      process.on("SIGTERM", () => abort.abort());
    }
    return abort.signal;
  },
};

// Packages in the older module form ask for modules of Node.js this way.
globalThis.require ??= createRequire(import.meta.url);
try {
  const actions = await import("./action.mjs");
  const value = await actions[name](input, context);
  settle({ result: value ?? null }, 0);
} catch (thrown) {
  fail(thrown);
}
`;
