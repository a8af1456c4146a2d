// `sequitur lsp`: the language server, for editors. What serves is a part of its own, which is loaded here.
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

/** Ends when the editor ends the connection. */
export async function serveEditor(call: Call<"lsp">): Promise<ExitCode> {
  const { surroundings } = call;
  const part = surroundings.loadLanguageServer();
  if (part === undefined) return wrongCall(surroundings, "the language server is not installed beside this program.");
  part.serve(surroundings.loadTypeScript);
  // The part ends the process when its editor says so or goes.
  await new Promise<never>(() => undefined);
  return exitCode.done;
}
