// A tree of the chaos test as a plan.
import * as build from "../build-plan.ts";
import type { Node, Program, Sequence, Tree } from "./tree.ts";

const { call, compare, concat, fact, global, lit, local, state } = build;

/** Milliseconds: a program that hangs is ended by one of these. */
export const stepTimeout = 100;
export const groupTimeout = 10_000_000;
export const pollTimeout = 1000;

/** The plan's source. */
export function planOf(sequence: Sequence): build.PlanSource {
  const slots = { word: "string", item: "string" } as const;
  const start = [build.init("word", lit("")), build.init("item", lit(""))];
  return {
    ...{ name: "main", slots, globals: ["Site"], outputs: { word: ["string", local("word")] } },
    body: [...start, ...statements(sequence.body)],
    children: Object.entries(sequence.children).map(([name, tree]) => ({
      ...{ name, slots: { input: "string", ...slots }, parameters: { input: {} } },
      outputs: { word: ["string", local("word")] },
      body: [build.init("word", local("input")), build.init("item", lit("")), ...statements(tree)],
    })),
  };
}

function statements(tree: Tree): readonly build.Statement[] {
  return tree.map(statement);
}

function statement(node: Node): build.Statement {
  switch (node.kind) {
    case "run":
      return program(node);
    case "group":
      return build.group(node.name, statements(node.body), {
        continueOnError: node.continues,
        ...(node.isTimed ? { timeout: groupTimeout } : {}),
        ...(node.whenEmpty ? { when: compare("==", "string", local("word"), lit("")) } : {}),
        ...(node.handler === null ? {} : { onError: statements(node.handler) }),
        ...(node.finally === null ? {} : { finally: statements(node.finally) }),
      });
    case "restart":
      return build.restart("system", { interruption: "rerun" });
    case "set":
      return build.set(node.target, lit(node.value));
    case "log":
      return build.log(shown(node.shows));
    case "loop":
      return build.loop("item", lit(node.items, { list: "string" }), statements(node.body));
    case "branch": {
      const condition = compare("==", "string", fact("device.model"), lit(node.model));
      return build.branch(condition, statements(node.then), statements(node.otherwise));
    }
    case "fail":
      return build.fail("on purpose", { continueOnError: node.continues });
    case "call": {
      const options = { into: "word", continueOnError: node.continues };
      return build.callSequence(`call ${node.child}`, node.child, { input: ["string", local("word")] }, options);
    }
    case "wait":
      return build.wait(5, { interruption: "rerun" });
    case "waitUntil":
      return build.waitUntil(bothAlike(node.file), pollTimeout, { continueOnError: node.continues });
    case "disabled":
      return build.disabledNode("disabled");
  }
}

/** Reads three facts, one of which holds for the boot. */
function bothAlike(file: string): build.Expression {
  const here = fact("file.exists", lit(`/${file}`));
  const there = fact("file.exists", concat(lit("/"), fact("device.model")));
  return compare("==", "string", call("text.bool", here), call("text.bool", there));
}

function program(node: Program): build.Statement {
  const { name, interruption, retries } = node;
  const argument = node.shows === "Site" ? global("Site") : local(node.shows);
  return build.run(
    name,
    {
      continueOnError: node.continues,
      ...(interruption === "verify" ? { verify: fact("file.exists", lit(`/done/${name}`)) } : { interruption }),
      ...(retries === 0 ? {} : { retry: { count: retries, every: 1 } }),
      ...(node.hasTimeout ? { timeout: stepTimeout } : {}),
      ...(node.into ? { into: "word" } : {}),
    },
    [argument],
  );
}

function shown(what: "word" | "Site" | "restarts" | "error"): build.Expression {
  switch (what) {
    case "word":
      return local("word");
    case "Site":
      return global("Site");
    case "restarts":
      return call("text.int", state("run.restarts"));
    case "error":
      return concat(call("text.int", state("error.code")), lit(" "), state("error.reason"));
  }
}
