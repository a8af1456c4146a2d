// What people keep and the software that they use, in words.
import { notProved } from "./action-text.ts";
import type { ActionTexts } from "./action-text.ts";

const usmt = "On Windows: the package of the User State Migration Tool.";
const mode = "On Windows: `simple` takes the tool's usual rules, `advanced` those of `configFiles`.";
const configFiles =
  "On Windows, with `mode: advanced`: files of rules, by their paths or by their names beside the tool.";
const users = "The users, by name. Left out: all people with a home; accounts of services are none.";

export const userTexts: ActionTexts<"state.capture" | "state.restore"> = {
  "state.capture": {
    summary: "Saves what people keep on a machine.",
    parameters: {
      to: "The folder of the store, which is made. Left out: what the global `OSDStateStorePath` says.",
      tool: usmt,
      users,
      mode,
      configFiles,
      verbose: "Write a line for each file?",
      skipEncryptedFiles: "On Windows: leave encrypted files out?",
      fileAccess: "On Windows: read files, or a shadow copy of the volume?",
      continueOnLockedFiles: "Go on when a file can't be read or changes meanwhile?",
      hardLinks: "On Windows: keep files where they are and link to them?",
      offline: "On Windows PE: capture the Windows on the disk?",
    },
    notes: [
      "On Linux it makes one archive of each home with `tar`, and a list of the users; owners, permissions and extended attributes are kept. Needs root.",
      "What only Windows can do fails the step on Linux.",
      `On Windows \`scanstate\` does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Save the homes"
    use state.capture { to: "/srv/store/state" }
    timeout 2h
}
`,
    },
  },
  "state.restore": {
    summary: "Brings back what people kept on a machine.",
    parameters: {
      from: "The folder of the store. Left out: what the global `OSDStateStorePath` says.",
      tool: usmt,
      users: "The users, by name. Left out: all that the store has.",
      mode,
      configFiles,
      localAccounts: "Make the accounts that this machine does not have? Else the step fails where one lacks.",
      localPassword: "On Windows: the password of accounts that are made. On Linux they have none.",
      continueOnErrors: "Go on when a file can't be restored?",
      verbose: "Write a line for each file?",
    },
    notes: [
      "On Linux it unpacks with `tar` what `state.capture` has made; files belong to the users of the same name. Needs root.",
      `On Windows \`loadstate\` does it. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Bring the homes back"
    use state.restore { from: "/srv/store/state", localAccounts: true }
}
`,
    },
  },
};

export const softwareTexts: ActionTexts<
  "software.installPackages" | "software.removePackages" | "software.installUpdates"
> = {
  "software.installPackages": {
    summary: "Installs packages of the distribution that are not installed yet.",
    parameters: {
      names: "The packages, as the package manager names them. Those that are installed are left alone.",
      update: "Read the list of available packages anew first?",
    },
    notes: [
      "Uses `apt-get` or `dnf`, whichever there is, without asking questions; settings that somebody changed are kept. Needs root.",
      "With `apt-get` it waits up to 10 minutes for another program that holds the lock, and installs no recommended packages.",
    ],
    example: {
      text: `sequence main {
  step "Install the tools"
    use software.installPackages { names: ["jq", "tree"], update: true }
    retry 2 every 10s
    timeout 15m
}
`,
    },
  },
  "software.removePackages": {
    summary: "Removes packages of the distribution.",
    parameters: { names: "The packages. Those that are not installed are no failure." },
    notes: ["Uses `apt-get` or `dnf`, whichever there is; their settings stay. Needs root."],
    example: {
      text: `sequence main {
  step "Remove the games"
    use software.removePackages { names: ["bsdgames"] }
}
`,
    },
  },
  "software.installUpdates": {
    summary: "Installs the updates that there are for the system, and restarts if they need it.",
    parameters: {
      target:
        "`all`, or only what is `mandatory`: with `apt-get` updates for which nothing is removed or added, with `dnf` those that close holes.",
      useCachedScan:
        "On Windows: take what it knows already, or ask its server anew? On Linux lists are always read anew.",
      interruptedRetries: "Kept for sequences of Configuration Manager; nothing reads it.",
    },
    notes: [
      "Uses `apt-get` or `dnf`, whichever there is, without asking questions; settings that somebody changed are kept. Needs root.",
      `On Windows its update agent does it, through PowerShell. ${notProved}`,
    ],
    example: {
      text: `sequence main {
  step "Bring the system up to date"
    use software.installUpdates { target: all }
    timeout 2h
}
`,
    },
  },
};
