import { expect, test } from 'vitest';
import { textOfJson, wordsOf } from './words.ts';

test.each([
  ['Crème BRÛLÉE, 7pm!', ['creme', 'brulee', '7pm']],
  ['ada@example.com ada', ['ada', 'example', 'com']],
  ['東京 Zürich_1', ['東京', 'zurich', '1']],
  ['\'"*():&|', []],
  ['x'.repeat(100), ['x'.repeat(64)]],
])('the words of %j are %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});

test('the text of stored JSON has no escapes and no names that every item has', () => {
  const json = JSON.stringify([[{ json: { note: 'one\ntwo "three"' }, pairedItem: { item: 0 } }]]);
  expect(wordsOf(textOfJson(json))).toEqual(['note', 'one', 'two', 'three', '0']);
});

test('endless text gives so many words and no more', () => {
  const text = Array.from({ length: 30_000 }, (_, index) => `w${index}`).join(' ');
  expect(wordsOf(text)).toHaveLength(20_000);
});
