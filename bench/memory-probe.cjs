/* eslint-disable @typescript-eslint/no-require-imports -- preloaded with --require, before any module */
// Loaded before a measured process: notes its peak memory (KiB) when it ends.
process.on("exit", () => {
  require("node:fs").writeFileSync(process.env.SEQUITUR_BENCH_MEMORY, String(process.resourceUsage().maxRSS));
});
