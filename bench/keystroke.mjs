// How long a keystroke takes in the compiler as a service: a file of 5,000 lines in a workspace of 200 files, edited as people
// edit: steps typed letter by letter in random places, lines deleted and pasted. Broken text is most of what there is meanwhile.
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { generatedSequence } from "./generated-sequence.mjs";

const typed = [
  '    step fresh "Install more" run "/bin/true --site ${site}" when site == "RTM" timeout 5m\n',
  '    step other "Install more"\n      run "/bin/true ${count + 1}"\n      retry 3 every 10s\n',
  '    group "More" {\n      log "${site}"\n    }\n',
];

/** Numbers from 0 to 1, the same in each run. */
function createRandom() {
  let state = 7;
  return () => (state = (state * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
}

/** The edits of one after another, each made for the text that the ones before have left. */
function* edits(textOf, rounds) {
  const random = createRandom();
  const lineAt = () => {
    const text = textOf();
    return text.indexOf("\n", 200 + Math.floor(random() * (text.length - 400))) + 1;
  };
  for (let round = 0; round < rounds; round += 1) {
    const start = lineAt();
    const text = typed[round % typed.length];
    for (let at = 0; at < text.length; at += 1) {
      yield { start: start + at, end: start + at, text: text[at] };
    }
    const [from, to] = [lineAt(), lineAt()].sort((a, b) => a - b);
    const end = textOf().indexOf("\n", from) + 1;
    const line = textOf().slice(from, end);
    yield { start: from, end, text: "" };
    yield { start: from, end: from, text: line };
    yield { start: to, end: to, text };
    yield { start: to, end: to + text.length, text: "" };
  }
}

/** Milliseconds of each keystroke, and of checking all from the start, without the first ones of each. */
export async function measureKeystrokes(folder, rounds, lints) {
  const bundle = join(folder, "compiler.mjs");
  const entry = new URL("../compiler/index.ts", import.meta.url).pathname;
  await build({
    entryPoints: [entry],
    bundle: true,
    platform: "browser",
    format: "esm",
    outfile: bundle,
    logLevel: "error",
  });
  const { check, memoryHost, Workspace } = await import(pathToFileURL(bundle).href);
  const files = { "large.seq": generatedSequence(1200) };
  for (let file = 1; file < 200; file += 1) {
    files[`file-${file}.seq`] = generatedSequence(20).replace("sequence generated", `sequence generated${file}`);
  }
  const host = memoryHost(files);
  const paths = Object.keys(files);
  const workspace = new Workspace(host);
  workspace.include(paths);
  workspace.open("large.seq", files["large.seq"]);
  const findings = () => workspace.diagnostics("large.seq", { lints });
  findings();
  const keystrokes = [];
  for (const edit of edits(() => workspace.document("large.seq").text, rounds)) {
    const started = performance.now();
    workspace.change("large.seq", [edit]);
    findings();
    keystrokes.push(performance.now() - started);
  }
  const whole = [];
  for (let round = 0; round < 8; round += 1) {
    const started = performance.now();
    check(host, paths, { lints });
    whole.push(performance.now() - started);
  }
  return { keystrokes: keystrokes.slice(keystrokes.length >> 2), whole: whole.slice(2) };
}
