// Answer files of Windows setup: adds settings to a text that is there or begins a new one. Settings of the same name are
// replaced, all others stay as they are. Values are escaped; nothing of them becomes markup.

/** A setting of a component: a text, or settings within it. Lists of equal elements are several settings of one name. */
export interface Setting {
  readonly name: string;
  readonly value: string | readonly Setting[];
  /** An item of a list, which Windows marks with `wcm:action="add"`. */
  readonly item?: true;
  /** Tells equal elements of a list apart. */
  readonly key?: number;
}

export interface Component {
  readonly pass: "specialize" | "oobeSystem";
  readonly name: string;
  readonly settings: readonly Setting[];
}

const empty = `<?xml version="1.0" encoding="utf-8"?>
<unattend xmlns="urn:schemas-microsoft-com:unattend">
</unattend>
`;

/** The text with these settings in it; for a 64-bit Windows unless it says otherwise itself. */
export function withSettings(before: string | null, components: readonly Component[], architecture: string): string {
  let text = before === null || before.trim() === "" ? empty : before;
  for (const component of components) {
    if (component.settings.length > 0) text = withComponent(text, component, architecture);
  }
  return text;
}

function withComponent(text: string, component: Component, architecture: string): string {
  const pass = rangeOf(text, "settings", "pass", component.pass, 0, text.length);
  if (pass === null) {
    const block = `<settings pass="${component.pass}">\n${componentText(component, architecture)}</settings>\n`;
    return insertBefore(text, text.lastIndexOf("</unattend>"), block);
  }
  const known = rangeOf(text, "component", "name", component.name, pass.start, pass.end);
  if (known === null) return insertBefore(text, pass.end, componentText(component, architecture));
  let body = text.slice(known.start, known.end);
  const names = new Set(component.settings.map((setting) => setting.name));
  for (const name of names) body = withoutElement(body, name);
  return text.slice(0, known.start) + body + settingsText(component.settings, "  ") + text.slice(known.end);
}

function insertBefore(text: string, at: number, block: string): string {
  return at < 0 ? text + block : text.slice(0, at) + block + text.slice(at);
}

function componentText({ name, settings }: Component, architecture: string): string {
  const attributes =
    `name="${name}" processorArchitecture="${architecture}" publicKeyToken="31bf3856ad364e35" language="neutral" ` +
    'versionScope="nonSxS" xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State"';
  return `<component ${attributes}>\n${settingsText(settings, "  ")}</component>\n`;
}

function settingsText(settings: readonly Setting[], indent: string): string {
  return settings
    .map(({ name, value, item, key }) => {
      const mark = item === true || key !== undefined ? ' wcm:action="add"' : "";
      const open = `${name}${mark}${key === undefined ? "" : ` wcm:keyValue="${key}"`}`;
      if (typeof value === "string") return `${indent}<${open}>${escaped(value)}</${name}>\n`;
      return `${indent}<${open}>\n${settingsText(value, `${indent}  `)}${indent}</${name}>\n`;
    })
    .join("");
}

function escaped(text: string): string {
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "");
  return plain.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Where the content of the element with this attribute lies, between `from` and `to`; null: there is none. */
function rangeOf(
  text: string,
  element: string,
  attribute: string,
  value: string,
  from: number,
  to: number,
): { readonly start: number; readonly end: number } | null {
  const opening = new RegExp(`<${element}\\b[^>]*>`, "g");
  opening.lastIndex = from;
  for (let found = opening.exec(text); found !== null && found.index < to; found = opening.exec(text)) {
    const [tag] = found;
    if (tag.endsWith("/>") || !tag.includes(` ${attribute}="${value}"`)) continue;
    const end = text.indexOf(`</${element}>`, opening.lastIndex);
    if (end >= 0 && end <= to) return { start: opening.lastIndex, end };
  }
  return null;
}

/** Without the elements of this name that stand directly in the body. */
function withoutElement(body: string, name: string): string {
  const tags = /<(\/?)([A-Za-z][\w:.-]*)\b[^>]*?(\/?)>/g;
  let depth = 0;
  let start = -1;
  let result = "";
  let kept = 0;
  for (let tag = tags.exec(body); tag !== null; tag = tags.exec(body)) {
    const [whole, closing, element, alone] = tag;
    if (closing === "") {
      if (depth === 0 && element === name) start = tag.index;
      if (alone === "") depth += 1;
    } else depth -= 1;
    if (depth !== 0 || start < 0) continue;
    result += body.slice(kept, start).replace(/[ \t]+$/, "");
    kept = tag.index + whole.length;
    if (body[kept] === "\n") kept += 1;
    start = -1;
  }
  return result + body.slice(kept);
}
