import { expect, test } from 'vitest';
import { calendarDays, dayAfter, moved } from './calendar-days.ts';

test('a month is shown in whole weeks from Monday on', () => {
  const days = calendarDays('2026-11-21', 'month');
  expect(days).toHaveLength(42);
  expect(days[0]).toEqual({ day: '2026-10-26', isInside: false });
  expect(days[6]).toEqual({ day: '2026-11-01', isInside: true });
  expect(days.at(-1)).toEqual({ day: '2026-12-06', isInside: false });
});

test('a February that fills four weeks is shown in four', () => {
  expect(calendarDays('2027-02-10', 'month').map(({ isInside }) => isInside)).toEqual(
    Array(28).fill(true),
  );
});

test('a week runs from Monday to Sunday, also across a year', () => {
  expect(calendarDays('2027-01-01', 'week').map(({ day }) => day)).toEqual([
    '2026-12-28',
    '2026-12-29',
    '2026-12-30',
    '2026-12-31',
    '2027-01-01',
    '2027-01-02',
    '2027-01-03',
  ]);
});

test.each([
  ['2026-01-31', 'month', 1, '2026-02-28'],
  ['2026-01-15', 'month', -1, '2025-12-15'],
  ['2026-12-30', 'week', 1, '2027-01-06'],
] as const)('from %s one %s by %i is %s', (anchor, span, by, day) => {
  expect(moved(anchor, span, by)).toBe(day);
});

test('a day on or back crosses months and years', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01');
  expect(dayAfter('2026-03-03', -7)).toBe('2026-02-24');
});
