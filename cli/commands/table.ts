// The commands: one entry each. Everything about a command that is said anywhere is derived from its entry.
import type { ArgumentValue, CommandDeclaration, OptionDeclaration, OptionValue } from "./declaration.ts";
import type { Surroundings } from "../surroundings.ts";

/** Options that every command takes. */
export const commonOptions = {
  color: {
    kind: "choice",
    choices: ["auto", "always", "never"],
    fallback: "auto",
    summary: "colours: on a terminal unless NO_COLOR is set (auto), always, or never",
  },
} as const satisfies { readonly [name: string]: OptionDeclaration };

const sequence = {
  kind: "text",
  placeholder: "name",
  summary: "the sequence to take, where the file has more than one",
} as const;
const state = {
  kind: "text",
  placeholder: "folder",
  completes: "folder",
  summary: "where journals and logs of runs lie, instead of this machine's folder for them",
} as const;
const events = {
  kind: "text",
  placeholder: "file",
  completes: "file",
  summary: "write every event of the run to this file, one JSON object a line",
} as const;
const noRestart = {
  kind: "flag",
  summary: "end with exit code 3 when a restart is due, instead of restarting",
} as const;
const content = {
  kind: "text",
  placeholder: "folder",
  completes: "folder",
  summary: "the folder that the paths of packages and files start from, instead of the project's",
} as const;
const noCache = {
  kind: "flag",
  summary: "take nothing from earlier calls, and keep nothing for later ones",
} as const;
const listFormat = {
  kind: "choice",
  choices: ["text", "json"],
  fallback: "text",
  summary: "form of the output",
} as const;

