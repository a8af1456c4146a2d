// Actions on steps: the text before, with the cursor (¦), and after. What comes out is as clean as what went in.
import { describe, expect, test } from "vitest";
import { edited, marked } from "../test-support/marked.ts";
import { codeActions } from "./code-actions.ts";

function after(title: string, text: string): string {
  const project = marked(text);
  const range = { start: project.position, end: project.position };
  const actions = codeActions(project, project.path, range);
  const action = actions.find((each) => each.title === title);
  if (action === undefined) throw new Error(`"${title}" is none of ${actions.map((each) => each.title).join(", ")}`);
  const result = edited(project, project.path, action.edit?.changes?.[project.path] ?? []);
  const errors = (source: string): readonly string[] =>
    marked(source)
      .workspace.diagnostics("main.seq")
      .flatMap(({ severity, message }) => (severity === "error" ? [message] : []));
  expect(errors(result)).toEqual(errors(text));
  return result;
}

function titles(text: string): readonly string[] {
  const project = marked(text);
  const range = { start: project.position, end: project.position };
  return codeActions(project, project.path, range).map(({ title }) => title);
}

const two = 'sequence main {\n  step "One" log "1"\n  // About two.\n  step "Two" ¦log "2"\n}\n';

describe("steps", () => {
  test("move, with the comments above them", () => {
    expect(after("Move this step up", two)).toBe(
      'sequence main {\n  // About two.\n  step "Two" log "2"\n  step "One" log "1"\n}\n',
    );
    expect(titles(two)).not.toContain("Move this step down");
  });

  test("go into a group", () => {
    expect(after("Wrap this step in a group", "sequence main {\n  sh '''\n    ¦true\n  '''\n}\n")).toBe(
      "sequence main {\n  group \"New group\" {\n    sh '''\n      true\n    '''\n  }\n}\n",
    );
  });

  test("are disabled and enabled", () => {
    const disabled = after("Disable this step", two);
    expect(disabled).toContain('step "Two" log "2" disabled\n');
    expect(after("Enable this step", disabled.replace('"2"', '¦"2"'))).toContain('step "Two" log "2"\n');
  });

  test("go on when they fail", () => {
    const text = 'sequence main {\n  group "A" when true {¦\n    log "1"\n  }\n}\n';
    expect(after("Go on when this group fails", text)).toContain('group "A" when true continue on error {');
    expect(titles(text.replace("when true", "continue on error"))).not.toContain("Go on when this group fails");
  });

  test("that share a line do not move", () => {
    expect(titles('sequence main { step "One" log "1" step "Two" ¦log "2" }\n').join()).not.toContain("Move");
  });
});

describe("extraction", () => {
  test("a sequence takes what it reads as parameters", () => {
    const text =
      'sequence main {\n  param site: "A" | "B" = "A"\n  secret key: string\n  group "G" {¦\n    log "at ${site}"\n    sh \'\'\'\n      true\n    \'\'\' env { KEY: key }\n  }\n}\n';
    expect(after("Extract to a sequence of its own", text)).toBe(
      [
        "sequence main {",
        '  param site: "A" | "B" = "A"',
        "  secret key: string",
        '  step "Extracted" call extracted { site: site, key: key }',
        "}",
        "",
        "sequence extracted {",
        '  param site: "A" | "B"',
        "  secret key: string",
        "",
        '  group "G" {',
        '    log "at ${site}"',
        "    sh '''",
        "      true",
        "    ''' env { KEY: key }",
        "  }",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("is not offered for what sets something around it", () => {
    const text = 'sequence main {\n  var n: int = 1\n  set n = ¦2\n  log "${n}"\n}\n';
    expect(titles(text)).not.toContain("Extract to a sequence of its own");
  });

  test("a script becomes a file", () => {
    const project = marked("sequence main {\n  sh '''\n  tr¦ue\n  '''\n}\n");
    const range = { start: project.position, end: project.position };
    const action = codeActions(project, project.path, range).find(({ title }) => title.startsWith("Put this script"));
    expect(action?.title).toBe("Put this script into ./scripts/script.sh");
    expect(action?.edit?.documentChanges).toMatchObject([
      { kind: "create", uri: "scripts/script.sh" },
      { edits: [{ newText: "true\n" }] },
      { edits: [{ newText: 'file("./scripts/script.sh")' }] },
    ]);
  });
});

describe("findings", () => {
  test("all safe fixes at once", () => {
    const project = marked('sequence main {\n  param site: string\n  log "${siet}"\n  log "${stie}"¦\n}\n');
    const range = { start: project.position, end: project.position };
    const all = codeActions(project, project.path, range).find(({ kind }) => kind === "source.fixAll");
    expect(edited(project, project.path, all?.edit?.changes?.[project.path] ?? [])).toBe(
      'sequence main {\n  param site: string\n  log "${site}"\n  log "${site}"\n}\n',
    );
  });
});
