import { expect, test } from 'vitest';
import {
  formatBytes,
  formatDollars,
  formatDuration,
  formatInstant,
  formatRelative,
} from './format.ts';

test.each([
  [0, '0 ms'],
  [-5, '0 ms'],
  [999, '999 ms'],
  [1449, '1.4 s'],
  [37_400, '37 s'],
  [125_000, '2 min 5 s'],
  [3_780_000, '1 h 3 min'],
])('%d ms reads %s', (durationMs, text) => {
  expect(formatDuration(durationMs, 'en')).toBe(text);
});

test('durations follow the language', () => {
  expect(formatDuration(1449, 'de')).toBe('1,4 s');
});

test.each([
  [0, 'now'],
  [-59_000, 'now'],
  [-180_000, '3 minutes ago'],
  [-7_200_000, '2 hours ago'],
  [-86_400_000, 'yesterday'],
  [3_600_000, 'in 1 hour'],
])('%d ms away reads %s', (distanceMs, text) => {
  expect(formatRelative(1e12 + distanceMs, 1e12, 'en')).toBe(text);
});

test('an instant shows date and seconds', () => {
  expect(formatInstant(Date.UTC(2026, 10, 21, 12, 0, 7), 'en')).toMatch(/2026.*:07/);
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 kB'],
  [1_440_000, '1.4 MB'],
  [3e15, '3,000 TB'],
])('%d bytes are %s', (sizeBytes, text) => {
  expect(formatBytes(sizeBytes, 'en')).toBe(text);
});

test.each([
  [0, '$0.00'],
  [0.00421, '$0.0042'],
  [12.5, '$12.50'],
])('%d dollars are %s', (dollars, text) => {
  expect(formatDollars(dollars, 'en')).toBe(text);
});
