const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/**
 * How long ago, or in how long: `3 minutes ago`, `tomorrow`.
 *
 * @param at - ms since the epoch.
 * @param now - ms since the epoch. Less than a minute away is "now".
 */
export function formatRelative(at: number, now: number, locale: string): string {
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, sizeMs] of units) {
    if (Math.abs(at - now) >= sizeMs) return words.format(Math.round((at - now) / sizeMs), unit);
  }
  return words.format(0, 'second');
}

/** Date and time to the second, in the reader's time zone. */
export function formatInstant(at: number, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }).format(at);
}

/** `12 ms`, `1.4 s`, `2 min 5 s`, `1 h 3 min`. Never negative. */
export function formatDuration(durationMs: number, locale: string): string {
  const ms = Math.max(0, durationMs);
  const number = (value: number, digits = 0) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
  if (ms < 1000) return `${number(ms)} ms`;
  if (ms < 60_000) return `${number(ms / 1000, ms < 10_000 ? 1 : 0)} s`;
  const seconds = Math.floor(ms / 1000);
  if (seconds < 3600) return `${number(Math.floor(seconds / 60))} min ${number(seconds % 60)} s`;
  return `${number(Math.floor(seconds / 3600))} h ${number(Math.floor((seconds % 3600) / 60))} min`;
}
