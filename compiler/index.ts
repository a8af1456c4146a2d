// The public face of the compiler: check files, compile one to a plan, ask for the configuration, explain a finding.
export { allDiagnostics, findDiagnostic } from "./all-diagnostics.ts";
export { catalogueSchema } from "./catalogue/catalogue-schema.ts";
export { foreignActions } from "./catalogue/foreign-actions.ts";
export { configMgrSteps, mdtScripts, mdtSteps } from "./catalogue/foreign-settings.ts";
export type { ForeignSetting, ForeignStep } from "./catalogue/foreign-settings.ts";
export { foreignGlobal } from "./catalogue/foreign-globals.ts";
export { isBaseVariable, isSystemVariable, knownGlobalNamed } from "./bind/known-globals.ts";
export type { CatalogueAction } from "./catalogue/catalogue-action.ts";
export { check, pluginKey } from "./check.ts";
export type { Checked, CheckOptions, LoadedPlugin } from "./check.ts";
export { compile } from "./compile.ts";
export type { Compiled, CompileOptions } from "./compile.ts";
export { lockFileName } from "./content/lock.ts";
export { exampleFindings, explain } from "./explain.ts";
export type { ExampleHost } from "./explain.ts";
export type { BundleAnswer, CompilerHost, ContentAnswer, ContentFile, FileAnswer, TypeScriptReader } from "./host.ts";
export { baselineKey } from "./lint/baseline-key.ts";
export type { BaselineKey } from "./lint/baseline-key.ts";
export { importGraph } from "./lint/import-graph.ts";
export { lintTester } from "./lint/lint-tester.ts";
export type { LintCase } from "./lint/lint-tester.ts";
export { defineRule } from "./lint/rule.ts";
export type {
  ExternalFinding,
  ExternalLint,
  LintContext,
  LintDetails,
  LintRule,
  OptionValues,
  RuleDeclaration,
  RuleOption,
  RuleOptions,
  RuleOptionValue,
  Visitors,
} from "./lint/rule.ts";
export { lintRules } from "./lint/rules.ts";
export { rulesDocument } from "./lint/rules-document.ts";
export { configurationDocument } from "./project/configuration-document.ts";
export type { ScriptPosition } from "./lint/script-place.ts";
export { memoryHost } from "./memory-host.ts";
export type { CheckedProgram } from "./model/checked-program.ts";
export type { Module } from "./model/module.ts";
export { configurationFileName, loadConfiguration } from "./project/configuration.ts";
export type {
  Configuration,
  ConfiguredOption,
  ConfiguredPlugin,
  ConfiguredRule,
  LoadedConfiguration,
  RuleSetting,
  SettingOrigin,
} from "./project/configuration.ts";
export type { SilencedDiagnostic } from "./suppress/apply-suppressions.ts";
export type { Suppression } from "./suppress/read-suppressions.ts";
export { configurationSchema } from "./project/configuration-schema.ts";
export type { SettingSchema } from "./project/configuration-schema.ts";
export { Workspace } from "./service/workspace.ts";
export type { DocumentState } from "./service/workspace.ts";
