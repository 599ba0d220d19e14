import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { formatMoment } from './moment-format.ts';

const date = DateTime.fromISO('2024-03-03T09:05:07.000', { zone: 'Europe/Berlin' });

test.each([
  ['dddd, MMMM Do YYYY HH:mm', 'Sunday, March 3rd 2024 09:05'],
  ['D/M/YY h:mm:ss a', '3/3/24 9:05:07 am'],
  ['[at] HH[h] Z', 'at 09h +01:00'],
  ['X', '1709453107'],
])('%s gives %s', (format, expected) => {
  expect(formatMoment(date, format)).toBe(expected);
});
