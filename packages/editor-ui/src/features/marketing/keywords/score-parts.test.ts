import { expect, test } from 'vitest';
import type { Keyword } from '../api/keyword.ts';
import { isPlottable, scoreParts } from './score-parts.ts';

const keyword: Keyword = {
  id: 'k',
  text: 'tea',
  volume: 10,
  difficulty: 20,
  cpc: null,
  position: null,
  targetPosition: 5,
  expectedValue: 60,
  probability: 0.5,
  score: 10,
  isQuickWin: false,
  status: 'new',
};

test('a score is value times chance for the work', () => {
  expect(scoreParts(keyword)).toEqual({ expectedValue: 60, probability: 0.5, effort: 3 });
});

test('a keyword that is not scored, or worth nothing, has no parts', () => {
  expect(scoreParts({ ...keyword, score: null })).toBeUndefined();
  expect(scoreParts({ ...keyword, score: 0 })).toBeUndefined();
});

test('only what has both volume and difficulty has a place in the chart', () => {
  const changes = [{}, { volume: 0 }, { volume: null }, { difficulty: null }];
  expect(changes.map((change) => isPlottable({ ...keyword, ...change }))).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
