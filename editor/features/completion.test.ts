// What is offered where the cursor (¦) is.
import { describe, expect, test } from "vitest";
import { edited, marked } from "../test-support/marked.ts";
import { completion } from "./completion.ts";

const files = {
  "lib.seq": 'const often = 5m\nconst _own = 1\nsequence child { param a: int }\npackage tools "./pkg"\n',
  "pkg/run.sh": "#!/bin/sh\n",
};

function labels(text: string): readonly string[] {
  const project = marked(text, files);
  return completion(project, project.path, project.position).map(({ label }) => label);
}

/** The text when the item with this label is taken. */
function taking(label: string, text: string): string {
  const project = marked(text, files);
  const item = completion(project, project.path, project.position).find((each) => each.label === label);
  if (item?.textEdit === undefined || !("range" in item.textEdit)) throw new Error(`${label} is not offered`);
  return edited(project, project.path, [item.textEdit]);
}

const inSequence = (body: string): string =>
  `import "./lib.seq" as lib\nsequence main {\n  param site: string\n${body}\n}\n`;

describe("names", () => {
  test("variables that have a value by then, and no later ones", () => {
    const found = labels(inSequence('  var early: int = 1\n  log "${¦}"\n  var late: int = 2'));
    expect(found).toEqual(expect.arrayContaining(["site", "early", "device", "last", "contains", "lib"]));
    expect(found).not.toContain("late");
  });

  test("labels of steps above, loop variables around", () => {
    const text = '  step one log "x"\n  for item in ["a"] {\n    log ¦\n  }\n  step two log "x"';
    const found = labels(inSequence(text));
    expect(found).toEqual(expect.arrayContaining(["one", "item"]));
    expect(found).not.toContain("two");
  });

  test("what a step may set", () => {
    expect(labels(inSequence("  var count: int = 1\n  set ¦"))).toEqual(["count"]);
    expect(labels(inSequence('  var out: string = ""\n  run "true" into ¦'))).toEqual(["out"]);
  });

  test("parameters in a function", () => {
    expect(labels("fn double(amount: int): int = ¦\n")).toContain("amount");
  });

  test("sequences, packages and accounts where each is due, those of other files too", () => {
    expect(labels(inSequence("  call ¦"))).toEqual(["main", "lib.child"]);
    expect(labels(inSequence('  run "true" from ¦'))).toEqual(["lib.tools"]);
    expect(labels(`account admin { user: "a" }\n${inSequence('  run "true" as ¦')}`)).toEqual(["admin"]);
  });
});

describe("members", () => {
  test.each([
    ["log lib.¦", ["often", "child", "tools"]],
    ['step a run "x"\n  log a.¦', ["succeeded", "code", "reason", "output"]],
    ["log last.¦", ["name", "succeeded", "code", "reason"]],
    ['log file("/x").¦', ["exists", "size", "version", "text"]],
    ["log site.¦", ["length"]],
    ["log 5m.¦", ["milliseconds", "seconds", "minutes", "hours"]],
  ])("%s", (body, expected) => {
    expect(labels(inSequence(`  ${body}`))).toEqual(expected);
  });

  test("the rest of an action's name", () => {
    expect(taking("format", inSequence("  use disk.¦")).split("\n")[3]).toMatch(/^ {2}use disk\.format \{ /);
  });
});

describe("actions", () => {
  test("come with the parameters that they need", () => {
    expect(taking("file.remove", inSequence("  use fi¦"))).toContain("use file.remove { path: $1 }");
  });

  test("parameters that are not given yet, the needed ones first", () => {
    const found = labels(inSequence('  use file.write { text: "x", ¦ }'));
    expect(found[0]).toBe("path");
    expect(found).not.toContain("text");
    expect(found).not.toContain("log");
  });

  test("parameters of a sequence", () => {
    expect(labels(inSequence("  call lib.child { ¦ }"))).toEqual(["a"]);
  });

  test("words that a parameter takes", () => {
    expect(labels(inSequence("  use disk.format { disk: 0, style: ¦ }")).slice(0, 2)).toEqual(["gpt", "mbr"]);
    expect(labels(inSequence('  use file.write { path: "/x", text: "y", executable: ¦ }'))).toContain("true");
  });
});

describe("words", () => {
  test("declarations at the top, nothing of steps", () => {
    const found = labels("¦\n");
    expect(found).toEqual(expect.arrayContaining(["sequence", "import", "const"]));
    expect(found).not.toContain("step");
  });

  test("members and statements in a sequence, statements in a group", () => {
    expect(labels(inSequence("  ¦"))).toEqual(expect.arrayContaining(["var", "step", "group", "use"]));
    const inGroup = labels(inSequence("  group {\n    ¦\n  }"));
    expect(inGroup).toContain("step");
    expect(inGroup).not.toContain("var");
  });

  test("clauses that a step has not", () => {
    const found = labels(inSequence('  step "x" run "true" timeout 5m\n    ¦'));
    expect(found).toEqual(expect.arrayContaining(["retry", "when", "continue on error", "step"]));
    expect(found).not.toContain("timeout");
  });

  test("clauses that its action takes, and no others", () => {
    const behind = labels(inSequence('  step "x" log "y" ¦'));
    expect(behind).toEqual(expect.arrayContaining(["when", "continue on error", "disabled"]));
    expect(behind).not.toContain("retry");
    const ofGroup = labels(inSequence('  group "x" ¦ {\n  }'));
    expect(ofGroup).toContain("timeout");
    expect(ofGroup).not.toContain("as");
  });

  test("what stands behind a word", () => {
    expect(labels(inSequence('  run "true" on ¦'))).toEqual(["error", "interruption"]);
    expect(labels(inSequence('  run "true" needs ¦'))).toEqual(["winpe", "fullos"]);
  });

  test("types", () => {
    expect(labels(`type Site = "A" | "B"\n${inSequence("  var here: ¦")}`)).toEqual(
      expect.arrayContaining(["Site", "string", "duration"]),
    );
  });
});

describe("texts", () => {
  test("paths of files and folders", () => {
    expect(labels('import "¦" as x\n')).toEqual(
      ["./lib.seq", "./pkg/"]
        .toSorted()
        .filter((path) => path !== "./pkg/")
        .concat("./pkg/"),
    );
    expect(taking("run.sh", 'sequence main {\n  sh file("./pkg/¦")\n}\n')).toContain('file("./pkg/run.sh")');
  });

  test("nothing in other texts and in comments", () => {
    expect(labels(inSequence('  log "at ¦"'))).toEqual([]);
    expect(labels(inSequence("  // see ¦"))).toEqual([]);
  });
});
