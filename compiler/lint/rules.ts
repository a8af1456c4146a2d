// All rules of the linter, by code.
import type { DiagnosticDeclaration } from "@sequitur/grammar";
import { ambiguousStep } from "./rules/ambiguous-step.ts";
import { caseSensitiveComparison } from "./rules/case-sensitive-comparison.ts";
import { commandlineUnchecked } from "./rules/commandline-unchecked.ts";
import { comparisonWithBool } from "./rules/comparison-with-bool.ts";
import { deepNesting } from "./rules/deep-nesting.ts";
import { disabledWithoutReason } from "./rules/disabled-without-reason.ts";
import { downloadIntoShell } from "./rules/download-into-shell.ts";
import { duplicateStepTitle } from "./rules/duplicate-step-title.ts";
import { emptyBlock } from "./rules/empty-block.ts";
import { globalNeverRead } from "./rules/global-never-read.ts";
import { globalNeverSet } from "./rules/global-never-set.ts";
import { groupTooLarge } from "./rules/group-too-large.ts";
import { handlerThatOnlyFails } from "./rules/handler-that-only-fails.ts";
import { hardCodedSecret } from "./rules/hard-coded-secret.ts";
import { longScript } from "./rules/long-script.ts";
import { longWait } from "./rules/long-wait.ts";
import { lostAtRestart } from "./rules/lost-at-restart.ts";
import { machineNameInSource } from "./rules/machine-name-in-source.ts";
import { missingDocumentation } from "./rules/missing-documentation.ts";
import { missingTimeout } from "./rules/missing-timeout.ts";
import { namingConvention } from "./rules/naming-convention.ts";
import { negatedComparison } from "./rules/negated-comparison.ts";
import { nestedCondition } from "./rules/nested-condition.ts";
import { pipeHidesFailure } from "./rules/pipe-hides-failure.ts";
import { programThatAsks } from "./rules/program-that-asks.ts";
import { rebootCodeAsSuccess } from "./rules/reboot-code-as-success.ts";
import { removalOfTheSystem } from "./rules/removal-of-the-system.ts";
import { rerunOfDestruction } from "./rules/rerun-of-destruction.ts";
import { restartByProgram } from "./rules/restart-by-program.ts";
import { retriedDestruction } from "./rules/retried-destruction.ts";
import { retryWithoutDelay } from "./rules/retry-without-delay.ts";
import { revealedSecret } from "./rules/revealed-secret.ts";
import { runInsteadOfCommandline } from "./rules/run-instead-of-commandline.ts";
import { sameOperands } from "./rules/same-operands.ts";
import { scriptOfOneCommand } from "./rules/script-of-one-command.ts";
import { shellCharacterInRun } from "./rules/shell-character-in-run.ts";
import { shellInRun } from "./rules/shell-in-run.ts";
import { shellcheck } from "./rules/shellcheck.ts";
import { sudoInRun } from "./rules/sudo-in-run.ts";
import { swallowedError } from "./rules/swallowed-error.ts";
import { textOfOneValue } from "./rules/text-of-one-value.ts";
import { timeOutPastWindow } from "./rules/time-out-past-window.ts";
import { trailingSeparator } from "./rules/trailing-separator.ts";
import { unguardedDestruction } from "./rules/unguarded-destruction.ts";
import { unnamedGroup } from "./rules/unnamed-group.ts";
import { unnamedStep } from "./rules/unnamed-step.ts";
import { unprotectedDownload } from "./rules/unprotected-download.ts";
import { unreadableCode } from "./rules/unreadable-code.ts";
import { unreplacedValue } from "./rules/unreplaced-value.ts";
import { unusedAccount } from "./rules/unused-account.ts";
import { unusedContent } from "./rules/unused-content.ts";
import { unusedDeclaration } from "./rules/unused-declaration.ts";
import { unusedImport } from "./rules/unused-import.ts";
import { unusedLabel } from "./rules/unused-label.ts";
import { unusedLoopVariable } from "./rules/unused-loop-variable.ts";
import { unusedParameter } from "./rules/unused-parameter.ts";
import { unusedVariable } from "./rules/unused-variable.ts";
import { variableNeverAssigned } from "./rules/variable-never-assigned.ts";
import { versionAsText } from "./rules/version-as-text.ts";
import type { LintRule } from "./rule.ts";

export const lintRules: readonly LintRule[] = [
  revealedSecret,
  hardCodedSecret,
  retryWithoutDelay,
  machineNameInSource,
  shellInRun,
  scriptOfOneCommand,
  restartByProgram,
  sameOperands,
  unguardedDestruction,
  swallowedError,
  unusedVariable,
  unusedParameter,
  unusedImport,
  unusedContent,
  unusedAccount,
  unusedDeclaration,
  unusedLabel,
  unusedLoopVariable,
  variableNeverAssigned,
  globalNeverSet,
  globalNeverRead,
  duplicateStepTitle,
  ambiguousStep,
  unnamedStep,
  unnamedGroup,
  lostAtRestart,
  removalOfTheSystem,
  missingTimeout,
  longWait,
  retriedDestruction,
  rebootCodeAsSuccess,
  unreadableCode,
  commandlineUnchecked,
  runInsteadOfCommandline,
  missingDocumentation,
  namingConvention,
  groupTooLarge,
  deepNesting,
  disabledWithoutReason,
  rerunOfDestruction,
  trailingSeparator,
  caseSensitiveComparison,
  versionAsText,
  unreplacedValue,
  emptyBlock,
  nestedCondition,
  shellCharacterInRun,
  timeOutPastWindow,
  pipeHidesFailure,
  longScript,
  comparisonWithBool,
  negatedComparison,
  textOfOneValue,
  handlerThatOnlyFails,
  sudoInRun,
  programThatAsks,
  downloadIntoShell,
  unprotectedDownload,
  shellcheck,
];

const known: ReadonlySet<DiagnosticDeclaration> = new Set(lintRules);

/** Is this declaration a rule of the linter? */
export function isRule(declaration: DiagnosticDeclaration): declaration is LintRule {
  return known.has(declaration);
}
