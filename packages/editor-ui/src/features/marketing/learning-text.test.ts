import { expect, test } from 'vitest';
import { believed, neutralOf, plainWords, subjectParts } from './learning-text.ts';

test.each([
  ['action:newPage', { about: 'action', words: 'new page' }],
  ['channels:email+search', { about: 'channels', words: 'email + search' }],
  ['success:tone=warm', { about: 'success', words: 'tone: warm' }],
  ['plain', { about: '', words: 'plain' }],
])('the subject %s is read in parts', (subject, parts) => {
  expect(subjectParts(subject)).toEqual(parts);
});

test('names of code become words', () => {
  expect(plainWords('brokenLink')).toBe('broken link');
});

test('a belief lies within its 80 % interval, odds as odds', () => {
  expect(believed({ metric: 'gain', mean: 1, sd: 0.1 })).toEqual({
    value: 1,
    low: expect.closeTo(0.87184),
    high: expect.closeTo(1.12816),
  });
  const odds = believed({ metric: 'logOdds', mean: 0, sd: 1 });
  expect(odds.value).toBe(1);
  expect(odds.low * odds.high).toBeCloseTo(1);
});

test('rates have no value that means "as expected"', () => {
  expect([neutralOf('gain'), neutralOf('rate')]).toEqual([1, undefined]);
});
