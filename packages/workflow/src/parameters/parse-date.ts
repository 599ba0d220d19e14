import { DateTime } from 'luxon';

/**
 * Reads a date the way n8n's fields do: Luxon and JavaScript dates, ms since the epoch, then texts as ISO, HTTP, RFC 2822, SQL, and
 * whatever `Date.parse` takes.
 *
 * @param zone - For texts that name none.
 */
export function parseDate(value: unknown, zone?: string): DateTime | undefined {
  if (DateTime.isDateTime(value)) return value.isValid ? value : undefined;
  if (value instanceof Date) return valid(DateTime.fromJSDate(value));
  if (typeof value === 'number') return valid(DateTime.fromMillis(value));
  if (typeof value !== 'string' || value.trim() === '') return undefined;

  const text = value.trim();
  const options = { setZone: true, ...(zone && { zone }) };
  for (const read of [
    DateTime.fromISO,
    DateTime.fromHTTP,
    DateTime.fromRFC2822,
    DateTime.fromSQL,
  ]) {
    const date = read(text, options);
    if (date.isValid) return date;
  }
  const parsed = Date.parse(text);
  return Number.isNaN(parsed) ? undefined : DateTime.fromMillis(parsed);
}

const valid = (date: DateTime) => (date.isValid ? date : undefined);
