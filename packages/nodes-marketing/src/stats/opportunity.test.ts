import { expect, test } from 'vitest';
import { PRIOR_CTR } from './ctr-curve.ts';
import { scoreOpportunity } from './opportunity.ts';

const site = { authority: 30, valuePerClick: 2, useCpc: true };

test('a new page aims at position 5 and its parts multiply to the score', () => {
  const found = scoreOpportunity({ text: 'a', volume: 1000, difficulty: 30, cpc: 0.5 }, site);
  expect(found).toMatchObject({
    action: 'newPage',
    targetPosition: 5,
    probability: 0.5,
    effort: 3,
  });
  expect(found.extraClicks).toBeCloseTo(1000 * (PRIOR_CTR[4] ?? 0), 9);
  expect(found.score).toBeCloseTo((found.extraClicks * 0.5 * 0.5) / 3, 9);
});

test.each([
  ['ranks at 9', { position: 9, difficulty: 10 }, 'update', 3],
  ['ranks at 4', { position: 4, difficulty: 10 }, 'update', 1],
  ['far too hard', { difficulty: 60 }, 'linkCampaign', 5],
])('%s', (_, keyword, action, targetPosition) => {
  const found = scoreOpportunity({ text: 'a', volume: 10, ...keyword }, site);
  expect(found).toMatchObject({ action, targetPosition });
});

test('the first place has nothing to gain', () => {
  expect(scoreOpportunity({ text: 'a', volume: 1000, position: 1 }, site).score).toBe(0);
});

test('an unknown difficulty is an even chance, never an easy one', () => {
  expect(scoreOpportunity({ text: 'a', volume: 10 }, site).probability).toBe(0.5);
  expect(
    scoreOpportunity({ text: 'a', volume: 10, difficulty: 0 }, site).probability,
  ).toBeGreaterThan(0.9);
});
