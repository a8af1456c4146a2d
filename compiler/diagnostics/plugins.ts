// What can be wrong with rules of a project's own.
import { defineDiagnostics } from "@sequitur/grammar";

export const pluginDiagnostics = defineDiagnostics({
  SEQ7109: {
    name: "plugin-not-usable",
    severity: "error",
    message: (a: { name: string; why: string }) => `the rules of "${a.name}" can't be used: ${a.why}`,
    why: "A plugin is a JavaScript module that exports `rules`, a list of rules made with `defineRule`. Without it the project would be checked by other rules than it says.",
    wrong: `sequence main {
  log "hello"
}
`,
    right: `sequence main {
  log "hello"
}
`,
    files: { "sequitur.json": `{ "plugins": ["./own-rules.mjs"] }` },
  },
});
