import { expect, test } from 'vitest';
import { createBusinessProfile } from './business-profile.ts';

const profile = createBusinessProfile([
  { id: '1', text: 'coffee grinder', value: 10 },
  { id: '2', text: 'coffee beans', value: 20 },
  { id: '3', text: 'best coffee beans', value: 5 },
  { id: '4', text: 'oat milk', value: 7 },
]);

test('a text of the business is more relevant than one that shares a word, and that than a strange one', () => {
  const [own, near, strange] = ['coffee beans', 'mushroom coffee', 'summer tyres'].map(
    profile.relevance,
  );
  expect(own).toBeGreaterThan(near ?? 1);
  expect(near).toBeGreaterThan(0);
  expect(strange).toBe(0);
  expect(profile.relevance('')).toBe(0);
});

test('matches are found across word forms, the likest first, of equals the worthiest', () => {
  expect(profile.match('Coffee bean').map(({ id }) => id)).toEqual(['2', '3', '1']);
  expect(profile.match('coffee bean')[0]?.likeness).toBeCloseTo(1, 10);
  expect(profile.match('oat flat white').map(({ id }) => id)).toEqual(['4']);
  expect(profile.match('summer tyres')).toEqual([]);
});

test('a long text covers a search whose words it all has', () => {
  expect(profile.coverage('I write about how people store their beans for coffee at home')).toBe(1);
  expect(profile.coverage('I write about milk')).toBeGreaterThan(0);
  expect(profile.coverage('I write about milk')).toBeLessThan(1);
});

test('without searches nothing is relevant', () => {
  const empty = createBusinessProfile([]);
  expect([empty.relevance('coffee'), empty.coverage('coffee'), empty.match('coffee')]).toEqual([
    0,
    0,
    [],
  ]);
});
