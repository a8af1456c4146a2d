// `sequitur completion SHELL`: a script that completes commands, options, their values and files.
import { bashCompletion } from "../completion/bash.ts";
import { completionWords } from "../completion/words.ts";
import { fishCompletion } from "../completion/fish.ts";
import { powershellCompletion } from "../completion/powershell.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { exitCode } from "../exit-code.ts";
import type { ExitCode } from "../exit-code.ts";
import type { Call } from "./table.ts";
import { wrongCall } from "./wrong-call.ts";

const shells = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
  powershell: powershellCompletion,
};

export async function printCompletion(call: Call<"completion">): Promise<ExitCode> {
  const asked = call.arguments.shell.toLowerCase();
  const name = asked === "pwsh" ? "powershell" : asked;
  const script = Object.entries(shells).find(([shell]) => shell === name)?.[1];
  if (script === undefined) {
    return wrongCall(
      call.surroundings,
      `there is no completion for ${call.arguments.shell}.`,
      "It is one of bash, zsh, fish and powershell.",
    );
  }
  call.surroundings.stdout.write(script(completionWords()));
  return exitCode.done;
}
