// What kinds of characters there are for the lexer, and how messages name those that are of no kind.

/** 1: blank, 2: digit, 3: letter or underscore; 0: anything else. */
export const classes = new Uint8Array(128);
classes[9] = classes[11] = classes[12] = classes[13] = classes[32] = 1;
for (let code = 48; code <= 57; code++) classes[code] = 2;
for (let code = 65; code <= 90; code++) classes[code] = classes[code + 32] = 3;
classes[95] = 3;

/** Does a name or number go on with it? Letters beyond ASCII don't count. */
export function isWordChar(code: number): boolean {
  return code < 128 && (classes[code] ?? 0) >= 2;
}

/** What closes a text that a curly quote opens: one of its kind, or the straight one; undefined for other characters. */
export function closingCurly(code: number): string | undefined {
  if (code >= 0x201c && code <= 0x201f) return '"\u201c\u201d\u201e\u201f';
  return code >= 0x2018 && code <= 0x201b ? "'\u2018\u2019\u201a\u201b" : undefined;
}

/** Code units of the character: 1 or 2. */
export function widthAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

/** Is it a letter, mark or digit beyond ASCII? */
export function isLetterAt(text: string, index: number): boolean {
  if (text.charCodeAt(index) < 128) return false;
  return /^[\p{L}\p{M}\p{N}]/u.test(text.slice(index, index + 2));
}

/** Is it a character that begins nothing in the language? */
export function isJunkAt(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  if (code >= 128) return !isLetterAt(text, index) && !/\s/u.test(text.charAt(index));
  if (classes[code] !== 0 || code === 10) return false;
  return !"\"'`{}()[],:.?=!<>~+-*/|&;#".includes(text.charAt(index));
}

/** At most forty code units. */
export function shorten(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 39)}…`;
}

/** How a message names characters: as they are, or by number when nothing would be seen of them. */
export function nameOfJunk(text: string): string {
  const visible = /^[^\p{C}\p{Z}]+$/u.test(text);
  if (visible) return `"${shorten(text)}"`;
  const code = text.codePointAt(0) ?? 0;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
