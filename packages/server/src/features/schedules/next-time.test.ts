import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { nextTime, type Timetable } from './next-time.ts';

const zone = 'Europe/Berlin';
const at = (iso: string) => DateTime.fromISO(iso, { zone }).toMillis();
const say = (ms: number | undefined) =>
  ms === undefined
    ? undefined
    : DateTime.fromMillis(ms, { zone }).toISO({
        suppressSeconds: true,
        suppressMilliseconds: true,
      });
const timetable = (cron: string, every?: Timetable['every']): Timetable => ({
  cron,
  every,
  timezone: zone,
  anchor: at('2026-03-01T00:00'),
});
test.each([
  ['seconds', 90, '2026-03-01T00:01:00', '2026-03-01T00:01:30+01:00'],
  ['minutes', 45, '2026-03-29T01:30', '2026-03-29T03:15+02:00'], // the clocks go forward in between
  ['minutes', 45, '2026-03-01T00:45', '2026-03-01T01:30+01:00'],
] as const)('every so many %s are counted from the beginning: %i', (unit, count, after, next) => {
  expect(say(nextTime(timetable('* * * * *', { unit, count }), at(after)))).toBe(next);
});

const series = (table: Timetable, from: string, count: number) => {
  const times: (string | null | undefined)[] = [];
  let last = at(from);
  for (let n = 0; n < count; n++) {
    const next = nextTime(table, last);
    times.push(say(next));
    last = next ?? last;
  }
  return times;
};

test('a daily time stays at its local hour when the clocks go forward and back', () => {
  expect(series(timetable('0 9 * * *'), '2026-03-28T12:00', 2)).toEqual([
    '2026-03-29T09:00+02:00',
    '2026-03-30T09:00+02:00',
  ]);
  expect(series(timetable('0 9 * * *'), '2026-10-24T12:00', 2)).toEqual([
    '2026-10-25T09:00+01:00',
    '2026-10-26T09:00+01:00',
  ]);
});

test('a local time that is skipped fires once after the gap, one that is repeated fires once', () => {
  expect(series(timetable('30 2 * * *'), '2026-03-28T12:00', 2)).toEqual([
    '2026-03-29T03:00+02:00',
    '2026-03-30T02:30+02:00',
  ]);
  const autumn = series(timetable('30 2 * * *'), '2026-10-24T12:00', 2);
  expect(autumn).toEqual(['2026-10-25T02:30+02:00', '2026-10-26T02:30+01:00']);
});

test('every second week, counted from the anchor', () => {
  const fortnight = timetable('0 8 * * 1', { unit: 'weeks', count: 2 });
  expect(series(fortnight, '2026-03-01T00:00', 3)).toEqual([
    '2026-03-09T08:00+01:00',
    '2026-03-23T08:00+01:00',
    '2026-04-06T08:00+02:00',
  ]);
});

test('a date that never comes has no next time', () => {
  expect(nextTime(timetable('0 0 30 2 *'), at('2026-01-01T00:00'))).toBeUndefined();
});
