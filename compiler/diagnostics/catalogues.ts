// What can be wrong with a catalogue file of a project.
import { defineDiagnostics } from "@sequitur/grammar";

const sequence = `sequence main {
  log "hello"
}
`;
const configuration = `{ "catalogues": ["lab.json"] }`;

/** Files of a project whose one catalogue declares this. */
function catalogue(text: string): { readonly [path: string]: string } {
  return { "sequitur.json": configuration, "lab.json": text };
}

export const catalogueDiagnostics = defineDiagnostics({
  SEQ7401: {
    name: "catalogue-unreadable",
    severity: "error",
    message: (a: { path: string; why: string }) => `the catalogue "${a.path}" can't be used: ${a.why}`,
    why: "A catalogue is one JSON object with the actions that the project declares. Without it their uses would be unknown.",
    wrong: sequence,
    right: sequence,
    files: { "sequitur.json": configuration },
  },
  SEQ7402: {
    name: "catalogue-setting-wrong",
    severity: "error",
    message: (a: { name: string; expected: string }) => `"${a.name}" must be ${a.expected}`,
    why: "What a catalogue declares is what the checker believes: a value of another kind would mean nothing.",
    wrong: sequence,
    right: sequence,
    files: catalogue(`{ "actions": { "lab.stamp": { "phases": "fullos" } } }`),
  },
  SEQ7403: {
    name: "unknown-catalogue-setting",
    severity: "error",
    message: (a: { name: string; where: string }) => `there is no setting "${a.name}" in ${a.where}`,
    why: "A misspelt setting would silently do nothing.",
    wrong: sequence,
    right: sequence,
    files: catalogue(`{ "actions": { "lab.stamp": { "repeatble": true } } }`),
  },
  SEQ7404: {
    name: "catalogue-action-name",
    severity: "error",
    message: (a: { name: string; why: string }) => `"${a.name}" can't be declared as an action: ${a.why}`,
    why: "A name with a dot, `family.name`, can't be mistaken for something that a file imports, and each name means one action.",
    wrong: sequence,
    right: sequence,
    files: catalogue(`{ "actions": { "file.write": {} } }`),
  },
  SEQ7405: {
    name: "catalogue-type-unknown",
    severity: "error",
    message: (a: { type: string; names: string }) => `"${a.type}" is no type of a parameter; there are ${a.names}`,
    why: "Arguments are checked against these types. `list<…>` of one of them is a type, too, and words with `|` between them are choices.",
    wrong: sequence,
    right: sequence,
    files: catalogue(`{ "actions": { "lab.stamp": { "parameters": { "tag": { "type": "text" } } } } }`),
  },
  SEQ7406: {
    name: "catalogue-template-wrong",
    severity: "error",
    message: (a: { text: string; why: string }) => `"${a.text}" can't be a part of the program's call: ${a.why}`,
    why: "Each item is one argument of the program; `{name}` in it stands for a parameter. Secrets go by the environment, where no list of processes shows them.",
    wrong: sequence,
    right: sequence,
    files: catalogue(`{ "actions": { "lab.stamp": { "run": { "program": "stamp", "args": ["{tag}"] } } } }`),
  },
});
