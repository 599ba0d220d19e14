import { NodeError } from '@millrace/workflow/errors';
import { DateTime, type DateTimeOptions } from 'luxon';

interface DateReading {
  readonly node: string;
  readonly itemIndex: number;
  /** Luxon tokens, when the text is in a form of its own. */
  readonly fromFormat?: string;
}

/** A date as users write them: dates, ISO, HTTP, RFC 2822 or SQL text, or a Unix time. Without an offset it is UTC. */
export function readDate(value: unknown, { node, itemIndex, fromFormat }: DateReading): DateTime {
  const date = fromFormat ? DateTime.fromFormat(String(value), fromFormat, ZONE) : anyDate(value);
  if (date.isValid) return date;
  throw new NodeError(
    'Invalid date format',
    { node, itemIndex },
    { fix: 'Give the date as ISO text, such as 2026-01-31' },
  );
}

const ZONE: DateTimeOptions = { zone: 'utc', setZone: true };

function anyDate(value: unknown): DateTime {
  if (DateTime.isDateTime(value)) return value;
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone: 'utc' });
  const text = String(value ?? '').trim();
  if (/^-?\d{5,}(\.\d+)?$/.test(text)) return unixDate(text);
  const readers = [DateTime.fromISO, DateTime.fromHTTP, DateTime.fromRFC2822, DateTime.fromSQL];
  const read = readers.map((from) => from(text, ZONE)).find((date) => date.isValid);
  return read ?? DateTime.fromMillis(Date.parse(`${text} UTC`), { zone: 'utc' });
}

/** Seconds, milliseconds or microseconds, told apart by length. */
function unixDate(text: string): DateTime {
  const digits = text.replace(/^-|\..*$/g, '').length;
  const perMs = digits <= 11 ? 1 / 1000 : digits <= 14 ? 1 : 1000;
  return DateTime.fromMillis(Number(text) / perMs, { zone: 'utc' });
}
