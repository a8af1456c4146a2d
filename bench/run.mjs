// `npm run bench [-- NAME…]`: whole processes, measured against `node -e 0` or a bash loop in the same run. Prints medians and
// ratios beside the bounds that Sequitur promises; a ratio over its bound is marked, and nothing fails: machines differ.
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { generatedSequence, trueSequence } from "./generated-sequence.mjs";
import { measureKeystrokes } from "./keystroke.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const sequitur = join(root, "dist/sequitur.mjs");
const runtime = join(root, "dist/runtime.mjs");
const memoryProbe = join(root, "bench/memory-probe.cjs");
const folder = mkdtempSync(join(tmpdir(), "sequitur-bench-"));
const wanted = process.argv.slice(2);

/** Runs one process to its end: seconds, and peak memory in MiB. */
function once(command, args) {
  const memoryFile = join(folder, "memory");
  const isNode = command === process.execPath;
  // What is told goes into a file: somebody who reads along would take part of the processors.
  const told = openSync(join(folder, "stderr"), "w");
  const started = process.hrtime.bigint();
  const result = spawnSync(command, isNode ? ["--require", memoryProbe, ...args] : args, {
    cwd: folder,
    stdio: ["ignore", "ignore", told],
    env: {
      ...process.env,
      SEQUITUR_BENCH_MEMORY: memoryFile,
      NO_COLOR: "1",
      XDG_CACHE_HOME: join(folder, "cache"),
    },
  });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  closeSync(told);
  if (result.status !== 0) {
    const text = readFileSync(join(folder, "stderr"), "utf8");
    throw new Error(`${command} ${args.join(" ")} ended with ${result.status}: ${text}`);
  }
  const memory = isNode && existsSync(memoryFile) ? Number(readFileSync(memoryFile, "utf8")) / 1024 : 0;
  return { seconds, memory };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Interleaved rounds, so that a change of the machine's load falls on all alike. */
function rounds(count, candidates) {
  const results = candidates.map(() => []);
  for (let round = 0; round < count; round += 1) {
    candidates.forEach((candidate, index) => results[index].push(once(candidate.command, candidate.args)));
  }
  return candidates.map((candidate, index) => ({
    name: candidate.name,
    bound: candidate.bound,
    seconds: median(results[index].map((result) => result.seconds)),
    memory: median(results[index].map((result) => result.memory)),
  }));
}

function table(title, baseline, rows) {
  console.log(`\n${title} (baseline: ${baseline.name}, ${(baseline.seconds * 1000).toFixed(0)} ms)`);
  for (const row of rows) {
    const ratio = row.seconds / baseline.seconds;
    const bound = row.bound === undefined ? "" : `   promised: ${row.bound}${ratio > row.bound ? "   OVER" : ""}`;
    const memory = row.memory > 0 ? `${row.memory.toFixed(0)} MiB` : "";
    const milliseconds = `${(row.seconds * 1000).toFixed(0)} ms`;
    console.log(
      `  ${row.name.padEnd(34)}${milliseconds.padStart(9)}${ratio.toFixed(2).padStart(8)}×${memory.padStart(10)}${bound}`,
    );
  }
}

const node = { name: "node -e 0", command: process.execPath, args: ["-e", "0"] };
/** Without the cache, unless `kept`: then the first round fills it, and the median is of those that find it filled. */
const check = (steps, bound, kept = false) => {
  const file = join(folder, `steps-${steps}.seq`);
  writeFileSync(file, generatedSequence(steps));
  const args = [sequitur, "check", ...(kept ? [] : ["--no-cache"]), file];
  return { name: `check of ${steps} steps${kept ? ", unchanged" : ""}`, command: process.execPath, args, bound };
};

const benchmarks = {
  start() {
    const version = { name: "--version", command: process.execPath, args: [sequitur, "--version"], bound: 1.5 };
    const checks = [check(100, 2.2), check(1000, 3.5), check(10_000, 8), check(10_000, 2, true)];
    const [baseline, ...rows] = rounds(11, [node, version, ...checks]);
    table("Start and check", baseline, rows);
  },
  linear() {
    const [baseline, ...rows] = rounds(3, [check(10_000), check(100_000, 10.5)]);
    table("Check is linear", baseline, rows);
  },
  layout() {
    const format = (steps, bound) => {
      const file = join(folder, `layout-${steps}.seq`);
      writeFileSync(file, generatedSequence(steps));
      return { name: `fmt of ${steps} steps`, command: process.execPath, args: [sequitur, "fmt", file], bound };
    };
    const [baseline, ...rows] = rounds(3, [format(10_000), format(100_000, 10.5)]);
    table("Layout is linear", baseline, rows);
  },
  plan() {
    const file = join(folder, "plan.seq");
    const plan = join(folder, "plan.json");
    writeFileSync(file, generatedSequence(10_000));
    once(process.execPath, [sequitur, "build", file, "-o", plan]);
    const command = process.execPath;
    const args = ["build", file, "-o", plan];
    const build = { name: "build of 10,000 steps", command, args: [sequitur, ...args, "--no-cache"] };
    const again = { name: "build of 10,000 steps, unchanged", command, args: [sequitur, ...args] };
    const verify = { name: "verify of their plan", command, args: [runtime, "verify", plan] };
    const [baseline, ...rows] = rounds(5, [node, check(10_000), build, again, verify]);
    table("Plans: build (check, lower, verify, encode) and verify", baseline, rows);
  },
  steps() {
    const count = 1000;
    const file = join(folder, "trues.seq");
    const plan = join(folder, "trues.json");
    writeFileSync(file, trueSequence(count));
    once(process.execPath, [sequitur, "build", file, "-o", plan]);
    const loop = {
      name: "bash loop",
      command: "bash",
      args: ["-c", `for ((i = 0; i < ${count}; i++)); do /bin/true; done`],
    };
    const args = [runtime, "run", plan, "--state", join(folder, "state")];
    const run = { name: `run of ${count} journaled steps`, command: process.execPath, args, bound: 2 };
    const [baseline, ...rows] = rounds(5, [loop, run]);
    table("Steps that start /bin/true", baseline, rows);
  },
  async keystroke() {
    const [{ seconds }] = rounds(11, [node]);
    for (const lints of [false, true]) {
      const { keystrokes, whole } = await measureKeystrokes(folder, lints ? 3 : 12, lints);
      const full = median(whole);
      console.log(
        `\nKeystrokes in 5,000 lines of 200 files, ${lints ? "with the linter" : "what the language says"}` +
          ` (${keystrokes.length}; node -e 0: ${(seconds * 1000).toFixed(0)} ms; a check of all: ${full.toFixed(0)} ms)`,
      );
      const sorted = keystrokes.sort((a, b) => a - b);
      for (const [name, part, bound] of [
        ["half of them", 0.5],
        ["99 of 100", 0.99, lints ? undefined : 10],
      ]) {
        const milliseconds = sorted[Math.floor(sorted.length * part)];
        const promised = bound === undefined ? "" : `   promised: ${bound} ms${milliseconds > bound ? "   OVER" : ""}`;
        const ratio = (milliseconds / 1000 / seconds).toFixed(2);
        console.log(
          `  ${name.padEnd(34)}${`${milliseconds.toFixed(1)} ms`.padStart(9)}${ratio.padStart(8)}×` +
            `   1/${(full / milliseconds).toFixed(0)} of all${promised}`,
        );
      }
    }
  },
};

try {
  for (const name of wanted)
    if (!(name in benchmarks))
      throw new Error(`there is no benchmark "${name}": ${Object.keys(benchmarks).join(", ")}`);
  console.log(`Node.js ${process.version}, ${process.platform} ${process.arch}; medians of interleaved rounds`);
  for (const [name, benchmark] of Object.entries(benchmarks))
    if (wanted.length === 0 || wanted.includes(name)) await benchmark();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
