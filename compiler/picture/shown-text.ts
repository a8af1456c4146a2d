// Text as a picture or document may show it: on one line, without characters that XML forbids, reorder or hide text.

/** Line breaks and tabs as spaces; what can't be shown safely as `<U+202E>`. */
export function shownText(text: string): string {
  return text
    .replace(/[\t\n\r\u0085\u2028\u2029]+/g, " ")
    .replace(
      /[\p{Cc}\p{Cs}\ufffe\uffff\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`,
    );
}
