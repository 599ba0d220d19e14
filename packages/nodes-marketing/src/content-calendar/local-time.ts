import { InputError } from '../item-fields/input.error.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** Turns instants into what clocks show in one zone, and back. */
export interface Zone {
  /** `2026-11-21T09:00` */
  clockAt(instant: number): string;
  /**
   * The instant a clock shows this. An hour that is left out in spring counts from the clock before
   * the change (02:30 becomes 03:30), of an hour that comes twice in autumn it is the first.
   */
  instantOf(clock: string): number;
}

/** @throws {InputError} for a name that is no IANA zone. */
export function openZone(name: string): Zone {
  const format = formatOf(name);
  const clockAt = (instant: number): string => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
    return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
  };
  const offsetAt = (instant: number): number => {
    const whole = Math.floor(instant / MINUTE_MS) * MINUTE_MS;
    return Date.parse(`${clockAt(whole)}Z`) - whole;
  };

  return {
    clockAt,
    instantOf(clock) {
      const asUtc = Date.parse(`${clock}Z`);
      if (!Number.isFinite(asUtc))
        throw new InputError(`"${clock}" is no local time`, 'Write it as 2026-11-21T09:00');
      const before = asUtc - offsetAt(asUtc - DAY_MS);
      const after = asUtc - offsetAt(asUtc + DAY_MS);
      const fitting = [before, after].filter((instant) => clockAt(instant) === clock);
      return fitting.length > 0 ? Math.min(...fitting) : before;
    },
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new InputError(`"${zone}" is no time zone`, 'Give an IANA name such as Europe/Berlin');
  }
}

/** The day `count` days after a day such as `2026-11-21`. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(`${day}T00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);

const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** `monday` … `sunday` */
export const weekdayOf = (day: string): string =>
  WEEKDAYS[new Date(`${day}T00:00Z`).getUTCDay()] ?? '';
