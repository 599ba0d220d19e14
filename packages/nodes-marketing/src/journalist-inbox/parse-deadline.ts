import { openZone } from '../content-calendar/local-time.ts';

export interface Deadline {
  /** ms since the epoch. */
  readonly at: number;
  /** The mail named no zone, and the usual one was taken. */
  readonly isZoneGuessed: boolean;
}

const DAY_MS = 86_400_000;

/**
 * American mails say "EST" all year and mean the clock in New York; taken literally in summer, an
 * answer would come an hour late.
 */
const ZONES: Readonly<Record<string, string>> = {
  ...named('America/New_York', ['et', 'est', 'edt', 'eastern']),
  ...named('America/Chicago', ['ct', 'cst', 'cdt', 'central']),
  ...named('America/Denver', ['mt', 'mst', 'mdt', 'mountain']),
  ...named('America/Los_Angeles', ['pt', 'pst', 'pdt', 'pacific']),
  ...named('UTC', ['gmt', 'utc', 'z']),
  ...named('Europe/London', ['bst']),
  ...named('Europe/Berlin', ['cet', 'cest']),
  ...named('Australia/Sydney', ['aest', 'aedt', 'aet']),
};

function named(zone: string, words: readonly string[]): Record<string, string> {
  return Object.fromEntries(words.map((word) => [word, zone]));
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(${MONTHS.join('|')})[a-z]*`;
const DAY = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
const YEAR = String.raw`(?:,?\s+(\d{4}))?`;

/**
 * Reads a deadline such as `7:00 PM EST - 8 July`, `July 8, 2026 at 5pm PT` or ISO 8601. Without a
 * year it is the next such day after the mail came; without a time, the end of the day.
 *
 * @param usualZone - IANA name, for mails that name none.
 * @returns `undefined` for what cannot be read for sure, such as `07/08/2026`: July or August?
 */
export function parseDeadline(
  text: string,
  receivedAt: number,
  usualZone: string,
): Deadline | undefined {
  const told = text.trim();
  const iso = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)/.exec(told)?.[0];
  if (iso !== undefined) return { at: Date.parse(iso), isZoneGuessed: false };
  const day = dayIn(told, receivedAt);
  const clock = clockIn(told);
  if (!day || clock === 'wrong') return undefined;
  const zone = zoneIn(told);
  const at = openZone(zone ?? usualZone).instantOf(`${day}T${clock ?? '23:59'}`);
  return { at, isZoneGuessed: zone === undefined };
}

function zoneIn(text: string): string | undefined {
  for (const [word] of text.toLowerCase().matchAll(/\b[a-z]{1,8}\b/g)) {
    const zone = ZONES[word];
    if (zone !== undefined) return zone;
  }
  return undefined;
}

function clockIn(text: string): string | undefined | 'wrong' {
  if (/\b(noon|midday)\b/i.test(text)) return '12:00';
  if (/\bmidnight\b/i.test(text)) return '23:59';
  const found =
    /\b(\d{1,2})(?:[:.](\d\d))?\s*([ap])\.?m\b/i.exec(text) ?? /\b(\d{1,2}):(\d\d)\b/.exec(text);
  if (!found) return undefined;
  const [, hours = '', minutes = '00', half] = found;
  const hour =
    half === undefined
      ? Number(hours)
      : (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  const isTwelve = half === undefined || (Number(hours) >= 1 && Number(hours) <= 12);
  if (!isTwelve || hour > 23 || Number(minutes) > 59) return 'wrong';
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** `2026-07-08` */
function dayIn(text: string, receivedAt: number): string | undefined {
  const iso = /\b(\d{4})-(\d\d)-(\d\d)\b/.exec(text);
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const words =
    matchDay(
      new RegExp(String.raw`\b${DAY}\s+(?:of\s+)?${MONTH}\.?${YEAR}`, 'i').exec(text),
      1,
      2,
    ) ?? matchDay(new RegExp(String.raw`\b${MONTH}\.?\s+${DAY}${YEAR}\b`, 'i').exec(text), 2, 1);
  if (words) return nextSuch(words, receivedAt);
  const figures = /\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b/.exec(text);
  if (!figures) return undefined;
  const [first, second, year] = [Number(figures[1]), Number(figures[2]), Number(figures[3])];
  if (first > 12) return dayOf(year, second, first);
  if (second > 12 || first === second) return dayOf(year, first, second);
  return undefined;
}

interface NamedDay {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

function matchDay(found: RegExpExecArray | null, day: number, month: number): NamedDay | undefined {
  if (!found) return undefined;
  return {
    year: found[3] === undefined ? undefined : Number(found[3]),
    month: MONTHS.indexOf(String(found[month]).slice(0, 3).toLowerCase()) + 1,
    day: Number(found[day]),
  };
}

function nextSuch({ year, month, day }: NamedDay, receivedAt: number): string | undefined {
  if (year !== undefined) return dayOf(year, month, day);
  const thisYear = new Date(receivedAt).getUTCFullYear();
  // A mail that was late is no mail of next year.
  const fitting = [thisYear, thisYear + 1]
    .flatMap((each) => dayOf(each, month, day) ?? [])
    .find((each) => Date.parse(each) > receivedAt - 60 * DAY_MS);
  return fitting;
}

function dayOf(year: number, month: number, day: number): string | undefined {
  const at = new Date(Date.UTC(year, month - 1, day));
  const isReal = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return isReal ? at.toISOString().slice(0, 10) : undefined;
}
