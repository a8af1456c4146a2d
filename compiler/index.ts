// The public face of the compiler: check files, compile one to a plan, ask for the configuration, explain a finding.
export { allDiagnostics, findDiagnostic } from "./all-diagnostics.ts";
export { check } from "./check.ts";
export type { Checked } from "./check.ts";
export { compile } from "./compile.ts";
export type { Compiled, CompileOptions } from "./compile.ts";
export { lockFileName } from "./content/lock.ts";
export { exampleFindings, explain } from "./explain.ts";
export type { ExampleHost } from "./explain.ts";
export type {
  BundleAnswer,
  CompilerHost,
  ContentAnswer,
  ContentFile,
  FileAnswer,
  TypeScriptReader,
} from "./host.ts";
export { memoryHost } from "./memory-host.ts";
export type { CheckedProgram } from "./model/checked-program.ts";
export type { Module } from "./model/module.ts";
export { configurationFileName, loadConfiguration } from "./project/configuration.ts";
export type {
  Configuration,
  ConfiguredRule,
  LoadedConfiguration,
  RuleSetting,
  SettingOrigin,
} from "./project/configuration.ts";
export { configurationSchema } from "./project/configuration-schema.ts";
export type { SettingSchema } from "./project/configuration-schema.ts";
