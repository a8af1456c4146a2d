// A condition that holds nothing but another one.
import { defineRule } from "../rule.ts";
import { clauseOf } from "../step-parts.ts";

export const nestedCondition = defineRule({
  code: "SEQ8048",
  name: "nested-condition",
  severity: "info",
  message: () => "this `if` holds nothing but another `if`: one with `and` says the same",
  why: "Two conditions that must both hold are read as one when they stand as one, and reports show one decision with its parts.",
  wrong: `sequence main {\n  if device.cpus > 2 {\n    if device.memory > 4GB {\n      log "large"\n    }\n  }\n}\n`,
  right: `sequence main {\n  if device.cpus > 2 and device.memory > 4GB {\n    log "large"\n  }\n}\n`,
  visit: {
    if(node, ctx) {
      const [only, second] = node.body.statements;
      if (node.otherwise !== undefined || second !== undefined || only === undefined) return;
      const isBareGroup = only.kind === "group" && only.title === undefined && clauseOf(only, "when") !== undefined;
      if ((only.kind === "if" && only.otherwise === undefined) || isBareGroup) ctx.report(node.condition, {});
    },
  },
});
