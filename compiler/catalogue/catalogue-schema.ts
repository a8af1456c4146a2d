// What may stand in a catalogue of actions, as a JSON Schema: editors read it, and the reader of catalogues takes the names of
// the settings from it.

const text = (description: string) => ({ type: "string", description }) as const;
const flag = (description: string) => ({ type: "boolean", default: false, description }) as const;

const parameter = {
  type: "object",
  description: "A parameter of the action.",
  additionalProperties: false,
  properties: {
    type: text(
      "string, int, bool, duration, size, version, secret, package, image, application, file, account or variable; list<…> of one of them; or words with | between them, of which one is chosen. Left out: string.",
    ),
    required: flag("Must it be given?"),
    default: { description: "What holds when it is left out. Durations are milliseconds, sizes are bytes." },
    range: {
      type: "array",
      items: { type: "integer" },
      minItems: 2,
      maxItems: 2,
      description: "The least and the greatest number.",
    },
    summary: text("What it means, for people."),
  },
} as const;

const run = {
  type: "object",
  description: "The program that does it. Left out: the action can be checked and exported, and no plan can run it.",
  additionalProperties: false,
  required: ["program"],
  properties: {
    program: text("Its name, or a path."),
    args: {
      type: "array",
      items: { type: "string" },
      description:
        "Its arguments, one each. {name} stands for a parameter; alone it may be one that is left out, and then the argument is, too, or a list of strings, which is an argument an item. {{ and }} stand for braces.",
    },
    env: {
      type: "object",
      additionalProperties: { type: "string" },
      description: "Variables of its environment, in the same form. Secrets go here, each as a variable of its own.",
    },
    from: text("The required parameter with the package that the program lies in."),
  },
} as const;

const action = {
  type: "object",
  description: "An action.",
  additionalProperties: false,
  properties: {
    summary: text("What it does, in one sentence."),
    parameters: { type: "object", additionalProperties: parameter, description: "Its parameters, by name." },
    output: text("The type of what the program writes: what into receives. Left out: nothing."),
    phases: {
      type: "array",
      items: { type: "string", enum: ["winpe", "fullos"] },
      default: ["winpe", "fullos"],
      description: "Where it can run.",
    },
    destroys: flag("Does it destroy data? Then a run asks before it starts."),
    repeatable: flag("May it be done again after an interruption?"),
    run,
  },
} as const;

export const catalogueSchema = {
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Sequitur catalogue of actions",
  type: "object",
  description: "Actions that a project declares. sequitur.json names the file under catalogues.",
  additionalProperties: false,
  properties: {
    $schema: text("Where this schema is, for editors."),
    actions: { type: "object", additionalProperties: action, description: "The actions, by name: family.name." },
  },
} as const;

/** The settings that may stand in each part of a catalogue. */
export const catalogueSettings = {
  catalogue: Object.keys(catalogueSchema.properties),
  action: Object.keys(action.properties),
  parameter: Object.keys(parameter.properties),
  run: Object.keys(run.properties),
} as const;
