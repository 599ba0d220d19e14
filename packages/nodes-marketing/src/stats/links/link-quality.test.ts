import { expect, test } from 'vitest';
import { linkQuality } from './link-quality.ts';

const best = {
  authority: 1,
  topical: 1,
  rel: 'follow',
  placement: 'content',
  spam: 0,
  outlinks: 0,
} as const;

test('the best possible link has 100 points, and the parts say where they come from', () => {
  const { score, parts } = linkQuality(best);
  expect(score).toBeCloseTo(100, 10);
  expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score, 10);
});

test.each([
  ['weaker', { authority: 0.2 }],
  ['off subject', { topical: 0 }],
  ['not followed', { rel: 'nofollow' }],
  ['in the footer', { placement: 'footer' }],
  ['spam', { spam: 0.9 }],
  ['one of many', { outlinks: 200 }],
] as const)('a link that is %s is worth less', (_, worse) => {
  expect(linkQuality({ ...best, ...worse }).score).toBeLessThan(99);
});
