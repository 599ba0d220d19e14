import { describe, expect, test } from 'vitest';
import { createRandom } from '../math/random.ts';
import { areaUnderCurve, brierScore } from './area-under-curve.ts';
import { boostedChance, fitBoostedTrees } from './boosted-trees.ts';
import { calibrate } from './calibrate.ts';
import { learnEncoding } from './encode.ts';
import { fitLogistic, logisticChance, sigmoid } from './logistic.ts';
import { trainPredictor, type Outcome } from './predictor.ts';

describe('area under the curve', () => {
  test.each([
    ['all in order', [1, 2, 3, 4], [false, false, true, true], 1],
    ['all the wrong way', [4, 3, 2, 1], [false, false, true, true], 0],
    ['ties half', [1, 1, 1, 1], [false, true, false, true], 0.5],
    ['one pair wrong', [1, 3, 2, 4], [false, false, true, true], 0.75],
    ['one kind only', [1, 2], [true, true], 0.5],
  ])('%s', (_, scores, truth, area) => {
    expect(areaUnderCurve(scores, truth)).toBe(area);
  });

  test('Brier is the mean square', () => {
    expect(brierScore([1, 0.5], [true, false])).toBe(0.125);
    expect(brierScore([], [])).toBe(0);
  });
});

/** Two numbers that matter by a straight line, or by whether they have the same sign. */
function points(count: number, odds: (x: number, y: number) => number, seed = 2) {
  const random = createRandom(seed);
  const rows = Array.from({ length: count }, () => [
    random.normal(),
    random.normal(),
    random.normal(),
  ]);
  const truth = rows.map(([x = 0, y = 0]) => random.next() < sigmoid(odds(x, y)));
  return { rows, truth };
}

test('logistic regression finds the planted weights, also with equal columns', () => {
  const { rows, truth } = points(8000, (x, y) => -0.5 + 1.5 * x - y);
  const { intercept, weights } = fitLogistic(rows, truth);
  expect(intercept).toBeCloseTo(-0.5, 0);
  expect(weights[0]).toBeCloseTo(1.5, 0);
  expect(weights[1]).toBeCloseTo(-1, 0);
  expect(weights[2]).toBeCloseTo(0, 0);
  const twice = fitLogistic(
    rows.map((row) => [...row, row[0] ?? 0]),
    truth,
  );
  expect((twice.weights[0] ?? 0) + (twice.weights[3] ?? 0)).toBeCloseTo(1.5, 0);
});

test('boosted trees find what no straight line can', () => {
  const same = (x: number, y: number) => (x * y > 0 ? 2 : -2);
  const { rows, truth } = points(3000, same);
  const later = points(2000, same, 3);
  const trees = fitBoostedTrees(rows, truth);
  const line = fitLogistic(rows, truth);
  const quality = (chance: (row: number[]) => number) =>
    areaUnderCurve(later.rows.map(chance), later.truth);
  expect(quality((row) => boostedChance(trees, row))).toBeGreaterThan(0.8);
  expect(quality((row) => logisticChance(line, row))).toBeLessThan(0.6);
});

test('calibration brings boasting chances down to what came true', () => {
  const random = createRandom(6);
  const real = Array.from({ length: 5000 }, () => random.next());
  const truth = real.map((chance) => random.next() < chance);
  const boasting = real.map((chance) => sigmoid(3 * Math.log(chance / (1 - chance))));
  const mend = calibrate(boasting, truth);
  for (const chance of [0.2, 0.5, 0.8])
    expect(Math.abs(mend(sigmoid(3 * Math.log(chance / (1 - chance)))) - chance)).toBeLessThan(
      0.08,
    );
  expect(calibrate([0.9], [false])(0.9)).toBe(0.9);
});

test('an encoding knows numbers, common names and what is missing', () => {
  const rows = Array.from({ length: 100 }, (_, index) => ({
    visits: index % 4 === 0 ? null : index,
    source: index < 50 ? 'search' : index < 90 ? 'mail' : `rare ${index}`,
    constant: 3,
  }));
  const encoder = learnEncoding(rows);
  expect(encoder.names).toEqual(['visits', 'visits is unknown', 'source=search', 'source=mail']);
  expect(encoder.encode({ visits: null, source: 'rare 91' })).toEqual([0, 1, 0, 0]);
  expect(encoder.encode({ source: 'mail' })).toEqual([0, 1, 0, 1]);
});

describe('predictor', () => {
  const outcomes = (odds: (x: number) => number): Outcome[] => {
    const random = createRandom(8);
    return Array.from({ length: 2500 }, (_, at) => {
      const length = random.normal();
      return { facts: { length }, isPositive: random.next() < sigmoid(odds(length)), at };
    });
  };

  test('is deployed when it foresees later outcomes', () => {
    const { report, predict } = trainPredictor(outcomes((x) => 1.5 * x));
    expect(report).toMatchObject({ isDeployable: true, testedOn: 500 });
    expect(report.auc.value).toBeGreaterThan(0.75);
    expect(report.auc.low).toBeLessThan(report.auc.value);
    expect(report.brier).toBeLessThan(report.baseBrier);
    expect(predict({ length: 2 })).toBeGreaterThan(predict({ length: -2 }));
  });

  test('is not where nothing can be foreseen, however rare the event and high the accuracy', () => {
    const { report } = trainPredictor(outcomes(() => -2));
    expect(report.isDeployable).toBe(false);
    expect(report.reason).toContain('AUC');
  });

  test('says what is missing', () => {
    expect(() => trainPredictor(outcomes((x) => x).slice(0, 50))).toThrow('50 outcomes');
    const won = outcomes((x) => x).map((each) => ({ ...each, isPositive: true }));
    expect(() => trainPredictor(won)).toThrow('ended alike');
  });
});
