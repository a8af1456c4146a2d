// What authors of rules import from the installed package (`sequitur/lint`): how a rule is declared, and how it is tried out.
export { lintTester } from "./lint-tester.ts";
export { defineRule } from "./rule.ts";
