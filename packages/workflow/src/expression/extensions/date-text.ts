import { DateTime } from 'luxon';
import type { Context } from '../context.ts';
import { extensionError } from './extension.ts';

/**
 * Reads a date as people and services write it: ISO, HTTP, RFC 2822, SQL, a timestamp, or what
 * `Date.parse` knows. Without a zone in the text the workflow's holds.
 */
export function parseDateTime(context: Context, text: string): DateTime {
  const options = { zone: context.scope.timezone };
  const trimmed = text.trim().slice(0, 200);
  if (/^-?\d{9,17}$/.test(trimmed)) return fromTimestamp(context, trimmed);
  for (const read of [readIso, DateTime.fromHTTP, DateTime.fromRFC2822, DateTime.fromSQL]) {
    const date = read(trimmed, options);
    if (date.isValid) return date;
  }
  const milliseconds = Date.parse(trimmed);
  if (!Number.isNaN(milliseconds)) return DateTime.fromMillis(milliseconds, options);
  throw extensionError(
    'cannot convert to Luxon DateTime',
    'Say how it is written: .toDateTime("dd/MM/yyyy")',
  );
}

/** ISO text keeps the zone it names. */
const readIso = (text: string, options: { zone: string }) =>
  DateTime.fromISO(text, { ...options, setZone: true });

/** Seconds, milliseconds or microseconds, told apart by size. */
function fromTimestamp(context: Context, digits: string): DateTime {
  const value = Number(digits);
  const size = Math.abs(value);
  const milliseconds = size < 1e11 ? value * 1000 : size < 1e14 ? value : value / 1000;
  return DateTime.fromMillis(milliseconds, { zone: context.scope.timezone });
}
