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

/** `640 B`, `1.4 MB`, in steps of 1000. */
export function formatBytes(sizeBytes: number, locale: string): string {
  const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];
  const step = Math.min(
    sizes.length - 1,
    Math.floor(Math.log10(Math.max(1, Math.abs(sizeBytes))) / 3),
  );
  const digits = new Intl.NumberFormat(locale, { maximumFractionDigits: step === 0 ? 0 : 1 });
  return `${digits.format(sizeBytes / 1000 ** step)} ${sizes[step]}`;
}

/** US dollars; small amounts keep the digits that matter: `$0.0042`. */
export function formatDollars(dollars: number, locale: string): string {
  const isSmall = dollars !== 0 && Math.abs(dollars) < 1;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    ...(isSmall ? { maximumSignificantDigits: 2 } : { maximumFractionDigits: 2 }),
  }).format(dollars);
}