export const commands = {
  new: {
    summary: "make a project to start from",
    description: "Without a template it lists the templates. An existing file is never overwritten.",
    arguments: {
      folder: { kind: "optional", summary: "where to make it; the current folder if left out", completes: "folder" },
    },
    options: {
      template: {
        kind: "choice",
        choices: ["custom", "install-image", "build-and-capture", "upgrade"],
        short: "t",
        summary: "what to start from",
      },
    },
    examples: [
      { command: "sequitur new", does: "list the templates" },
      { command: "sequitur new laptops --template install-image", does: "make the project in the folder laptops" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  check: {
    summary: "find mistakes in files and folders before anything runs",
    description:
      "Checks syntax, references, types, the flow of values and failures, secrets, and the rules of the linter. Folders are searched for .seq files; without a path the current folder is. `-` reads one file from standard input.",
    arguments: { paths: { kind: "many", summary: "files and folders", completes: "sequence" } },
    options: {
      format: {
        kind: "choice",
        choices: ["text", "json", "sarif", "github", "junit"],
        fallback: "text",
        summary: "form of the findings",
      },
      maxWarnings: { kind: "count", placeholder: "number", summary: "end with exit code 1 if there are more warnings" },
      fix: {
        kind: "flag",
        summary: "apply the fixes that keep the meaning or are plainly meant, then report the rest",
      },
      fixUnsafe: {
        kind: "flag",
        summary: "apply all fixes, also those that may change what a sequence does: look at the result",
      },
      changedSince: {
        kind: "text",
        placeholder: "revision",
        summary: "report only what is in files that differ from this git revision, or that import one that does",
      },
      baseline: {
        kind: "text",
        placeholder: "file",
        completes: "file",
        summary: "leave out the warnings and notes that this file notes",
      },
      updateBaseline: { kind: "flag", summary: "note all warnings and notes of now in the file of --baseline" },
      watch: { kind: "flag", summary: "check again whenever a file of the project changes, until Ctrl-C" },
      noCache,
    },
    examples: [
      { command: "sequitur check", does: "check everything below the current folder" },
      { command: "sequitur check --fix deploy.seq lib", does: "mend what can be mended safely" },
      {
        command: "sequitur check --baseline known.json --update-baseline",
        does: "note what is there, so that only what comes after is reported",
      },
      { command: "sequitur check --changed-since origin/main", does: "report what a branch has brought" },
      { command: "sequitur check --format sarif > findings.sarif", does: "write findings for a code scanner" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  fmt: {
    summary: "bring files into the canonical layout",
    description:
      "Writes the files that are not in it, and lists them. Comments stay, and a statement with a syntax error stays as it was written. Folders are searched for .seq files; without a path the current folder is. `-` reads standard input and writes the text to standard output.",
    arguments: { paths: { kind: "many", summary: "files and folders", completes: "sequence" } },
    options: {
      check: { kind: "flag", summary: "write nothing: list the files that are not in the layout, with exit code 1" },
      diff: { kind: "flag", summary: "write nothing: show what would change as a patch, with exit code 1" },
      lines: {
        kind: "text",
        placeholder: "from-to",
        summary: "lay out the statements on these lines of one file alone, such as 10-20",
      },
      stdinName: { kind: "text", placeholder: "path", summary: "how messages and patches call standard input" },
    },
    examples: [
      { command: "sequitur fmt", does: "bring everything below the current folder into the layout" },
      { command: "sequitur fmt --check", does: "refuse in a pipeline what is not in it" },
      { command: "sequitur fmt --diff deploy.seq | git apply", does: "look at a patch, or apply it" },
      { command: "sequitur fmt - --stdin-name deploy.seq < deploy.seq", does: "as an editor does it" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  config: {
    summary: "show the configuration that holds, and where each value comes from",
    arguments: {
      file: {
        kind: "optional",
        summary: "the file it holds for; the current folder if left out",
        completes: "sequence",
      },
    },
    options: { format: listFormat },
    examples: [{ command: "sequitur config deploy.seq", does: "what holds for deploy.seq" }],
    exitCodes: [0, 1, 2, 70],
  },
  build: {
    summary: "compile a sequence to a plan",
    description:
      "The same sources give the same bytes on every machine. Content is hashed and noted in sequitur.lock beside the project.",
    arguments: {
      file: { kind: "one", summary: "the file to compile, or - for standard input", completes: "sequence" },
    },
    options: {
      output: {
        kind: "text",
        placeholder: "file",
        short: "o",
        completes: "file",
        summary: "where to write the plan, or - for standard output; plan.json in the current folder if left out",
      },
      sequence,
      locked: { kind: "flag", summary: "refuse content that is not as sequitur.lock says" },
      noCache,
    },
    examples: [
      { command: "sequitur build deploy.seq -o deploy.plan.json", does: "compile the sequence in deploy.seq" },
      { command: "sequitur build deploy.seq --sequence refresh --locked", does: "as a pipeline does it" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  import: {
    summary: "make a project of task sequences of Configuration Manager or MDT",
    description:
      "Takes ts.xml and templates of MDT, sequences and packages of Configuration Manager as XML, export zips, and folders with them. All files are read before anything is written: if one can't be read, nothing is. A file that is there already and differs is not written over without --overwrite. Secrets never come along.",
    arguments: { paths: { kind: "many", summary: "XML files, export zips, and folders with them", completes: "file" } },
    options: {
      output: {
        kind: "text",
        placeholder: "folder",
        short: "o",
        completes: "folder",
        summary: "the folder to write to",
      },
      overwrite: { kind: "flag", summary: "write over files that are there and differ" },
    },
    examples: [
      { command: "sequitur import Control -o osd", does: "bring all sequences of a deployment share in" },
      { command: "sequitur import Deploy.zip -o osd", does: "bring an export of the console in" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  export: {
    summary: "write an imported sequence as XML again",
    description:
      "With the origin that import has left beside the sequence, what nobody changed keeps its bytes, and what changed is replaced where it changed. Without an origin the file is made from templates. What the other system can't say is an error at its place, and nothing is written. Secrets are left empty.",
    arguments: { file: { kind: "one", summary: "the file with the sequence", completes: "sequence" } },
    options: {
      output: { kind: "text", placeholder: "file", short: "o", completes: "file", summary: "the file to write" },
      to: { kind: "choice", choices: ["configmgr", "mdt"], summary: "the system, where there is no origin to say it" },
    },
    examples: [{ command: "sequitur export sequences/deploy.seq -o ts.xml", does: "write it back" }],
    exitCodes: [0, 1, 2, 70],
  },
  verify: {
    summary: "prove that a plan is whole and safe to interpret",
    arguments: { plan: { kind: "one", summary: "the plan, or - for standard input", completes: "plan" } },
    options: {},
    examples: [{ command: "sequitur verify plan.json", does: "check digest, structure and code" }],
    exitCodes: [0, 2, 4, 70],
  },
  disassemble: {
    summary: "show a plan's instructions beside their source lines",
    arguments: { plan: { kind: "one", summary: "the plan, or - for standard input", completes: "plan" } },
    options: {},
    examples: [{ command: "sequitur disassemble plan.json", does: "read what a plan does" }],
    exitCodes: [0, 2, 4, 70],
  },
  run: {
    summary: "execute a sequence or a plan on this machine",
    description:
      "The first Ctrl-C ends the running step and cancels the run; its finally blocks run. The second one leaves it as a crash would, and `sequitur resume` goes on with it.",
    arguments: {
      file: { kind: "one", summary: "a .seq file or a plan, or - for standard input", completes: "sequence" },
    },
    options: {
      sequence,
      set: {
        kind: "texts",
        placeholder: "name=value",
        summary: "give a parameter its value; not for secrets, since others see the command line",
      },
      params: {
        kind: "text",
        placeholder: "file",
        completes: "file",
        summary: "a JSON file with parameters by name, secrets too",
      },
      state,
      content,
      events,
      noRestart,
      missing: {
        kind: "choice",
        choices: ["stop", "fail-step"],
        fallback: "stop",
        summary: "content that lacks: refuse to start, or fail the step that needs it",
      },
      yes: { kind: "flag", short: "y", summary: "agree to steps that destroy data" },
    },
    examples: [
      { command: "sequitur run deploy.seq --set site=AMS", does: "check, compile and run deploy.seq" },
      { command: "sequitur run plan.json --params secrets.json --yes", does: "run a plan without being asked" },
    ],
    exitCodes: [0, 1, 2, 3, 4, 70],
  },
  resume: {
    summary: "go on with a run after a restart or a crash",
    arguments: { id: { kind: "optional", summary: "the run; the latest one if left out, if it has no end" } },
    options: { state, content, events, noRestart },
    examples: [{ command: "sequitur resume", does: "go on where the journal ends" }],
    exitCodes: [0, 1, 2, 3, 4, 70],
  },
  cancel: {
    summary: "end a run after its current step; its finally blocks run",
    arguments: { id: { kind: "optional", summary: "the run; the one that is under way if left out" } },
    options: { state, now: { kind: "flag", summary: "end the current step too" } },
    examples: [{ command: "sequitur cancel --now", does: "end the run that is under way" }],
    exitCodes: [0, 1, 2, 70],
  },
  runs: {
    summary: "list the runs of this machine",
    arguments: {},
    options: { state, format: listFormat },
    examples: [{ command: "sequitur runs", does: "what ran, when, and how it ended" }],
    exitCodes: [0, 2, 70],
  },
  "runs show": {
    summary: "show one run: each step with its result, duration and output",
    arguments: { id: { kind: "one", summary: "the run, as `sequitur runs` lists it; its first letters are enough" } },
    options: { state, format: listFormat },
    examples: [{ command: "sequitur runs show 20261122-193000-3f9a", does: "why a run failed" }],
    exitCodes: [0, 2, 4, 70],
  },
  diff: {
    summary: "say what changed in what a sequence does",
    description:
      "Compares two versions: files, or revision:path for what git has. Steps that were added, removed, moved, renamed or set otherwise, in words; layout and comments don't count. `one..two` as the first version compares two revisions of the file that comes second.",
    arguments: {
      before: { kind: "one", summary: "the old version, or two revisions as one..two", completes: "sequence" },
      after: { kind: "one", summary: "the new version, or the file of the two revisions", completes: "sequence" },
    },
    options: {
      sequence,
      format: {
        kind: "choice",
        choices: ["text", "markdown", "json"],
        fallback: "text",
        summary: "form of the report; markdown is for a comment at a pull request",
      },
      exitCode: { kind: "flag", summary: "end with exit code 1 if the versions differ" },
    },
    examples: [
      { command: "sequitur diff main:deploy.seq deploy.seq", does: "what the work tree changes against main" },
      {
        command: "sequitur diff main..topic deploy.seq --format markdown",
        does: "what a branch changes, for a comment",
      },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  graph: {
    summary: "draw what a sequence does",
    description:
      "Groups, steps, conditions, failures and restarts as SVG for a browser, or as Mermaid or DOT for other tools, with the sequences that it calls. The SVG needs nothing else to be shown.",
    arguments: {
      file: {
        kind: "one",
        summary: "the file, or - for standard input, or revision:path for what git has",
        completes: "sequence",
      },
    },
    options: {
      sequence,
      diff: {
        kind: "text",
        placeholder: "old",
        completes: "sequence",
        summary: "colour what changed since this version: a file, or revision:path",
      },
      format: {
        kind: "choice",
        choices: ["svg", "mermaid", "dot"],
        summary: "form of the diagram; by the name of the output if left out, else svg",
      },
      output: {
        kind: "text",
        placeholder: "file",
        short: "o",
        completes: "file",
        summary: "where to write it, instead of standard output",
      },
    },
    examples: [
      { command: "sequitur graph deploy.seq -o deploy.svg", does: "draw all sequences of deploy.seq" },
      { command: "sequitur graph deploy.seq --diff main:deploy.seq -o diff.svg", does: "draw what a branch changes" },
      { command: "sequitur graph deploy.seq --format mermaid", does: "write a diagram to put into Markdown" },
    ],
    exitCodes: [0, 1, 2, 70],
  },
  explain: {
    summary: "explain a finding by its code or name",
    arguments: { code: { kind: "one", summary: "a code such as SEQ2004, or its name" } },
    options: {},
    examples: [{ command: "sequitur explain SEQ2004", does: "what it means, with an example and its correction" }],
    exitCodes: [0, 2, 70],
  },
  lsp: {
    summary: "serve editors: findings, completion and all else, in the Language Server Protocol",
    description: "Editors start it by themselves and speak with it over standard input and output.",
    arguments: {},
    options: {
      stdio: { kind: "flag", summary: "speak over standard input and output; that is what it does anyway" },
    },
    examples: [{ command: "sequitur lsp", does: "what an editor's settings name as the server for .seq files" }],
    exitCodes: [0, 2, 70],
  },
  completion: {
    summary: "print a completion script for a shell",
    arguments: {
      shell: {
        kind: "one",
        summary: "bash, zsh, fish or powershell",
        completes: ["bash", "zsh", "fish", "powershell"],
      },
    },
    options: {},
    examples: [
      { command: "sequitur completion bash > /etc/bash_completion.d/sequitur", does: "complete in every new bash" },
      { command: "sequitur completion powershell >> $PROFILE", does: "complete in every new PowerShell" },
    ],
    exitCodes: [0, 2, 70],
  },
} as const satisfies { readonly [name: string]: CommandDeclaration };

export type CommandName = keyof typeof commands;

export const commandNames = Object.keys(commands) as readonly CommandName[];

/** One call of a command: what was asked for, and where. */
export interface Call<K extends CommandName> {
  readonly command: K;
  readonly arguments: {
    readonly [A in keyof (typeof commands)[K]["arguments"]]: ArgumentValue<(typeof commands)[K]["arguments"][A]>;
  };
  readonly options: {
    readonly [O in keyof ((typeof commands)[K]["options"] & typeof commonOptions)]: OptionValue<
      ((typeof commands)[K]["options"] & typeof commonOptions)[O]
    >;
  };
  readonly surroundings: Surroundings;
}

/** All options of a command, its own first. */
export function optionsOf(name: CommandName): { readonly [name: string]: OptionDeclaration } {
  return { ...commands[name].options, ...commonOptions };
}
