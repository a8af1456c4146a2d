// Installers that ask before they do anything.
import { defineRule } from "../rule.ts";

interface Asking {
  readonly when: RegExp;
  readonly quiet: RegExp;
  readonly add: string;
}

const asking: { readonly [program: string]: Asking } = {
  "apt-get": {
    when: /^(install|remove|purge|upgrade|dist-upgrade|autoremove|full-upgrade)$/,
    quiet: /^(-[a-z]*y[a-z]*|--yes|--assume-yes|-q+=\d|-qq|-s|--simulate)$/,
    add: "--yes",
  },
  apt: {
    when: /^(install|remove|purge|upgrade|full-upgrade|autoremove)$/,
    quiet: /^(-[a-z]*y[a-z]*|--yes|--assume-yes)$/,
    add: "--yes",
  },
  dnf: {
    when: /^(install|remove|upgrade|update|distro-sync)$/,
    quiet: /^(-[a-z]*y[a-z]*|--assumeyes|--assumeno)$/,
    add: "--assumeyes",
  },
  yum: { when: /^(install|remove|upgrade|update)$/, quiet: /^(-[a-z]*y[a-z]*|--assumeyes)$/, add: "--assumeyes" },
  zypper: {
    when: /^(install|in|remove|rm|update|up|dup)$/,
    quiet: /^(-n|--non-interactive|-y|--no-confirm)$/,
    add: "--non-interactive",
  },
  msiexec: { when: /^[/-](i|x|p|package|uninstall)$/i, quiet: /^[/-](q[nb]?[+!-]*|quiet|passive)$/i, add: "/qn" },
  winget: {
    when: /^(install|upgrade|uninstall)$/,
    quiet: /^(-h|--silent|--disable-interactivity)$/,
    add: "--disable-interactivity",
  },
};

export const programThatAsks = defineRule({
  code: "SEQ8066",
  name: "program-that-asks",
  severity: "warning",
  message: (a: { program: string; add: string }) =>
    `"${a.program}" asks before it does this, and nobody answers: add ${a.add}`,
  why: "A step has no terminal and nothing to read, so a program that asks fails or waits for ever.",
  wrong: `sequence main {\n  step "Install" run "apt-get install vim" timeout 10m\n}\n`,
  right: `sequence main {\n  step "Install" run "apt-get install --yes vim" timeout 10m\n}\n`,
  programs: Object.keys(asking),
  visit: {
    run(node, ctx) {
      if (node.command.kind !== "string") return;
      const name = ctx.programOf(node.command);
      const entry = asking[name];
      if (entry === undefined) return;
      const [, ...rest] = ctx.wordsOf(node.command);
      if (!rest.some((word) => entry.when.test(word))) return;
      if (!rest.some((word) => entry.quiet.test(word))) ctx.report(node.command, { program: name, add: entry.add });
    },
  },
});
