// Reads the members of a zip that another system exported. Its directory is not trusted: sizes, names and places are all limited,
// and a member that would climb out of its folder refuses the whole file. Unpacking itself comes from the caller.

export interface ZipMember {
  /** With forward slashes, within the zip. */
  readonly path: string;
  /** Unpacks it; undefined: its data are damaged or larger than they say. */
  readonly read: () => Uint8Array | undefined;
}

export type ZipRead =
  | { readonly kind: "members"; readonly members: readonly ZipMember[] }
  /** A clause. */
  | { readonly kind: "problem"; readonly why: string };

/** Undoes "deflate", giving at most `limit` bytes; undefined: it can't be undone, or would give more. */
export type Inflate = (packed: Uint8Array, limit: number) => Uint8Array | undefined;

export const zipLimits = {
  members: 20_000,
  memberBytes: 64 * 1024 * 1024,
  allBytes: 512 * 1024 * 1024,
  ratio: 1000,
} as const;

/** Members whose names `wanted` takes; the others are looked at only by name. */
export function readZip(bytes: Uint8Array, inflate: Inflate, wanted: (path: string) => boolean): ZipRead {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endRecord(view);
  if (end === undefined) return { kind: "problem", why: "it is no zip, or its end lacks" };
  const count = view.getUint16(end + 10, true);
  const start = view.getUint32(end + 16, true);
  if (count === 0xffff || start === 0xffffffff)
    return { kind: "problem", why: "it is a zip of the large kind (zip64)" };
  if (count > zipLimits.members) return { kind: "problem", why: `it has more than ${zipLimits.members} members` };
  const members: ZipMember[] = [];
  let at = start;
  let total = 0;
  for (let index = 0; index < count; index++) {
    const entry = entryAt(view, bytes, at);
    if (typeof entry === "string") return { kind: "problem", why: entry };
    at = entry.next;
    const strange = pathProblem(entry.path);
    if (strange !== undefined) return { kind: "problem", why: strange };
    if (entry.path.endsWith("/") || !wanted(entry.path)) continue;
    total += entry.size;
    const isBomb = entry.size > zipLimits.memberBytes || entry.size > Math.max(1, entry.packed) * zipLimits.ratio;
    if (isBomb || total > zipLimits.allBytes)
      return { kind: "problem", why: `"${entry.path}" would unpack to far too much` };
    members.push({ path: entry.path, read: () => unpacked(view, bytes, entry, inflate) });
  }
  return { kind: "members", members };
}

interface Entry {
  readonly path: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  readonly local: number;
  readonly next: number;
}

function endRecord(view: DataView): number | undefined {
  const last = view.byteLength - 22;
  for (let at = last; at >= 0 && at > last - 65_536; at--) if (view.getUint32(at, true) === 0x06054b50) return at;
  return undefined;
}

/** A clause where there is no readable entry. */
function entryAt(view: DataView, bytes: Uint8Array, at: number): Entry | string {
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) return "its directory is damaged";
  const nameLength = view.getUint16(at + 28, true);
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > view.byteLength) return "its directory is damaged";
  const path = new TextDecoder("utf-8").decode(bytes.subarray(at + 46, at + 46 + nameLength)).replaceAll("\\", "/");
  if ((view.getUint16(at + 8, true) & 1) !== 0) return `"${path}" is encrypted`;
  return {
    path,
    method: view.getUint16(at + 10, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    local: view.getUint32(at + 42, true),
    next,
  };
}

function pathProblem(path: string): string | undefined {
  const climbs =
    path.startsWith("/") || /^[A-Za-z]:/.test(path) || path.split("/").includes("..") || path.includes("\0");
  return climbs ? `the name "${path.slice(0, 200)}" leads out of the zip` : undefined;
}

function unpacked(view: DataView, bytes: Uint8Array, entry: Entry, inflate: Inflate): Uint8Array | undefined {
  const { local, packed, size, method } = entry;
  if (local + 30 > view.byteLength || view.getUint32(local, true) !== 0x04034b50) return undefined;
  const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  if (start + packed > view.byteLength) return undefined;
  const data = bytes.subarray(start, start + packed);
  const result = method === 0 ? data : method === 8 ? inflate(data, size) : undefined;
  return result?.length === size ? result : undefined;
}
