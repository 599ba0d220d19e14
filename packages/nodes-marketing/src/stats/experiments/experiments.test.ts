import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { assignArm } from './assign.ts';
import { banditShares } from './bandit.ts';
import { compareRates } from './beta-binomial.ts';
import { analyseExperiment } from './decide.ts';
import { testSampleRatio } from './sample-ratio.ts';
import { testSequentially } from './sequential.ts';
import { testProportions } from './two-proportions.ts';
import { testMeans } from './welch.ts';
import { wilsonInterval } from './wilson.ts';

const arm = (successes: number, trials: number) => ({ successes, trials });

describe('two rates', () => {
  test('z and p are the textbook ones', () => {
    const { z, p, lift } = testProportions(arm(100, 1000), arm(130, 1000));
    expect(z).toBeCloseTo(2.1028, 3);
    expect(p).toBeCloseTo(0.0355, 3);
    expect(lift).toBeCloseTo(0.3, 10);
  });

  test('nothing differs where nobody came or all succeeded', () => {
    expect(testProportions(arm(0, 0), arm(0, 0)).p).toBe(1);
    expect(testProportions(arm(5, 5), arm(7, 7)).p).toBe(1);
  });

  test('false alarms of the fixed test stay near 5 %, those of the sequential one below, at any look', () => {
    const random = createRandom(11);
    let fixed = 0;
    let sequential = 0;
    for (let experiment = 0; experiment < 400; experiment += 1) {
      let [a, b] = [0, 0];
      let alarmed = { fixed: false, sequential: false };
      for (let n = 1; n <= 2000; n += 1) {
        a += random.next() < 0.2 ? 1 : 0;
        b += random.next() < 0.2 ? 1 : 0;
        if (n % 100 !== 0) continue;
        alarmed = {
          fixed: alarmed.fixed || testProportions(arm(a, n), arm(b, n)).p < 0.05,
          sequential: alarmed.sequential || testSequentially(arm(a, n), arm(b, n)).p < 0.05,
        };
      }
      fixed += alarmed.fixed ? 1 : 0;
      sequential += alarmed.sequential ? 1 : 0;
    }
    expect(fixed / 400).toBeGreaterThan(0.1);
    expect(sequential / 400).toBeLessThanOrEqual(0.05);
  });
});

describe('after the data', () => {
  test('equal arms are equally likely to be better', () => {
    expect(compareRates(arm(50, 500), arm(50, 500)).probability).toBeCloseTo(0.5, 6);
  });

  test('agrees with drawing from the posteriors', () => {
    const random = createRandom(5);
    let better = 0;
    let loss = 0;
    for (let draw = 0; draw < 100_000; draw += 1) {
      const gap = random.beta(1 + 45, 1 + 455) - random.beta(1 + 60, 1 + 440);
      better += gap < 0 ? 1 : 0;
      loss += Math.max(0, gap);
    }
    const exact = compareRates(arm(45, 500), arm(60, 500));
    expect(exact.probability).toBeCloseTo(better / 100_000, 2);
    expect(exact.expectedLoss).toBeCloseTo(loss / 100_000, 4);
  });

  test('one arm better plus the other better is certain', () => {
    const counts = fc.tuple(fc.nat(2000), fc.nat(2000)).map(([x, more]) => arm(x, x + more + 1));
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const sum = compareRates(a, b).probability + compareRates(b, a).probability;
        expect(sum).toBeCloseTo(1, 4);
      }),
      { numRuns: 40 },
    );
  });
});

test('Welch gives the textbook t and degrees of freedom', () => {
  const { t, freedom, p } = testMeans(
    { count: 15, mean: 20.82, variance: 2.81 ** 2 },
    { count: 15, mean: 23.71, variance: 3.22 ** 2 },
  );
  expect(t).toBeCloseTo(2.619, 2);
  expect(freedom).toBeCloseTo(27.5, 1);
  expect(p).toBeCloseTo(0.0142, 3);
});

test("Wilson's interval holds the rate and stays within 0 and 1", () => {
  expect(wilsonInterval(arm(0, 10)).low).toBe(0);
  expect(wilsonInterval(arm(0, 10)).high).toBeCloseTo(0.2775, 3);
  expect(wilsonInterval(arm(0, 0))).toEqual({ low: 0, high: 1 });
  fc.assert(
    fc.property(fc.nat(1000), fc.nat(1000), (x, more) => {
      const { low, high } = wilsonInterval(arm(x, x + more + 1));
      const rate = x / (x + more + 1);
      expect(low).toBeLessThanOrEqual(rate + 1e-12);
      expect(high).toBeGreaterThanOrEqual(rate - 1e-12);
    }),
  );
});

describe('sample ratio', () => {
  test.each([
    [[5000, 5000], undefined, 'ok'],
    [[5000, 5300], undefined, 'warn'],
    [[5000, 5500], undefined, 'block'],
    [[9000, 1000], [9, 1], 'ok'],
    [[0, 0], undefined, 'ok'],
  ] as const)('%j with shares %j: %s', (counts, shares, verdict) => {
    expect(testSampleRatio(counts, shares).verdict).toBe(verdict);
  });
});

describe('decision', () => {
  test('the better arm wins when all is well', () => {
    const { decision } = analyseExperiment(arm(1000, 10_000), arm(1200, 10_000));
    expect(decision).toEqual({ kind: 'treatment' });
  });

  test('nobody wins while assignment is broken', () => {
    const { decision } = analyseExperiment(arm(1000, 10_000), arm(1500, 12_000));
    expect(decision).toMatchObject({ kind: 'open', reason: expect.stringContaining('broken') });
  });

  test('nobody wins with few people, or when it is not clear', () => {
    expect(analyseExperiment(arm(1, 20), arm(9, 20)).decision.kind).toBe('open');
    expect(analyseExperiment(arm(100, 1000), arm(103, 1000)).decision.kind).toBe('open');
  });
});

describe('assignment', () => {
  test('is the same at every visit and follows the shares', () => {
    const arms = Array.from({ length: 20_000 }, (_, id) => assignArm('salt', `u${id}`, [3, 1]));
    expect(arms).toEqual(
      Array.from({ length: 20_000 }, (_, id) => assignArm('salt', `u${id}`, [3, 1])),
    );
    expect(arms.filter((index) => index === 0).length / 20_000).toBeCloseTo(0.75, 1);
  });

  test('two experiments do not share their halves', () => {
    const ids = Array.from({ length: 4000 }, (_, id) => `u${id}`);
    const both = ids.filter(
      (id) => assignArm('one', id, [1, 1]) === assignArm('two', id, [1, 1]),
    ).length;
    expect(both / ids.length).toBeCloseTo(0.5, 1);
  });
});

describe('bandit', () => {
  test('moves towards what works and never starves an arm', () => {
    const shares = banditShares([arm(20, 400), arm(60, 400), arm(22, 400)], { floor: 0.05 });
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    expect(shares.indexOf(Math.max(...shares))).toBe(1);
    expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.05);
  });

  test('is fair until every arm has been seen often enough', () => {
    expect(banditShares([arm(0, 99), arm(90, 100)])).toEqual([0.5, 0.5]);
  });
});
