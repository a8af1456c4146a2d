// The runtime as a library: starting and resuming runs, their history, events, and the host that is this machine.
export { createEventWriter } from "./events/event-writer.ts";
export type { EventWriter } from "./events/event-writer.ts";
export { eventVersion } from "./events/event.ts";
export type { DecidedPart, EventPlace, RunEvent, RunFailure, RunState, StepState } from "./events/event.ts";
export { elapsed, partsText, plainLine } from "./events/plain-lines.ts";
export type {
  Cancellation,
  EffectProgress,
  EffectRequest,
  FactAnswer,
  Host,
  HostIdentity,
  Outcome,
  Phase,
  PreflightProblem,
  ResolvedOperand,
  RestartTarget,
} from "./host.ts";
export { cancelFileOf } from "./run/cancel-watch.ts";
export { defaultStateFolder } from "./run/default-state-folder.ts";
export type { StateFolderPlace } from "./run/default-state-folder.ts";
export { exitCodeOf } from "./run/exit-code.ts";
export { destroyingSteps } from "./run/destroying-steps.ts";
export { listRuns, readRun, stepsOf } from "./run/history.ts";
export type { RunHistory, RunSummary, StepHistory } from "./run/history.ts";
export { checkParameters, parametersOf, parseParameter } from "./run/parameters.ts";
export type { CheckedParameters, Parameter } from "./run/parameters.ts";
export { cancelAtInterrupt } from "./run/interrupt-order.ts";
export type { InterruptListener } from "./run/interrupt-order.ts";
export { readParameters } from "./run/read-parameters.ts";
export type { ParameterFile, ReadParameters } from "./run/read-parameters.ts";
export { resumeRun } from "./run/resume-run.ts";
export { runToResume } from "./run/run-to-resume.ts";
export type { RunToResume } from "./run/run-to-resume.ts";
export type { CancelOrder, ResumeOptions, RunOptions, RunResult } from "./run/run-options.ts";
export { startRun } from "./run/start-run.ts";
export { createSystemHost } from "./system/system-host.ts";
export type { SystemHostOptions } from "./system/system-host.ts";
