import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { judgeArms, type NamedArm } from './judge-arms.ts';
import { testSequentially } from './sequential.ts';

const arm = (name: string, trials: number, successes: number, share = 1): NamedArm => ({
  name,
  trials,
  successes,
  share,
});
const sequential = { kind: 'sequential' } as const;

describe('arms', () => {
  test('the one that is truly better wins, with what it rests on', () => {
    const { verdict, comparisons } = judgeArms(
      [arm('a', 5000, 500), arm('b', 5000, 640)],
      sequential,
    );
    expect(verdict).toMatchObject({ kind: 'winner', arm: 'b' });
    expect(comparisons[0]?.lift).toBeCloseTo(0.28, 9);
    expect(comparisons[0]?.interval.low).toBeGreaterThan(0);
  });

  test('the control wins only when all others are surely worse', () => {
    const control = arm('a', 5000, 800);
    const worse = arm('b', 5000, 500);
    expect(judgeArms([control, worse, arm('c', 5000, 480)], sequential).verdict).toMatchObject({
      kind: 'winner',
      arm: 'a',
    });
    expect(judgeArms([control, worse, arm('c', 5000, 800)], sequential).verdict.kind).toBe('open');
  });

  test('of several winners the best is taken, and p counts every comparison', () => {
    const arms = [arm('a', 4000, 400), arm('b', 4000, 560), arm('c', 4000, 620)];
    const { verdict, comparisons } = judgeArms(arms, sequential);
    expect(verdict).toMatchObject({ kind: 'winner', arm: 'c' });
    for (const { p, sequentialP } of comparisons) expect(p).toBeCloseTo(2 * sequentialP, 12);
  });

  test.each([
    ['a broken ratio', [arm('a', 5000, 500), arm('b', 4500, 800)], 'not as large as planned'],
    ['small arms', [arm('a', 60, 3), arm('b', 60, 30)], '60 people of the 100'],
    ['nobody', [arm('a', 0, 0), arm('b', 0, 0)], '0 people of the 100'],
    ['no success at all', [arm('a', 900, 0), arm('b', 900, 0)], 'No difference is sure'],
  ])('with %s nobody wins', (_, arms, reason) => {
    const { verdict } = judgeArms(arms, sequential);
    expect(verdict.kind).toBe('open');
    expect(verdict.reason).toContain(reason);
  });

  test('a winner is never named while the ratio is broken, whatever the rates', () => {
    const random = createRandom(5);
    let blocked = 0;
    for (let round = 0; round < 300; round += 1) {
      const trials = 1000 + random.below(5000);
      const other = Math.round(trials * (0.8 + 0.4 * random.next()));
      const report = judgeArms(
        [arm('a', trials, random.below(trials)), arm('b', other, random.below(other))],
        round % 2 === 0 ? sequential : { kind: 'fixed', trialsPerArm: 500 },
      );
      if (report.ratio.p >= 0.001) continue;
      blocked += 1;
      expect(report.verdict.kind).toBe('open');
    }
    expect(blocked).toBeGreaterThan(100);
  });

  test('unequal shares are no broken ratio when they were planned', () => {
    const arms = [arm('a', 9000, 900, 9), arm('b', 1000, 160, 1)];
    expect(judgeArms(arms, sequential)).toMatchObject({
      ratio: { verdict: 'ok' },
      verdict: { kind: 'winner', arm: 'b' },
    });
  });

  test('a fixed test waits for its size, and then says so when there is nothing', () => {
    const plan = { kind: 'fixed', trialsPerArm: 2000 } as const;
    expect(judgeArms([arm('a', 1500, 150), arm('b', 1500, 250)], plan).verdict.reason).toContain(
      'looked at once',
    );
    expect(judgeArms([arm('a', 2000, 200), arm('b', 2000, 205)], plan).verdict.kind).toBe(
      'noDifference',
    );
    expect(judgeArms([arm('a', 2000, 200), arm('b', 2000, 280)], plan).verdict).toMatchObject({
      kind: 'winner',
      arm: 'b',
    });
  });

  test('takes two arms', () => {
    expect(() => judgeArms([arm('a', 1, 1)], sequential)).toThrow(RangeError);
  });
});

test('of tests without a difference, watched at twenty looks, few are ever significant', () => {
  // What is not significant is no winner, so this bounds the false winners.
  const random = createRandom(8);
  const rounds = 400;
  let significant = 0;
  for (let round = 0; round < rounds; round += 1) {
    const [control, treatment] = [
      { trials: 0, successes: 0 },
      { trials: 0, successes: 0 },
    ];
    const isEver = Array.from({ length: 20 }, () => {
      for (const each of [control, treatment]) {
        each.trials += 150;
        for (let person = 0; person < 150; person += 1)
          if (random.next() < 0.2) each.successes += 1;
      }
      return testSequentially(control, treatment).p <= 0.05;
    }).some(Boolean);
    if (isEver) significant += 1;
  }
  expect(significant / rounds).toBeLessThanOrEqual(0.05);
});
