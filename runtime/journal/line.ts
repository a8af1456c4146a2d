// One line of a journal: `crc32 {json}`, the CRC seeded with the run's id, so that blocks of another run that a disk brings
// back are bad lines.
import { crc32 } from "node:zlib";

/** The CRC that the lines of a run start from. */
export function crcSeed(run: string): number {
  return crc32(run);
}

/** CRC of a line's JSON. */
export function lineCrc(json: string | Uint8Array, seed: number): number {
  return crc32(json, seed);
}

/** The line, with its end. */
export function formatLine(json: string, crc: number): string {
  return `${crc.toString(16).padStart(8, "0")} ${json}\n`;
}

/** What stands on a line; null: it is bad. */
export function parseLine(
  line: Buffer,
  seed: number,
): { readonly crc: number; readonly fields: { readonly [field: string]: unknown } } | null {
  if (line.length < 11 || line[8] !== 0x20) return null;
  const digits = line.toString("latin1", 0, 8);
  if (!/^[0-9a-f]{8}$/.test(digits)) return null;
  const crc = Number.parseInt(digits, 16);
  const json = line.subarray(9);
  if (lineCrc(json, seed) !== crc) return null;
  try {
    const fields: unknown = JSON.parse(json.toString("utf8"));
    return typeof fields === "object" && fields !== null && !Array.isArray(fields)
      ? { crc, fields: fields as { readonly [field: string]: unknown } }
      : null;
  } catch {
    return null;
  }
}
