import { expect, test } from 'vitest';
import { isQuickWin, strikingDistance } from './quick-win.ts';

const limits = { maxDifficulty: 30, minVolume: 100, authority: 30, foreignBrands: ['acme'] };

test.each([
  ['easy and wanted', { difficulty: 30, volume: 100 }, true],
  ['too hard', { difficulty: 31, volume: 100 }, false],
  ['too rare', { difficulty: 5, volume: 99 }, false],
  ['of unknown difficulty', { volume: 100 }, false],
  ['within reach', { difficulty: 5, volume: 100, position: 4 }, true],
  ['won already', { difficulty: 5, volume: 100, position: 3.9 }, false],
  [
    'another brand',
    { difficulty: 5, volume: 100, text: 'Acme login', intents: ['navigational'] as const },
    false,
  ],
])('%s', (_, keyword, expected) => {
  expect(isQuickWin({ text: 'a', ...keyword }, limits)).toBe(expected);
});

test('striking distance wants a position of 4 to 20 and more than the middle impressions', () => {
  const keywords = [
    { text: 'near', position: 8, impressions: 900 },
    { text: 'rare', position: 8, impressions: 10 },
    { text: 'first', position: 1, impressions: 5000 },
  ];
  expect(
    strikingDistance([...keywords, { text: 'mid', position: 30, impressions: 100 }]).map(
      ({ text }) => text,
    ),
  ).toEqual(['near']);
});
