/** A day of the calendar: `2026-11-21`, in the zone of whoever planned it. */
export interface CalendarDay {
  readonly day: string;
  /** Belongs to the month that is shown. */
  readonly isInside: boolean;
}

export type CalendarSpan = 'month' | 'week';

const FIRST_WEEKDAY = 1;
const DAYS_OF_WEEK = 7;

/**
 * The days a calendar shows: whole weeks from Monday on.
 *
 * @param anchor - Any day of the month or week.
 */
export function calendarDays(anchor: string, span: CalendarSpan): CalendarDay[] {
  const middle = dateOf(anchor);
  const month = middle.getUTCMonth();
  if (span === 'week')
    return daysFrom(mondayOf(middle), DAYS_OF_WEEK).map((day) => ({ day, isInside: true }));
  const first = new Date(Date.UTC(middle.getUTCFullYear(), month, 1));
  const last = new Date(Date.UTC(middle.getUTCFullYear(), month + 1, 0));
  const start = mondayOf(first);
  const weeks = Math.ceil((dayNumber(last) - dayNumber(start) + 1) / DAYS_OF_WEEK);
  return daysFrom(start, weeks * DAYS_OF_WEEK).map((day) => ({
    day,
    isInside: dateOf(day).getUTCMonth() === month,
  }));
}

/** The same day one month or week on or back; the 31st becomes the last day of a shorter month. */
export function moved(anchor: string, span: CalendarSpan, by: number): string {
  const date = dateOf(anchor);
  if (span === 'week') {
    date.setUTCDate(date.getUTCDate() + by * DAYS_OF_WEEK);
    return textOf(date);
  }
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + by];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return textOf(new Date(Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay))));
}

/** The day `by` days on, or back. */
export const dayAfter = (day: string, by: number): string =>
  textOf(new Date(dateOf(day).getTime() + by * DAY_MS));

/** @param day - `2026-11-21` */
export const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`);

export const textOf = (date: Date): string => date.toISOString().slice(0, 10);

const DAY_MS = 86_400_000;
const dayNumber = (date: Date) => date.getTime() / DAY_MS;

function mondayOf(date: Date): Date {
  const back = (date.getUTCDay() - FIRST_WEEKDAY + DAYS_OF_WEEK) % DAYS_OF_WEEK;
  return new Date(date.getTime() - back * DAY_MS);
}

const daysFrom = (start: Date, count: number): string[] =>
  Array.from({ length: count }, (_, index) => textOf(new Date(start.getTime() + index * DAY_MS)));
