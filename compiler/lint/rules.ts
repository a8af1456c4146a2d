// All rules of the linter, by code.
import { hardCodedSecret } from "./rules/hard-coded-secret.ts";
import { longWait } from "./rules/long-wait.ts";
import { rerunOfDestruction } from "./rules/rerun-of-destruction.ts";
import { retriedDestruction } from "./rules/retried-destruction.ts";
import { retryWithoutDelay } from "./rules/retry-without-delay.ts";
import { revealedSecret } from "./rules/revealed-secret.ts";
import { scriptOfOneCommand } from "./rules/script-of-one-command.ts";
import { shellInRun } from "./rules/shell-in-run.ts";
import { swallowedError } from "./rules/swallowed-error.ts";
import { unusedAccount } from "./rules/unused-account.ts";
import { unusedContent } from "./rules/unused-content.ts";
import { unusedDeclaration } from "./rules/unused-declaration.ts";
import { unusedImport } from "./rules/unused-import.ts";
import { unusedParameter } from "./rules/unused-parameter.ts";
import { unusedVariable } from "./rules/unused-variable.ts";
import type { LintRule } from "./rule.ts";

export const lintRules: readonly LintRule[] = [
  revealedSecret,
  hardCodedSecret,
  retryWithoutDelay,
  shellInRun,
  scriptOfOneCommand,
  swallowedError,
  unusedVariable,
  unusedParameter,
  unusedImport,
  unusedContent,
  unusedAccount,
  unusedDeclaration,
  longWait,
  retriedDestruction,
  rerunOfDestruction,
];
