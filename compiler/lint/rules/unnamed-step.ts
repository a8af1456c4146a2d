// Steps that reports can only name by what they do.
import { defineRule } from "../rule.ts";

export const unnamedStep = defineRule({
  code: "SEQ8024",
  name: "unnamed-step",
  severity: "info",
  off: true,
  message: () => "this step has no title",
  why: "Reports, logs and consoles name steps by their titles. Without one they show the command, which says how and not why.",
  wrong: `sequence main {\n  run "tool.exe /q"\n}\n`,
  right: `sequence main {\n  step "Install the editor" run "tool.exe /q"\n}\n`,
  visit: {
    step(node, ctx) {
      const { kind } = node.action;
      const speaksForItself =
        kind === "log" || kind === "set" || kind === "wait" || kind === "fail" || kind === "restart";
      if (node.title === undefined && !speaksForItself) ctx.report(node.action, {});
    },
  },
});
