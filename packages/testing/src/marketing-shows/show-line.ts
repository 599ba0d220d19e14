/** One thing that was asked for, and what the seed data gave. */
export interface ShowLine {
  readonly what: string;
  readonly asked: string;
  readonly found: string;
  readonly holds: boolean;
  /** How long the product took for it, where it took something. */
  readonly seconds?: number;
}

/** At least so many have to be found. */
export const atLeast = (
  what: string,
  asked: number,
  found: number,
  seconds?: number,
): ShowLine => ({
  what,
  asked: `≥ ${told(asked)}`,
  found: told(found),
  holds: found >= asked,
  ...(seconds !== undefined && { seconds }),
});

/** At most so many may be found. */
export const atMost = (what: string, asked: number, found: number): ShowLine => ({
  what,
  asked: `≤ ${told(asked)}`,
  found: told(found),
  holds: found <= asked,
});

/** Exactly so many have to be found. */
export const exactly = (what: string, asked: number, found: number): ShowLine => ({
  what,
  asked: told(asked),
  found: told(found),
  holds: found === asked,
});

/** What was found has to lie between two figures. */
export const between = (what: string, [low, high]: readonly [number, number], found: number) => ({
  what,
  asked: `${told(low)} – ${told(high)}`,
  found: told(found),
  holds: found >= low && found <= high,
});

/** A table of the lines, those that do not hold marked. */
export function showTable(lines: readonly ShowLine[]): string {
  const rows = lines.map(({ what, asked, found, holds, seconds }) => [
    holds ? 'ok' : 'MISS',
    what,
    asked,
    found,
    seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
  ]);
  const all = [['', 'shown', 'asked', 'found', 'took'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  return all
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Whole numbers as they are, shares with two digits. */
const told = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toFixed(2);

/** Seconds a step takes, beside what it gives. */
export async function timed<T>(step: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const start = performance.now();
  const result = await step();
  return { result, seconds: (performance.now() - start) / 1000 };
}
