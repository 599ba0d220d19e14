import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ctrAt, fitCtrCurve, PRIOR_CTR } from './ctr-curve.ts';

test('without rows the curve is the prior', () => {
  expect(fitCtrCurve([])).toEqual(PRIOR_CTR.map((rate) => expect.closeTo(rate, 12)));
});

test('many impressions pull a position to what was observed', () => {
  const curve = fitCtrCurve([{ position: 1, clicks: 50_000, impressions: 100_000 }]);
  expect(curve[0]).toBeCloseTo((50_000 + 500 * 0.285) / 100_500, 12);
  expect(curve[1]).toBe(PRIOR_CTR[1]);
});

test('a lower position that out-clicks a higher one is pooled with it', () => {
  const curve = fitCtrCurve([
    { position: 1, clicks: 0, impressions: 10_000 },
    { position: 2, clicks: 4000, impressions: 10_000 },
  ]);
  expect(curve[0]).toBe(curve[1]);
});

test('never rises with the position, whatever was observed', () => {
  const row = fc
    .record({ position: fc.double({ min: 1, max: 25, noNaN: true }), impressions: fc.nat(1e6) })
    .chain((seen) => fc.nat(seen.impressions).map((clicks) => ({ ...seen, clicks })));
  fc.assert(
    fc.property(fc.array(row), (rows) => {
      const curve = fitCtrCurve(rows);
      expect(curve).toHaveLength(PRIOR_CTR.length);
      for (const [index, rate] of curve.entries()) {
        expect(rate).toBeLessThanOrEqual((curve[index - 1] ?? 1) + 1e-12);
      }
    }),
  );
});

test.each([
  [1, 0.285],
  [1.5, (0.285 + 0.157) / 2],
  [20, 0.003],
  [21, 0],
])('position %f is clicked by %f', (position, share) => {
  expect(ctrAt(PRIOR_CTR, position)).toBeCloseTo(share, 12);
});
