// A host that notes what it is asked and what it answers.
import type { CompilerHost } from "@sequitur/compiler";
import { printOfContent, printOfNames, printOfText } from "./answers.ts";
import type { Question } from "./answers.ts";
import { stampContent } from "./content-stamp.ts";

export interface Recording {
  readonly host: CompilerHost;
  /**
   * All that was asked so far, each question once; undefined when that does not say all: an answer has changed meanwhile, or
   * code of the project was read with tools that ask for more than this notes.
   */
  questions(): readonly Question[] | undefined;
}

/** `root` is where the host's paths start. */
export function recordingHost(below: CompilerHost, root: string): Recording {
  const asked = new Map<string, Question>();
  let complete = true;
  const note = (question: Question): void => {
    const key = `${question.asked} ${question.path}`;
    const before = asked.get(key);
    if (before === undefined) asked.set(key, question);
    else if (before.answer !== question.answer) complete = false;
  };
  const isKnown = (question: Question["asked"], path: string): boolean => asked.has(`${question} ${path}`);
  const host: Required<CompilerHost> = {
    readText(path) {
      const answer = below.readText(path);
      // The host below gives the same answer again: hashing it once is enough.
      if (!isKnown("readText", path)) note({ asked: "readText", path, answer: printOfText(answer) });
      return answer;
    },
    exists(path) {
      const answer = below.exists(path);
      note({ asked: "exists", path, answer });
      return answer;
    },
    list(folder) {
      const answer = below.list(folder);
      note({ asked: "list", path: folder, answer: printOfNames(answer) });
      return answer;
    },
    readContent(path) {
      // Before reading: what changes while it is read must not have this stamp.
      const stamp = isKnown("readContent", path) ? undefined : stampContent(root, path);
      const answer = below.readContent(path);
      note({
        asked: "readContent",
        path,
        answer: printOfContent(answer),
        ...(stamp === undefined ? {} : { stamp }),
      });
      return answer;
    },
    typescript() {
      complete = false;
      return below.typescript?.();
    },
  };
  return { host, questions: () => (complete ? [...asked.values()] : undefined) };
}
