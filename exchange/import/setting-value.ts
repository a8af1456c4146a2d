// A setting's text in the form that the parameter of an action wants.
import type { ActionParameter } from "@sequitur/runtime/plan";
import { identifierOf, literal, nameText } from "./source-text.ts";
import { contentName, secretMarker, secretName } from "./step-text.ts";
import type { SequenceImport } from "./step-text.ts";
import { textExpression } from "./variable-text.ts";

/** `none`: the setting says nothing. `unsaid`: it says something that the parameter can't. */
export type SettingValue = { readonly text: string } | "none" | "unsaid";

export function settingValue(
  ctx: SequenceImport,
  parameter: ActionParameter,
  name: string,
  value: string,
): SettingValue {
  if (value === "") return "none";
  if (parameter.choices !== undefined) return choice(parameter, value);
  const { type } = parameter;
  if (typeof type !== "string") return listValue(type, value);
  switch (type) {
    case "bool":
      return flagValue(parameter, value);
    case "int":
      return numberValue(ctx, parameter, value);
    case "size":
      return /^\d{1,9}$/.test(value) ? (value === "0" ? "none" : { text: `${Number(value)}MB` }) : "unsaid";
    case "duration":
      return /^\d{1,9}$/.test(value) ? { text: `${Number(value)}s` } : "unsaid";
    case "version":
      return /^\d+(\.\d+){0,7}$/.test(value) ? { text: `"${value}"` } : "unsaid";
    case "package":
    case "image":
    case "application":
      return contentValue(ctx, type, value);
    case "secret":
      return secretMarker.test(value)
        ? { text: secretName(ctx, identifierOf(name.replace(/^(SMSTS|SMS|OSD)/, ""), "secret"), value) }
        : "unsaid";
    case "variable": {
      const variable = ctx.variables.set(value);
      return variable === undefined ? "unsaid" : { text: variable };
    }
    case "string": {
      const text = textExpression(value, ctx.variables);
      return text === undefined ? "unsaid" : { text };
    }
    default:
      return "unsaid";
  }
}

function choice({ choices = [], default: usual }: ActionParameter, value: string): SettingValue {
  const found = choices.find((word) => word.toLowerCase() === value.trim().toLowerCase());
  if (found === undefined) return "unsaid";
  return found === usual ? "none" : { text: /^[A-Za-z_]\w*$/.test(found) ? found : literal(found) };
}

export function truth(value: string): boolean | undefined {
  if (/^\s*(true|yes|1)\s*$/i.test(value)) return true;
  return /^\s*(false|no|0)\s*$/i.test(value) ? false : undefined;
}

function flagValue({ default: usual }: ActionParameter, value: string): SettingValue {
  const flag = truth(value);
  if (flag === undefined) return "unsaid";
  return flag === usual ? "none" : { text: String(flag) };
}

function numberValue(ctx: SequenceImport, parameter: ActionParameter, value: string): SettingValue {
  const [, variable] = /^%([A-Za-z_]\w*)%$/.exec(value) ?? [];
  if (variable !== undefined && !parameter.required) {
    const name = ctx.variables.isSecret(variable) ? undefined : ctx.variables.read(variable);
    return name === undefined ? "unsaid" : { text: `int(${name})` };
  }
  if (!/^\d{1,10}$/.test(value)) return "unsaid";
  const number = Number(value);
  const [least, greatest] = parameter.range ?? [0, 2 ** 32];
  if (number < least || number > greatest) return "unsaid";
  return number === parameter.default ? "none" : { text: String(number) };
}

function contentValue(ctx: SequenceImport, kind: "package" | "image" | "application", value: string): SettingValue {
  if (/^0+$/.test(value)) return "none";
  if (!/^[A-Za-z0-9_][A-Za-z0-9_./-]*$/.test(value)) return "unsaid";
  return { text: nameText(contentName(ctx, kind, value)) };
}

function listValue(type: Exclude<ActionParameter["type"], string>, value: string): SettingValue {
  if (!("list" in type)) return "unsaid";
  if (type.list === "string") {
    const items = value.split(/[,;]/).map((item) => item.trim());
    return items.some((item) => /%/.test(item)) ? "unsaid" : { text: `[${items.map(literal).join(", ")}]` };
  }
  if (type.list === "int") {
    const items = value.trim().split(/\s+/);
    return items.every((item) => /^\d{1,10}$/.test(item)) ? { text: `[${items.join(", ")}]` } : "unsaid";
  }
  return "unsaid";
}
