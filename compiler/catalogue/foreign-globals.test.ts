// Variables of other systems: found however they are spelt, with what is known of them.
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { findings } from "../test-support/check.ts";
import { foreignGlobal, foreignGlobals } from "./foreign-globals.ts";

describe("a variable of another system", () => {
  it("is known by its name, however that is spelt, with what it holds", () => {
    expect(foreignGlobal("osdcomputername")?.name).toBe("OSDComputerName");
    expect(foreignGlobal("OSDAdapter12IPAddressList")?.name).toBe("OSDAdapter12IPAddressList");
    expect(foreignGlobal("OSDJoinPassword")).toMatchObject({ secret: true, readOnly: false, system: "configmgr" });
    expect(foreignGlobal("_SMSTSInWinPE")).toMatchObject({ readOnly: true, holds: "bool" });
    expect(foreignGlobal("DomainAdminPassword")).toMatchObject({ system: "mdt", secret: true });
    expect(foreignGlobal("__proto__")).toBeUndefined();
    expect(new Set(foreignGlobals().map(({ name }) => name.toLowerCase())).size).toBe(foreignGlobals().length);
  });

  it("is secret where its own system says so", () => {
    expect(findings("sequence a {\n  log OSDJoinPassword\n}\n")).toEqual([expect.stringContaining("SEQ6001")]);
    expect(findings("sequence a {\n  set OSDJoinPassword = OSDLocalAdminPassword\n}\n")).toEqual([]);
  });

  it("is one variable in every spelling, and the finding has a fix", () => {
    expect(findings("sequence a {\n  log osdComputerName\n}\n")).toEqual([
      expect.stringContaining('SEQ5206 the variable "OSDComputerName" is spelt "osdComputerName" here'),
    ]);
  });

  it("of MDT is a plain word, and meant only as it is spelt there", () => {
    expect(findings("sequence a {\n  log Model\n}\n")).toEqual([]);
    expect(findings("sequence a {\n  log model\n}\n")).toEqual([expect.stringContaining("SEQ2101")]);
  });
});

const reference = new URL("../../../shared/reference/variables.json", import.meta.url);
const isThere = existsSync(reference);

describe.runIf(isThere)("the list of variables", () => {
  type Entry = { readonly name: string; readonly readonly: boolean; readonly secret: boolean };
  const list = (isThere ? JSON.parse(readFileSync(reference, "utf8")) : {}) as {
    readonly variables: readonly Entry[];
    readonly mdtVariables: readonly Entry[];
  };
  // Patterns are no names; these two hold the drive of a key and a choice, whatever their names sound like.
  const all = isThere ? [...list.variables, ...list.mdtVariables].filter(({ name }) => !/[<*]/.test(name)) : [];
  const harmless = new Set(["OSDBitLockerStartupKeyDrive", "OSDBitLockerCreateRecoveryPassword"]);

  it("is known as a whole", () => {
    expect(all.filter(({ name }) => foreignGlobal(name) === undefined)).toEqual([]);
    const read = all.filter(({ readonly: readOnly }) => readOnly);
    expect(read.filter(({ name }) => foreignGlobal(name)?.readOnly !== true)).toEqual([]);
    const secret = all.filter((each) => each.secret && !harmless.has(each.name));
    expect(secret.filter(({ name }) => foreignGlobal(name)?.secret !== true).map(({ name }) => name)).toEqual([]);
  });
});

it.runIf(!isThere)("the list of variables does not lie beside the project: nothing is compared with it", () => {
  expect(foreignGlobals().length).toBeGreaterThan(600);
});
