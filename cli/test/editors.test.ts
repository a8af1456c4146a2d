// Real editors with the settings that docs/editors.md gives, and the command as it ships. Needs Neovim and Emacs with Eglot:
// runs when SEQUITUR_SYSTEM_TESTS=1.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../test-support/temporary-folder.ts";

const onSystem = process.env["SEQUITUR_SYSTEM_TESTS"] === "1";
const root = fileURLToPath(new URL("../..", import.meta.url));

const source = `sequence main {
  param user: string
  step "Say"   log usr
}
`;

/** The first block of a language in docs/editors.md. */
function settingsFor(language: string): string {
  const document = readFileSync(join(root, "docs/editors.md"), "utf8");
  const block = new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "m").exec(document)?.[1];
  if (block === undefined) throw new Error(`docs/editors.md has no settings in ${language}`);
  return block;
}

/** A folder with the source, the settings, and the command as people call it. */
function desk(settings: string, script: string): { readonly folder: string; readonly environment: NodeJS.ProcessEnv } {
  const folder = temporaryFolder({ "main.seq": source, settings, script });
  const command = join(folder, "sequitur");
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${join(root, "dist/sequitur.mjs")}" "$@"\n`);
  chmodSync(command, 0o755);
  const path = `${folder}${delimiter}${process.env["PATH"] ?? ""}`;
  return { folder, environment: { ...process.env, PATH: path, HOME: folder, XDG_STATE_HOME: folder } };
}

const inNeovim = `
vim.cmd("luafile settings")
vim.cmd("edit main.seq")
local function say(...) io.stdout:write(table.concat({ ... }, " ") .. "\\n") end
local function await(what) assert(vim.wait(30000, what), "nothing came") end
await(function() return #vim.diagnostic.get(0) > 0 end)
for _, found in ipairs(vim.diagnostic.get(0)) do say("FOUND", found.code, tostring(found.lnum)) end
vim.api.nvim_win_set_cursor(0, { 3, 20 })
local params = vim.lsp.util.make_position_params(0, "utf-16")
for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", params, 10000)) do
  local items = answer.result.items or answer.result
  for _, item in ipairs(items) do if item.label == "user" then say("OFFERED", item.detail) end end
end
vim.api.nvim_buf_set_text(0, 2, 19, 2, 22, { "user" })
await(function() return #vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR }) == 0 end)
say("MENDED")
vim.api.nvim_win_set_cursor(0, { 2, 8 })
vim.lsp.buf.rename("account")
await(function() return vim.api.nvim_buf_get_lines(0, 2, 3, false)[1]:match("account") end)
if vim.lsp.buf.format then vim.lsp.buf.format({ timeout_ms = 10000 }) else vim.lsp.buf.formatting_sync(nil, 10000) end
for _, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do say("LINE", line) end
vim.cmd("qa!")
`;

const inEmacs = `
(require 'package) (package-initialize) (require 'eglot) (require 'flymake)
(setq eglot-sync-connect 30)
(load-file "settings")
(remove-hook 'sequitur-mode-hook #'eglot-ensure)
(find-file "main.seq")
(apply #'eglot (eglot--guess-contact))
(flymake-mode 1)
(let ((count 0))
  (while (and (< count 300) (not (flymake-diagnostics)))
    (accept-process-output nil 0.1) (flymake-start) (setq count (1+ count))))
(dolist (found (flymake-diagnostics)) (princ (format "FOUND %s\\n" (flymake-diagnostic-text found))))
(goto-char (point-min)) (search-forward "usr") (replace-match "user")
; What Eglot does when nobody types; a batch is never idle.
(eglot--signal-textDocument/didChange)
(goto-char (point-min)) (search-forward "param ")
(eglot-rename "account")
(eglot-format-buffer)
(princ (buffer-string))
(set-buffer-modified-p nil)
(eglot-shutdown (eglot-current-server))
`;

describe.runIf(onSystem)("editors (needs SEQUITUR_SYSTEM_TESTS=1)", () => {
  it("Neovim shows findings, completes, renames and lays out", () => {
    const { folder, environment } = desk(settingsFor("lua"), inNeovim);
    const options = { cwd: folder, env: environment, encoding: "utf8", timeout: 100_000 } as const;
    const { stdout, stderr } = spawnSync("nvim", ["--headless", "--clean", "-c", "luafile script"], options);
    expect(
      stdout.split("\n").filter((line) => line !== ""),
      stderr,
    ).toEqual([
      "FOUND SEQ2101 2",
      "OFFERED param user: string",
      "MENDED",
      "LINE sequence main {",
      "LINE   param account: string",
      'LINE   step "Say" log account',
      "LINE }",
    ]);
  }, 120_000);

  it("Emacs shows findings, renames and lays out", () => {
    const { folder, environment } = desk(settingsFor("elisp"), inEmacs);
    const options = { cwd: folder, env: environment, encoding: "utf8", timeout: 100_000 } as const;
    const { stdout, stderr } = spawnSync("emacs", ["--batch", "-l", join(folder, "script")], options);
    expect(stdout, stderr).toContain("FOUND");
    expect(stdout, stderr).toContain('sequence main {\n  param account: string\n  step "Say" log account\n}\n');
  }, 120_000);
});
