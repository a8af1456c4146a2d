// Bytes that a process wrote, as text. POSIX: UTF-8. Windows: by byte order mark, else UTF-8 if all of it is, else the code
// page of the console. What does not decode becomes U+FFFD; the bytes stay in the files.

const high: { readonly [page: number]: string } = {
  437:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" +
    "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0",
  850:
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀" +
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00ad±‗¾¶§÷¸°¨·¹³²■\u00a0",
  852:
    "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀" +
    "ÓßÔŃńňŠšŔÚŕŰýÝţ´\u00ad˝˛ˇ˘§÷¸°¨˙űŘř■\u00a0",
};

/** Lone surrogates, which no encoding for files knows, as U+FFFD. */
export function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

/** The bytes as text; `codePage` is that of the console (Windows only). */
export function decodeOutput(bytes: Buffer, codePage = 0): string {
  if (process.platform !== "win32") return bytes.toString("utf8");
  return decodeForWindows(bytes, codePage);
}

/** As on Windows, wherever it runs. */
export function decodeForWindows(bytes: Buffer, codePage: number): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wellFormed(bytes.subarray(2).toString("utf16le"));
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.subarray(3).toString("utf8");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return decodePage(bytes, codePage);
  }
}

function decodePage(bytes: Buffer, codePage: number): string {
  if (codePage === 866) return new TextDecoder("ibm866").decode(bytes);
  // 858 is 850 with the euro sign in place of the dotless i.
  const table = codePage === 858 ? high[850]?.replace("ı", "€") : high[codePage];
  if (table === undefined) return bytes.toString("utf8");
  const letters = [...table];
  let text = "";
  for (const byte of bytes) text += byte < 0x80 ? String.fromCharCode(byte) : (letters[byte - 0x80] ?? "\ufffd");
  return text;
}
