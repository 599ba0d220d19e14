import { InputError } from '../item-fields/input.error.ts';

/** When mail may go out, by the clock of whoever gets it. */
export interface SendingWindow {
  /** 1 is Monday, 7 Sunday. */
  readonly days: ReadonlySet<number>;
  /** Minutes after midnight; `to` is the first that is too late. Equal: the whole day. */
  readonly from: number;
  readonly to: number;
}

const STEP_MS = 15 * 60_000;
const DAYS_AHEAD = 8;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * The earliest time from `at` on when the window is open in `zone`, to a quarter of an hour.
 *
 * @returns `undefined` when it is never open.
 * @throws {InputError} for a zone nobody knows.
 */
export function nextOpen(window: SendingWindow, zone: string, at: number): number | undefined {
  const clock = clockIn(zone);
  if (isOpen(window, clock(at))) return at;
  const first = Math.ceil((at + 1) / STEP_MS) * STEP_MS;
  for (let time = first; time < at + DAYS_AHEAD * 86_400_000; time += STEP_MS)
    if (isOpen(window, clock(time))) return time;
  return undefined;
}

/** `09:30` as minutes after midnight. */
export function minutesOf(time: string): number {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(time.trim()) ?? [];
  const total = Number(hours) * 60 + Number(minutes);
  if (Number(minutes) < 60 && total <= 24 * 60) return total;
  throw new InputError(`"${time}" is no time of day`, 'Write hours and minutes, such as 09:00');
}

interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

function isOpen({ days, from, to }: SendingWindow, { day, minute }: LocalTime): boolean {
  if (!days.has(day)) return false;
  if (from === to) return true;
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

function clockIn(zone: string): (at: number) => LocalTime {
  const format = formatIn(zone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: WEEKDAYS.indexOf(parts.get('weekday') ?? '') + 1,
      minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
    };
  };
}

function formatIn(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    throw new InputError(`There is no time zone "${timeZone}"`, 'Use a name such as Europe/Berlin');
  }
}
