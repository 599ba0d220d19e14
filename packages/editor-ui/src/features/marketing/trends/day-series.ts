const DAY_MS = 86_400_000;

/** One day of a trend; null when nobody looked. */
export interface Day {
  readonly at: number;
  readonly value: number | null;
}

/** Points with the days between them that are missing, so that a line breaks there. */
export function withGaps(
  points: readonly { readonly at: number; readonly value: number }[],
): Day[] {
  const days: Day[] = [];
  for (const { at, value } of points) {
    const before = days.at(-1);
    if (before && at - before.at > 1.5 * DAY_MS) days.push({ at: before.at + DAY_MS, value: null });
    days.push({ at, value });
  }
  return days;
}
