// Versions: one to eight numbers between dots, each up to 2^32−1. A version is kept as it was written.

const largestPart = 2 ** 32 - 1;

/** Is the text a version? */
export function isVersion(text: string): boolean {
  return (
    text.length <= 128 &&
    /^[0-9]+(?:\.[0-9]+){0,7}$/.test(text) &&
    text.split(".").every((part) => Number(part) <= largestPart)
  );
}

/** Negative, zero or positive, as `a` is before, equal to or after `b`. Parts that are missing are 0. */
export function compareVersions(a: string, b: string): number {
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
    const difference = Number(left[i] ?? "0") - Number(right[i] ?? "0");
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The numeric head of what a machine reports (`6.1.0-13-amd64` → `6.1.0`); null: it has none. */
export function versionHead(text: string): string | null {
  const head = /^[0-9]+(?:\.[0-9]+){0,7}/.exec(text.trim())?.[0] ?? null;
  return head !== null && isVersion(head) ? head : null;
}
