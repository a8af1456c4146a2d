// Words of the language where one begins something: a declaration, a member of a sequence, a statement, a clause.
import { clauseRules, clauseWords } from "@sequitur/compiler/model";
import { nodeAt, reservedWords } from "@sequitur/grammar";
import type { Step } from "@sequitur/grammar";
import { nodesAround } from "../../document.ts";
import type { CompletionPlace } from "../completion.ts";
import { kind, words } from "./item.ts";
import type { Item } from "./item.ts";
import { namesOf } from "./names.ts";

const snippet = (label: string, insert: string, detail: string): Item => ({
  label,
  kind: kind.snippet,
  insert,
  isSnippet: true,
  detail,
});

const declarations: readonly Item[] = [
  snippet("sequence", 'sequence ${1:name} "${2:Title}" {\n  $0\n}', "A sequence of steps"),
  snippet("import", 'import "./$1" as ${2:name}', "Another file"),
  snippet("const", "const ${1:name} = $0", "A value with a name"),
  snippet("type", "type ${1:Name} = $0", "A type with a name"),
  snippet("fn", "fn ${1:name}(${2:value}: ${3:string}): ${4:string} = $0", "A function"),
  snippet("package", 'package ${1:name} "./$2"', "A folder that steps take files from"),
  snippet("image", 'image ${1:name} "./$2"', "An image of a system"),
  snippet("application", 'application ${1:name} "$2"', "An application"),
  snippet("file", 'file ${1:name} "./$2"', "A single file"),
  snippet("account", "account ${1:name} { $0 }", "An account that steps run as"),
  snippet("test", 'test "$1" of ${2:sequence} {\n  $0\n}', "A test of a sequence"),
  ...words(["collection", "window", "deployment", "extern"], kind.keyword),
];

const members: readonly Item[] = [
  snippet("param", "param ${1:name}: ${2:string}", "What a caller gives"),
  snippet("secret", "secret ${1:name}: string", "A parameter that is never shown"),
  snippet("var", "var ${1:name}: ${2:string} = $0", "A variable"),
  snippet("output", "output ${1:name}: ${2:string} = $0", "What a caller receives"),
  ...words(["global", "options"], kind.keyword),
];

const statements: readonly Item[] = [
  snippet("step", 'step "${1:Title}"\n  $0', "A step"),
  snippet("group", 'group "${1:Title}" {\n  $0\n}', "Steps that belong together"),
  snippet("if", "if ${1:condition} {\n  $0\n}", "Steps under a condition"),
  snippet("for", "for ${1:item} in ${2:list} {\n  $0\n}", "Steps for each item"),
];

const actionWords = words(reservedWords.actions, kind.keyword);

/** At the start of a line or block. */
export function atStart(place: CompletionPlace): readonly Item[] {
  const around = nodesAround(place.document, place.wordStart);
  const list = around.findLast(({ kind: each }) => each === "block" || each === "sequence" || each === "test");
  const step = stepInFront(place);
  switch (list?.kind) {
    case "test":
      return words(["given", "when", "expect", "assert"], kind.keyword);
    case "block":
      return [...(step === undefined ? [] : clausesFor(step)), ...statements, ...actionWords];
    case "sequence": {
      const own = step === undefined ? [] : clausesFor(step);
      return [...own, ...statements, ...actionWords, ...members];
    }
    default:
      return declarations;
  }
}

/** Behind something whole in the line: the action of a step, or a clause. */
export function afterStep(place: CompletionPlace): readonly Item[] {
  const { before } = place;
  const lineStart = before.indexOf("\n");
  const line = (lineStart < 0 ? before : before.slice(0, lineStart)).toReversed();
  const isTitled = line[0] === "step" && line.length <= 3 && line.slice(1).every((each) => /^["\w]/.test(each));
  if (isTitled) return actionWords;
  if (line[0] === "group") return words(clauseRules.group.map(clauseWords), kind.keyword);
  if (line[0] === "}") return words(["on error", "finally", "else"], kind.keyword);
  if (line[0] === "restart" && line.length === 1) return words(["to", "after", "message"], kind.keyword);
  const step = stepInFront(place);
  return step === undefined
    ? []
    : [...clausesFor(step), ...words(["and", "or", "in", "matches", "like"], kind.keyword)];
}

/** The clauses that its action takes and it has not; all, and the actions, while it has none. */
function clausesFor({ action, clauses }: Step): readonly Item[] {
  const given = new Set<string>(clauses.map(({ kind: each }) => each));
  const taken = action.kind === "missing" ? [...new Set(Object.values(clauseRules).flat())] : clauseRules[action.kind];
  const open = taken.filter((clause) => !given.has(clause)).map(clauseWords);
  return [...(action.kind === "missing" ? actionWords : []), ...words(open, kind.keyword)];
}

/** The step that ends in front of the place, or around it. */
function stepInFront({ document, wordStart }: CompletionPlace): Step | undefined {
  let at = wordStart;
  while (at > 0 && /\s/.test(document.parsed.text.charAt(at - 1))) at--;
  const found = nodeAt(document.parsed.tree, at).findLast((node) => node.kind === "step");
  return found?.kind === "step" ? found : undefined;
}

/** Where a restart can lead. */
export function restartTargets(place: CompletionPlace): readonly Item[] {
  const images = namesOf(
    place,
    ["content"],
    (symbol) => symbol.kind === "content" && symbol.node.contentKind === "image",
  );
  return [...words(["winpe"], kind.keyword), ...images];
}
