// Times as people read them, in the language's own units.

/** A finished time: `0.3s`, `12s`, `1m 12s`, `2h 5m`, `3d 4h`. Takes milliseconds. */
export function timeSpan(milliseconds: number): string {
  if (milliseconds < 10_000) return `${(Math.floor(Math.max(milliseconds, 0) / 100) / 10).toFixed(1)}s`;
  const seconds = Math.floor(milliseconds / 1000);
  const units = [
    ["d", Math.floor(seconds / 86_400)],
    ["h", Math.floor(seconds / 3600) % 24],
    ["m", Math.floor(seconds / 60) % 60],
    ["s", seconds % 60],
  ] as const;
  const first = units.findIndex(([, count]) => count > 0);
  return units
    .slice(first, first + 2)
    .filter(([, count]) => count > 0)
    .map(([unit, count]) => `${count}${unit}`)
    .join(" ");
}

/** A running time: `0:07`, `12:30`, `1:02:03`. Takes milliseconds. */
export function clockTime(milliseconds: number): string {
  const seconds = Math.floor(Math.max(milliseconds, 0) / 1000);
  const two = (count: number): string => String(count).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}
