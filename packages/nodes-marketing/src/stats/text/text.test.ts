import { describe, expect, test } from 'vitest';
import { hammingDistance, isNearDuplicate, simHash } from './fingerprint.ts';
import { bandScore, readability } from './readability.ts';
import { containment, jaccard, shinglesOf, uniqueness } from './shingles.ts';

const EASY = 'The cat sat on the mat. It was a big cat. We fed it milk. Then it ran off to play.';
const MIDDLE =
  'Our new service helps small shops find customers online. You choose a budget and we suggest where to spend it. Every week a report explains what happened.';
const HARD =
  'Notwithstanding considerable methodological heterogeneity, contemporary investigations demonstrate statistically significant associations between organisational communication and institutional accountability.';

describe('readability', () => {
  test('counts a sentence as Flesch did', () => {
    const result = readability('The cat sat on the mat.');
    expect(result).toMatchObject({ words: 6, sentences: 1, syllables: 6 });
    expect(result?.ease).toBeCloseTo(206.835 - 1.015 * 6 - 84.6, 6);
    expect(result?.grade).toBeCloseTo(0.39 * 6 + 11.8 - 15.59, 6);
  });

  test('texts of three levels keep their order', () => {
    const eases = [EASY, MIDDLE, HARD].map((text) => readability(text)?.ease ?? NaN);
    expect(eases).toEqual(eases.toSorted((a, b) => b - a));
  });

  test.each(['', '   ', '— … !'])('%j has no words to judge', (text) => {
    expect(readability(text)).toBeUndefined();
  });

  test('a band is full inside and falls outside', () => {
    const band = { low: 60, high: 70 };
    expect([50, 60, 65, 80, 500].map((ease) => bandScore(ease, band))).toEqual([
      75, 100, 100, 75, 0,
    ]);
  });
});

describe('uniqueness', () => {
  test('shingles are runs of words; short texts are one', () => {
    expect([...shinglesOf('One two, three FOUR')]).toEqual(['one two three', 'two three four']);
    expect([...shinglesOf('Just two')]).toEqual(['just two']);
    expect(shinglesOf('').size).toBe(0);
  });

  test('a text wholly taken is not unique, an own one is', () => {
    expect(uniqueness(EASY, [HARD, `${MIDDLE} ${EASY}`])).toEqual({
      score: 0,
      isFlagged: true,
      closest: 1,
    });
    expect(uniqueness(EASY, [HARD])).toEqual({ score: 1, isFlagged: false, closest: undefined });
    expect(uniqueness(EASY, []).score).toBe(1);
  });

  test('containment asks how much of A is in B, Jaccard how much they share', () => {
    const [a, b] = [new Set(['x', 'y']), new Set(['x', 'y', 'z', 'w'])];
    expect([containment(a, b), containment(b, a), jaccard(a, b)]).toEqual([1, 0.5, 0.5]);
    expect([containment(new Set(), b), jaccard(new Set(), new Set())]).toEqual([0, 0]);
  });
});

describe('fingerprint', () => {
  test('addresses, case and mentions do not matter', () => {
    const posted = `${MIDDLE.toUpperCase()} https://example.com/x @somebody`;
    expect(isNearDuplicate(simHash(MIDDLE), simHash(posted))).toBe(true);
  });

  test('another text is far away', () => {
    expect(hammingDistance(simHash(MIDDLE), simHash(HARD))).toBeGreaterThan(10);
    expect(hammingDistance(0n, 0xffffffffffffffffn)).toBe(64);
  });
});
