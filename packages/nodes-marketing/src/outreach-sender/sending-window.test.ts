import { expect, test } from 'vitest';
import { minutesOf, nextOpen } from './sending-window.ts';

const weekdays = new Set([1, 2, 3, 4, 5]);
const office = { days: weekdays, from: 9 * 60, to: 17 * 60 };
const at = (text: string) => Date.parse(text);

test.each([
  ['open now', office, 'Europe/Berlin', '2026-11-23T08:00Z', '2026-11-23T08:00Z'],
  ['opens today', office, 'Europe/Berlin', '2026-11-23T07:59Z', '2026-11-23T08:00Z'],
  ['closes at its end', office, 'Europe/Berlin', '2026-11-23T16:00Z', '2026-11-24T08:00Z'],
  ['a weekend', office, 'Europe/Berlin', '2026-11-20T16:30Z', '2026-11-23T08:00Z'],
  [
    'the other side of the world',
    office,
    'Pacific/Auckland',
    '2026-11-22T19:59Z',
    '2026-11-22T20:00Z',
  ],
  ['a zone of quarters', office, 'Asia/Kathmandu', '2026-11-23T00:00Z', '2026-11-23T03:15Z'],
  ['the day the clocks change', office, 'Europe/Berlin', '2026-03-28T12:00Z', '2026-03-30T07:00Z'],
  [
    'over midnight',
    { days: weekdays, from: 22 * 60, to: 60 },
    'UTC',
    '2026-11-23T12:00Z',
    '2026-11-23T22:00Z',
  ],
  [
    'all day',
    { days: new Set([7]), from: 0, to: 0 },
    'UTC',
    '2026-11-23T12:00Z',
    '2026-11-29T00:00Z',
  ],
])('%s', (_, window, zone, from, expected) => {
  expect(nextOpen(window, zone, at(from))).toBe(at(expected));
});

test('without a day it never opens', () => {
  expect(nextOpen({ ...office, days: new Set() }, 'UTC', 0)).toBeUndefined();
});

test('a zone or a time nobody knows is said as such', () => {
  expect(() => nextOpen(office, 'Mars/Base', 0)).toThrow('no time zone "Mars/Base"');
  expect(() => minutesOf('25:00')).toThrow('"25:00" is no time of day');
  expect(() => minutesOf('9')).toThrow('no time of day');
  expect(minutesOf('09:30')).toBe(570);
});
